package ixy4j.bench.plan;

import static ixy4j.bench.plan.Variant.rate;

import ixy4j.bench.ring.RingKind;
import ixy4j.bench.run.Order.What;
import ixy4j.bench.run.Setup;
import ixy4j.bench.run.Setup.Cards;
import ixy4j.bench.run.Setup.Pages;
import ixy4j.bench.run.Setup.Touch;
import ixy4j.bench.run.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All experiments. */
public final class Catalogue {
    /** What a quick run leaves out where nothing is picked. */
    public static final Set<String> NOT_QUICK = Set.of(
            "clean",
            "collector",
            "head",
            "order",
            "overload",
            "pauses",
            "pool",
            "refill",
            "report",
            "rings",
            "size",
            "stride",
            "tail");

    /** What only who names it has: it takes long. */
    public static final Predicate<Experiment> ONLY_BY_NAME = experiment -> experiment.isOf("waiting");

    private final boolean quick;
    private final boolean given;
    private final Setup base;

    private Catalogue(boolean quick, Cards cards) {
        this.quick = quick;
        given = cards == Cards.GIVEN;
        base = Setup.DEFAULT.on(cards);
    }

    /**
     * The experiments that can be made.
     *
     * @param quick with fewer values on each axis
     * @param cards on these; the traffic of given ones is not ours, and rings of ours are for an 82599
     */
    public static List<Experiment> all(boolean quick, Cards cards) {
        Catalogue catalogue = new Catalogue(quick, cards);
        List<Experiment> all = new ArrayList<>();
        all.add(catalogue.stages());
        all.addAll(catalogue.axes());
        all.addAll(catalogue.choices());
        if (cards == Cards.IXGBE || cards == Cards.MODEL || cards == Cards.GIVEN) {
            all.addAll(catalogue.rings());
        }
        if (cards != Cards.GIVEN) {
            all.add(virtio());
        }
        all.add(catalogue.collectors());
        all.add(catalogue.latency());
        if (cards != Cards.GIVEN) {
            all.add(catalogue.overload());
            all.add(catalogue.pauses());
        }
        all.add(catalogue.warmUp());
        if (cards != Cards.GIVEN) {
            all.addAll(waiting(cards));
        }
        return all;
    }

    private Experiment stages() {
        List<Variant> methods = new ArrayList<>();
        for (String method : List.of("forward", "forwardUntouched", "receive", "buffers", "device")) {
            methods.add(Variant.stage(method));
        }
        if (!quick) {
            methods.add(Variant.stage("forwardUnchecked"));
        }
        return new Experiment(
                "stages",
                "Cost of each stage, a device in memory",
                "What does a packet cost in receive, transmit, buffer management and application, with all in the cache?",
                "",
                "ns/packet",
                false,
                "forward",
                methods);
    }

    private List<Experiment> axes() {
        List<Experiment> axes = new ArrayList<>();
        int[] batches = quick ? new int[] {1, 32, 256} : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256};
        axes.add(axis("batch", "Batch size", "How many packets at once are enough?", batches, 32, base::withBatch));
        int[] rings = quick ? new int[] {64, 512, 4096} : new int[] {64, 256, 512, 1024, 4096};
        axes.add(axis("ring", "Ring size", "Do long rings cost cache?", rings, 512, base::withRing));
        if (!given) {
            int[] sizes = quick ? new int[] {60, 1514} : new int[] {60, 252, 1020, 1514};
            axes.add(axis("size", "Frame size in bytes", "Does the length matter?", sizes, 60, base::withSize));
        }
        int least = base.poolSize();
        int[] pools = {least, 8192, 16384, 65536};
        axes.add(axis("pool", "Buffers in the pool", "Does a large pool cost cache?", pools, least, base::withBuffers));
        return axes;
    }

    private static Experiment axis(
            String name, String title, String question, int[] values, int baseline, IntFunction<Setup> setup) {
        List<Variant> variants =
                IntStream.of(values).mapToObj(n -> rate(n, setup.apply(n))).toList();
        return Experiment.ofRates(name, title, question, title, Integer.toString(baseline), variants);
    }

    private List<Experiment> choices() {
        return List.of(
                Experiment.ofRates(
                        "direction",
                        "Both ways or one way",
                        "Do two directions on one thread disturb one another?",
                        "",
                        "both ways",
                        List.of(rate("both ways", base), rate("one way", base.oneWay()))),
                Experiment.ofRates(
                        "touch",
                        "Frames touched or not, bounds checked or not",
                        "What does it cost to read and write a byte of each frame, and to check where it is?",
                        "",
                        "checked",
                        List.of(
                                rate("checked", base),
                                rate("unchecked", base.with(Touch.RAW)),
                                rate("untouched", base.with(Touch.NONE)))),
                Experiment.ofRates(
                        "pages",
                        "2 MiB or 4 KiB pages",
                        "What do huge pages bring?",
                        "",
                        "2 MiB",
                        List.of(rate("2 MiB", base), rate("4 KiB", base.with(Pages.SMALL)))));
    }

    /** Rings of other code than the driver's, each compared with the plain one. */
    private List<Experiment> rings() {
        return List.of(
                Experiment.ofRates(
                        "rings",
                        "The driver's rings and the plain ones",
                        "How close are the rings that the next experiments vary to the driver's?",
                        "",
                        "plain",
                        List.of(plain("plain", RingKind.PLAIN), plain("driver", RingKind.DRIVER))),
                Experiment.ofRates(
                        "order",
                        "Which buffer is taken next",
                        "Does it help to take the buffer that was freed last, or to have no pool at all?",
                        "",
                        "last freed first",
                        List.of(
                                plain("last freed first", RingKind.PLAIN),
                                plain("first freed first", RingKind.FIFO_POOL),
                                plain("from transmit to receive", RingKind.RECYCLED))),
                Experiment.ofRates(
                        "report",
                        "Reports of the card on transmit descriptors",
                        "What does a report on every 32nd save?",
                        "Descriptors a report",
                        "32",
                        quick
                                ? List.of(plain("1", RingKind.REPORT_EVERY_1), plain("32", RingKind.PLAIN))
                                : List.of(
                                        plain("1", RingKind.REPORT_EVERY_1),
                                        plain("4", RingKind.REPORT_EVERY_4),
                                        plain("8", RingKind.REPORT_EVERY_8),
                                        plain("16", RingKind.REPORT_EVERY_16),
                                        plain("32", RingKind.PLAIN))),
                Experiment.ofRates(
                        "clean",
                        "Buffers freed at once after transmit",
                        "How large should the clean-up batch be, with a report on every 8th descriptor?",
                        "Buffers freed at once",
                        "32",
                        List.of(
                                plain("8", RingKind.CLEAN_8),
                                plain("32", RingKind.REPORT_EVERY_8),
                                plain("64", RingKind.CLEAN_64))),
                Experiment.ofRates(
                        "head",
                        "How to see that a frame is there",
                        "What does a read of the head register cost, compared with the DD bit?",
                        "",
                        "DD bit",
                        List.of(plain("DD bit", RingKind.PLAIN), plain("head register", RingKind.HEAD_POLLED))),
                Experiment.ofRates(
                        "tail",
                        "When the tails are written",
                        "In batches of 4: what does a tail for each packet cost, and what does a receive tail for 32 save?",
                        "",
                        "per batch",
                        List.of(
                                plain("per batch", RingKind.PLAIN, 4),
                                plain("per packet", RingKind.TAIL_PER_PACKET, 4),
                                plain("for 32 packets", RingKind.TAIL_LATE, 4))),
                Experiment.ofRates(
                        "refill",
                        "When receive descriptors are read and refilled",
                        "In batches of 1, with a tail for 32: do lines of the cache travel less if they are refilled as a whole,"
                                + " and together if they are looked at ahead?",
                        "",
                        "at once",
                        List.of(
                                plain("at once", RingKind.TAIL_LATE, 1),
                                plain("with the tail", RingKind.REFILL_LATE, 1),
                                plain("looked at ahead", RingKind.LOOK_AHEAD, 1))),
                Experiment.ofRates(
                        "stride",
                        "How far apart buffers are",
                        "In batches of 64: what does it cost if all frames begin in two sets of a first-level cache?",
                        "",
                        "31 lines",
                        List.of(plain("31 lines", RingKind.PLAIN, 64), plain("32 lines", RingKind.STRIDE_2_KIB, 64))));
    }

    private Variant plain(String name, RingKind path) {
        return rate(name, base.by(path));
    }

    private Variant plain(String name, RingKind path, int batch) {
        return rate(name, base.by(path).withBatch(batch));
    }

    private static Experiment virtio() {
        return Experiment.ofRates(
                "virtio",
                "Virtio: split or packed",
                "Which layout of virtqueues is faster, on a device in memory?",
                "",
                "split",
                List.of(
                        rate("split", Setup.DEFAULT.on(Cards.VIRTIO_SPLIT)),
                        rate("packed", Setup.DEFAULT.on(Cards.VIRTIO_PACKED))));
    }

    private Experiment collectors() {
        return Experiment.ofRates(
                "collector",
                "Collectors",
                "Nothing is allocated: what do barriers alone cost?",
                "",
                "serial",
                forEachCollector(Variant::rate));
    }

    private List<Variant> forEachCollector(BiFunction<String, Setup, Variant> variant) {
        List<Variant> all = new ArrayList<>();
        all.add(variant.apply("serial", base.withJvm("-XX:+UseSerialGC")));
        all.add(variant.apply("ZGC", base.withJvm("-XX:+UseZGC")));
        if (!quick) {
            all.add(variant.apply("G1", base.withJvm("-XX:+UseG1GC")));
            all.add(variant.apply("parallel", base.withJvm("-XX:+UseParallelGC")));
            all.add(variant.apply("Shenandoah", base.withJvm("-XX:+UseShenandoahGC")));
            all.add(variant.apply("Epsilon", base.withJvm("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC")));
        }
        return all;
    }

    private Experiment latency() {
        List<Variant> all = new ArrayList<>();
        if (given) {
            all.add(Variant.latency("as it comes", base, 0, ""));
        } else {
            for (int percent : quick ? new int[] {50} : new int[] {10, 50, 90}) {
                all.add(Variant.latency(percent + "% load", base, percent / 100.0, ""));
            }
            all.add(Variant.latency("flat out", base, 0, ""));
        }
        return new Experiment(
                "latency",
                "Latency",
                "How long is the forwarder away between polls (99.99th percentile), and a loop that does nothing in turn"
                        + " with it? How long does a frame stay?",
                "",
                "µs",
                false,
                given ? "as it comes" : "50% load",
                all);
    }

    private Experiment overload() {
        List<Variant> all = new ArrayList<>();
        for (int ring : new int[] {64, 512, 4096}) {
            all.add(Variant.latency(
                    Integer.toString(ring), base.with(Touch.SLOW).withRing(ring), 0, "residence_p50_us"));
        }
        return new Experiment(
                "overload",
                "Latency under overload",
                "The application takes half a microsecond for each frame, so the rings are full: how long does a frame stay (median)?",
                "Ring size",
                "µs",
                false,
                "512",
                all);
    }

    /** Not by how long frames stay: wherever a host takes a processor away for milliseconds, one of ten thousand met that. */
    private Experiment pauses() {
        return new Experiment(
                "pauses",
                "Latency with each collector",
                "At half of the highest rate, how long is the forwarder away between polls (99.99th percentile)? A collector that pauses shows there.",
                "",
                "µs",
                false,
                "serial",
                forEachCollector((name, setup) -> Variant.latency(name, setup, 0.5, "")));
    }

    /** One for each rate. The 82599 in memory has no interrupts, the emulated one has. */
    private static List<Experiment> waiting(Cards cards) {
        Setup setup = Setup.DEFAULT.on(cards == Cards.IXGBE ? Cards.MODEL : cards);
        List<Experiment> all = new ArrayList<>();
        all.add(waiting("waiting-idle", "nothing", setup, -1));
        all.add(waiting("waiting-1k", "1,000 frames a second", setup, 0.001));
        all.add(waiting("waiting-10k", "10,000 frames a second", setup, 0.01));
        all.add(waiting("waiting-100k", "100,000 frames a second", setup, 0.1));
        all.add(waiting("waiting-1m", "a million frames a second", setup, 1));
        all.add(new Experiment(
                "waiting-full",
                "Waiting, as many frames as go",
                "What does a forwarder lose that would sleep if there were nothing to do?",
                "",
                "Mpps",
                true,
                Waiting.POLL.text(),
                waits(setup, 0, "mpps")));
        return all;
    }

    private static Experiment waiting(String name, String rate, Setup setup, double mpps) {
        return new Experiment(
                name,
                "Waiting for " + rate,
                "What share of a processor does a forwarder take to which " + rate
                        + (mpps < 0 ? " comes?" : " come, and how long do frames stay?"),
                "",
                "% of a processor",
                false,
                Waiting.POLL.text(),
                waits(setup, mpps, ""));
    }

    private static List<Variant> waits(Setup setup, double mpps, String figure) {
        return Stream.of(Waiting.values())
                .map(waiting -> Variant.waiting(setup.with(waiting), mpps, figure))
                .toList();
    }

    private Experiment warmUp() {
        return new Experiment(
                "warmup",
                "Warm-up",
                "When, after the start of the process, is the steady rate reached?",
                "",
                "s",
                false,
                "without cache",
                List.of(
                        new Variant("without cache", What.WARM_UP, base, 0, false, ""),
                        new Variant("with AOT cache", What.WARM_UP, base, 0, true, "")));
    }
}
