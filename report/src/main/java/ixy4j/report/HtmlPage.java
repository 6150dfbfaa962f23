package ixy4j.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An HTML page that needs nothing else: style, script and charting library (uPlot) are in it. Tables are there without the
 * script; it draws the charts. Parts stand in the order in which they are added. All text is escaped.
 */
public final class HtmlPage {
    private final StringBuilder html = new StringBuilder();
    private final List<Chart> charts = new ArrayList<>();
    private boolean inSection;

    /**
     * A page with nothing but a heading.
     *
     * @param title the heading, and the name of the page
     */
    public HtmlPage(String title) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escape(title))
                .append("</title>\n<style>\n")
                .append(resource("uplot/dist/uPlot.min.css"))
                .append(resource("page.css"))
                .append("</style>\n</head>\n<body>\n");
        line("h1", title);
    }

    /** A paragraph. */
    public HtmlPage paragraph(String text) {
        return line("p", text);
    }

    /** A paragraph that has a command in it, or other code. */
    public HtmlPage paragraph(String before, String code, String after) {
        html.append("<p>").append(escape(before)).append("<code>").append(escape(code));
        html.append("</code>").append(escape(after)).append("</p>\n");
        return this;
    }

    /** What a reader has to know, a sentence each; nothing if there are none. */
    public HtmlPage notes(List<String> notes) {
        if (!notes.isEmpty()) {
            html.append("<ul class=\"notes\">\n");
            notes.forEach(note -> line("li", note));
            html.append("</ul>\n");
        }
        return this;
    }

    /** Begins a section, which ends where another begins, or the page ends. */
    public HtmlPage section(String heading) {
        endSection(html);
        html.append("<section>\n");
        inSection = true;
        return line("h2", heading);
    }

    /** A heading within a section. */
    public HtmlPage heading(String text) {
        return line("h3", text);
    }

    /**
     * A paragraph in small letters, such as one below a table.
     *
     * @param kind a class, for what looks for it
     */
    public HtmlPage remark(String kind, String text) {
        html.append("<p class=\"").append(escape(kind)).append("\">");
        html.append(escape(text)).append("</p>\n");
        return this;
    }

    /** A chart. */
    public HtmlPage chart(Chart chart) {
        html.append("<div class=\"chart\" data-chart=\"").append(charts.size()).append("\"></div>\n");
        charts.add(chart);
        return this;
    }

    /** A table; columns of numbers stand to the right. */
    public HtmlPage table(List<String> head, List<List<String>> rows) {
        return tableOf("table", head, rows);
    }

    /**
     * A table that looks in its own way.
     *
     * @param kind a class of the style: {@code variants} has eight columns, of which the last gets a line of its own where
     *     there is little room
     */
    public HtmlPage table(String kind, List<String> head, List<List<String>> rows) {
        return tableOf("table " + kind, head, rows);
    }

    /** A table of names with what they stand for, without a head and all to the left. */
    public HtmlPage facts(List<List<String>> rows) {
        return tableOf("table facts", List.of("", ""), rows);
    }

    /** A table that is only seen when its summary is clicked, or when the page is printed. */
    public HtmlPage details(String summary, List<String> head, List<List<String>> rows) {
        html.append("<details>\n");
        line("summary", summary).table(head, rows);
        html.append("</details>\n");
        return this;
    }

    /** The whole page, as it is so far. */
    public String text() {
        StringBuilder page = new StringBuilder(html);
        endSection(page);
        return page.append("<noscript><p>Charts need JavaScript; the tables have all figures.</p></noscript>\n")
                .append("<!-- The charting library:\n")
                .append(resource("uplot/LICENSE").replace("--", "- -"))
                .append("-->\n<script>\n")
                .append(resource("uplot/dist/uPlot.iife.min.js"))
                .append("\n</script>\n<script type=\"application/json\" id=\"charts\">")
                .append(ChartData.of(charts).replace("<", "\\u003c"))
                .append("</script>\n<script>\n")
                .append(resource("page.js"))
                .append("</script>\n</body>\n</html>\n")
                .toString();
    }

    private void endSection(StringBuilder page) {
        page.append(inSection ? "</section>\n" : "");
    }

    private HtmlPage line(String tag, String text) {
        html.append('<').append(tag).append('>').append(escape(text));
        html.append("</").append(tag).append(">\n");
        return this;
    }

    private HtmlPage tableOf(String kind, List<String> head, List<List<String>> rows) {
        html.append("<div class=\"").append(escape(kind)).append("\"><table>\n<thead>");
        row("th", head, rows);
        html.append("</thead>\n<tbody>\n");
        for (List<String> row : rows) {
            row("td", row, rows);
            html.append('\n');
        }
        html.append("</tbody>\n</table></div>\n");
        return this;
    }

    private void row(String tag, List<String> row, List<List<String>> rows) {
        html.append("<tr>");
        for (int i = 0; i < row.size(); i++) {
            html.append('<').append(tag).append(TextTable.isNumeric(rows, i) ? " class=\"n\">" : ">");
            html.append(escape(row.get(i))).append("</").append(tag).append('>');
        }
        html.append("</tr>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar of this class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
