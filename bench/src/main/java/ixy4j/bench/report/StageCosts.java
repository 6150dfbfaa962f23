package ixy4j.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What a packet costs in each stage: from the benchmarks of {@code ixy4j.bench.stage.StageBenchmark}, by subtraction, and
 * from the turns that were timed on the cards of the experiments.
 */
final class StageCosts {
    /** The head of {@link #rows}. */
    static final List<String> HEAD =
            List.of("", "receive", "transmit", "buffer management", "application", "in all", "unit");

    // Emmerich et al., "User Space Network Drivers", 2019, table 2: batches of 32, a real card, 1.2 GHz
    private static final List<String> IXY =
            List.of("ixy in C, published", "44.8", "14.7", "30.4", "12.3", "104", "cycles");
    private static final List<String> IXY_INLINED = List.of("the same, pool inlined", "", "", "", "", "98", "cycles");
    private static final List<String> DPDK = List.of("DPDK, vectorised, published", "", "", "", "", "62", "cycles");

    private StageCosts() {}

    /** Rows of ours, as far as they were measured, and the published ones; empty if none of ours is there. */
    static List<List<String>> rows(Report report) {
        List<List<String>> rows = new ArrayList<>();
        double[] memory = memory(report.experiment("stages"));
        double[] cards = cards(report);
        double ghz = Machine.tscMhz(report.machine()) / 1000;
        if (memory != null) {
            rows.add(row("ixy4j, a device in memory", memory, 1, "ns"));
        }
        if (memory != null && ghz > 0) {
            rows.add(row("the same", memory, ghz, "cycles"));
        }
        if (cards != null) {
            rows.add(row("ixy4j, on the cards", cards, 1, "ns"));
        }
        if (cards != null && ghz > 0) {
            rows.add(row("the same", cards, ghz, "cycles"));
        }
        if (!rows.isEmpty()) {
            rows.addAll(List.of(IXY, IXY_INLINED, DPDK));
        }
        return rows;
    }

    private static List<String> row(String name, double[] nanos, double factor, String unit) {
        List<String> row = new ArrayList<>(List.of(name));
        for (double value : nanos) {
            row.add(Double.isNaN(value) ? "in the others" : value < 0 ? "lost in noise" : Texts.number(value * factor));
        }
        row.add(unit);
        return row;
    }

    /** Receive, transmit, buffers, application and all, in ns; null if a benchmark is missing. */
    static double[] memory(Report.Result stages) {
        if (stages == null) {
            return null;
        }
        double device = median(stages, "device");
        double buffers = median(stages, "buffers");
        double receive = median(stages, "receive"); // device, receive, and a batch of buffers out and back
        double untouched = median(stages, "forwardUntouched"); // all of that, and transmit
        double forward = median(stages, "forward"); // and the application
        double[] costs = {
            receive - device - buffers, untouched - receive, buffers, forward - untouched, forward - device
        };
        for (double cost : costs) {
            if (Double.isNaN(cost)) {
                return null;
            }
        }
        return costs;
    }

    private static double median(Report.Result stages, String method) {
        Report.Measured variant = stages.variant(method);
        return variant == null || variant.runs().isEmpty()
                ? Double.NaN
                : variant.summary(false).median();
    }

    /** The same of the turns that were timed on cards, with everything at its default; buffers are in the others. */
    static double[] cards(Report report) {
        for (String name : List.of("batch", "ring", "size", "pool", "direction", "touch", "pages")) {
            Report.Result result = report.experiment(name);
            Report.Measured base = result == null ? null : Placed.of(result).variant(result.baseline());
            if (base != null && !Double.isNaN(base.figure("receive_ns"))) {
                double receive = base.figure("receive_ns");
                double transmit = base.figure("transmit_ns");
                double application = base.figure("application_ns");
                return new double[] {receive, transmit, Double.NaN, application, receive + transmit + application};
            }
        }
        return null;
    }
}
