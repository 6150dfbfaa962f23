package ixy4j.learn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A report as an object of JSON on a line, for those who grade. */
final class ReportJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private ReportJson() {}

    /** The line of a report. */
    static String of(Report report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("stage", report.stage().number());
            json.writeStringField("name", report.stage().name());
            json.writeBooleanField("passed", report.isPassed());
            strings(json, "right", report.passed());
            strings(json, "used", report.used().stream().map(Part::toString).toList());
            if (!report.isPassed()) {
                wrong(json, report);
            }
            json.writeStringField("output", report.output());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    private static void wrong(JsonGenerator json, Report report) throws IOException {
        json.writeStringField("wrong", report.wrong());
        json.writeStringField("sections", report.sections());
        if (report.earlier() > 0) {
            json.writeNumberField("earlier", report.earlier());
        }
        json.writeArrayFieldStart("lines");
        for (int line : report.lines()) {
            json.writeNumber(line);
        }
        json.writeEndArray();
        strings(json, "errors", report.errors());
        json.writeArrayFieldStart("accesses");
        for (Access access : report.accesses()) {
            json.writeStartObject();
            json.writeNumberField("line", access.line());
            json.writeStringField("access", access.toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
