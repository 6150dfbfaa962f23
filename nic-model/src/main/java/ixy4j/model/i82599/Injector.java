package ixy4j.model.i82599;

import ixy4j.model.i82599.CardFaults.Kind;

/** The faults of a card that strike by the number of frames or descriptors; it counts them. */
final class Injector {
    /** The receive error bit of an advanced descriptor: RXE (datasheet 7.1.6.2). */
    static final long RXE = 1L << 29;

    private static final long LENGTH = 0xffffL << 32;

    private final long impossibleLength;
    private final long spanning;
    private final long errorBit;
    private final long lost;
    private final long late;
    private final long stallAfter;
    private long resetAt;
    private long frames; // received and sent
    private long received;
    private long written;

    Injector(CardFaults faults) {
        impossibleLength = faults.value(Kind.IMPOSSIBLE_LENGTH);
        spanning = faults.value(Kind.SPANNING);
        errorBit = faults.value(Kind.ERROR_BIT);
        lost = faults.value(Kind.LOST_WRITEBACK);
        late = faults.value(Kind.LATE_WRITEBACK);
        stallAfter = faults.value(Kind.STALL);
        resetAt = faults.value(Kind.RESET_AT);
    }

    /** How many rounds a write-back comes late. */
    long late() {
        return late;
    }

    /** Counts frames that the card moved. */
    void moved(int count) {
        frames += count;
    }

    /** Whether the card has stopped serving its queues. */
    boolean stalled() {
        return stallAfter != 0 && frames >= stallAfter;
    }

    /** Whether the card is to reset itself now. */
    boolean resets() {
        boolean now = resetAt != 0 && frames >= resetAt;
        resetAt = now ? 0 : resetAt;
        return now;
    }

    /** Whether the next frame received is to be split. */
    boolean splits() {
        return hits(received + 1, spanning);
    }

    /** What is reported of a received frame instead of the second word of its last descriptor. */
    long received(long word) {
        received++;
        if (hits(received, impossibleLength)) {
            boolean zero = received / impossibleLength % 2 == 1;
            return zero ? word & ~LENGTH : word | LENGTH;
        }
        return hits(received, errorBit) ? word | RXE : word;
    }

    /** Whether the next write-back is lost. */
    boolean loses() {
        return hits(++written, lost);
    }

    private static boolean hits(long number, long every) {
        return every != 0 && number % every == 0;
    }
}
