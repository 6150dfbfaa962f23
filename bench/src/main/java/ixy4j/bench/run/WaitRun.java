package ixy4j.bench.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures what waiting costs: the packet thread's share of a processor, and how long frames stay. */
final class WaitRun {
    private final Order order;
    private final Bed bed;

    WaitRun(Order order, Bed bed) {
        this.order = order;
        this.bed = bed;
    }

    /** Its value is the share of a processor that the packet thread had, in percent. */
    Outcome run(WaitLoop loop) throws InterruptedException {
        Map<String, Double> figures = new TreeMap<>();
        Residence residence = bed.residence();
        bed.begin();
        loop.start();
        Thread.sleep((long) (1000 * order.warmSeconds()));
        loop.beginTiming();
        residence.start();
        long frames = bed.forwarded();
        long start = System.nanoTime();
        Thread.sleep((long) (1000 * order.seconds()));
        figures.put("mpps", 1000.0 * (bed.forwarded() - frames) / (System.nanoTime() - start));
        residence.stop();
        loop.endTiming(figures);
        loop.end();
        Thread.sleep(10); // the thread of the cards may be recording a last frame
        Map<String, List<Outcome.Point>> curves = new TreeMap<>();
        if (residence.histogram().getTotalCount() > 0) {
            residence.putInto(figures);
            curves.put(Outcome.RESIDENCE, Percentiles.of(residence.histogram()));
        }
        return new Outcome(100 * figures.getOrDefault(Outcome.SHARE, 0.0), List.of(), figures, curves);
    }
}
