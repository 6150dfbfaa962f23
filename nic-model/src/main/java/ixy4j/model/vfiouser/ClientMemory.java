package ixy4j.model.vfiouser;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import ixy4j.linux.Abi;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Files of a client, mapped here, and room for what it maps without one. What lies side by side by IOVA does so here as well, as far as it is within 4 GiB: a
 * guest with an IOMMU maps page by page, and a ring has several. Not safe for several threads.
 */
final class ClientMemory implements AutoCloseable {
    /** The smallest page there is. */
    static final int PAGE = 4096;

    private static final int PROT_NONE = 0;
    private static final int PROT_READ = 1;
    private static final int MAP_FIXED = 0x10;
    private static final int MAP_NORESERVE = 0x4000;
    private static final int WINDOW_BITS = 32;
    private static final long WINDOW = 1L << WINDOW_BITS;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_SIZE = 0x200;
    private static final int FORMAT = 0xf000; // S_IFMT
    private static final int REGULAR = 0x8000; // S_IFREG

    private final Map<Long, Long> windows = new HashMap<>(); // by IOVA / 4 GiB: address of reserved room

    /** A range of a file that is mapped: our address of its IOVA, and what to unmap. */
    record Mapping(long address, long start, long bytes, boolean inWindow) {}

    /** Maps a part of a file, which may be closed then; Linux checks that we may write to it. */
    Mapping map(long iova, long size, long offset, int fd, boolean writable) throws Refused {
        long page = checkFile(fd, offset, size);
        int access = writable ? Abi.PROT_READ_WRITE : PROT_READ;
        long place = page == PAGE ? place(iova, size) : 0;
        if (place > 0) {
            check(Linux.attempt("mmap", place, size, access, Abi.MAP_SHARED | MAP_FIXED, fd, offset), place, size);
            return new Mapping(place, place, size, true);
        }
        long before = offset & page - 1; // huge pages are mapped whole
        long bytes = before + size + page - 1 & -page;
        long start = Linux.attempt("mmap", 0, bytes, access, Abi.MAP_SHARED, fd, offset - before);
        check(start, 0, 0);
        return new Mapping(start + before, start, bytes, false);
    }

    /** Room that takes memory only as it is used. */
    Mapping room(long iova, long size) throws Refused {
        long place = Math.max(0, place(iova, size));
        int flags = Abi.MAP_PRIVATE_ANONYMOUS | MAP_NORESERVE | (place == 0 ? 0 : MAP_FIXED);
        long start = Linux.attempt("mmap", place, size, Abi.PROT_READ_WRITE, flags, -1, 0);
        if (start < 0) {
            throw new Refused(
                    (int) -start,
                    String.format(Locale.ROOT, "there is no room here for 0x%x bytes without a file", size));
        }
        return new Mapping(start, start, size, place != 0);
    }

    /** Where a range belongs; 0 if it has no such place, negative if there is no room for that. */
    private long place(long iova, long size) {
        long window = (iova & WINDOW - 1) + size <= WINDOW ? window(iova >>> WINDOW_BITS) : 0;
        return window > 0 ? window + (iova & WINDOW - 1) : window;
    }

    private static void check(long result, long room, long size) throws Refused {
        if (result < 0) {
            if (size > 0) {
                reserve(room, size, MAP_FIXED); // a map that failed may have taken what was there
            }
            throw new Refused((int) -result, "its file cannot be mapped: " + Errno.text((int) -result));
        }
    }

    /** Its page size. A file that ends before what is mapped of it would end this process by SIGBUS. */
    private static long checkFile(int fd, long offset, long size) throws Refused {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(256, 8); // struct statx
            Linux.call("statx", fd, "", AT_EMPTY_PATH, STATX_SIZE, status.address());
            long bytes = status.get(JAVA_LONG, 40);
            if ((status.get(JAVA_SHORT, 28) & FORMAT) != REGULAR) {
                throw Refused.invalid("its file is not one of memory, such as memfd_create makes");
            }
            if (offset < 0 || offset > bytes - size) {
                throw Refused.invalid(String.format(
                        Locale.ROOT, "its file has 0x%x bytes, too few for 0x%x from 0x%x on", bytes, size, offset));
            }
            return Math.max(PAGE, Integer.highestOneBit(status.get(JAVA_INT, 4)));
        }
    }

    /** Room of 4 GiB, in which a place belongs to each IOVA; negative if there is none. */
    private long window(long number) {
        Long known = windows.get(number);
        if (known != null) {
            return known;
        }
        long room = reserve(0, WINDOW, 0);
        if (room > 0) {
            windows.put(number, room);
        }
        return room;
    }

    private static long reserve(long at, long size, int flags) {
        return Linux.attempt("mmap", at, size, PROT_NONE, Abi.MAP_PRIVATE_ANONYMOUS | MAP_NORESERVE | flags, -1, 0);
    }

    /** Ends a mapping; nobody may use it any more. */
    void unmap(Mapping mapping) {
        if (mapping.inWindow) {
            reserve(mapping.start, mapping.bytes, MAP_FIXED);
        } else {
            Linux.attempt("munmap", mapping.start, mapping.bytes);
        }
    }

    /** Gives the windows back, and what is mapped in them. */
    @Override
    public void close() {
        windows.values().forEach(room -> Linux.attempt("munmap", room, WINDOW));
        windows.clear();
    }
}
