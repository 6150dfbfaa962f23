package ixy4j.igb;

import static ixy4j.igb.VfRegisters.*;

import ixy4j.spi.Bar;
import java.util.concurrent.locks.LockSupport;

/**
 * How a virtual function talks to the driver of the physical one: 16 words that one of the two may hold at a time, and bits
 * that say whose turn it is (7.10.2.9). A message is asked and answered; its first word says what it is about.
 */
final class Mailbox {
    /** Bit of an answer's first word: it was done. */
    static final int ACK = 1 << 31;

    /** Bit of an answer's first word: it was refused. */
    static final int NACK = 1 << 30;

    private static final int CLEAR_TO_SEND = 1 << 29; // of a first word: what the other side adds when it will answer
    private static final int CLEARED_BY_READING = VMAILBOX_PFSTS | VMAILBOX_PFACK | VMAILBOX_RSTD;
    private static final int ABOUT = 0xffff; // of a first word
    private static final int TRIES = 3;
    private static final int WORDS = 3; // of an answer: what it is about, and a MAC address
    private static final long PATIENCE = 1_000_000_000; // ns

    private final String address;
    private final Bar bar;
    private int seen; // of the bits that reading clears

    Mailbox(String address, Bar bar) {
        this.address = address;
        this.bar = bar;
    }

    /**
     * Asks; the answer, whose first word says {@link #ACK} or {@link #NACK}. The other side may put a word of its own in,
     * when its link changes, which overwrites the question or the answer: then the same is asked again.
     */
    int[] ask(int... message) {
        for (int i = 0; i < TRIES; i++) {
            int[] answer = tell(message);
            boolean isAnswer = (answer[0] & ABOUT) == (message[0] & ABOUT) && (answer[0] & (ACK | NACK)) != 0;
            if (isAnswer) {
                return answer;
            }
        }
        throw IgbTrouble.noAnswer(address);
    }

    private int[] tell(int... message) {
        hold();
        take(CLEARED_BY_READING); // of an earlier message
        for (int i = 0; i < message.length; i++) {
            bar.set32(VMBMEM + 4 * i, message[i]);
        }
        bar.set32(VMAILBOX, VMAILBOX_REQ); // and lets go
        await(VMAILBOX_PFACK);
        await(VMAILBOX_PFSTS);
        hold();
        int[] answer = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            answer[i] = bar.get32(VMBMEM + 4 * i);
        }
        bar.set32(VMAILBOX, VMAILBOX_ACK); // and lets go
        answer[0] &= ~CLEAR_TO_SEND;
        return answer;
    }

    /** Waits until the physical function is not being reset. */
    void awaitPhysicalFunction() {
        long deadline = System.nanoTime() + PATIENCE;
        while ((read() & VMAILBOX_RSTI) != 0) {
            pauseUntil(deadline);
        }
    }

    /** Whether the physical function was reset, or is being reset, since this was last asked or a message was sent. */
    boolean sawReset() {
        return take(VMAILBOX_RSTD) || (read() & VMAILBOX_RSTI) != 0;
    }

    /** Takes the words; the other side may have them. */
    private void hold() {
        long deadline = System.nanoTime() + PATIENCE;
        bar.set32(VMAILBOX, VMAILBOX_VFU);
        while ((read() & VMAILBOX_VFU) == 0) {
            pauseUntil(deadline);
            bar.set32(VMAILBOX, VMAILBOX_VFU);
        }
    }

    private void await(int bit) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!take(bit)) {
            pauseUntil(deadline);
        }
    }

    /** Whether one of these bits has been set since it was taken last. */
    private boolean take(int bits) {
        boolean isSet = (read() & bits) != 0;
        seen &= ~bits;
        return isSet;
    }

    private int read() {
        int bits = bar.get32(VMAILBOX) | seen;
        seen = bits & CLEARED_BY_READING;
        return bits;
    }

    private void pauseUntil(long deadline) {
        if (System.nanoTime() - deadline > 0) {
            throw IgbTrouble.noAnswer(address);
        }
        LockSupport.parkNanos(500_000);
    }
}
