package ixy4j.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Charts as JSON, for the page's script. */
final class ChartData {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private ChartData(JsonGenerator json) {
        this.json = json;
    }

    static String of(List<Chart> charts) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Chart chart : charts) {
                new ChartData(json).chart(chart);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string takes all
        }
        return text.toString();
    }

    private void chart(Chart chart) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", chart.kind().name().toLowerCase(Locale.ROOT));
        json.writeStringField("title", chart.title());
        json.writeStringField("xLabel", chart.xLabel());
        json.writeStringField("yLabel", chart.yLabel());
        json.writeArrayFieldStart("labels");
        for (String label : chart.labels()) {
            json.writeString(label);
        }
        json.writeEndArray();
        numbers("x", chart.x());
        json.writeArrayFieldStart("series");
        for (Chart.Series series : chart.series()) {
            json.writeStartObject();
            json.writeStringField("label", series.label());
            numbers("values", series.values());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void numbers(String name, List<Double> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (Double value : values) {
            if (value == null || !Double.isFinite(value)) {
                json.writeNull(); // JSON has no other number that is none
            } else {
                json.writeNumber(value);
            }
        }
        json.writeEndArray();
    }
}
