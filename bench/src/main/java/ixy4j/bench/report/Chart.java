package ixy4j.bench.report;

import ixy4j.bench.run.Outcome;
import ixy4j.bench.stats.Summary;
import java.util.ArrayList;
import java.util.List;

/**
 * What the page draws; the page's script knows the kinds.
 *
 * @param kind {@code line} over numbers, doubling from one to the next; {@code bars} over words; {@code time} over
 *     seconds; {@code percentiles}
 * @param title above it; empty where the heading of the section says it
 * @param xLabel what x is
 * @param yLabel what y is
 * @param labels of the places on x, where those are words
 * @param x where points are, one for all series
 * @param series the values
 */
record Chart(
        String kind,
        String title,
        String xLabel,
        String yLabel,
        List<String> labels,
        List<Double> x,
        List<Series> series) {
    /**
     * Points that belong together.
     *
     * @param label its name
     * @param values one for each x
     */
    record Series(String label, List<Double> values) {}

    /** The charts of an experiment; none where nothing was measured. */
    static List<Chart> of(Report.Result result) {
        List<Report.Measured> measured = result.variants().stream()
                .filter(variant -> !variant.runs().isEmpty())
                .toList();
        if (measured.isEmpty()) {
            return List.of();
        }
        List<Chart> charts = new ArrayList<>();
        boolean curves =
                !measured.getFirst().runs().getFirst().outcome().curves().isEmpty();
        if (result.name().equals("warmup")) {
            charts.add(time(measured));
        } else if (curves) {
            charts.addAll(percentiles(measured));
        } else {
            charts.add(values(result, measured));
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
                axis ? "line" : "bars",
                "",
                result.axis(),
                result.unit(),
                measured.stream().map(Report.Measured::name).toList(),
                x,
                series);
    }

    /** The rate over time, the first run of each variant. */
    private static Chart time(List<Report.Measured> measured) {
        int steps = Integer.MAX_VALUE;
        List<Series> series = new ArrayList<>();
        for (Report.Measured variant : measured) {
            List<Double> readings = variant.runs().getFirst().outcome().readings();
            steps = Math.min(steps, readings.size());
            series.add(new Series(variant.name(), readings));
        }
        List<Double> x = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            x.add((i + 1) / 100.0); // steps of 10 ms
        }
        int shortest = steps;
        series.replaceAll(one -> new Series(one.label(), one.values().subList(0, shortest)));
        return new Chart("time", "", "seconds since the start of the process", "Mpps", List.of(), x, series);
    }

    /** For each kind of curve a chart with all variants that have it; of each the run whose value is the median. */
    private static List<Chart> percentiles(List<Report.Measured> measured) {
        List<Chart> charts = new ArrayList<>();
        for (String name : List.of("residence", "gap between polls")) {
            List<Double> x = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            List<Series> series = new ArrayList<>();
            for (Report.Measured variant : measured) {
                List<Outcome.Point> points = middle(variant).curves().get(name);
                if (points == null) {
                    continue;
                }
                if (x.isEmpty()) {
                    for (int i = 0; i < points.size(); i++) {
                        x.add((double) i);
                        labels.add(label(points.get(i).percentile()));
                    }
                }
                series.add(new Series(
                        variant.name(),
                        points.stream().map(Outcome.Point::micros).toList()));
            }
            if (!series.isEmpty()) {
                String title = Character.toUpperCase(name.charAt(0)) + name.substring(1);
                charts.add(new Chart("percentiles", title, "percentile", "µs", labels, x, series));
            }
        }
        return charts;
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
