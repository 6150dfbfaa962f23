package ixy4j.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A report as one HTML page that needs nothing else: style, script and charting library (uPlot, from its jar) are in it.
 * Tables are there without the script; it draws the charts.
 */
public final class Page {
    private static final String LIBRARY = "/META-INF/resources/webjars/uplot/";

    private final StringBuilder html = new StringBuilder();
    private final List<Chart> charts = new ArrayList<>();

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
        page.end();
        return page.html.toString();
    }

    private void head(Report report) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>ixy4j: where the cycles go</title>\n<style>\n")
                .append(library("dist/uPlot.min.css"))
                .append(resource("/ixy4j/bench/report.css"))
                .append("</style>\n</head>\n<body>\n<h1>ixy4j: where the cycles go</h1>\n<p>")
                .append(escape(report.quick() ? "A quick run, begun " : "A run begun "))
                .append(escape(report.started()))
                .append(" by <code>")
                .append(escape(String.join(" ", report.command())))
                .append(
                        "</code>. Ratios are to the baseline of the same round; the interval has the true median ratio in it")
                .append(" with a probability of 75% at 3 rounds, 94% at 5, 96% at 9.</p>\n");
        if (!report.notes().isEmpty()) {
            html.append("<ul class=\"notes\">\n");
            report.notes()
                    .forEach(note -> html.append("<li>").append(escape(note)).append("</li>\n"));
            html.append("</ul>\n");
        }
    }

    private void costs(Report report) {
        List<List<String>> costs = StageCosts.rows(report);
        if (!costs.isEmpty()) {
            html.append("<section>\n<h2>A packet in each stage</h2>\n<p>Batches of 32. The published figures are for a")
                    .append(" real card and 1.2 GHz; cycles of ours are those of the time-stamp counter.</p>\n");
            table(StageCosts.HEAD, costs);
            html.append("</section>\n");
        }
    }

    private void experiment(Report.Result result, Report before) {
        html.append("<section>\n<h2>").append(escape(result.title())).append("</h2>\n<p>");
        html.append(escape(result.question()))
                .append(" In ")
                .append(escape(result.unit()))
                .append("; ");
        html.append(result.higherIsBetter() ? "more" : "less").append(" is better.</p>\n");
        for (Chart chart : Chart.of(result)) {
            html.append("<div class=\"chart\" data-chart=\"")
                    .append(charts.size())
                    .append("\"></div>\n");
            charts.add(chart);
        }
        table("table variants", Texts.HEAD, Texts.rows(result));
        String remark = Placed.remark(result);
        if (!remark.isEmpty()) {
            html.append("<p class=\"placed\">").append(escape(remark)).append("</p>\n");
        }
        if (Published.text(result.name()) != null) {
            html.append("<p class=\"published\">Published: ")
                    .append(escape(Published.text(result.name())))
                    .append("</p>\n");
        }
        List<List<String>> figures = Figures.rows(result);
        if (!figures.isEmpty()) {
            html.append("<details>\n<summary>More figures (medians)</summary>\n");
            table(Figures.head(result), figures);
            html.append("</details>\n");
        }
        List<List<String>> rows = before == null ? List.of() : Against.rows(result, before.experiment(result.name()));
        if (!rows.isEmpty()) {
            html.append("<h3>Compared with ").append(escape(before.started())).append("</h3>\n");
            table(Against.head(), rows);
        }
        html.append("</section>\n");
    }

    private void conditions(Report report) {
        html.append("<section>\n<h2>Conditions</h2>\n");
        for (Map<String, String> facts : List.of(report.machine(), report.options())) {
            List<List<String>> rows = new ArrayList<>();
            facts.forEach((name, value) -> rows.add(List.of(name, value)));
            table("table facts", List.of("", ""), rows);
        }
        html.append("</section>\n");
    }

    private void table(List<String> head, List<List<String>> rows) {
        table("table", head, rows);
    }

    private void table(String kind, List<String> head, List<List<String>> rows) {
        html.append("<div class=\"").append(kind).append("\"><table>\n<thead><tr>");
        for (int i = 0; i < head.size(); i++) {
            cell("th", head.get(i), Texts.isNumeric(rows, i));
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                cell("td", row.get(i), Texts.isNumeric(rows, i));
            }
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table></div>\n");
    }

    private void cell(String tag, String text, boolean numeric) {
        html.append('<').append(tag).append(numeric ? " class=\"n\">" : ">");
        html.append(escape(text)).append("</").append(tag).append('>');
    }

    private void end() {
        String data;
        try {
            data = new ObjectMapper().writeValueAsString(charts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // records of numbers and strings
        }
        html.append("<noscript><p>Charts need JavaScript; the tables have all figures.</p></noscript>\n")
                .append("<!-- The charting library:\n")
                .append(library("LICENSE").replace("--", "- -"))
                .append("-->\n<script>\n")
                .append(library("dist/uPlot.iife.min.js"))
                .append("\n</script>\n<script type=\"application/json\" id=\"charts\">")
                .append(data.replace("<", "\\u003c"))
                .append("</script>\n<script>\n")
                .append(resource("/ixy4j/bench/report.js"))
                .append("</script>\n</body>\n</html>\n");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String library(String file) {
        return resource(LIBRARY + version() + "/" + file);
    }

    private static String version() {
        try (InputStream in = Page.class.getResourceAsStream("/ixy4j/bench/bench.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("uplot.version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String path) {
        try (InputStream in = Page.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not in the jars of this program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
