package ixy4j.vhostuser;

import ixy4j.spi.DmaMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory that a back end is to map (Vhost-user Protocol, Memory regions description): ranges in which IOVAs, our
 * addresses and places in the file all go up together.
 */
final class MemoryTable {
    /** How many ranges a message has room for, and so the most that a back end takes. */
    static final int MOST = 8;

    private static final int WORDS = 4; // of a region: IOVA, size, our address, offset in the file

    /** Of SET_MEM_TABLE; not to be changed. */
    final long[] payload;

    /** The file of each range; not to be changed. */
    final int[] files;

    private MemoryTable(long[] payload, int[] files) {
        this.payload = payload;
        this.files = files;
    }

    /** Has as few ranges as there can be. */
    static MemoryTable of(List<DmaMemory> memories, String path) {
        List<long[]> regions = new ArrayList<>();
        List<Integer> files = new ArrayList<>();
        for (DmaMemory memory : memories) {
            addRegions(memory, regions);
            while (files.size() < regions.size()) {
                files.add(memory.fd());
            }
        }
        if (regions.size() > MOST) {
            throw VhostUserTrouble.tooManyRegions(path, regions.size(), MOST);
        }
        long[] payload = new long[1 + WORDS * regions.size()];
        payload[0] = regions.size(); // 4 bytes, and 4 of padding
        for (int i = 0; i < regions.size(); i++) {
            System.arraycopy(regions.get(i), 0, payload, 1 + WORDS * i, WORDS);
        }
        return new MemoryTable(
                payload, files.stream().mapToInt(Integer::intValue).toArray());
    }

    private static void addRegions(DmaMemory memory, List<long[]> regions) {
        long[] iovas = memory.pageIovas();
        for (int first = 0, end; first < iovas.length; first = end) {
            end = first + 1;
            while (end < iovas.length && iovas[end] == iovas[end - 1] + DmaMemory.PAGE) {
                end++;
            }
            long offset = (long) first * DmaMemory.PAGE;
            long size = (long) (end - first) * DmaMemory.PAGE;
            regions.add(new long[] {iovas[first], size, memory.address() + offset, offset});
        }
    }
}
