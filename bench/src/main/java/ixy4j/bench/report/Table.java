package ixy4j.bench.report;

import ixy4j.report.TextTable;
import java.util.List;

/** A report for a terminal. */
public final class Table {
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
            text.append(TextTable.of(Texts.HEAD, Texts.rows(result)));
            String remark = Placed.remark(result);
            text.append(remark.isEmpty() ? "" : "   " + remark + "\n");
            if (Published.text(result.name()) != null) {
                text.append("   Published: ")
                        .append(Published.text(result.name()))
                        .append('\n');
            }
            List<List<String>> extra = Figures.rows(result);
            if (!extra.isEmpty()) {
                text.append('\n').append(TextTable.of(Figures.head(result), extra));
            }
        }
        List<List<String>> costs = StageCosts.rows(report);
        if (!costs.isEmpty()) {
            text.append("\nA packet in each stage, batches of 32\n").append(TextTable.of(StageCosts.HEAD, costs));
        }
        for (String note : report.notes()) {
            text.append("\nNote: ").append(note);
        }
        return text.append(report.notes().isEmpty() ? "" : "\n").toString();
    }
}
