package ixy4j.bench.report;

import ixy4j.report.Chart;
import ixy4j.report.HtmlPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A report as one HTML page. */
public final class Page {
    private final HtmlPage page = new HtmlPage("ixy4j: where the cycles go");

    private Page() {}

    /**
     * The page.
     *
     * @param before another report to compare with, null for none
     */
    public static String of(Report report, Report before) {
        Page page = new Page();
        page.head(report);
        page.costs(report);
        for (Report.Result result : report.experiments()) {
            page.experiment(result, before);
        }
        page.conditions(report);
        return page.page.text();
    }

    private void head(Report report) {
        page.paragraph(
                        (report.quick() ? "A quick run, begun " : "A run begun ") + report.started() + " by ",
                        String.join(" ", report.command()),
                        ". Ratios are to the baseline of the same round; the interval has the true median ratio in it"
                                + " with a probability of 75% at 3 rounds, 94% at 5, 96% at 9.")
                .notes(report.notes());
    }

    private void costs(Report report) {
        List<List<String>> costs = StageCosts.rows(report);
        if (!costs.isEmpty()) {
            page.section("A packet in each stage")
                    .paragraph(
                            "Batches of 32. The published figures are for a real card and 1.2 GHz; cycles of ours are"
                                    + " those of the time-stamp counter.")
                    .table(StageCosts.HEAD, costs);
        }
    }

    private void experiment(Report.Result result, Report before) {
        String better = result.higherIsBetter() ? "more" : "less";
        page.section(result.title())
                .paragraph(result.question() + " In " + result.unit() + "; " + better + " is better.");
        for (Chart chart : Charts.of(result)) {
            page.chart(chart);
        }
        page.table("variants", Texts.HEAD, Texts.rows(result));
        String remark = Placed.remark(result);
        if (!remark.isEmpty()) {
            page.remark("placed", remark);
        }
        if (Published.text(result.name()) != null) {
            page.remark("published", "Published: " + Published.text(result.name()));
        }
        List<List<String>> figures = Figures.rows(result);
        if (!figures.isEmpty()) {
            page.details("More figures (medians)", Figures.head(result), figures);
        }
        List<List<String>> rows = before == null ? List.of() : Against.rows(result, before.experiment(result.name()));
        if (!rows.isEmpty()) {
            page.heading("Compared with " + before.started()).table(Against.head(), rows);
        }
    }

    private void conditions(Report report) {
        page.section("Conditions");
        for (Map<String, String> facts : List.of(report.machine(), report.options())) {
            List<List<String>> rows = new ArrayList<>();
            facts.forEach((name, value) -> rows.add(List.of(name, value)));
            page.facts(rows);
        }
    }
}
