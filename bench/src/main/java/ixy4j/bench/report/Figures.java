package ixy4j.bench.report;

import ixy4j.bench.run.Outcome;
import java.util.ArrayList;
import java.util.List;

/** What was measured beside the values that variants are compared by: the medians of these figures. */
final class Figures {
    private static final List<String> SHOWN = List.of(
            "receive_ns",
            "application_ns",
            "transmit_ns",
            "packets_a_turn",
            "mpps",
            "residence_p50_us",
            "residence_p99_us",
            "residence_p99.99_us",
            "residence_p99.9999_us",
            "residence_max_us",
            "frames_missed",
            "gap_p50_us",
            "gap_p99.99_us",
            "idle_gap_p99.99_us",
            "gap_p99.9999_us",
            "idle_gap_p99.9999_us",
            "gap_max_us",
            "idle_gap_max_us",
            "gaps_from_100_us",
            "gaps_with_pause_of_jvm",
            "gaps_while_jit_compiled",
            "idle_gaps_from_100_us",
            "idle_gaps_with_pause_of_jvm",
            "idle_gaps_while_jit_compiled",
            "steady_mpps",
            "first_frame_s",
            Outcome.SHARE,
            "collections",
            "jit_ms",
            Outcome.HANDOVER,
            "steps_left_out",
            Outcome.HUGE_PAGES);

    private Figures() {}

    /** The variants that have been measured, with the runs that can be compared. */
    static List<Report.Measured> measured(Report.Result result) {
        return Placed.of(result).variants().stream()
                .filter(variant -> !variant.runs().isEmpty())
                .toList();
    }

    /** The head of {@link #rows}. */
    static List<String> head(Report.Result result) {
        List<String> head = new ArrayList<>(List.of("median"));
        measured(result).forEach(variant -> head.add(variant.name()));
        return head;
    }

    /** A row for each figure, with a field for each variant; empty if there are no figures. */
    static List<List<String>> rows(Report.Result result) {
        List<Report.Measured> measured = measured(result);
        List<List<String>> rows = new ArrayList<>();
        for (String name : SHOWN) {
            List<String> row = new ArrayList<>(List.of(name.replace('_', ' ')));
            measured.forEach(variant -> row.add(Texts.number(variant.figure(name))));
            if (measured.stream().anyMatch(variant -> !Double.isNaN(variant.figure(name)))) {
                rows.add(row);
            }
        }
        return rows;
    }
}
