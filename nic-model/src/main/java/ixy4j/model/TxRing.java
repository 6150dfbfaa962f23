package ixy4j.model;

import static ixy4j.intel.Descriptors.TX_DATA;
import static ixy4j.intel.Descriptors.TX_DD;
import static ixy4j.intel.Descriptors.TX_EOP;
import static ixy4j.intel.Descriptors.TX_IFCS;
import static ixy4j.intel.Descriptors.TX_PAYLEN_SHIFT;
import static ixy4j.intel.Descriptors.TX_RS;

import ixy4j.ixgbe.Registers;
import ixy4j.model.wire.NativeMemory;

/**
 * A transmit queue: takes frames from the buffers of its descriptors, legacy or advanced (datasheet 7.2.3.2). Offloads,
 * which context descriptors and some bits ask for, are not modelled yet: a fault says so.
 */
final class TxRing extends Ring {
    private static final int TDWBAL = 0x38;
    private static final int TDWBAH = 0x3c;
    private static final int TXDCTL_SWFLSH = 1 << 26;
    private static final int DMATXCTL_TE = 1;

    private static final long LENGTH = 0xffff;
    private static final long DEXT = 1L << 29;
    private static final long DTYP = 0xfL << 20;
    private static final long OFFLOADS = 1L << 18 | 1L << 19 | 1L << 30 | 1L << 31 | 7L << 40; // MAC, VLE, TSE, POPTS
    private static final long RESERVED = 3L << 16 | 1L << 26 | 1L << 28 | 0xfL << 32 | 7L << 43;
    private static final long LEGACY_OFFLOADS = 1L << 26 | 1L << 30; // IC, VLE
    private static final long LEGACY_RESERVED = 1L << 28 | 1L << 31 | 0xfL << 32;
    // All but lengths and RS of a descriptor that is a whole frame and asks for nothing else.
    private static final long SIMPLE_MASK = (1L << TX_PAYLEN_SHIFT) - 1 & ~LENGTH & ~TX_RS;
    private static final long SIMPLE = TX_DATA | TX_EOP | TX_IFCS;

    private static final int MIN_FRAME =
            17; // Linux's ixgbe_xmit_frame: "the minimum packet size for olinfo paylen is 17"
    private static final int MAX_FRAME = 15872; // 15.5 KiB with the FCS (datasheet 1.3, 8.2.3.22.13)
    private static final int MAX_DESCRIPTORS = 40; // of one frame (7.2.1.1)

    private final Transmitter out;
    private int threshold; // TXDCTL.WTHRESH
    private long headAddress; // IOVA that the head is written back to, 0: descriptors are written back instead
    private int reported; // with a threshold: the first descriptor sent and not written back
    private int unreported; // how many those are

    TxRing(Board board, int queue, Injector injector, Transmitter out) {
        super(board, queue, Registers.TDBAL + 0x40 * queue, board.tails.tx(queue), injector);
        this.out = out;
    }

    /** All transmit queues of a card, with the effects of their registers. */
    static TxRing[] all(Board board, Injector injector, Transmitter out) {
        TxRing[] rings = new TxRing[Tails.QUEUES];
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
            fault("is enabled while DMATXCTL.TE (datasheet 8.2.3.9.2) is 0: set that first (4.6.8)");
        } else if (wthresh(control) > 0 && (get(TDWBAL) & 1) != 0) {
            fault("is enabled with WTHRESH " + wthresh(control)
                    + " and head write-back: WTHRESH must be 0 (7.2.3.5.2)");
        } else if ((control & 0x7f) != 0 && (control >>> 8 & 0x7f) == 0) {
            fault("is enabled with PTHRESH " + (control & 0x7f)
                    + " and HTHRESH 0, which must be 1 at least (8.2.3.9.10)");
        } else {
            return true;
        }
        return false;
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
            final long buffer = NativeMemory.getLong(descriptor);
            final long word = NativeMemory.getLong(descriptor + 8);
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
            unmapped(index, buffer, length);
        } else if (!out.send(queue, address, length)) {
            return false;
        }
        head = next(index);
        done(index, word);
        return true;
    }

    private void unmapped(int index, long buffer, int length) {
        fault("descriptor " + index + " has its buffer at IOVA 0x" + Long.toHexString(buffer) + ", but its " + length
                + " bytes are not all mapped; mapped is " + board.iommu);
    }

    /** A context descriptor, or a frame in any number of descriptors; false where the wire or the driver must go on. */
    private boolean sendOther(int first, long firstWord) {
        if ((firstWord & DEXT) != 0 && (firstWord & DTYP) == 2L << 20) {
            fault("descriptor " + first + " is a context descriptor (datasheet 7.2.3.2.3), for offloads that this model"
                    + " does not do yet");
            finish(first, first);
            return true;
        }
        int last = first;
        int total = 0;
        int count = 1;
        while (true) {
            long word = NativeMemory.getLong(descriptor(last) + 8);
            total += (int) (word & LENGTH);
            if ((word & TX_EOP) != 0) {
                break;
            }
            if (next(last) == tail) {
                return giveUpOn(first, last, count);
            }
            last = next(last);
            count++;
        }
        String wrong = wrongFrame(first, last, count, total);
        if (wrong == null) {
            long frame = gather(first, last);
            if (frame != 0 && !out.send(queue, frame, total)) {
                return false;
            }
        } else {
            fault(wrong);
        }
        finish(first, last);
        return true;
    }

    /** No descriptor ends the frame: the rest is still to come, unless there cannot be a rest. */
    private boolean giveUpOn(int first, int last, int count) {
        if (count < Math.min(size - 1, MAX_DESCRIPTORS)) {
            return false;
        }
        fault("descriptors " + first + " to " + last + " have no EOP, but a frame has at most " + MAX_DESCRIPTORS
                + " descriptors (datasheet 7.2.1.1), and no more than the ring");
        finish(first, last);
        return true;
    }

    private void finish(int first, int last) {
        int end = next(last);
        for (int i = first; i != end; i = next(i)) {
            long word = NativeMemory.getLong(descriptor(i) + 8);
            head = next(i);
            done(i, word);
        }
    }

    /** What is wrong with a frame, null where nothing is. */
    private String wrongFrame(int first, int last, int count, int total) {
        for (int i = first; ; i = next(i)) {
            long word = NativeMemory.getLong(descriptor(i) + 8);
            String wrong = wrongDescriptor(word, i == last);
            if (wrong != null) {
                return String.format("descriptor %d, %016x, %s", i, word, wrong);
            }
            if (i == last) {
                break;
            }
        }
        long firstWord = NativeMemory.getLong(descriptor(first) + 8);
        int paylen = (int) (firstWord >>> TX_PAYLEN_SHIFT);
        if (count > MAX_DESCRIPTORS) {
            return "the frame from descriptor " + first + " on has " + count + " descriptors, but at most "
                    + MAX_DESCRIPTORS + " are possible (datasheet 7.2.1.1)";
        } else if ((firstWord & DEXT) != 0 && paylen != total) {
            return "descriptor " + first + " has PAYLEN " + paylen + ", but the buffers of the frame have " + total
                    + " bytes (datasheet 7.2.3.2.4)";
        } else if (total < MIN_FRAME || total > MAX_FRAME - 4) {
            return "the frame of descriptor " + first + " has " + total + " bytes, but " + MIN_FRAME + " to "
                    + (MAX_FRAME - 4) + " are possible";
        }
        return null;
    }

    private static String wrongDescriptor(long word, boolean last) {
        boolean advanced = (word & DEXT) != 0;
        if (advanced && (word & DTYP) != 3L << 20) {
            return "has the reserved type DTYP " + (word >>> 20 & 15) + " (datasheet 7.2.3.2.4); 3 is data";
        } else if ((word & LENGTH) == 0) {
            return "has a buffer of length 0 (datasheet 7.2.3.2.4)";
        } else if ((word & (advanced ? RESERVED : LEGACY_RESERVED)) != 0) {
            return "has reserved bits set: " + Long.toHexString(word & (advanced ? RESERVED : LEGACY_RESERVED));
        } else if ((word & (advanced ? OFFLOADS : LEGACY_OFFLOADS)) != 0) {
            return "asks for offloads that this model does not do yet: "
                    + Long.toHexString(word & (advanced ? OFFLOADS : LEGACY_OFFLOADS));
        } else if (last && (word & TX_IFCS) == 0) {
            return "has no IFCS, so the frame would go out without an FCS (datasheet 7.2.3.2.4)";
        } else if (!last && (word & TX_RS) != 0) {
            return "has RS, which only the last descriptor of a frame may have (datasheet 7.2.3.2.4)";
        }
        return null;
    }

    /** Copies a frame together; 0 after a fault. */
    private long gather(int first, int last) {
        int done = 0;
        for (int i = first; ; i = next(i)) {
            long buffer = NativeMemory.getLong(descriptor(i));
            long word = NativeMemory.getLong(descriptor(i) + 8);
            int length = (int) (word & LENGTH);
            checkUnchanged(i, buffer, word);
            long address = board.iommu.translateToRead(buffer, length);
            if (address == 0) {
                unmapped(i, buffer, length);
                return 0;
            }
            NativeMemory.copy(address, out.staging() + done, length);
            done += length;
            if (i == last) {
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
            NativeMemory.setIntRelease(address, head);
        } else {
            fault("is to write its head to IOVA 0x" + Long.toHexString(headAddress) + " (" + name(TDWBAL) + ", "
                    + name(TDWBAH) + "), which is not mapped; mapped is " + board.iommu);
        }
    }

    /** Writes back all that is done and has RS. */
    private void report() {
        for (int i = reported; unreported > 0; unreported--, i = next(i)) {
            if ((NativeMemory.getLong(descriptor(i) + 8) & TX_RS) != 0) {
                writeBack(i, TX_DD);
            }
        }
        reported = head;
    }

    /** What waits for the threshold is also reported when the queue's interrupt vector has a throttle that expires. */
    private void reportWhenIdle() {
        if (unreported > 0) {
            int vector = board.registers.get(Registers.IVAR + 4 * (queue >> 1)) >>> (16 * (queue & 1) + 8) & 0xff;
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
    public String toString() {
        return "transmit queue " + queue;
    }
}
