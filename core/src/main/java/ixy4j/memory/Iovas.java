package ixy4j.memory;

import ixy4j.IxyException;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** IOVAs for cards behind something that translates. Each is given out once, so that one of memory that is gone shows. */
final class Iovas {
    // Far from any address of ours, so that a mix-up of the two shows at once.
    private static final AtomicLong HIGH = new AtomicLong(1L << 44);

    private static final long ALL_HIGH = (1L << 48) - 1; // the least that those who take the high ones must reach

    // For translations of fewer bits; above what is a 32-bit card's, or an address of ours by chance.
    private static final AtomicLong LOW = new AtomicLong(1L << 33);

    private Iovas() {}

    /** One for each page, with a page left out after each, so that code that takes pages for neighbours shows. */
    static long[] scattered(int pages, List<DmaSpace> spaces) {
        return take(pages, 2 * DmaMemory.PAGE, spaces);
    }

    /** One range, for other processes, which are told of ranges and take few. */
    static long[] range(int pages, List<DmaSpace> spaces) {
        return take(pages, DmaMemory.PAGE, spaces);
    }

    private static long[] take(int pages, long distance, List<DmaSpace> spaces) {
        long last = spaces.stream().mapToLong(DmaSpace::lastIova).min().orElse(Long.MAX_VALUE);
        AtomicLong next = last >= ALL_HIGH ? HIGH : LOW;
        long bytes = (pages + 1) * distance; // and a page behind
        long first;
        long from;
        do {
            from = next.get();
            first = find(from, bytes, spaces);
            if (first < 0) {
                throw new IxyException(String.format(
                        Locale.ROOT,
                        "no %d IOVAs are left: the cards take those up to 0x%x, and each is used once; take fewer buffers, or"
                                + " start this program anew",
                        pages,
                        last));
            }
        } while (!next.compareAndSet(from, first + bytes));
        long[] iovas = new long[pages];
        for (int i = 0; i < pages; i++) {
            iovas[i] = first + i * distance;
        }
        return iovas;
    }

    /** The first from one on that all these can use; -1 if there is none. */
    private static long find(long from, long bytes, List<DmaSpace> spaces) {
        long first = from;
        for (int agreed = 0, i = 0; agreed < spaces.size(); i = (i + 1) % spaces.size()) {
            long found = spaces.get(i).findIova(first, bytes);
            if (found < 0) {
                return -1;
            }
            agreed = found == first ? agreed + 1 : 1;
            first = found;
        }
        return first;
    }
}
