package ixy4j.bench.card;

import ixy4j.spi.DmaMemory;

/** Where a card in memory finds what its driver has mapped: one load for each address. Nothing is ever taken out. */
final class DmaPages {
    private static final int PAGE_SHIFT = 21;

    /** A table that is never changed once it is seen, so that one thread may map while another looks up. */
    private static final class Table {
        final long first; // the number of a page
        final long[] ours; // our address of it, and of those behind it

        Table(long first, long[] ours) {
            this.first = first;
            this.ours = ours;
        }
    }

    private volatile Table table = new Table(0, new long[0]);

    /** Adds the pages of a memory; for one thread at a time. */
    void map(DmaMemory memory) {
        Table before = table;
        boolean isEmpty = before.ours.length == 0;
        long low = isEmpty ? Long.MAX_VALUE : before.first;
        long high = isEmpty ? 0 : before.first + before.ours.length - 1;
        for (long iova : memory.pageIovas()) {
            low = Math.min(low, iova >>> PAGE_SHIFT);
            high = Math.max(high, iova >>> PAGE_SHIFT);
        }
        long[] ours = new long[(int) (high - low + 1)];
        System.arraycopy(before.ours, 0, ours, isEmpty ? 0 : (int) (before.first - low), before.ours.length);
        for (int i = 0; i < memory.pageIovas().length; i++) {
            ours[(int) ((memory.pageIovas()[i] >>> PAGE_SHIFT) - low)] = memory.address() + (long) i * DmaMemory.PAGE;
        }
        table = new Table(low, ours);
    }

    /** Our address of the card's. */
    long ours(long iova) {
        Table now = table;
        return now.ours[(int) ((iova >>> PAGE_SHIFT) - now.first)] + (iova & (DmaMemory.PAGE - 1));
    }
}
