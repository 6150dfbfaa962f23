package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.DMATXCTL;
import static ixy4j.ixgbe.Registers.DTXTCPFLGH;
import static ixy4j.ixgbe.Registers.DTXTCPFLGL;

import ixy4j.memory.RawMemory;
import ixy4j.model.frame.Checksums;
import ixy4j.model.frame.Crc;
import ixy4j.model.wire.OwnMemory;

/**
 * What the card does to frames before it sends them: puts in checksums (datasheet 7.2.5), inserts VLAN tags (7.4.5), cuts
 * into segments (7.2.4). What {@link TxRules} refuses does not come here.
 */
final class TxOffloads {
    /** Bytes that must be free before a frame, for a tag. */
    static final int HEADROOM = 16;

    private static final int SEGMENT = 1 << 14;
    private static final int TAG = 4;
    private static final int ADDRESSES = 12;
    private static final int LLC_AND_SNAP = 8;
    private static final int TCP_FLAGS = 0xfff;

    private final Board board;
    private final Transmitter out;
    private final long memory = OwnMemory.map(HEADROOM + SEGMENT);
    private final long segment = memory + HEADROOM;

    TxOffloads(Board board, Transmitter out) {
        this.board = board;
        this.out = out;
    }

    void close() {
        OwnMemory.unmap(memory, HEADROOM + SEGMENT);
    }

    /**
     * Sends a frame that is in one piece, as its first descriptor wants it; false if the wire does not take it now, or
     * not all of its segments: then it is to be offered again, copied together anew.
     */
    boolean send(int queue, TxFrame frame, long address) {
        if (frame.isSegmented()) {
            return sendSegments(queue, frame, address);
        }
        if (frame.sumsByPlace()) {
            int start = frame.sumStart();
            Checksums.put(address + frame.sumPlace(), Checksums.sum(address + start, frame.total - start));
        }
        if (frame.sumsIp()) {
            sumIp(address + frame.context.macLength(), frame.context.ipLength());
        }
        if (frame.sumsTransport()) {
            int before = frame.context.transport();
            sumTransport(frame.context.l4Type(), address + before, frame.total - before, 0);
        }
        return sendTagged(queue, frame, address, frame.total);
    }

    private static void sumIp(long header, int length) {
        RawMemory.setShort(header + 10, (short) 0);
        Checksums.put(header + 10, Checksums.sum(header, length));
    }

    /** The driver has put the sum of the pseudo header where the checksum goes; {@code more} is what it could not know. */
    private static void sumTransport(int type, long header, int length, int more) {
        switch (type) {
            case TxContext.TCP -> Checksums.put(header + 16, more + Checksums.sum(header, length));
            case TxContext.UDP -> Checksums.putUdp(header + 6, more + Checksums.sum(header, length));
            default -> {
                RawMemory.setInt(header + 8, 0);
                RawMemory.setInt(header + 8, Crc.SCTP.of(header, length));
            }
        }
    }

    /** The tag's type is in DMATXCTL.VT (8.2.3.9.2). */
    private boolean sendTagged(int queue, TxFrame frame, long address, int length) {
        if (!frame.isTagged()) {
            return out.send(queue, address, length);
        }
        RawMemory.copy(address, address - TAG, ADDRESSES);
        Checksums.setShort(address - TAG + ADDRESSES, board.registers.get(DMATXCTL) >>> 16);
        Checksums.setShort(address - TAG + ADDRESSES + 2, frame.tag());
        return out.send(queue, address - TAG, length + TAG);
    }

    private boolean sendSegments(int queue, TxFrame frame, long address) {
        int count = frame.segments();
        while (frame.segmentsSent < count) {
            int length = build(frame, address, frame.segmentsSent, count);
            if (!sendTagged(queue, frame, segment, length)) {
                return false;
            }
            frame.segmentsSent++;
        }
        return true;
    }

    /** Writes a segment; its length. */
    private int build(TxFrame frame, long address, int number, int count) {
        TxContext context = frame.context;
        int headers = context.headers();
        int before = number * context.mss();
        int payload = Math.min(context.mss(), frame.total - headers - before);
        RawMemory.copy(address, segment, headers);
        RawMemory.copy(address + headers + before, segment + headers, payload);
        if (context.isSnap()) {
            Checksums.setShort(
                    segment + context.macLength() - LLC_AND_SNAP - 2,
                    headers + payload - context.macLength() + LLC_AND_SNAP);
        }
        updateIp(context, number, payload);
        updateTransport(context, number, count, payload);
        return headers + payload;
    }

    /** Length, the number that IPv4 packets have, and its checksum (7.2.4.6). */
    private void updateIp(TxContext context, int number, int payload) {
        long header = segment + context.macLength();
        int length = context.ipLength() + context.l4Length() + payload;
        if (context.isIpv4()) {
            Checksums.setShort(header + 2, length);
            Checksums.setShort(header + 4, Checksums.getShort(header + 4) + number);
            sumIp(header, context.ipLength());
        } else {
            Checksums.setShort(header + 4, length - 40);
        }
    }

    /** Sequence number and flags of TCP, or length of UDP, and the checksum, to which the length is new. */
    private void updateTransport(TxContext context, int number, int count, int payload) {
        long header = segment + context.transport();
        int length = context.l4Length() + payload;
        if (context.l4Type() == TxContext.TCP) {
            int sequence = Integer.reverseBytes(RawMemory.getInt(header + 4)) + number * context.mss();
            RawMemory.setInt(header + 4, Integer.reverseBytes(sequence));
            int flags = Checksums.getShort(header + 12);
            Checksums.setShort(header + 12, flags & (flagsKept(number, count) | ~TCP_FLAGS));
        } else {
            Checksums.setShort(header + 4, length);
        }
        sumTransport(context.l4Type(), header, length, Checksums.of(length));
    }

    /** Such as FIN and PSH only go with the last segment (8.2.3.9.3, 8.2.3.9.4); a single one is first and last. */
    private int flagsKept(int number, int count) {
        int low = board.registers.get(DTXTCPFLGL);
        int last = board.registers.get(DTXTCPFLGH) & TCP_FLAGS;
        if (number == count - 1) {
            return number == 0 ? last | (low & TCP_FLAGS) : last;
        }
        return (number == 0 ? low : low >>> 16) & TCP_FLAGS;
    }
}
