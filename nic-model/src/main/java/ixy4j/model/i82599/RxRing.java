package ixy4j.model.i82599;

import static ixy4j.intel.Descriptors.RX_DD;
import static ixy4j.intel.Descriptors.RX_EOP;
import static ixy4j.intel.Descriptors.RX_LENGTH_SHIFT;
import static ixy4j.ixgbe.Registers.RXCSUM_PCSD;
import static ixy4j.ixgbe.Registers.RXDCTL_VME;
import static ixy4j.ixgbe.Registers.SRRCTL_BSIZEPACKET;
import static ixy4j.ixgbe.Registers.SRRCTL_DROP_EN;

import ixy4j.ixgbe.Registers;
import ixy4j.memory.RawMemory;
import ixy4j.model.i82599.registers.RegisterFile;

/** A receive queue: writes frames to the buffers of its descriptors, legacy or advanced with one buffer (7.1.5, 7.1.6). */
final class RxRing extends Ring {
    /** The frame passed no exact filter (7.1.6.2, PIF). */
    static final long PIF = 1L << 7;

    /** The frame is tagged, by the type in VLNCTRL (7.1.6.2, VP); its tag is in bits 63:48 if it was stripped. */
    static final long VP = 1L << 3;

    static final int VLAN_SHIFT = 48;

    /** The frame has an error that the MAC found, such as a wrong FCS (7.1.6.2, RXE). */
    static final long RXE = 1L << 29;

    private static final int SRRCTL = 0x14;
    private static final int RXDCTL = 0x28;
    private static final int ADVANCED = 1;

    private int bufferSize;
    private boolean advanced;
    private boolean drops;

    RxRing(Board board, int queue, Injector injector) {
        super(
                board,
                queue,
                (queue < 64 ? Registers.RDBAL : Registers.RDBAL_64) + 0x40 * (queue & 63),
                board.rxTail(queue),
                injector);
    }

    /** All receive queues of a card, with the effects of their registers. */
    static RxRing[] all(Board board, Injector injector) {
        RxRing[] rings = new RxRing[Board.QUEUES];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new RxRing(board, i, injector);
        }
        RegisterFile file = board.registers;
        for (int first : new int[] {0, 64}) {
            addEffects(file, rings, first);
            file.onWrite(rings[first].registers + SRRCTL, (i, old, next, written) -> rings[i].writeSrrctl(old, next));
        }
        return rings;
    }

    private int writeSrrctl(int old, int next) {
        if (!isEnabled()) {
            return next;
        }
        if (!checkSrrctl(next)) {
            return old;
        }
        decode(next);
        return next;
    }

    private boolean checkSrrctl(int value) {
        int type = value >>> 25 & 7;
        int kilobytes = value & SRRCTL_BSIZEPACKET;
        String what = name(SRRCTL) + " (datasheet 8.2.3.8.7) is 0x" + Integer.toHexString(value);
        if (type == 2 || type == 5) {
            mistake(what + ": DESCTYPE " + type + " splits headers, which this model does not do yet");
        } else if (type > ADVANCED) {
            mistake(what + ": DESCTYPE " + type + " is reserved; 1 is advanced with one buffer");
        } else if (kilobytes == 0 || kilobytes > 16) {
            mistake(what + ": BSIZEPACKET is " + kilobytes + " KiB, but 1 to 16 are possible");
        } else {
            return true;
        }
        return false;
    }

    private void decode(int srrctl) {
        bufferSize = (srrctl & SRRCTL_BSIZEPACKET) << 10;
        advanced = (srrctl >>> 25 & 7) == ADVANCED;
        drops = (srrctl & SRRCTL_DROP_EN) != 0;
    }

    /** RDH is read-only (8.2.3.8.4). */
    @Override
    int headWritten(int value) {
        return head;
    }

    @Override
    int startHead() {
        return 0;
    }

    @Override
    boolean accepts(int control) {
        return checkSrrctl(get(SRRCTL));
    }

    @Override
    void started() {
        decode(get(SRRCTL));
    }

    /** Whether frames that find no descriptor are dropped; otherwise they wait, and all behind them. */
    boolean drops() {
        return drops;
    }

    /** Whether it takes VLAN tags out of frames (8.2.3.8.6, VME). */
    boolean stripsTags() {
        return (get(RXDCTL) & RXDCTL_VME) != 0;
    }

    /** How many descriptors a frame of this length takes. */
    int descriptors(int length) {
        return length <= bufferSize ? 1 : (length + bufferSize - 1) / bufferSize;
    }

    /**
     * Writes a frame to its buffers, between {@link #begin()} and the end of the visit.
     *
     * @param firstWord of its descriptors, if they are advanced
     * @param status bits to set in the last one in addition to DD and EOP, as in an advanced descriptor
     * @return false, without having done anything, where there are too few descriptors
     */
    boolean deliver(long frame, int length, long firstWord, long status) {
        int piece = bufferSize;
        if (injector != null && injector.splits()) {
            piece = Math.min(piece, (length + 1) >> 1);
        }
        if (length > piece ? (length + piece - 1) / piece > available() : head == tail) {
            return false;
        }
        int done = 0;
        for (; length - done > piece; done += piece) {
            fill(frame + done, piece, firstWord, 0, false);
        }
        fill(frame + done, length - done, firstWord, RX_EOP | status, true);
        return true;
    }

    private void fill(long data, int length, long firstWord, long status, boolean last) {
        final int index = head;
        final long descriptor = descriptor(index);
        final long buffer = RawMemory.getLong(descriptor);
        final long header = RawMemory.getLong(descriptor + 8);
        checkUnchanged(index, buffer, header);
        // Linux's ixgbe (6.1) leaves the bit set where it clears the length alone, and asks for the length.
        if (advanced && board.strict && (header & 1) != 0) {
            mistake("descriptor " + index
                    + " has bit 0 of its header address set, where the card sets DD (datasheet 7.1.6.1)");
        }
        if (store(data, buffer, length)) {
            board.exchange.wroteData(buffer, length);
        } else {
            mistake("descriptor " + index + " has its buffer at IOVA 0x" + Long.toHexString(buffer) + ", but " + length
                    + " bytes there are not mapped; mapped is " + board.iommu);
        }
        long word;
        if (advanced) {
            RawMemory.setLong(descriptor, firstWord);
            word = RX_DD | status | (long) length << RX_LENGTH_SHIFT;
        } else {
            word = legacyWord(length, firstWord, RX_DD | status);
        }
        if (last && injector != null) {
            word = injector.received(word);
        }
        writeBack(index, word);
        head = next(index);
    }

    private boolean store(long data, long buffer, int length) {
        long address = board.iommu.translate(buffer, length);
        if (address == 0) {
            return board.iommu.write(buffer, data, length); // it may lie in several regions
        }
        RawMemory.copy(data, address, length);
        return true;
    }

    /** The same in the places that a legacy descriptor has for it (7.1.5): no hash and no type, but a fragment's sum. */
    private long legacyWord(int length, long firstWord, long status) {
        long errors = (status >>> 24 & 0xc0) | ((status & RXE) != 0 ? 1 : 0); // IPE, TCPE; CE
        long sum = board.registers.has(Registers.RXCSUM, RXCSUM_PCSD) ? 0 : firstWord >>> 48;
        return length | sum << 16 | (status & 0xff) << 32 | errors << 40 | (status >>> VLAN_SHIFT) << VLAN_SHIFT;
    }

    @Override
    void announce() {
        board.interrupts.rxDone(queue);
    }

    @Override
    public String toString() {
        return "receive queue " + queue;
    }
}
