package ixy4j.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reports as JSON. */
public final class JsonFile {
    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(SerializationFeature.INDENT_OUTPUT, true)
            // a newer report may have more, as long as its version is the same
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true);

    private JsonFile() {}

    /** A report as text. */
    public static String text(Report report) {
        try {
            return JSON.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // records of numbers and strings have nothing that can fail
        }
    }

    /**
     * Reads a report.
     *
     * @throws IllegalArgumentException if it cannot be read, or is of another format, in one line
     */
    public static Report read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no report " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("report " + file + " cannot be read: " + e, e);
        }
        try {
            JsonNode tree = JSON.readTree(text);
            String format = tree.path("format").asText("");
            int version = tree.path("version").asInt(0);
            if (!format.equals(Report.FORMAT) || version != Report.VERSION) {
                throw new IllegalArgumentException(file + " is no report that can be compared with: its format is '"
                        + format + "', version " + version + ", not " + Report.FORMAT + ", version " + Report.VERSION
                        + "; take a results.json that this ./ixy bench wrote");
            }
            return complete(file, JSON.treeToValue(tree, Report.class));
        } catch (MismatchedInputException e) {
            throw incomplete(file);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + " is no report: "
                            + e.getOriginalMessage().lines().findFirst().orElse("not JSON"),
                    e);
        }
    }

    private static Report complete(Path file, Report report) {
        boolean whole = report.machine() != null && report.experiments() != null;
        if (whole) {
            for (Report.Result result : report.experiments()) {
                whole &= result.name() != null && result.unit() != null && result.variants() != null;
                for (Report.Measured variant : whole ? result.variants() : List.<Report.Measured>of()) {
                    whole &= variant.name() != null
                            && variant.runs() != null
                            && variant.runs().stream().allMatch(run -> run.outcome() != null);
                }
            }
        }
        if (!whole) {
            throw incomplete(file);
        }
        return report;
    }

    private static IllegalArgumentException incomplete(Path file) {
        return new IllegalArgumentException(
                file + " is no report: a part of it is missing, or is not what it should be");
    }
}
