package ixy4j.model.wire;

/**
 * The far end of a wire that takes all {@link Frames} and checks them; nothing comes from it. Of each frame it looks at
 * length and sequence number, of each 64th, or of all where asked to, at every byte. Counts may be read by any thread.
 *
 * <p>A frame that is not one of ours, or damaged, counts as invalid and is then ignored, so that its number will count
 * as lost. A sequence number higher than the next one counts those between as lost. A lower one counts as late:
 * reordered, or a duplicate. A late frame was counted as lost before, so where nothing is duplicated,
 * {@code lost() - late()} frames are missing.
 */
public final class CheckingSink implements Wire {
    private static final int SAMPLE = 64; // a power of two

    private final boolean all;
    private long expected; // the next sequence number; -1: whatever comes first
    private final Counter frames = new Counter();
    private final Counter bytes = new Counter();
    private final Counter lost = new Counter();
    private final Counter late = new Counter();
    private final Counter invalid = new Counter();

    /**
     * A sink.
     *
     * @param first the first sequence number, or -1 if any may come first
     * @param all whether to look at every byte of every frame
     */
    public CheckingSink(long first, boolean all) {
        this.expected = first;
        this.all = all;
    }

    @Override
    public boolean transmit(long address, int length) {
        final long count = frames.get();
        frames.add(1);
        bytes.add(length);
        final boolean whole = all || (count & SAMPLE - 1) == 0;
        if (whole ? !Frames.valid(address, length) : !Frames.looksValid(address, length)) {
            invalid.add(1);
            return true;
        }
        final long sequence = Frames.sequence(address);
        if (sequence == expected) {
            expected = sequence + 1;
        } else {
            unexpected(address, length, sequence);
        }
        return true;
    }

    /** A number out of order is believed only of a frame that is whole, lest one flipped bit count as a huge loss. */
    private void unexpected(long address, int length, long sequence) {
        if (!Frames.valid(address, length)) {
            invalid.add(1);
        } else if (expected >= 0 && sequence < expected) {
            late.add(1);
        } else {
            if (expected >= 0) {
                lost.add(sequence - expected);
            }
            expected = sequence + 1;
        }
    }

    @Override
    public int receive(long address, int room) {
        return 0;
    }

    @Override
    public int descriptor() {
        return NEVER;
    }

    @Override
    public boolean exhausted() {
        return true;
    }

    /** How many frames came, of any kind. */
    public long frames() {
        return frames.get();
    }

    /** Their bytes, without FCS. */
    public long bytes() {
        return bytes.get();
    }

    /** How many sequence numbers were passed over, whether or not they came later. */
    public long lost() {
        return lost.get();
    }

    /** How many frames came after one with a higher sequence number, or for the second time. */
    public long late() {
        return late.get();
    }

    /** How many frames were not ours, or damaged. */
    public long invalid() {
        return invalid.get();
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "sink: " + frames + " frames, " + bytes + " bytes, " + lost + " lost, " + late + " late, " + invalid
                + " invalid";
    }
}
