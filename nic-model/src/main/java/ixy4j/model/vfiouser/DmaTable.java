package ixy4j.model.vfiouser;

import static ixy4j.model.vfiouser.ClientMemory.PAGE;

import ixy4j.linux.Errno;
import ixy4j.model.EmulatedCard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client lets the card reach, by IOVA (specification, DMA_MAP and DMA_UNMAP). A range without a file is
 * reached by messages. For the thread of the session.
 */
final class DmaTable implements AutoCloseable {
    /** Bytes of all ranges without a file: what their frames go through stays in memory here. */
    static final long MOST_WITHOUT_FILE = 16L << 30;

    private final EmulatedCard card;
    private final DmaMessages client;
    private final ClientMemory memory = new ClientMemory();
    private final TreeMap<Long, Range> ranges = new TreeMap<>();
    private long withoutFile; // bytes

    private record Range(long size, ClientMemory.Mapping mapping, boolean hasFile) {}

    DmaTable(EmulatedCard card, DmaMessages client) {
        this.card = card;
        this.client = client;
    }

    /** Maps a range. */
    void map(long iova, long size, long offset, int[] files, boolean writable) throws Refused {
        checkRange(iova, size);
        if (files.length > 1) {
            throw Refused.invalid(files.length + " files came with it, one or none is due");
        }
        if (files.length == 0) {
            mapWithoutFile(iova, size, writable);
            return;
        }
        if ((offset & PAGE - 1) != 0) {
            throw Refused.invalid(String.format(Locale.ROOT, "its offset, 0x%x, is not that of a page", offset));
        }
        ClientMemory.Mapping mapping = memory.map(iova, size, offset, files[0], writable);
        ranges.put(iova, new Range(size, mapping, true));
        card.map(iova, mapping.address(), size, writable);
    }

    private void mapWithoutFile(long iova, long size, boolean writable) throws Refused {
        if (size > MOST_WITHOUT_FILE - withoutFile) {
            throw new Refused(
                    Errno.ENOMEM,
                    String.format(
                            Locale.ROOT,
                            "there is no room here for 0x%x bytes without a file, with 0x%x others: 0x%x in all is most",
                            size,
                            withoutFile,
                            MOST_WITHOUT_FILE));
        }
        ClientMemory.Mapping mapping = memory.room(iova, size);
        ranges.put(iova, new Range(size, mapping, false));
        withoutFile += size;
        card.map(iova, mapping.address(), size, writable, client);
    }

    private void checkRange(long iova, long size) throws Refused {
        if (((iova | size) & PAGE - 1) != 0 || size <= 0 || iova < 0 || iova + size < 0) {
            throw Refused.invalid(String.format(
                    Locale.ROOT, "IOVA 0x%x and size 0x%x are not those of pages, or none, or too large", iova, size));
        }
        Map.Entry<Long, Range> before = ranges.lowerEntry(iova + size);
        if (before != null && before.getKey() + before.getValue().size > iova) {
            throw new Refused(
                    Errno.EEXIST,
                    String.format(
                            Locale.ROOT,
                            "0x%x bytes from IOVA 0x%x on are mapped already; unmap them first",
                            before.getValue().size,
                            before.getKey()));
        }
    }

    /** Unmaps all that lies within a range, of IOVAs without a sign; nothing in it is no error. */
    void unmap(long iova, long size) throws Refused {
        List<Long> found = new ArrayList<>();
        long last = iova + size - 1;
        if (size == 0 || Long.compareUnsigned(last, iova) < 0) {
            throw Refused.invalid(String.format(Locale.ROOT, "IOVA 0x%x and size 0x%x are no range", iova, size));
        }
        for (Map.Entry<Long, Range> entry : ranges.entrySet()) {
            long start = entry.getKey();
            long end = start + entry.getValue().size - 1;
            if (Long.compareUnsigned(start, last) <= 0 && Long.compareUnsigned(end, iova) >= 0) {
                if (Long.compareUnsigned(start, iova) < 0 || Long.compareUnsigned(end, last) > 0) {
                    throw Refused.invalid(String.format(
                            Locale.ROOT,
                            "0x%x bytes from IOVA 0x%x on are a part of what was mapped from 0x%x on",
                            size,
                            iova,
                            start));
                }
                found.add(start);
            }
        }
        found.forEach(this::remove);
    }

    /** Unmaps all. */
    void unmapAll() {
        List.copyOf(ranges.keySet()).forEach(this::remove);
    }

    private void remove(long iova) {
        Range range = ranges.remove(iova);
        card.unmap(iova, range.size); // waits for the card's round, which may be using it
        if (!range.hasFile) {
            client.settle();
            withoutFile -= range.size;
        }
        memory.unmap(range.mapping);
    }

    @Override
    public void close() {
        unmapAll();
        memory.close();
    }
}
