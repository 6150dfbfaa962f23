package ixy4j.bench.harness;

import ixy4j.bench.plan.Effort;
import ixy4j.bench.report.Machine;
import ixy4j.bench.report.Report;
import ixy4j.bench.run.Outcome;
import java.util.List;
import java.util.Locale;

/** What a reader of a report has to know before its figures: each note is a sentence or two. */
final class Notes {
    private static final double QUIET = 0.5; // load average
    private static final double COMPILING = 0.2; // share of the time measured
    private static final double UNDISTURBED = 0.95; // of a processor

    private final Report report;

    Notes(Report report) {
        this.report = report;
    }

    /** Before the first run. */
    void ofConditions() {
        if (report.quick()) {
            add(
                    "A quick run: few values and rounds, and not all experiments. What differs little shows in a full one only.");
        }
        double load = Machine.load();
        if (load > QUIET) {
            add(String.format(
                    Locale.ROOT,
                    "The machine was not quiet when this began (load average %.1f): absolute values say little.",
                    load));
        }
    }

    /** After the last one. */
    void ofRuns(Effort effort) {
        for (Report.Result result : report.experiments()) {
            result.variants().forEach(variant -> ofFailures(result, variant));
        }
        ofCompiling(effort);
        ofShares();
        ofHugePages();
    }

    private void ofFailures(Report.Result result, Report.Measured variant) {
        int failed = variant.failures().size();
        if (failed > 0) {
            int all = variant.runs().size() + failed;
            add(result.name() + " " + variant.name() + ": " + failed + " of " + all + " runs failed, "
                    + variant.failures().getFirst());
        }
    }

    /** Rates that were measured while the JIT still compiled a good deal are not those of steady state. */
    private void ofCompiling(Effort effort) {
        List<Double> millis = report.experiments().stream()
                .filter(result -> result.unit().equals("Mpps"))
                .flatMap(result -> figures(result, "jit_ms").stream())
                .toList();
        long compiling = millis.stream()
                .filter(time -> time > COMPILING * 1000 * effort.seconds())
                .count();
        if (compiling > 0) {
            add("In " + compiling + " of " + millis.size()
                    + " runs of rates the JIT was busy for more than a fifth of what"
                    + " was measured (jit ms): they show code that was still being compiled. --seconds makes runs longer,"
                    + " and what comes before them.");
        }
    }

    /** In how many runs something else was on the processor of the packet thread. */
    private void ofShares() {
        List<Double> shares = figures(Outcome.SHARE);
        long disturbed = shares.stream().filter(share -> share < UNDISTURBED).count();
        if (disturbed > 0) {
            add("In " + disturbed + " of " + shares.size() + " runs the packet thread had less than "
                    + Math.round(100 * UNDISTURBED) + "% of its processor: something else ran there.");
        }
    }

    /** In how many runs the kernel gave none of the huge pages that it was asked for. */
    private void ofHugePages() {
        List<Double> sizes = figures(Outcome.HUGE_PAGES);
        Report.Result pages = report.experiment("pages");
        Report.Measured small = pages == null ? null : pages.variant("4 KiB");
        int asked = sizes.size() - (small == null ? 0 : small.runs().size());
        long given = sizes.stream().filter(size -> size > 0).count();
        if (given < asked) {
            add("In " + (asked - given) + " of " + asked + " runs of rates no memory was in huge pages"
                    + " (/sys/kernel/mm/transparent_hugepage/enabled): 2 MiB pages were 4 KiB pages.");
        }
    }

    private List<Double> figures(String name) {
        return report.experiments().stream()
                .flatMap(result -> figures(result, name).stream())
                .toList();
    }

    private static List<Double> figures(Report.Result result, String name) {
        return result.variants().stream()
                .flatMap(variant -> variant.runs().stream())
                .map(run -> run.outcome().figures().get(name))
                .filter(value -> value != null)
                .toList();
    }

    private void add(String note) {
        report.notes().add(note);
    }
}
