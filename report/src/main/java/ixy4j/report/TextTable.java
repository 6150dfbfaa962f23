package ixy4j.report;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal. */
public final class TextTable {
    /** What a field has that has no value. */
    public static final String NONE = "–";

    private static final int WIDEST = 60; // of a field, so that a long message does not push others away

    private TextTable() {}

    /** Columns under a head, as wide as what is in them; numbers to the right. Lines with ends. */
    public static String of(List<String> head, List<List<String>> rows) {
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
                line.append("  ").append(isNumeric(rows, i) ? gap + row.get(i) : row.get(i) + gap);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Whether most fields of a column below its head are numbers, which stand to the right. The first has names. */
    static boolean isNumeric(List<List<String>> rows, int column) {
        long numbers = rows.stream()
                .map(row -> row.get(column))
                .filter(field -> field.equals(NONE) || field.matches("\\d.*"))
                .count();
        long blank = rows.stream().filter(row -> row.get(column).isEmpty()).count();
        return column > 0 && 2 * numbers > rows.size() - blank;
    }
}
