package ixy4j.bench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Measures how long frames stay in the forwarder, where the cards can tell, and the gaps between its polls. */
final class LatencyRun {
    private static final long JIT_REACH = 1_000_000; // ns before a gap in which a compilation may have begun

    private final Order order;
    private final Bed bed;

    LatencyRun(Order order, Bed bed) {
        this.order = order;
        this.bed = bed;
    }

    Outcome run(GapLoop loop) throws InterruptedException {
        loop.start();
        Thread.sleep((long) (1000 * order.warmSeconds()));
        JvmUse before = JvmUse.now();
        Residence residence = order.what() == Order.What.IDLE_LOOP ? null : bed.residence();
        loop.setMeasuring(true);
        if (residence != null) {
            residence.start();
        }
        long frames = bed.forwarded();
        long start = System.nanoTime();
        Thread.sleep((long) (1000 * order.seconds()));
        long end = System.nanoTime();
        double mpps = 1000.0 * (bed.forwarded() - frames) / (end - start);
        loop.setMeasuring(false);
        if (residence != null) {
            residence.stop();
        }
        JvmUse after = JvmUse.now();
        loop.end();
        Thread.sleep(10); // the thread of the cards may be recording a last frame

        Map<String, Double> figures = new TreeMap<>();
        Map<String, List<Outcome.Point>> curves = new TreeMap<>();
        figures.put("mpps", mpps);
        after.addSince(before, figures);
        gaps(loop, figures);
        curves.put("gap between polls", Percentiles.of(loop.gaps()));
        if (residence != null && residence.histogram().getTotalCount() > 0) {
            residence(residence, figures);
            curves.put("residence", Percentiles.of(residence.histogram()));
        }
        return new Outcome(Percentiles.micros(loop.gaps(), 99.99), List.of(), figures, curves);
    }

    private static void residence(Residence residence, Map<String, Double> figures) {
        Histogram all = residence.histogram();
        figures.put("residence_p50_us", Percentiles.micros(all, 50));
        figures.put("residence_p99_us", Percentiles.micros(all, 99));
        figures.put("residence_p99.99_us", Percentiles.micros(all, 99.99));
        figures.put("residence_p99.9999_us", Percentiles.micros(all, 99.9999));
        figures.put("frames", (double) all.getTotalCount());
        figures.put("frames_missed", (double) residence.missed());
    }

    /** Long gaps, and how many of them the JVM explains. */
    private void gaps(GapLoop loop, Map<String, Double> figures) {
        figures.put("gap_max_us", loop.gaps().getMaxValue() / 1000.0);
        figures.put("gap_p50_us", Percentiles.micros(loop.gaps(), 50));
        figures.put("gaps_from_100_us", (double) loop.longGaps());
        VmLog log = log();
        int paused = 0;
        int compiling = 0;
        for (int i = 0; i < loop.kept(); i++) {
            long to = loop.end(i);
            long from = to - loop.length(i);
            if (log.hasPause(from, to)) {
                paused++;
            } else if (log.hasCompilation(from - JIT_REACH, to)) {
                compiling++;
            }
        }
        figures.put("gaps_with_pause_of_jvm", (double) paused);
        figures.put("gaps_while_jit_compiled", (double) compiling);
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
