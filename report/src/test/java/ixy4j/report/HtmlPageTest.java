package ixy4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HtmlPageTest {
    private static final String ODD = "a <b> \"c\" & </script>";
    private static final String ESCAPED = "a &lt;b&gt; &quot;c&quot; &amp; &lt;/script&gt;";

    /** What is between two marks, the second of which is looked for behind the first. */
    private static String between(String text, String first, String second) {
        int start = text.indexOf(first) + first.length();
        return text.substring(start, text.indexOf(second, start));
    }

    private static String body(HtmlPage page) {
        return between(page.text(), "<body>\n", "<noscript>");
    }

    @Test
    void partsStandInTheirOrderAndSectionsEnd() {
        HtmlPage page = new HtmlPage("title")
                .paragraph("before ", "code", " after")
                .notes(List.of())
                .notes(List.of("one", "two"))
                .section("first")
                .table(
                        "variants",
                        List.of("size", "loss"),
                        List.of(List.of("64", "0.1"), List.of("1518", TextTable.NONE)))
                .remark("placed", "small")
                .section("second")
                .heading("lower")
                .details("more", List.of("name"), List.of())
                .facts(List.of(List.of("processor", "fast")));
        String wanted = """
                <h1>title</h1>
                <p>before <code>code</code> after</p>
                <ul class="notes">
                <li>one</li>
                <li>two</li>
                </ul>
                <section>
                <h2>first</h2>
                <div class="table variants"><table>
                <thead><tr><th>size</th><th class="n">loss</th></tr></thead>
                <tbody>
                <tr><td>64</td><td class="n">0.1</td></tr>
                <tr><td>1518</td><td class="n">–</td></tr>
                </tbody>
                </table></div>
                <p class="placed">small</p>
                </section>
                <section>
                <h2>second</h2>
                <h3>lower</h3>
                <details>
                <summary>more</summary>
                <div class="table"><table>
                <thead><tr><th>name</th></tr></thead>
                <tbody>
                </tbody>
                </table></div>
                </details>
                <div class="table facts"><table>
                <thead><tr><th></th><th></th></tr></thead>
                <tbody>
                <tr><td>processor</td><td>fast</td></tr>
                </tbody>
                </table></div>
                </section>
                """;
        assertEquals(wanted, body(page));
        assertEquals(wanted, body(page), "to ask for the text should end nothing");
    }

    @Test
    void allTextIsEscaped() {
        HtmlPage page = new HtmlPage(ODD)
                .paragraph(ODD)
                .paragraph(ODD, ODD, ODD)
                .notes(List.of(ODD))
                .section(ODD)
                .heading(ODD)
                .remark(ODD, ODD)
                .table(ODD, List.of(ODD), List.of(List.of(ODD)))
                .facts(List.of(List.of(ODD, ODD)))
                .details(ODD, List.of(ODD), List.of());
        assertFalse(page.text().contains(ODD));
        assertEquals(ESCAPED, between(page.text(), "<title>", "</title>"));
        assertEquals(17, body(page).split(ESCAPED, -1).length - 1);
    }

    @Test
    void chartsAreDataThatEndNoScript() throws Exception {
        List<Double> values = Arrays.asList(0.5, null, Double.NaN);
        Chart chart = Chart.lines(ODD, ODD, ODD, List.of(1.0, 2.0, 3.0), List.of(new Chart.Series(ODD, values)));
        HtmlPage page = new HtmlPage("title").chart(chart).chart(chart);
        String both = "<div class=\"chart\" data-chart=\"0\"></div>\n<div class=\"chart\" data-chart=\"1\"></div>\n";
        assertTrue(body(page).endsWith(both), "a place for each chart");
        String data = between(page.text(), "id=\"charts\">", "</script>");
        assertFalse(data.contains("<"), data);
        assertTrue(data.contains("\"kind\":\"lines\""), data);
        assertTrue(data.contains("\"labels\":[],\"x\":[1.0,2.0,3.0]"), data);
        assertTrue(data.endsWith("\"values\":[0.5,null,null]}]}]"), data);
        try (JsonParser json = new JsonFactory().createParser(data)) {
            json.nextToken();
            json.nextToken();
            json.nextFieldName();
            json.nextTextValue();
            assertEquals("title", json.nextFieldName());
            assertEquals(ODD, json.nextTextValue());
        }
    }

    @Test
    void libraryAndScriptAreInThePage() {
        String page = new HtmlPage("title").text();
        assertTrue(page.contains("uPlot=function"), "the charting library should be in the page");
        assertTrue(page.contains("MIT License"), "so should its licence");
        assertFalse(page.matches("(?s).*<(script|link|img)[^>]+(src|href)=.*"), "nothing is loaded from elsewhere");
        for (Chart.Kind kind : Chart.Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            assertTrue(page.contains("\n    " + name + "(chart"), "the script should know " + name);
        }
    }

    @Test
    void chartsThatCannotBeDrawnAreRefused() {
        List<Chart.Series> two = List.of(new Chart.Series("loss", List.of(1.0, 2.0)));
        assertThrows(IllegalArgumentException.class, () -> Chart.lines("", "", "", List.of(1.0), two));
        assertThrows(IllegalArgumentException.class, () -> Chart.lines("", "", "", List.of(2.0, 2.0), two));
    }
}
