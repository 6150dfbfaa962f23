package ixy4j.bench.report;

import ixy4j.bench.run.Outcome;
import ixy4j.bench.stats.Summary;
import ixy4j.report.Chart;
import ixy4j.report.Chart.Kind;
import ixy4j.report.Chart.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The charts of the page. */
final class Charts {
    private static final String IDLE = ", idle loop"; // the page draws these dashed

    private Charts() {}

    /** The charts of an experiment; none if nothing was measured. */
    static List<Chart> of(Report.Result result) {
        List<Report.Measured> measured = Figures.measured(result);
        if (measured.isEmpty()) {
            return List.of();
        }
        List<Chart> charts = new ArrayList<>();
        if (result.name().equals("warmup")) {
            charts.add(time(measured));
        } else if (result.name().equals("latency")) {
            charts.addAll(percentiles(measured));
        } else {
            charts.add(values(result, measured));
            if (result.name().startsWith("waiting-")) {
                charts.addAll(percentiles(measured));
            }
        }
        return charts;
    }

    private static Chart values(Report.Result result, List<Report.Measured> measured) {
        boolean axis = !result.axis().isEmpty();
        List<Double> x = new ArrayList<>();
        List<List<Double>> values = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < measured.size(); i++) {
            Summary summary = measured.get(i).summary(result.higherIsBetter());
            x.add(axis ? Double.parseDouble(measured.get(i).name()) : i);
            values.get(0).add(summary.median());
            values.get(1).add(summary.low());
            values.get(2).add(summary.high());
        }
        List<Series> series = new ArrayList<>();
        series.add(new Series("median", values.get(0)));
        series.add(new Series("lowest", values.get(1)));
        series.add(new Series("highest", values.get(2)));
        return new Chart(
                axis ? Kind.LINE : Kind.BARS,
                "",
                result.axis(),
                result.unit(),
                measured.stream().map(Report.Measured::name).toList(),
                x,
                series);
    }

    /** The rate over time, of each variant the run whose value is the median. */
    private static Chart time(List<Report.Measured> measured) {
        int steps = Integer.MAX_VALUE;
        List<Series> series = new ArrayList<>();
        for (Report.Measured variant : measured) {
            List<Double> readings = middle(variant).readings();
            steps = Math.min(steps, readings.size());
            series.add(new Series(variant.name(), readings));
        }
        List<Double> x = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            x.add((i + 1) / 100.0); // steps of 10 ms
        }
        int shortest = steps;
        series.replaceAll(one -> new Series(one.label(), one.values().subList(0, shortest)));
        return new Chart(Kind.TIME, "", "seconds since the start of the process", "Mpps", List.of(), x, series);
    }

    /** A chart of how long frames stayed, and one of gaps with the loop that does nothing beside them. */
    private static List<Chart> percentiles(List<Report.Measured> measured) {
        List<Chart> charts = new ArrayList<>();
        List<Series> stays = curves(measured, Outcome.RESIDENCE, "");
        if (!stays.isEmpty()) {
            charts.add(percentiles("How long a frame stays", stays));
        }
        List<Series> gaps = curves(measured, Outcome.POLLS, "");
        if (!gaps.isEmpty()) {
            gaps.addAll(curves(measured, Outcome.CONTROL, IDLE));
            charts.add(percentiles("Gap between polls, and of a loop that does nothing", gaps));
        }
        return charts;
    }

    private static Chart percentiles(String title, List<Series> series) {
        List<Double> x = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (double percentile : Outcome.PERCENTILES) {
            x.add((double) x.size());
            labels.add(label(percentile));
        }
        return new Chart(Kind.PERCENTILES, title, "percentile", "µs", labels, x, series);
    }

    /** A curve of each variant that has it, of the run whose value is the median; null if a percentile is missing. */
    private static List<Series> curves(List<Report.Measured> measured, String name, String suffix) {
        List<Series> series = new ArrayList<>();
        for (Report.Measured variant : measured) {
            Map<Double, Double> points = new HashMap<>();
            for (Outcome.Point point : middle(variant).curves().getOrDefault(name, List.of())) {
                points.put(point.percentile(), point.micros());
            }
            if (!points.isEmpty()) {
                List<Double> values = new ArrayList<>();
                Outcome.PERCENTILES.forEach(percentile -> values.add(points.get(percentile)));
                series.add(new Series(variant.name() + suffix, values));
            }
        }
        return series;
    }

    private static Outcome middle(Report.Measured variant) {
        List<Report.Run> runs = variant.runs().stream()
                .sorted((a, b) ->
                        Double.compare(a.outcome().value(), b.outcome().value()))
                .toList();
        return runs.get(runs.size() / 2).outcome();
    }

    private static String label(double percentile) {
        return percentile == Math.rint(percentile) ? Long.toString((long) percentile) : Double.toString(percentile);
    }
}
