package ixy4j.vfio;

import ixy4j.spi.DmaMemory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which IOVAs an IOMMU translates, as the kernel tells: as far as it has bits, without the regions that are reserved, such as
 * that of interrupts.
 *
 * @param all by address, none empty
 */
record IovaRanges(List<Range> all) {
    // struct vfio_iommu_type1_info, and its capability with the ranges
    private static final int INFO_BYTES = 24;
    private static final int HAS_CAPABILITIES = 2;
    private static final int FIRST_CAPABILITY = 16;
    private static final int IOVA_RANGES = 1;
    private static final int MOST_BYTES = 1 << 16;

    private static final List<Range> UNKNOWN = List.of(new Range(0, (1L << 39) - 1)); // the fewest bits that there are

    /** From {@code first} to {@code last}. */
    record Range(long first, long last) {}

    /** Those of a container. */
    static IovaRanges of(int container) {
        int bytes;
        try (Request info = new Request(INFO_BYTES).call(container, Request.IOMMU_GET_INFO)) {
            bytes = Math.clamp(info.size(), INFO_BYTES, MOST_BYTES);
        }
        try (Request info = new Request(bytes).call(container, Request.IOMMU_GET_INFO)) {
            return new IovaRanges(read(info, bytes));
        }
    }

    /** Kernels before 5.4 do not tell. */
    private static List<Range> read(Request info, int bytes) {
        if (bytes == INFO_BYTES || (info.flags() & HAS_CAPABILITIES) == 0) {
            return UNKNOWN;
        }
        int first = info.get32(FIRST_CAPABILITY);
        int at = first >= INFO_BYTES ? info.capability(first, IOVA_RANGES, bytes, 16) : -1;
        return at < 0 ? UNKNOWN : ranges(info, at + 16, Math.min(info.get32(at + 8), (bytes - at - 16) / 16));
    }

    private static List<Range> ranges(Request info, int start, int count) {
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long first = info.get64(start + 16 * i);
            long last = info.get64(start + 16 * i + 8);
            ranges.add(new Range(first, last < 0 ? Long.MAX_VALUE : last)); // of 64 bits, half is plenty
        }
        ranges.removeIf(range -> range.first < 0 || range.last < range.first);
        ranges.sort(Comparator.comparingLong(Range::first));
        return ranges;
    }

    long last() {
        return all.isEmpty() ? 0 : all.getLast().last;
    }

    /** As {@link ixy4j.spi.DmaSpace#findIova}. */
    long find(long from, long bytes) {
        for (Range range : all) {
            long first = (Math.max(range.first, from) + DmaMemory.PAGE - 1) & -DmaMemory.PAGE;
            if (first <= range.last && bytes - 1 <= range.last - first) {
                return first;
            }
        }
        return -1;
    }
}
