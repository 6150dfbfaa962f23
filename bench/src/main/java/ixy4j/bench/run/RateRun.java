package ixy4j.bench.run;

import ixy4j.bench.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures the rate. The forwarder polls for a while before the first frame comes, as one that waits for a cable does: the JIT
 * compiles it twice then, and the second time it has seen full batches alone. Where both begin together, polls find little at
 * first, as cards of Java are slow before they are compiled, and what the JIT makes of that stays: rates of two thirds.
 */
final class RateRun {
    private static final double IDLE = 0.3; // s

    private final Order order;
    private final Bed bed;

    RateRun(Order order, Bed bed) {
        this.order = order;
        this.bed = bed;
    }

    Outcome run(ForwardLoop loop) throws InterruptedException {
        double idle = Math.min(IDLE, order.warmSeconds() / 2);
        loop.start();
        Thread.sleep((long) (1000 * idle));
        bed.begin();
        Thread.sleep((long) (1000 * (order.warmSeconds() - idle)));
        JvmUse before = JvmUse.now();
        loop.beginTiming();
        loop.setMeasuring(true);
        long frames = bed.forwarded();
        List<Double> readings = readings(loop);
        frames = bed.forwarded() - frames;
        Map<String, Double> figures = new TreeMap<>();
        loop.endTiming(figures);
        loop.setMeasuring(false);
        JvmUse.now().addSince(before, figures);
        figures.put(Outcome.HUGE_PAGES, JvmUse.hugePages());
        loop.end();
        figures.putAll(loop.stages(Clock.cost()));
        Summary rates = Summary.of(readings, true);
        if (rates.best() == 0) {
            String complaint = bed.complaint();
            throw new IllegalStateException(
                    complaint != null
                            ? complaint
                            : "no frame was forwarded in " + order.seconds()
                                    + " s: no traffic comes in, or the machine is too busy");
        }
        figures.put("best_mpps", rates.best());
        figures.put("frames", (double) frames);
        return new Outcome(rates.median(), readings, figures, Map.of());
    }

    /** Millions of frames a second, step by step. */
    private List<Double> readings(PacketLoop loop) throws InterruptedException {
        List<Double> readings = new ArrayList<>();
        int steps = Math.max(1, (int) Math.round(1000 * order.seconds() / order.stepMillis()));
        long time = System.nanoTime();
        long frames = bed.forwarded();
        for (int i = 0; i < steps && loop.isAlive(); i++) {
            Thread.sleep(order.stepMillis());
            long framesNow = bed.forwarded();
            long now = System.nanoTime();
            readings.add(1000.0 * (framesNow - frames) / (now - time));
            time = now;
            frames = framesNow;
        }
        if (readings.isEmpty()) {
            loop.end(); // says why it is not alive
        }
        return readings;
    }
}
