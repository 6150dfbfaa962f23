package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.memory.RawMemory;
import ixy4j.model.frame.Crc;
import ixy4j.model.wire.Wire;

/**
 * The way of a received frame (datasheet 7.1): from the wire through the MAC's checks and the address filter into the
 * packet buffer, and from there to the descriptors of a queue.
 */
final class Receiver {
    static final int RXEN = 1;

    private static final int TAG_CFI = 1 << 12;

    private static final int BATCH = 64; // frames taken from the wire in one visit
    private static final int FCS = 4;
    private static final int MIN_SIZE = 64;
    private static final int STANDARD_SIZE = 1518;
    private static final int VLAN_TAG = 4;
    private static final int HEADER = 14;
    private static final int MIN_PAYLOAD = 46;
    private static final int MAX_LENGTH_FIELD = 1500;
    private static final int RSS_QUEUES = 16;

    // Flags of a frame in the packet buffer.
    private static final int BAD = 1;
    private static final int INEXACT = 2;
    private static final int TAGGED = 4;
    private static final int WITH_FCS = 8;
    private static final int BAD_FCS = 16;

    private final Board board;
    private final Wire wire;
    private final AddressFilter filter;
    private final RxOffloads offloads;
    private final PacketBuffer buffer = new PacketBuffer();
    private final int spread;
    private RxRing[] rings;
    private int control; // HLREG0 in this visit
    private int nextQueue;
    private boolean started; // the wire
    private int left; // frames that left the packet buffer in this visit
    private boolean looked; // at the oldest frame, of which the following is known then
    private long frame;
    private int length;
    private int queue;
    private long status;

    /**
     * A receiver.
     *
     * @param spread how many queues frames go to in turn; the card itself has no such thing
     */
    Receiver(Board board, Wire wire, AddressFilter filter, int spread) {
        this.board = board;
        this.wire = wire;
        this.filter = filter;
        this.spread = spread;
        offloads = new RxOffloads(board);
    }

    /** Registers were reset: no frame is kept. */
    void reset() {
        board.statistics.forgotten(buffer.clear());
        looked = false;
        offloads.reset();
    }

    /** The card ends: what waits for descriptors has arrived, and will not be received. */
    void close() {
        board.statistics.forgotten(buffer.clear());
        buffer.close();
    }

    void setRings(RxRing[] rxRings) {
        rings = rxRings;
    }

    PacketBuffer buffer() {
        return buffer;
    }

    /**
     * One visit; the rings have begun theirs.
     *
     * @param toMemory whether frames may be written to descriptors
     * @param fromWire whether frames are taken from the wire; then also the former
     * @return whether there was anything to do
     */
    boolean visit(boolean toMemory, boolean fromWire) {
        left = 0;
        control = board.registers.get(HLREG0);
        if (toMemory) {
            deliver();
        }
        int taken = fromWire ? take() : discard();
        if (taken > 0 && toMemory) {
            deliver();
        }
        return taken + left > 0;
    }

    private int take() {
        startWire();
        int budget = (control & HLREG0_LPBK) != 0 ? 0 : budget();
        int taken = 0;
        while (taken < budget) {
            int result = wire.receive(buffer.next(), PacketBuffer.ROOM - FCS);
            if (result == 0) {
                break;
            }
            check(result & ~Wire.BAD_FCS, (result & Wire.BAD_FCS) != 0);
            taken++;
        }
        return taken;
    }

    /** Lets the far end of the wire begin, the first time that a queue has descriptors. */
    private void startWire() {
        for (int i = 0; !started && i < rings.length; i++) {
            if (rings[i].isEnabled() && rings[i].available() > 0) {
                started = true;
                wire.start();
            }
        }
    }

    /** Takes frames that nobody wants, since the port is down, from a wire that does not wait. */
    private int discard() {
        int count = 0;
        while (!wire.waits() && count < BATCH && wire.receive(buffer.next(), PacketBuffer.ROOM) != 0) {
            board.statistics.lost();
            count++;
        }
        return count;
    }

    /** How many frames left the packet buffer in the last visit. */
    int left() {
        return left;
    }

    /** From a wire that waits no more is taken than there are descriptors for. */
    private int budget() {
        if (!wire.waits()) {
            return BATCH;
        }
        int queues = spread > 1 ? spread : offloads.rss().isOn() ? RSS_QUEUES : 1;
        int used = spread > 1 ? -1 : offloads.rss().queues();
        int budget = buffer.isEmpty() ? BATCH : 0;
        for (int i = 0; i < queues; i++) {
            if (i < RSS_QUEUES && (used >>> i & 1) == 0) {
                continue;
            }
            RxRing ring = rings[i];
            if (!ring.isEnabled()) {
                return 0;
            }
            int each = ring.descriptors(longest());
            budget = Math.min(budget, each == 1 ? ring.available() : ring.available() / each);
        }
        return budget;
    }

    /** The longest frame that is not too long, with its FCS but no VLAN tag (8.2.3.22.8, 8.2.3.22.13). */
    private int longest() {
        return (control & HLREG0_JUMBOEN) != 0 ? board.registers.get(MAXFRS) >>> 16 : STANDARD_SIZE;
    }

    /** A frame that the port itself sent; ignored, as one from the wire is, while it does not receive. */
    void loopBack(long address, int length) {
        if (!board.registers.has(RXCTRL, RXEN)) {
            board.statistics.lost();
            return;
        }
        control = board.registers.get(HLREG0);
        RawMemory.copy(address, buffer.next(), length);
        check(length, false);
    }

    /** What the MAC and the filters make of the frame that was written at the end of the packet buffer. */
    private void check(int length, boolean badFcs) {
        final Statistics statistics = board.statistics;
        final long frame = buffer.next();
        final int size = length + FCS;
        statistics.arrived(size);
        boolean bad = countErrors(frame, size, badFcs);
        if (!bad) {
            statistics.errorFree(size);
        } else if (!board.registers.has(FCTRL, FCTRL_SBP)) {
            statistics.faulty();
            return;
        }
        long firstBytes = RawMemory.getLong(frame);
        int match = filter.match(firstBytes);
        boolean tagged = isTagged(frame);
        if (match == AddressFilter.NO || (tagged && !passesVlanFilter(frame))) {
            statistics.filtered(bad);
            return;
        }
        if (!bad) {
            statistics.passed(firstBytes, size);
        }
        int flags = (bad ? BAD : 0) | (badFcs ? BAD_FCS : 0) | (match == AddressFilter.INEXACT ? INEXACT : 0);
        store(frame, length, tagged ? flags | TAGGED : flags);
    }

    /** The table has a bit for each VLAN; the CFI bit of the tag may count, too (7.1.1.2, 8.2.3.7.2). */
    private boolean passesVlanFilter(long frame) {
        int filter = board.registers.get(VLNCTRL);
        int tag = tag(frame);
        if ((filter & VLNCTRL_VFE) == 0) {
            return true;
        }
        boolean sameCfi = ((tag & TAG_CFI) != 0) == ((filter & VLNCTRL_CFI) != 0);
        return (sameCfi || (filter & VLNCTRL_CFIEN) == 0)
                && (board.registers.get(VFTA + 4 * (tag >>> 5 & 127)) >>> (tag & 31) & 1) != 0;
    }

    private static int tag(long frame) {
        return Short.toUnsignedInt(Short.reverseBytes(RawMemory.getShort(frame + 14)));
    }

    /**
     * Whether a frame has an error that keeps it from being received (7.1.6.2, RXE; 8.2.3.7.1, SBP): a wrong FCS or length,
     * or a length field (IEEE 802.3) that is wrong, if those are to be reported.
     */
    private boolean countErrors(long frame, int size, boolean badFcs) {
        Statistics statistics = board.statistics;
        if (size < MIN_SIZE) {
            statistics.count(badFcs ? Statistics.FRAGMENTS : Statistics.UNDERSIZE);
            return true;
        }
        boolean tooLong = isTooLong(frame, size);
        if (tooLong) {
            statistics.count(badFcs ? Statistics.JABBER : Statistics.OVERSIZE);
        }
        if (badFcs) {
            statistics.badFcs();
        }
        if (tooLong || badFcs) {
            return true;
        }
        boolean wrongField = hasWrongField(frame, size - FCS);
        if (wrongField) {
            statistics.count(Statistics.LENGTH_ERRORS);
        }
        return wrongField;
    }

    private boolean isTooLong(long frame, int size) {
        if (size >= PacketBuffer.ROOM) {
            return true; // it was cut to the room that there is, more than the 15.5 KiB of any frame
        }
        return (size > STANDARD_SIZE || size > longest()) && size > longest() + (isTagged(frame) ? VLAN_TAG : 0);
    }

    private boolean isTagged(long frame) {
        return typeField(frame) == (board.registers.get(VLNCTRL) & VLNCTRL_VET);
    }

    private static int typeField(long frame) {
        return Short.toUnsignedInt(Short.reverseBytes(RawMemory.getShort(frame + 12)));
    }

    private boolean hasWrongField(long frame, int length) {
        int field = typeField(frame);
        int payload = length - HEADER;
        return field <= MAX_LENGTH_FIELD
                && (control & HLREG0_RXLNGTHERREN) != 0
                && (field > payload || (field < payload && payload > MIN_PAYLOAD));
    }

    private void store(long frame, int length, int flags) {
        int stored = length;
        int kept = flags;
        if ((control & HLREG0_RXCRCSTRP) == 0) {
            int fcs = Crc.FCS.of(frame, length);
            RawMemory.setInt(frame + length, (flags & BAD_FCS) == 0 ? fcs : ~fcs);
            stored += FCS;
            kept |= WITH_FCS;
        }
        if (buffer.fits(stored)) {
            buffer.add(stored, kept);
        } else {
            board.statistics.missed();
        }
    }

    /** Finds out what the oldest frame is, on its way out of the packet buffer. */
    private void look() {
        looked = true;
        final int flags = buffer.flags();
        frame = buffer.frame();
        length = buffer.length();
        if ((flags & BAD) == 0) {
            int bytes = (flags & WITH_FCS) == 0 ? length : length - FCS;
            offloads.take(frame, bytes, (flags & TAGGED) == 0 ? HEADER : HEADER + VLAN_TAG);
        } else {
            offloads.skip();
        }
        queue = chooseQueue();
        status = offloads.status()
                | ((flags & BAD) != 0 ? RxRing.RXE : 0)
                | ((flags & INEXACT) != 0 ? RxRing.PIF : 0)
                | ((flags & TAGGED) != 0 ? RxRing.VP : 0);
        if ((flags & TAGGED) != 0 && rings[queue].stripsTags()) {
            stripTag();
        }
    }

    /** The addresses move to where the tag was. */
    private void stripTag() {
        status |= (long) tag(frame) << RxRing.VLAN_SHIFT;
        RawMemory.copy(frame, frame + VLAN_TAG, HEADER - 2);
        frame += VLAN_TAG;
        length -= VLAN_TAG;
    }

    /** The queue of a frame (7.1.2): by RSS, or the first one, as no queue filter is modelled. */
    private int chooseQueue() {
        if (spread == 1) {
            return offloads.queue();
        }
        nextQueue = nextQueue + 1 == spread ? 0 : nextQueue + 1;
        return nextQueue;
    }

    /** Writes frames to descriptors until one has to wait. */
    private void deliver() {
        while (!buffer.isEmpty()) {
            if (!looked) {
                look();
            }
            RxRing ring = rings[queue];
            if (ring.isEnabled() && ring.deliver(frame, length, offloads.firstWord(), status)) {
                board.statistics.delivered(queue, length);
            } else if (!ring.isEnabled() || ring.drops()) {
                board.statistics.dropped(queue); // 4.6.7.1.2: what is for a disabled queue is dropped as well
            } else {
                break;
            }
            buffer.remove();
            looked = false;
            left++;
        }
    }
}
