package ixy4j.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A report for a terminal. */
public final class Table {
    private static final int WIDEST = 60; // of a field, so that a long message does not push others away

    private Table() {}

    /** The whole report, lines with ends. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder();
        for (Report.Result result : report.experiments()) {
            text.append('\n')
                    .append(result.title())
                    .append(" (")
                    .append(result.name())
                    .append("), ");
            text.append(result.unit()).append('\n').append(result.question()).append('\n');
            text.append(table(Texts.HEAD, Texts.rows(result)));
            String remark = Placed.remark(result);
            text.append(remark.isEmpty() ? "" : "   " + remark + "\n");
            if (Published.text(result.name()) != null) {
                text.append("   Published: ")
                        .append(Published.text(result.name()))
                        .append('\n');
            }
            List<List<String>> extra = Figures.rows(result);
            if (!extra.isEmpty()) {
                text.append('\n').append(table(Figures.head(result), extra));
            }
        }
        List<List<String>> costs = StageCosts.rows(report);
        if (!costs.isEmpty()) {
            text.append("\nA packet in each stage, batches of 32\n").append(table(StageCosts.HEAD, costs));
        }
        for (String note : report.notes()) {
            text.append("\nNote: ").append(note);
        }
        return text.append(report.notes().isEmpty() ? "" : "\n").toString();
    }

    /** Columns under a head, as wide as what is in them; numbers to the right. */
    static String table(List<String> head, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(head);
        all.addAll(rows);
        int[] widths = new int[head.size()];
        for (List<String> row : all) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], Math.min(WIDEST, row.get(i).length()));
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder(" ");
            for (int i = 0; i < row.size(); i++) {
                String gap = " ".repeat(Math.max(0, widths[i] - row.get(i).length()));
                boolean left = !Texts.isNumeric(rows, i);
                line.append("  ").append(left ? row.get(i) + gap : gap + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
