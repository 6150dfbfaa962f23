package ixy4j.vfiouser;

import ixy4j.memory.RawMemory;
import ixy4j.spi.DmaMemory;
import ixy4j.vfiouser.Body.DmaAccess;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory that a server may reach: ranges in which IOVAs, our addresses and places in the file all go up together. Most
 * servers map the file; to others, and for whom a range came without one, we read and write it by request (vfio-user
 * Protocol Specification, VFIO_USER_DMA_READ, VFIO_USER_DMA_WRITE). Safe for all threads.
 */
final class DmaRanges implements Connection.Requests {
    /** The most that is read or written at once, as we tell the server. */
    static final int MOST_BYTES = 1 << 20;

    /** A range of memory, from an offset in its file on. */
    record Range(DmaMemory memory, long iova, long size, long offset) {
        private boolean holds(long address, long count) {
            return address >= iova && count <= size && address - iova <= size - count;
        }

        private long ours(long address) {
            return memory.address() + offset + address - iova;
        }
    }

    private final List<Range> ranges = new ArrayList<>();

    /** Adds memory, in as few ranges as there can be, which are returned. */
    synchronized List<Range> add(DmaMemory memory) {
        List<Range> added = new ArrayList<>();
        long[] iovas = memory.pageIovas();
        for (int first = 0, end; first < iovas.length; first = end) {
            end = first + 1;
            while (end < iovas.length && iovas[end] == iovas[end - 1] + DmaMemory.PAGE) {
                end++;
            }
            added.add(new Range(
                    memory, iovas[first], (long) (end - first) * DmaMemory.PAGE, (long) first * DmaMemory.PAGE));
        }
        ranges.addAll(added);
        return added;
    }

    /** Removes memory, or all where it is null, and returns its ranges; after that no request reaches it. */
    synchronized List<Range> remove(DmaMemory memory) {
        List<Range> removed = ranges.stream()
                .filter(range -> memory == null || range.memory.equals(memory))
                .toList();
        ranges.removeAll(removed);
        return removed;
    }

    @Override
    public synchronized ByteBuffer answer(Command command, ByteBuffer body) {
        boolean read = command == Command.DMA_READ;
        if ((!read && command != Command.DMA_WRITE) || body.remaining() < DmaAccess.BYTES) {
            return null;
        }
        DmaAccess access = DmaAccess.read(body);
        long address = access.iova();
        long count = access.count();
        if (count < 0 || count > MOST_BYTES || body.remaining() != (read ? 0 : count)) {
            return null;
        }
        for (Range range : ranges) {
            if (range.holds(address, count)) {
                ByteBuffer answer = access.withRoom(read ? (int) count : 0);
                if (read) {
                    get(range.ours(address), answer);
                } else {
                    put(range.ours(address), body);
                }
                return answer;
            }
        }
        return null;
    }

    private static void get(long from, ByteBuffer to) {
        VarHandle.acquireFence();
        for (; to.hasRemaining(); from++) {
            to.put(RawMemory.getByte(from));
        }
    }

    /** From low to high, aligned 8 bytes at a time and in order, so that a descriptor is whole before it says so. */
    private static void put(long to, ByteBuffer from) {
        while (from.hasRemaining()) {
            if ((to & 7) == 0 && from.remaining() >= 8) {
                VarHandle.releaseFence();
                RawMemory.setLong(to, from.getLong());
                to += 8;
            } else {
                RawMemory.setByte(to++, from.get());
            }
        }
        VarHandle.releaseFence();
    }
}
