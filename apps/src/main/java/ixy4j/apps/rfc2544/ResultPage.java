package ixy4j.apps.rfc2544;

import ixy4j.apps.traffic.Latency;
import ixy4j.report.Chart;
import ixy4j.report.HtmlPage;
import ixy4j.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as a page with charts, and as rows of a table. */
public final class ResultPage {
    /** Above {@link #row}. */
    public static final List<String> HEAD =
            List.of("bytes", "Mpps", "Mbit/s", "of Mpps", "50% µs", "99% µs", "most µs", "loss %", "burst");

    /** What the columns are. */
    public static final String LEGEND =
            "Bytes are with FCS. Mpps and Mbit/s: the throughput, at which nothing is lost, of so many Mpps that were tried;"
                    + " µs: latency at that rate; loss: of the highest rate; burst: the most frames at the highest rate of"
                    + " which none is lost.";

    private static final List<String> LOSS_HEAD = List.of("bytes", "wanted Mpps", "offered Mpps", "sent", "lost", "%");

    private ResultPage() {}

    /** The figures of one size. */
    public static List<String> row(SizeResult result) {
        Trial throughput = result.throughput();
        Latency latency = result.latency() == null ? null : result.latency().latency();
        List<Trial> losses = result.losses();
        return List.of(
                Integer.toString(result.size()),
                throughput == null ? TextTable.NONE : number(6, throughput.offered()),
                throughput == null ? TextTable.NONE : number(1, throughput.mbit()),
                number(6, result.most()),
                latency == null ? TextTable.NONE : number(1, latency.p50() / 1e3),
                latency == null ? TextTable.NONE : number(1, latency.p99() / 1e3),
                latency == null ? TextTable.NONE : number(1, latency.most() / 1e3),
                losses.isEmpty() ? TextTable.NONE : number(2, losses.getFirst().loss()),
                result.burst() < 0 ? TextTable.NONE : result.burst() + (result.isLongest() ? " or more" : ""));
    }

    private static String number(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /**
     * The page.
     *
     * @param results at least one
     * @param command as it was typed
     * @param started when, in words
     * @param notes what a reader has to know, a sentence each
     * @param facts names of conditions, and what they were
     */
    public static String of(
            List<SizeResult> results, String command, String started, List<String> notes, List<List<String>> facts) {
        HtmlPage page = new HtmlPage("ixy4j: RFC 2544")
                .paragraph("Begun " + started + " by ", command, ". " + LEGEND)
                .notes(notes)
                .section("Results")
                .table(HEAD, results.stream().map(ResultPage::row).toList());
        if (results.stream().anyMatch(result -> result.throughput() != null)) {
            page.section("Throughput").chart(throughput(results));
        }
        if (results.stream().anyMatch(result -> result.latency() != null)) {
            page.section("Latency at the throughput").chart(latency(results));
        }
        if (results.stream().anyMatch(result -> !result.losses().isEmpty())) {
            page.section("Loss against rate")
                    .chart(losses(results))
                    .details("All figures", LOSS_HEAD, lossRows(results));
        }
        page.section("Conditions").facts(facts);
        return page.text();
    }

    private static Chart throughput(List<SizeResult> results) {
        List<Double> sizes =
                results.stream().map(result -> (double) result.size()).toList();
        return Chart.lines(
                "",
                "bytes in a frame, with FCS",
                "Mpps",
                sizes,
                List.of(
                        new Chart.Series(
                                "throughput",
                                results.stream().map(SizeResult::throughputMpps).toList()),
                        new Chart.Series(
                                "highest rate that was tried",
                                results.stream().map(SizeResult::most).toList())));
    }

    private static Chart latency(List<SizeResult> results) {
        List<Chart.Series> series = new ArrayList<>();
        for (SizeResult result : results) {
            if (result.latency() != null) {
                Latency latency = result.latency().latency();
                List<Double> micros = new ArrayList<>();
                for (long nanos :
                        List.of(latency.p50(), latency.p90(), latency.p99(), latency.p999(), latency.most())) {
                    micros.add(nanos / 1e3);
                }
                series.add(new Chart.Series(result.size() + " bytes", micros));
            }
        }
        return new Chart(
                Chart.Kind.PERCENTILES,
                "",
                "percentile",
                "µs",
                List.of("50", "90", "99", "99.9", "100"),
                List.of(0.0, 1.0, 2.0, 3.0, 4.0),
                series);
    }

    /** In tenths of the highest rate; those that were not tried, since nothing is lost above them, or not kept, are gaps. */
    private static Chart losses(List<SizeResult> results) {
        List<Double> shares = new ArrayList<>();
        for (int percent = 10; percent <= 100; percent += 10) {
            shares.add((double) percent);
        }
        List<Chart.Series> series = new ArrayList<>();
        for (SizeResult result : results) {
            List<Double> losses = new ArrayList<>();
            for (int i = shares.size() - 1; i >= 0; i--) {
                boolean isThere =
                        i < result.losses().size() && result.losses().get(i).isKept();
                losses.add(isThere ? result.losses().get(i).loss() : null);
            }
            series.add(new Chart.Series(result.size() + " bytes", losses));
        }
        return Chart.lines("", "% of the highest rate", "% lost", shares, series);
    }

    private static List<List<String>> lossRows(List<SizeResult> results) {
        List<List<String>> rows = new ArrayList<>();
        for (SizeResult result : results) {
            for (Trial trial : result.losses()) {
                rows.add(List.of(
                        Integer.toString(trial.size()),
                        number(6, trial.wanted()),
                        number(6, trial.offered()),
                        Long.toString(trial.sent()),
                        Long.toString(trial.lost()),
                        number(4, trial.loss())));
            }
        }
        return rows;
    }
}
