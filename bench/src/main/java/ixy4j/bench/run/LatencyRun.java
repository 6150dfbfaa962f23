package ixy4j.bench.run;

import ixy4j.bench.stats.Placements;
import ixy4j.bench.stats.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures how long frames stay in the forwarder, where the cards can tell, and the gaps between its polls. As a control
 * the same thread does nothing for a while, again and again in turn with forwarding: so both have the same processor at
 * nearly the same time.
 */
final class LatencyRun {
    private static final long JIT_REACH = 1_000_000; // ns before a gap in which a compilation may have begun
    private static final double SLICE = 0.1; // s of forwarding, and of doing nothing
    private static final int SETTLING = 50; // ms in which the forwarder catches up with what came meanwhile
    private static final int ASK = 2; // ms, from one handover to the next

    private final Order order;
    private final Bed bed;
    private final Residence residence; // null if the cards cannot tell
    private final List<Double> handovers = new ArrayList<>(); // before each slice, and after the last
    private long frames;
    private long nanos;

    LatencyRun(Order order, Bed bed) {
        this.order = order;
        this.bed = bed;
        residence = bed.residence();
    }

    Outcome run(GapLoop loop) throws InterruptedException {
        Map<String, Double> figures = new TreeMap<>();
        bed.begin();
        loop.start();
        warmUp(loop);
        JvmUse before = JvmUse.now();
        loop.beginTiming();
        int slices = Math.max(1, (int) Math.round(order.seconds() / SLICE));
        long length = Math.round(1000 * order.seconds() / slices);
        for (int i = 0; i < slices; i++) {
            forward(loop, length);
            idle(loop, length);
        }
        loop.endTiming(figures);
        ask(ASK);
        handovers.add(ask(0));
        putHandover(figures);
        JvmUse after = JvmUse.now();
        loop.end();
        Thread.sleep(10); // the thread of the cards may be recording a last frame
        after.addSince(before, figures);
        return outcome(loop, figures);
    }

    /** Both loops are compiled before either counts. */
    private void warmUp(GapLoop loop) throws InterruptedException {
        long half = (long) (500 * order.warmSeconds());
        loop.setIdle(true);
        ask(half / 2);
        loop.setIdle(false);
        ask(half + half / 2);
    }

    /** Asks how far processors are, again and again for a while; what is known by now. */
    private double ask(long millis) throws InterruptedException {
        if (bed.handover() == null) {
            Thread.sleep(millis);
            return Double.NaN;
        }
        for (long gone = 0; gone < millis; gone += ASK) {
            bed.handover().ask();
            Thread.sleep(ASK);
        }
        return bed.handover().last();
    }

    /** If processors were near all the time, or far. */
    private void putHandover(Map<String, Double> figures) {
        double median = Summary.quantile(handovers, 0.5);
        if (!Double.isNaN(median) && Placements.boundary(handovers) == 0) {
            figures.put(Outcome.HANDOVER, median);
        }
    }

    private void forward(GapLoop loop, long millis) throws InterruptedException {
        loop.setIdle(false);
        handovers.add(ask(SETTLING));
        if (residence != null) {
            residence.start();
        }
        loop.setMeasuring(true);
        frames -= bed.forwarded();
        nanos -= System.nanoTime();
        Thread.sleep(millis);
        nanos += System.nanoTime();
        frames += bed.forwarded();
        loop.setMeasuring(false);
        if (residence != null) {
            residence.stop();
        }
    }

    private static void idle(GapLoop loop, long millis) throws InterruptedException {
        loop.setIdle(true);
        Thread.sleep(1);
        loop.setMeasuring(true);
        Thread.sleep(millis);
        loop.setMeasuring(false);
    }

    private Outcome outcome(GapLoop loop, Map<String, Double> figures) {
        Map<String, List<Outcome.Point>> curves = new TreeMap<>();
        figures.put("mpps", 1000.0 * frames / nanos);
        VmLog log = log();
        gaps("gap", loop.polls(), log, figures);
        gaps("idle_gap", loop.control(), log, figures);
        curves.put(Outcome.POLLS, Percentiles.of(loop.polls().histogram()));
        curves.put(Outcome.CONTROL, Percentiles.of(loop.control().histogram()));
        if (residence != null && residence.histogram().getTotalCount() > 0) {
            residence.putInto(figures);
            curves.put(Outcome.RESIDENCE, Percentiles.of(residence.histogram()));
        }
        return new Outcome(figures.get("gap_p99.99_us"), List.of(), figures, curves);
    }

    /** Gaps, how many are long, and how many of those the JVM explains. */
    private static void gaps(String name, Gaps gaps, VmLog log, Map<String, Double> figures) {
        for (double percentile : new double[] {50, 99.99, 99.9999}) {
            Percentiles.put(name, gaps.histogram(), percentile, figures);
        }
        figures.put(name + "_max_us", gaps.histogram().getMaxValue() / 1000.0);
        int paused = 0;
        int compiling = 0;
        for (int i = 0; i < gaps.kept(); i++) {
            long to = gaps.end(i);
            long from = to - gaps.length(i);
            if (log.hasPause(from, to)) {
                paused++;
            } else if (log.hasCompilation(from - JIT_REACH, to)) {
                compiling++;
            }
        }
        figures.put(name + "s_from_100_us", (double) gaps.longGaps());
        figures.put(name + "s_with_pause_of_jvm", (double) paused);
        figures.put(name + "s_while_jit_compiled", (double) compiling);
    }

    private VmLog log() {
        if (order.vmLog().isEmpty()) {
            return new VmLog(new ArrayList<>(), new ArrayList<>());
        }
        try {
            return VmLog.read(Path.of(order.vmLog()));
        } catch (IOException e) {
            throw new IllegalStateException("the log of the JVM cannot be read: " + order.vmLog() + ": " + e, e);
        }
    }
}
