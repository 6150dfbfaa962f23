package ixy4j.apps;

import com.fasterxml.jackson.core.JsonGenerator;
import ixy4j.apps.rfc2544.Plan;
import ixy4j.apps.rfc2544.ResultPage;
import ixy4j.apps.rfc2544.SizeResult;
import ixy4j.apps.rfc2544.Trial;
import ixy4j.report.TextTable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What {@code ./ixy rfc2544} prints: a line a trial, for people or as JSON, and at the end all results. */
final class Rfc2544Lines {
    private Rfc2544Lines() {}

    static String text(Plan.Test test, Trial trial) {
        return String.format(
                Locale.ROOT,
                "%4d bytes  %-12s  %.6f Mpps, %d frames: %s%s",
                trial.size(),
                test,
                trial.offered(),
                trial.sent(),
                trial.sent() == 0
                        ? "nothing was sent"
                        : trial.lost() == 0
                                ? "none lost"
                                : String.format(Locale.ROOT, "%d lost, %.4f%%", trial.lost(), trial.loss()),
                trial.dropped() == 0 ? "" : ", " + trial.dropped() + " dropped by the tester's own cards");
    }

    static String json(Plan.Test test, Trial trial) {
        return JsonReporter.line(json -> {
            json.writeStringField("test", test.toString());
            json.writeNumberField("size", trial.size());
            if (trial.wanted() != Trial.FLAT_OUT) {
                json.writeNumberField("wanted_mpps", trial.wanted());
            }
            if (trial.offered() > 0) { // one batch has no rate
                json.writeNumberField("offered_mpps", trial.offered());
            }
            json.writeNumberField("sent", trial.sent());
            json.writeNumberField("lost", trial.lost());
            json.writeNumberField("loss_percent", trial.loss());
            json.writeNumberField("dropped_by_tester", trial.dropped());
            json.writeNumberField("out_of_order", trial.reordered());
            json.writeNumberField("duplicates", trial.duplicates());
            JsonReporter.write(json, trial.latency());
        });
    }

    static String json(List<SizeResult> results, double seconds) {
        return JsonReporter.line(json -> {
            json.writeNumberField("seconds", seconds);
            json.writeArrayFieldStart("results");
            for (SizeResult result : results) {
                json.writeStartObject();
                write(json, result);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, SizeResult result) throws IOException {
        json.writeNumberField("size", result.size());
        json.writeNumberField("most_mpps", result.most());
        if (result.throughput() != null) {
            json.writeNumberField("throughput_mpps", result.throughput().offered());
            json.writeNumberField("throughput_mbit", result.throughput().mbit());
        }
        if (result.latency() != null) {
            JsonReporter.write(json, result.latency().latency());
        }
        json.writeArrayFieldStart("loss");
        for (Trial trial : result.losses()) {
            json.writeStartObject();
            json.writeNumberField("offered_mpps", trial.offered());
            json.writeNumberField("loss_percent", trial.loss());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (result.burst() >= 0) {
            json.writeNumberField("back_to_back_frames", result.burst());
            json.writeBooleanField("back_to_back_is_longest", result.isLongest());
        }
    }

    static String table(List<SizeResult> results) {
        return TextTable.of(
                ResultPage.HEAD, results.stream().map(ResultPage::row).toList());
    }
}
