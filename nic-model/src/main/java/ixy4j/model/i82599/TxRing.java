package ixy4j.model.i82599;

import static ixy4j.intel.Descriptors.TX_DATA;
import static ixy4j.intel.Descriptors.TX_DD;
import static ixy4j.intel.Descriptors.TX_EOP;
import static ixy4j.intel.Descriptors.TX_IFCS;
import static ixy4j.intel.Descriptors.TX_PAYLEN_SHIFT;
import static ixy4j.intel.Descriptors.TX_RS;
import static ixy4j.ixgbe.Registers.DMATXCTL_TE;
import static ixy4j.ixgbe.Registers.TXDCTL_SWFLSH;
import static ixy4j.model.i82599.TxRules.MAX_DESCRIPTORS;
import static ixy4j.model.i82599.TxRules.MAX_FRAME;
import static ixy4j.model.i82599.TxRules.MIN_FRAME;

import ixy4j.ixgbe.Registers;
import ixy4j.memory.RawMemory;
import ixy4j.model.i82599.registers.RegisterFile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A transmit queue: takes frames from the buffers of its descriptors, legacy or advanced (datasheet 7.2.3.2). A frame in
 * one buffer that asks for nothing goes out from there; others are copied together, for {@link TxOffloads}.
 */
final class TxRing extends Ring {
    private static final int TDWBAL = 0x38;
    private static final int TDWBAH = 0x3c;

    private static final long LENGTH = TxRules.LENGTH;
    private static final long DEXT = TxFrame.DEXT;
    // All but lengths and RS of a descriptor that is a whole frame and asks for nothing else.
    private static final long SIMPLE_MASK = (1L << TX_PAYLEN_SHIFT) - 1 & ~LENGTH & ~TX_RS;
    private static final long SIMPLE = TX_DATA | TX_EOP | TX_IFCS;

    private final Transmitter out;
    private final TxContext[] contexts = new TxContext[TxContext.COUNT];
    private final TxFrame frame = new TxFrame();
    private int threshold; // TXDCTL.WTHRESH
    private long headAddress; // IOVA that the head is written back to, 0: descriptors are written back instead
    private int reported; // with a threshold: the first descriptor sent and not written back
    private int unreported; // how many those are

    TxRing(Board board, int queue, Injector injector, Transmitter out) {
        super(board, queue, Registers.TDBAL + 0x40 * queue, board.txTail(queue), injector);
        this.out = out;
        Arrays.setAll(contexts, i -> new TxContext());
    }

    /** All transmit queues of a card, with the effects of their registers. */
    static TxRing[] all(Board board, Injector injector, Transmitter out) {
        TxRing[] rings = new TxRing[Board.QUEUES];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new TxRing(board, i, injector, out);
        }
        RegisterFile file = board.registers;
        addEffects(file, rings, 0);
        for (int register : new int[] {TDWBAL, TDWBAH}) {
            file.onWrite(
                    Registers.TDBAL + register,
                    (i, old, next, written) -> rings[i].configure(register, old, next, written));
        }
        return rings;
    }

    @Override
    int headWritten(int value) {
        return value;
    }

    @Override
    int startHead() {
        return head;
    }

    @Override
    boolean accepts(int control) {
        if (!board.registers.has(Registers.DMATXCTL, DMATXCTL_TE)) {
            mistake("is enabled while DMATXCTL.TE (datasheet 8.2.3.9.2) is 0: set that first (4.6.8)");
        } else if (wthresh(control) > 0 && (get(TDWBAL) & 1) != 0) {
            mistake("is enabled with WTHRESH " + wthresh(control)
                    + " and head write-back: WTHRESH must be 0 (7.2.3.5.2)");
        } else {
            checkThresholds(control);
            return true;
        }
        return false;
    }

    /** A queue with such thresholds works; DPDK's driver has them by default. */
    private void checkThresholds(int control) {
        if (board.strict && (control & 0x7f) != 0 && (control >>> 8 & 0x7f) == 0) {
            mistake("is enabled with PTHRESH " + (control & 0x7f)
                    + " and HTHRESH 0, which must be 1 at least (8.2.3.9.10)");
        }
    }

    private static int wthresh(int control) {
        return control >>> 16 & 0x7f;
    }

    @Override
    int controlWritten(int value) {
        threshold = wthresh(value);
        if ((value & TXDCTL_SWFLSH) != 0 && isEnabled() && locate()) {
            report();
        }
        return value & ~TXDCTL_SWFLSH;
    }

    @Override
    void started() {
        int low = get(TDWBAL);
        headAddress = (low & 1) == 0 ? 0 : (low & 0xffff_fffcL) | (long) get(TDWBAH) << 32;
        reported = head;
        unreported = 0;
        frame.segmentsSent = 0;
        for (TxContext context : contexts) {
            context.clear();
        }
    }

    /** Says which buffers the descriptors hold that were taken by {@link #hold}. */
    void holdBuffers(List<Exchange.Piece> pieces) {
        for (int i = tail, end = heldTo(); i != end; i = next(i)) {
            long word = RawMemory.getLong(descriptor(i) + 8);
            if ((word & DEXT) == 0 || (word & TxRules.DTYP) != TxRules.CONTEXT) {
                board.exchange.want(pieces, RawMemory.getLong(descriptor(i)), word & LENGTH);
            }
        }
    }

    /** Sends what was handed over up to now, as far as the wire takes it; how many frames. */
    int send() {
        if (begin() == 0) {
            reportWhenIdle();
            return 0;
        }
        int count = 0;
        while (head != tail) {
            final int index = head;
            final long descriptor = descriptor(index);
            final long buffer = RawMemory.getLong(descriptor);
            final long word = RawMemory.getLong(descriptor + 8);
            final int length = (int) (word & LENGTH);
            boolean simple = (word & SIMPLE_MASK) == SIMPLE
                    && word >>> TX_PAYLEN_SHIFT == length
                    && length >= MIN_FRAME
                    && length <= MAX_FRAME - 4;
            if (!(simple ? sendSimple(index, buffer, word, length) : sendOther(index, word))) {
                break;
            }
            count++;
        }
        return count;
    }

    /** A frame in one buffer goes out from there. */
    private boolean sendSimple(int index, long buffer, long word, int length) {
        checkUnchanged(index, buffer, word);
        long address = board.iommu.translateToRead(buffer, length);
        if (address == 0) {
            address = copied(index, buffer, length, out.staging());
        }
        if (address != 0 && !out.send(queue, address, length)) {
            return false;
        }
        head = next(index);
        done(index, word);
        return true;
    }

    /** Copies a buffer that may lie in several regions; 0 after a mistake. */
    private long copied(int index, long buffer, int length, long to) {
        if (board.iommu.read(buffer, to, length)) {
            return to;
        }
        mistake("descriptor " + index + " has its buffer at IOVA 0x" + Long.toHexString(buffer) + ", but its " + length
                + " bytes are not all mapped; mapped is " + board.iommu);
        return 0;
    }

    /** A context descriptor, or a frame in any number of descriptors; false if the wire or the driver must go on. */
    private boolean sendOther(int first, long firstWord) {
        if ((firstWord & DEXT) != 0 && (firstWord & TxRules.DTYP) == TxRules.CONTEXT) {
            setContext(first, firstWord);
            return true;
        }
        if (!collect(first, firstWord)) {
            return giveUp();
        }
        String wrong = wrongFrame();
        if (wrong == null) {
            long address = gather();
            if (address != 0 && !out.offloads().send(queue, frame, address)) {
                return false;
            }
        } else {
            mistake(wrong);
        }
        finish(first, frame.last);
        return true;
    }

    private void setContext(int index, long word) {
        long firstWord = RawMemory.getLong(descriptor(index));
        checkUnchanged(index, firstWord, word);
        String wrong = TxContext.wrong(word);
        if (wrong == null) {
            contexts[TxContext.index(word)].set(firstWord, word);
        } else {
            mistake(String.format(Locale.ROOT, "descriptor %d, %016x, a context descriptor, %s", index, word, wrong));
        }
        finish(index, index);
    }

    /** Finds the descriptors of a frame; whether the last one is there. */
    private boolean collect(int first, long firstWord) {
        final TxFrame frame = this.frame;
        frame.first = first;
        frame.last = first;
        frame.word = firstWord;
        frame.total = 0;
        frame.count = 1;
        frame.context = TxContext.index(firstWord) < TxContext.COUNT ? contexts[TxContext.index(firstWord)] : null;
        while (true) {
            long word = RawMemory.getLong(descriptor(frame.last) + 8);
            frame.total += (int) (word & LENGTH);
            if ((word & TX_EOP) != 0) {
                return true;
            }
            if (next(frame.last) == tail) {
                return false;
            }
            frame.last = next(frame.last);
            frame.count++;
        }
    }

    /** No descriptor ends the frame: the rest is still to come, unless there cannot be a rest. */
    private boolean giveUp() {
        if (frame.count < Math.min(size - 1, MAX_DESCRIPTORS)) {
            return false;
        }
        mistake("descriptors " + frame.first + " to " + frame.last + " have no EOP, but a frame has at most "
                + MAX_DESCRIPTORS + " descriptors (datasheet 7.2.1.1), and no more than the ring");
        finish(frame.first, frame.last);
        return true;
    }

    private void finish(int first, int last) {
        frame.segmentsSent = 0;
        int end = next(last);
        for (int i = first; i != end; i = next(i)) {
            long word = RawMemory.getLong(descriptor(i) + 8);
            head = next(i);
            done(i, word);
        }
    }

    /** What is wrong with the frame, null if nothing is. */
    private String wrongFrame() {
        for (int i = frame.first; ; i = next(i)) {
            long word = RawMemory.getLong(descriptor(i) + 8);
            String wrong = TxRules.wrongPart(frame, word, i == frame.last);
            if (wrong == null && i == frame.first) {
                wrong = TxRules.wrongFirst(frame);
            }
            if (wrong != null) {
                return String.format(Locale.ROOT, "descriptor %d, %016x, %s", i, word, wrong);
            }
            if (i == frame.last) {
                return TxRules.wrong(frame);
            }
        }
    }

    /** Copies the frame together; 0 after a mistake. */
    private long gather() {
        long to = out.staging();
        for (int i = frame.first; ; i = next(i)) {
            long buffer = RawMemory.getLong(descriptor(i));
            long word = RawMemory.getLong(descriptor(i) + 8);
            int length = (int) (word & LENGTH);
            checkUnchanged(i, buffer, word);
            long address = board.iommu.translateToRead(buffer, length);
            if (address != 0) {
                RawMemory.copy(address, to, length);
            } else if (copied(i, buffer, length, to) == 0) {
                return 0;
            }
            to += length;
            if (i == frame.last) {
                return out.staging();
            }
        }
    }

    // ---- write-back (7.2.3.5)

    /** A descriptor is done, and the head behind it. */
    private void done(int index, long word) {
        if (threshold != 0) {
            unreported++;
            if (unreported >= threshold) {
                report();
            }
        } else if ((word & TX_RS) != 0) {
            if (headAddress != 0) {
                writeHead();
            } else {
                writeBack(index, TX_DD);
            }
        }
    }

    private void writeHead() {
        long address = board.iommu.translate(headAddress, 4);
        if (address != 0) {
            RawMemory.setIntRelease(address, head);
            board.exchange.wroteStatus(headAddress, 4);
            wroteBack = true;
        } else {
            mistake("is to write its head to IOVA 0x" + Long.toHexString(headAddress) + " (" + name(TDWBAL) + ", "
                    + name(TDWBAH) + "), which is not mapped; mapped is " + board.iommu);
        }
    }

    /** Writes back all that is done and has RS. */
    private void report() {
        for (int i = reported; unreported > 0; unreported--, i = next(i)) {
            if ((RawMemory.getLong(descriptor(i) + 8) & TX_RS) != 0) {
                writeBack(i, TX_DD);
            }
        }
        reported = head;
    }

    /** What waits for the threshold is also reported when the queue's interrupt vector has a throttle that expires. */
    private void reportWhenIdle() {
        if (unreported > 0) {
            int vector = board.interrupts.txEntry(queue) & 0xff;
            int throttle = vector < 0x80 ? 0 : throttle(vector & 0x3f);
            if (throttle != 0 && locate()) {
                report();
            }
        }
    }

    private int throttle(int vector) {
        int register = vector < 24 ? Registers.EITR + 4 * vector : Registers.EITR_24 + 4 * (vector - 24);
        return board.registers.get(register) & 0xff8;
    }

    @Override
    void announce() {
        board.interrupts.txDone(queue);
    }

    @Override
    public String toString() {
        return "transmit queue " + queue;
    }
}
