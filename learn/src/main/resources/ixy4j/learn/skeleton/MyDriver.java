import static ixy4j.course.Descriptor.*;
import static ixy4j.course.Reg.*;

import ixy4j.course.*;
import java.util.ArrayList;
import java.util.List;

/**
 * A driver of the 82599, yours to write. Read what a stage is about (./ixy learn read), write its methods, check them
 * (./ixy learn check). A method that throws Unfinished is still to be written. Add fields and methods as you like.
 *
 * The field card has the card, from stage 2 on: card.read(STATUS), card.write(CTRL, value), card.memory(bytes). RING is 8,
 * the number of descriptors in a ring, and SIZE is 16, the bytes of a descriptor.
 */
public class MyDriver extends Driver {
    // ---- Stage 1: find the card

    /** The 82599 among these, made ready to be used; null if there is none. */
    @Override
    public Card find(List<Card> cards) {
        throw new Unfinished();
    }

    // ---- Stage 2: reset it and wait

    /** Resets the card, with interrupts masked before and after, and waits until it is ready. */
    @Override
    public void reset() {
        throw new Unfinished();
    }

    // ---- Stage 3: the link

    /** Selects 10 Gbit/s over SFI. Does not wait. */
    @Override
    public void startLink() {
        throw new Unfinished();
    }

    /** Whether the link is up now. */
    @Override
    public boolean linkUp() {
        throw new Unfinished();
    }

    // ---- Stage 4: one receive descriptor

    /** Switches receive on, with a ring of which descriptor 0 alone is the card's. */
    @Override
    public void openReceive() {
        throw new Unfinished();
    }

    /** The frame in descriptor 0; null while none is there. */
    @Override
    public byte[] receiveFirst() {
        throw new Unfinished();
    }

    // ---- Stage 5: the receive ring and its wrap

    /** Hands the card all descriptors but one. */
    @Override
    public void fillReceive() {
        throw new Unfinished();
    }

    /** The next frame, whose descriptor goes back to the card; null if none is there. */
    @Override
    public byte[] receive() {
        throw new Unfinished();
    }

    // ---- Stage 6: the transmit ring

    /** Switches transmit on. */
    @Override
    public void openTransmit() {
        throw new Unfinished();
    }

    /** Sends a frame; the caller has seen to it that there is room. */
    @Override
    public void send(byte[] frame) {
        throw new Unfinished();
    }

    // ---- Stage 7: cleaning

    /** Takes back the descriptors of frames that were sent; how many. */
    @Override
    public int clean() {
        throw new Unfinished();
    }

    /** Sends a frame if there is room for it. */
    @Override
    public boolean transmit(byte[] frame) {
        throw new Unfinished();
    }

    // ---- Stage 8: batches

    /** The next frames, at most so many; the tail is written once. */
    @Override
    public List<byte[]> receiveBatch(int most) {
        throw new Unfinished();
    }

    /** Sends the first of these frames; how many. The tail is written once, and one descriptor of four has RS. */
    @Override
    public int transmitBatch(List<byte[]> frames) {
        throw new Unfinished();
    }

    // ---- Stage 9: counters

    /** What was counted since the reset. */
    @Override
    public Counts count() {
        throw new Unfinished();
    }

    // ---- Stage 10: forwarding

    /** Sends what has arrived here by another driver. */
    @Override
    public void forward(Driver to) {
        throw new Unfinished();
    }

    // ---- Stage 11: answering a ping

    /** The card's own address, 6 bytes. */
    @Override
    public byte[] macAddress() {
        throw new Unfinished();
    }

    /** Has the card receive broadcasts, too. */
    @Override
    public void acceptBroadcasts() {
        throw new Unfinished();
    }

    /** Answers all frames that have arrived, by host.to(frame). */
    @Override
    public void answer(Answers host) {
        throw new Unfinished();
    }

    // ---- Stage 12, a bonus: two queues

    /** Receives with two queues, in the place of openReceive() and fillReceive(). */
    @Override
    public void openQueues() {
        throw new Unfinished();
    }

    /** The next frame of queue 0 or 1; null if none is there. */
    @Override
    public byte[] receive(int queue) {
        throw new Unfinished();
    }

    // ---- Stage 13, a bonus: an interrupt

    /** Has receive queue 0 send interrupt vector 0. */
    @Override
    public void openInterrupt() {
        throw new Unfinished();
    }

    /** After such an interrupt: all frames that are there. */
    @Override
    public List<byte[]> interrupted() {
        throw new Unfinished();
    }
}
