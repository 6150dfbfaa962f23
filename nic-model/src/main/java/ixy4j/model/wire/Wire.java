package ixy4j.model.wire;

/**
 * What a port of an emulated card is plugged into. A wire belongs to the thread that plays the card; where another thread
 * looks at it (counts, link), the method says so. Frames are without preamble and FCS, at absolute addresses of ours.
 */
public interface Wire extends AutoCloseable {
    /**
     * Called once, when the port can receive for the first time: its link is up, and it has a queue with descriptors.
     * What is played by a clock begins then, so that its beginning is not lost while a driver sets up the card. What
     * comes from elsewhere and does not wait, as from a TAP, is lost until then, as at any port that is down.
     */
    default void start() {}

    /** What its user should know as soon as it is open, in a line, such as what of a capture is not played; or empty. */
    default String remark() {
        return "";
    }

    /** Called in each round of the card, also when no frame moves: for what has to happen in time. */
    default void round() {}

    /**
     * Takes the next frame that arrives at the port.
     *
     * @param address where to write it
     * @param room bytes there, at least 14; a longer frame is cut to it
     * @return the frame's length in bytes, possibly with {@link #BAD_FCS} set, or 0 when none is there
     */
    int receive(long address, int room);

    /** A flag in the result of {@link #receive}: the frame was damaged on the wire, its FCS does not match. */
    int BAD_FCS = 1 << 30;

    /**
     * Takes a frame that the port sends.
     *
     * @return false when the wire cannot take it now; the card offers it again
     */
    boolean transmit(long address, int length);

    /**
     * Whether frames wait until the card asks for them, so that a card without a free descriptor need not take them off
     * the wire and drop them. A generator at full speed and a capture file played at full speed do; a network does not.
     */
    default boolean waits() {
        return false;
    }

    /** What {@link #descriptor} is where a frame can arrive at any time, and nothing says so. */
    int ASK = -1;

    /** What {@link #descriptor} is where no frame arrives by itself. */
    int NEVER = -2;

    /** A file that is readable when a frame has arrived, for a card that sleeps; or {@link #ASK}, or {@link #NEVER}. */
    default int descriptor() {
        return ASK;
    }

    /** The speed of the link in Mbit/s, 0 while it is down. */
    default int linkSpeed() {
        return 10_000;
    }

    /** Whether nothing more will ever arrive: the end of a capture file, a generator that has sent its count. */
    default boolean exhausted() {
        return false;
    }

    /**
     * How many frames were to go over this wire, in either direction, and did not; those that wait are not among them.
     * Each record that is passed over in a capture counts as one, even if no card could take it, as it is empty or not
     * of Ethernet. For any thread, also after the close, and it never falls.
     */
    default long undelivered() {
        return 0;
    }

    /** Releases what it holds; no error of a file written so far is lost. */
    @Override
    void close();
}
