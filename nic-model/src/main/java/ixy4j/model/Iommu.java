package ixy4j.model;

import ixy4j.memory.RawMemory;
import ixy4j.spi.DmaMemory;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The emulated card's IOMMU: which IOVAs it may access, and where they are in our memory. Regions that follow one another
 * in both are one. What a driver has in memory that cannot be reached from here is known by its IOVA, for messages. Not safe
 * for several threads: the card has a lock.
 */
public final class Iommu {
    private static final int CACHE = 64; // a power of two
    private static final int GRAIN = 21; // cached by 2 MiB page, as DMA memory comes in those
    private static final int SHOWN = 16; // regions in a message

    private long[] starts = {}; // sorted, in iova order
    private long[] ends = {};
    private long[] deltas = {}; // our address - iova
    private long[] writables = {}; // 1 if the card may write, 0 if it may only read
    private final TreeMap<Long, Long> unreachable = new TreeMap<>(); // IOVA, end
    // The region that was found last for an iova of each page, by the low bits of the page's number. Never wrong, since
    // it is compared; and always one that may be written.
    private final long[] cachedStart = new long[CACHE];
    private final long[] cachedEnd = new long[CACHE];
    private final long[] cachedDelta = new long[CACHE];

    /** One that maps nothing. */
    public Iommu() {}

    /** Lets the card reach this memory. */
    public void map(DmaMemory memory) {
        long[] iovas = memory.pageIovas();
        for (int i = 0; i < iovas.length; i++) {
            map(iovas[i], memory.address() + (long) i * DmaMemory.PAGE, DmaMemory.PAGE);
        }
    }

    /** Takes this memory from the card. */
    public void unmap(DmaMemory memory) {
        for (long iova : memory.pageIovas()) {
            unmap(iova, DmaMemory.PAGE);
        }
    }

    /** Maps a region to be read and written. */
    public void map(long iova, long address, long size) {
        map(iova, address, size, true);
    }

    /** Maps a region. */
    public void map(long iova, long address, long size, boolean writable) {
        int at = position(iova);
        if ((at > 0 && ends[at - 1] > iova) || (at < starts.length && starts[at] < iova + size)) {
            throw new IllegalArgumentException("IOVA 0x" + Long.toHexString(iova) + " is mapped already");
        }
        insert(at, iova, iova + size, address - iova, writable ? 1 : 0);
        merge(at);
        merge(at - 1);
    }

    private void merge(int at) {
        if (at >= 0
                && at + 1 < starts.length
                && ends[at] == starts[at + 1]
                && deltas[at] == deltas[at + 1]
                && writables[at] == writables[at + 1]) {
            ends[at] = ends[at + 1];
            remove(at + 1);
        }
    }

    /** Notes a region that the driver has mapped, but that cannot be reached from here. */
    public void noteUnreachable(long iova, long size) {
        unreachable.put(iova, iova + size);
    }

    /** Unmaps what is mapped of a region. */
    public void unmap(long iova, long size) {
        Arrays.fill(cachedEnd, 0);
        unreachable.subMap(iova, iova + size).clear();
        long end = iova + size;
        for (int i = starts.length - 1; i >= 0; i--) {
            long from = starts[i];
            long to = ends[i];
            if (from < end && to > iova) {
                long delta = deltas[i];
                long writable = writables[i];
                remove(i);
                if (to > end) {
                    insert(i, end, to, delta, writable);
                }
                if (from < iova) {
                    insert(i, from, iova, delta, writable);
                }
            }
        }
    }

    /** Unmaps everything. */
    public void clear() {
        unmap(0, Long.MAX_VALUE);
    }

    /** Our address of bytes at an IOVA, to be read and written; 0 if they are not all mapped for that. */
    public long translate(long iova, long size) {
        return translate(iova, size, 1);
    }

    /** Our address of bytes at an IOVA, to be read only; 0 where they are not all mapped. */
    public long translateToRead(long iova, long size) {
        return translate(iova, size, 0);
    }

    private long translate(long iova, long size, long writable) {
        int slot = (int) (iova >>> GRAIN) & CACHE - 1;
        if (iova < cachedStart[slot] || size > cachedEnd[slot] - iova) {
            int at = iova < 0 || size < 0 ? 0 : position(iova + 1);
            if (at == 0 || size > ends[at - 1] - iova || writables[at - 1] < writable) {
                return 0;
            }
            if (writables[at - 1] == 0) {
                return iova + deltas[at - 1];
            }
            cachedStart[slot] = starts[at - 1];
            cachedEnd[slot] = ends[at - 1];
            cachedDelta[slot] = deltas[at - 1];
        }
        return iova + cachedDelta[slot];
    }

    /**
     * Copies bytes that the card reads, which may lie in several regions.
     *
     * @return false, perhaps after a part, where they are not all mapped
     */
    public boolean read(long iova, long to, long size) {
        return copy(iova, to, size, false);
    }

    /** The same for bytes that the card writes. */
    public boolean write(long iova, long from, long size) {
        return copy(iova, from, size, true);
    }

    private boolean copy(long iova, long ours, long size, boolean toIova) {
        for (long done = 0; done < size; ) {
            int at = iova + done < 0 ? 0 : position(iova + done + 1);
            long here = at == 0 ? 0 : Math.min(size - done, ends[at - 1] - iova - done);
            if (here <= 0 || (toIova && writables[at - 1] == 0)) {
                return false;
            }
            long address = iova + done + deltas[at - 1];
            if (toIova) {
                RawMemory.copy(ours + done, address, here);
            } else {
                RawMemory.copy(address, ours + done, here);
            }
            done += here;
        }
        return true;
    }

    /** How many regions start before an IOVA. */
    private int position(long iova) {
        int found = Arrays.binarySearch(starts, iova);
        return found >= 0 ? found : -found - 1;
    }

    private void insert(int at, long start, long end, long delta, long writable) {
        starts = inserted(starts, at, start);
        ends = inserted(ends, at, end);
        deltas = inserted(deltas, at, delta);
        writables = inserted(writables, at, writable);
    }

    private void remove(int at) {
        starts = removed(starts, at);
        ends = removed(ends, at);
        deltas = removed(deltas, at);
        writables = removed(writables, at);
    }

    private static long[] inserted(long[] array, int at, long value) {
        long[] longer = Arrays.copyOf(array, array.length + 1);
        System.arraycopy(array, at, longer, at + 1, array.length - at);
        longer[at] = value;
        return longer;
    }

    private static long[] removed(long[] array, int at) {
        long[] shorter = Arrays.copyOf(array, array.length - 1);
        System.arraycopy(array, at + 1, shorter, at, shorter.length - at);
        return shorter;
    }

    /** The regions, for messages. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        int shown = Math.min(starts.length, SHOWN);
        for (int i = 0; i < shown; i++) {
            text.append(i == 0 ? "" : ", ").append(range(starts[i], ends[i]));
            text.append(writables[i] == 0 ? " (to read only)" : "");
        }
        text.append(shown < starts.length ? " and " + (starts.length - shown) + " more regions" : "");
        text.append(text.isEmpty() ? "nothing" : "");
        if (!unreachable.isEmpty()) {
            text.append("; and out of reach, since no file came with it and no ring is there, ");
            text.append(unreachable.entrySet().stream()
                    .limit(SHOWN)
                    .map(entry -> range(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining(", ")));
        }
        return text.toString();
    }

    private static String range(long from, long to) {
        return "0x" + Long.toHexString(from) + " to 0x" + Long.toHexString(to);
    }
}
