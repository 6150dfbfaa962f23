package ixy4j.course;

import java.util.List;

/**
 * A driver of one 82599, as it is written in the course: a method or two for each stage. One that is not overridden is
 * {@link Unfinished}. A driver has one card, and one thread calls it.
 */
public abstract class Driver {
    /** How many descriptors each ring of the course has. */
    protected static final int RING = 8;

    /** The card: from stage 2 on, what {@link #find} returned. The course sets it. */
    protected Card card;

    /** For its class that is made by a learner. */
    protected Driver() {}

    /** Gives it the card that {@link #find} has returned. The course calls this. */
    public final void use(Card found) {
        card = found;
    }

    // ---- Stage 1

    /** The 82599 (vendor 0x8086, device 0x10fb) among these, made ready to be used by its command register. */
    public Card find(List<Card> cards) {
        throw new Unfinished();
    }

    // ---- Stage 2

    /** Resets the card, with its interrupts off before and after, and waits until it is ready. */
    public void reset() {
        throw new Unfinished();
    }

    // ---- Stage 3

    /** Sets the link up for 10 Gbit/s over SFI. Does not wait for it. */
    public void startLink() {
        throw new Unfinished();
    }

    /** Whether the link is up now. */
    public boolean linkUp() {
        throw new Unfinished();
    }

    // ---- Stage 4

    /** Switches receive on, with a ring of {@link #RING} descriptors, of which the first alone is handed to the card. */
    public void openReceive() {
        throw new Unfinished();
    }

    /** The frame in the first descriptor; null while none is there. */
    public byte[] receiveFirst() {
        throw new Unfinished();
    }

    // ---- Stage 5

    /** Hands the card all descriptors of the receive ring but one; called after {@link #openReceive}, before any frame. */
    public void fillReceive() {
        throw new Unfinished();
    }

    /** The next frame, whose descriptor goes back to the card; null if none is there. */
    public byte[] receive() {
        throw new Unfinished();
    }

    // ---- Stage 6

    /** Switches transmit on, with a ring of {@link #RING} descriptors. */
    public void openTransmit() {
        throw new Unfinished();
    }

    /** Sends a frame of 60 to 1514 bytes, without FCS. There is room for it: who calls this has seen to that. */
    public void send(byte[] frame) {
        throw new Unfinished();
    }

    // ---- Stage 7

    /** Takes back the descriptors of frames that were sent; how many they are. */
    public int clean() {
        throw new Unfinished();
    }

    /** Sends a frame if there is room for it. */
    public boolean transmit(byte[] frame) {
        throw new Unfinished();
    }

    // ---- Stage 8

    /** The next frames, as many as there are, but at most so many. Writes the tail once. */
    public List<byte[]> receiveBatch(int most) {
        throw new Unfinished();
    }

    /**
     * Sends the first of these frames, as many as there is room for; how many. Writes the tail once, and asks the card to
     * report on each fourth descriptor only.
     */
    public int transmitBatch(List<byte[]> frames) {
        throw new Unfinished();
    }

    // ---- Stage 9

    /** What was counted since the reset. */
    public Counts count() {
        throw new Unfinished();
    }

    // ---- Stage 10

    /** Sends what has arrived here by another driver. What finds no room there is kept for the next call. */
    public void forward(Driver to) {
        throw new Unfinished();
    }

    // ---- Stage 11

    /** The card's own Ethernet address, 6 bytes. */
    public byte[] macAddress() {
        throw new Unfinished();
    }

    /** Has the card receive broadcasts, too. */
    public void acceptBroadcasts() {
        throw new Unfinished();
    }

    /** Answers the frames that have arrived, as many as there are; those that the host has no answer to are dropped. */
    public void answer(Answers host) {
        throw new Unfinished();
    }

    // ---- Stage 12, a bonus

    /**
     * In the place of {@link #openReceive} and {@link #fillReceive}: switches receive on with the queues 0 and 1, each with a
     * full ring, between which the card divides IPv4 frames by their addresses and UDP ports.
     */
    public void openQueues() {
        throw new Unfinished();
    }

    /** The next frame of one of these queues; null if none is there. */
    public byte[] receive(int queue) {
        throw new Unfinished();
    }

    // ---- Stage 13, a bonus

    /** Has the card send interrupt vector 0 when receive queue 0 has a frame; called after {@link #fillReceive}. */
    public void openInterrupt() {
        throw new Unfinished();
    }

    /** Called after such an interrupt: all frames that are there. From its end on the card can send the next interrupt. */
    public List<byte[]> interrupted() {
        throw new Unfinished();
    }
}
