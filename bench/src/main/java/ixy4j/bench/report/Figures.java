package ixy4j.bench.report;

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
            "frames_missed",
            "gap_max_us",
            "gaps_from_100_us",
            "gaps_with_pause_of_jvm",
            "gaps_while_jit_compiled",
            "steady_mpps",
            "first_frame_s",
            "collections",
            "jit_ms",
            "huge_pages_mib");

    private Figures() {}

    private static List<String> names(Report.Result result) {
        List<String> there = new ArrayList<>();
        for (Report.Measured variant : result.variants()) {
            there.addAll(variant.figures());
        }
        return SHOWN.stream().filter(there::contains).toList();
    }

    /** The head of {@link #rows}. */
    static List<String> head(Report.Result result) {
        List<String> head = new ArrayList<>(List.of("variant"));
        names(result).forEach(name -> head.add(name.replace('_', ' ')));
        return head;
    }

    /** A row for each variant; empty where there are no figures. */
    static List<List<String>> rows(Report.Result result) {
        List<List<String>> rows = new ArrayList<>();
        List<String> names = names(result);
        for (Report.Measured variant : result.variants()) {
            if (!names.isEmpty() && !variant.runs().isEmpty()) {
                List<String> row = new ArrayList<>(List.of(variant.name()));
                names.forEach(name -> row.add(Texts.number(variant.figure(name))));
                rows.add(row);
            }
        }
        return rows;
    }
}
