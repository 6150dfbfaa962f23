package ixy4j.bench.run;

import ixy4j.bench.stats.SteadyState;
import ixy4j.bench.stats.Steps;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures the rate from the start of the process on, in small steps. */
final class WarmUpRun {
    private final Order order;
    private final Bed bed;

    WarmUpRun(Order order, Bed bed) {
        this.order = order;
        this.bed = bed;
    }

    Outcome run(ForwardLoop loop) throws InterruptedException {
        final long step = order.stepMillis() * 1_000_000L;
        final int count = (int) Math.round(1000 * order.seconds() / order.stepMillis());
        Steps steps = new Steps();
        long now = System.nanoTime() - order.spawnedAt();
        steps.add(now, bed.forwarded());
        bed.begin();
        loop.start();
        while (now < count * step && loop.isAlive()) {
            long wait = step - now % step;
            Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
            long frames = bed.forwarded();
            now = System.nanoTime() - order.spawnedAt();
            steps.add(now, frames);
        }
        loop.end();
        List<Double> rates = steps.rates(step, count);
        double secondsPerStep = order.stepMillis() / 1000.0;
        int last = Math.max(1, Math.min(1000 / order.stepMillis(), count / 3)); // a second, or a third of all
        Map<String, Double> figures = new TreeMap<>();
        JvmUse.now().addSince(new JvmUse(0, 0, 0), figures);
        figures.put("steady_mpps", SteadyState.steady(rates, last));
        figures.put("first_frame_s", secondsPerStep * SteadyState.firstAbove(rates, 0));
        double reached = secondsPerStep * SteadyState.reachedAt(rates, last, Math.max(1, last / 5));
        return new Outcome(reached, rates, figures, Map.of());
    }
}
