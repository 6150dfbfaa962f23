package ixy4j.bench.report;

import java.util.Map;

/**
 * Figures that others have published for what an experiment asks. They are from real cards and other processors, so shapes
 * and ratios compare, and values do not.
 */
final class Published {
    // ixy: Emmerich et al., "User Space Network Drivers", 2019. Its older port to Java: Emmerich et al., "The Case for
    // Writing Network Drivers in High-Level Programming Languages", 2019.
    private static final Map<String, String> TEXTS = Map.of(
            "batch",
            "64 bytes both ways, one core of 3.3 GHz, batches of 1, 2, 4, 8, 16, 32, 64, 256: ixy in C 8.3, 14.3, 20.9, 26.0,"
                    + " 27.4, 27.4, 27.4, 27.4 Mpps; its older port to Java 5.1, 7.5, 10.0, 11.4, 11.6, 12.3, 12.6, 12.7.",
            "ring",
            "ixy in C hardly changes its rate between 64 and 4096 descriptors.",
            "pages",
            "4 KiB pages cost ixy in C 5 to 10% with rings of 512, and more with 4096.",
            "overload",
            "ixy in C, median: 11, 53 and 427 µs for rings of 64, 512 and 4096.",
            "pauses",
            "At 1 Mpps on a 10 Gbit/s card: ixy in C 5.6 µs; its older port to Java 16 with Epsilon, 17 with ZGC and with"
                    + " Shenandoah, 242 parallel, 367 serial, 374 with G1, its first 5 s left out.");

    private Published() {}

    /** What was published for an experiment, in a sentence; null if nothing was. */
    static String text(String experiment) {
        return TEXTS.get(experiment);
    }
}
