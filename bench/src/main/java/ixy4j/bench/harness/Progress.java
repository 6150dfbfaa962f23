package ixy4j.bench.harness;

import ixy4j.bench.plan.Effort;
import ixy4j.bench.plan.Experiment;
import ixy4j.bench.plan.Variant;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Says on standard error how far it is: on a terminal in a line that changes, otherwise in a line a round. */
final class Progress implements Harness.Watcher {
    private final PrintStream out;
    private final boolean terminal;
    private final Effort effort;
    private final Runnable afterRound;
    private final long start = System.nanoTime();
    private int width;
    private int rounds;
    private int all; // runs
    private int lastRound;

    Progress(PrintStream out, boolean terminal, Effort effort, Runnable afterRound) {
        this.out = out;
        this.terminal = terminal;
        this.effort = effort;
        this.afterRound = afterRound;
    }

    @Override
    public void runs(int round, int done, String what) {
        double seconds = (System.nanoTime() - start) / 1e9;
        String left = done < 5
                ? ""
                : ", about " + span(Math.min(seconds / done * (all - done), effort.budgetSeconds() - seconds))
                        + " left";
        String line = round > rounds
                ? "once more, since processors had changed places, run " + (done + 1) + ": " + what
                : "round " + round + " of " + rounds + ", run " + (done + 1) + " of " + all + left + ": " + what;
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            out.flush();
            width = line.length();
        } else if (round != lastRound) {
            out.println(line);
        }
        lastRound = round;
    }

    /** Says how long it will take. */
    void plan(List<Experiment> experiments) {
        List<Variant> variants = experiments.stream()
                .flatMap(experiment -> experiment.variants().stream())
                .toList();
        rounds = variants.stream().mapToInt(effort::rounds).max().orElse(0);
        all = variants.stream().mapToInt(effort::rounds).sum();
        out.println(count(experiments.size(), "experiment") + ", " + count(variants.size(), "variant") + ", "
                + count(rounds, "round") + ": about " + span(effort.secondsOf(experiments)));
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String span(double seconds) {
        double rounded = Math.max(1, seconds);
        return rounded < 90 ? Math.round(rounded) + " s" : String.format(Locale.ROOT, "%.0f min", rounded / 60);
    }

    @Override
    public void roundEnds(int round) {
        afterRound.run();
    }

    /** Leaves an empty line where one was that changed. */
    void close() {
        if (terminal && width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
        }
    }
}
