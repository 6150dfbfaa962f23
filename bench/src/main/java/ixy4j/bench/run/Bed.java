package ixy4j.bench.run;

import ixy4j.Device;
import ixy4j.spi.Bar;

/** Two cards that a forwarder runs on, and what plays them. */
interface Bed extends AutoCloseable {
    /** The card, 0 or 1. */
    Device card(int index);

    /**
     * Its registers, for rings that are not the driver's.
     *
     * @throws IllegalArgumentException if it is no 82599
     */
    Bar bar(int index);

    /** How far the processor of what plays them is from that of who forwards, who is to send there; null if nobody answers. */
    default Handover handover() {
        return null;
    }

    /** Lets frames come. */
    default void begin() {
        // given cards have traffic of their own
    }

    /** Frames forwarded so far, in both directions; for any thread. */
    long forwarded();

    /** What is wrong with the frames that came out, in one line; null if nothing is. Also after {@link #close}. */
    String complaint();

    /** How long frames took from wire to wire; null if that cannot be seen. */
    default Residence residence() {
        return null;
    }

    @Override
    void close();
}
