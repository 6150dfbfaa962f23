package ixy4j.learn;

import java.util.List;
import java.util.Locale;

/** A report as lines for a terminal. */
final class ReportText {
    private static final int AROUND = 2; // lines of the excerpt before and after

    private final Report report;
    private final List<String> source;
    private final StringBuilder text = new StringBuilder();

    private ReportText(Report report, String source) {
        this.report = report;
        this.source = source.lines().toList();
    }

    /** The lines of a report on a source. */
    static String of(Report report, String source) {
        ReportText lines = new ReportText(report, source);
        lines.write();
        return lines.text.toString();
    }

    private void write() {
        line(report.stage().toString());
        report.passed().forEach(what -> line("  passed  " + what));
        if (!report.used().isEmpty()) {
            line("  with the reference's " + Part.names(report.used()));
        }
        if (!report.isPassed()) {
            line("  wrong   " + report.wrong());
            report.errors().forEach(error -> line("          " + error));
            if (report.errors().isEmpty()) {
                where();
            }
        }
        if (!report.output().isBlank()) {
            line("");
            line("What it printed:");
            report.output().lines().forEach(printed -> line("  " + printed));
        }
        line("");
        line(next());
    }

    private void where() {
        if (report.earlier() > 0) {
            line("          in what stage " + report.earlier() + " is about: ./ixy learn check " + report.earlier());
        }
        if (!report.lines().isEmpty()) {
            line("");
            excerpt(report.lines().getFirst());
            String callers = String.join(
                    ", ", report.lines().stream().skip(1).map(String::valueOf).toList());
            if (!callers.isEmpty()) {
                line("  called from line " + callers);
            }
        }
        if (!report.accesses().isEmpty()) {
            line("");
            line("What the driver did last:");
            report.accesses().forEach(access -> line("  " + place(access) + access));
        }
        line("");
        line("Datasheet: " + report.sections());
    }

    private static String place(Access access) {
        return access.line() == 0 ? "          " : String.format(Locale.ROOT, "line %-5d", access.line());
    }

    private void excerpt(int line) {
        line(Sources.FILE + ":");
        int last = Math.min(source.size(), line + AROUND);
        for (int i = Math.max(1, line - AROUND); i <= last; i++) {
            line(String.format(Locale.ROOT, "%s%5d  %s", i == line ? "> " : "  ", i, source.get(i - 1))
                    .stripTrailing());
        }
    }

    private String next() {
        int number = report.stage().number();
        if (!report.isPassed()) {
            return report.errors().isEmpty() ? "A hint: ./ixy learn hint " + number : "Mend it, and check again.";
        } else if (number == Stage.ALL.size()) {
            return "Passed.";
        }
        return "Passed. On to " + Stage.of(number + 1).toString().replaceFirst("S", "s") + ": ./ixy learn read "
                + (number + 1);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
