package ixy4j.bench.harness;

import ixy4j.bench.plan.Effort;
import ixy4j.bench.plan.Experiment;
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

    Progress(PrintStream out, boolean terminal, Effort effort, Runnable afterRound) {
        this.out = out;
        this.terminal = terminal;
        this.effort = effort;
        this.afterRound = afterRound;
    }

    @Override
    public void runs(int round, int index, int all, String what) {
        double seconds = (System.nanoTime() - start) / 1e9;
        int done = (round - 1) * all + index;
        String left = done < 5
                ? ""
                : ", about "
                        + span(Math.min(
                                seconds / done * (effort.rounds() * all - done), effort.budgetSeconds() - seconds))
                        + " left";
        String line = "round " + round + " of " + effort.rounds() + ", run " + (index + 1) + " of " + all + left + ": "
                + what;
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            out.flush();
            width = line.length();
        } else if (index == 0) {
            out.println(line);
        }
    }

    /** Says how long it will take. */
    void plan(List<Experiment> experiments) {
        int variants = experiments.stream().mapToInt(e -> e.variants().size()).sum();
        out.println(count(experiments.size(), "experiment") + ", " + count(variants, "variant") + ", "
                + count(effort.rounds(), "round") + ": about " + span(effort.secondsOf(experiments)));
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
