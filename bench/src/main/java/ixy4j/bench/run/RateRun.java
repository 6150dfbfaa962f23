package ixy4j.bench.run;

import ixy4j.bench.stats.Steady;
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
    private static final int ASK = 2; // ms, from one handover to the next, until the JIT has compiled that too

    private final Order order;
    private final Bed bed;

    RateRun(Order order, Bed bed) {
        this.order = order;
        this.bed = bed;
    }

    Outcome run(ForwardLoop loop) throws InterruptedException {
        double idle = Math.min(IDLE, order.warmSeconds() / 2);
        loop.start();
        warmUp(idle);
        bed.begin();
        warmUp(order.warmSeconds() - idle);
        JvmUse before = JvmUse.now();
        loop.beginTiming();
        loop.setMeasuring(true);
        long frames = bed.forwarded();
        Map<String, Double> figures = new TreeMap<>();
        List<Double> readings = readings(loop, figures);
        frames = bed.forwarded() - frames;
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

    private void warmUp(double seconds) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 1e9 * seconds) {
            ask();
            Thread.sleep(ASK);
        }
    }

    /** How far processors were when this was called last; NaN if that is not known. */
    private double ask() {
        return bed.handover() == null ? Double.NaN : bed.handover().ask();
    }

    /** Millions of frames a second, step by step: of those steps during which processors stayed where they were most of the time. */
    private List<Double> readings(PacketLoop loop, Map<String, Double> figures) throws InterruptedException {
        List<Double> rates = new ArrayList<>();
        List<Double> handovers = new ArrayList<>();
        int steps = Math.max(1, (int) Math.round(1000 * order.seconds() / order.stepMillis()));
        ask();
        long time = System.nanoTime();
        long frames = bed.forwarded();
        for (int i = 0; i < steps && loop.isAlive(); i++) {
            Thread.sleep(order.stepMillis());
            long framesNow = bed.forwarded();
            long now = System.nanoTime();
            rates.add(1000.0 * (framesNow - frames) / (now - time));
            handovers.add(ask()); // at the beginning of this step
            time = now;
            frames = framesNow;
        }
        if (rates.isEmpty()) {
            loop.end(); // says why it is not alive
        }
        Thread.sleep(ASK);
        handovers.add(ask());
        Steady steady = Steady.of(rates, handovers);
        figures.put("steps_left_out", (double) rates.size() - steady.rates().size());
        if (!Double.isNaN(steady.handover())) {
            figures.put(Outcome.HANDOVER, steady.handover());
        }
        return steady.rates();
    }
}
