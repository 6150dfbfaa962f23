package ixy4j.xdp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;
import ixy4j.linux.Nudge;
import ixy4j.linux.Retired;
import ixy4j.spi.DmaMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A socket of the family AF_XDP, bound to one queue of an interface, and its four rings (include/uapi/linux/if_xdp.h). Its
 * UMEM is the memory of a pool; each socket registers it anew, so that a buffer can go from one to another.
 */
final class XdpSocket implements AutoCloseable {
    /** Of a chunk, the bytes before a frame, which are the kernel's: XDP_PACKET_HEADROOM. */
    static final int FRONT = 256;

    /** Bytes that the kernel takes to be the buffer of a frame; a frame of ours has room for them, behind what is in front. */
    static final int CHUNK = 2048;

    /** The same, so that 2 KiB of it are behind what is in front: a card that counts KiB would take one for less otherwise. */
    static final int CHUNK_OF_KIB = FRONT + 2048;

    /** Of a frame that is received. */
    static final int LONGEST = CHUNK - FRONT;

    private static final int AF_XDP = 44;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SOL_XDP = 283;
    private static final int MMAP_OFFSETS = 1;
    private static final int RX_RING = 2;
    private static final int TX_RING = 3;
    private static final int UMEM_REG = 4;
    private static final int FILL_RING = 5;
    private static final int COMPLETION_RING = 6;
    private static final int STATISTICS = 7;
    private static final int OPTIONS = 8;

    private static final int UNALIGNED_CHUNKS = 1; // XDP_UMEM_UNALIGNED_CHUNK_FLAG: they lie as the pool's buffers do
    private static final int MAP_POPULATE = 0x8000;
    private static final int PAGE = 4096;

    // Flags of a bind
    static final int COPY = 1 << 1;
    static final int ZERO_COPY = 1 << 2;
    private static final int USE_NEED_WAKEUP = 1 << 3;

    private static final int SEND_BUFFER = 1 << 24; // bytes of frames on their way: more than the rings have

    private record Mapping(long address, long size) {}

    final DmaMemory memory;
    final Ring rx;
    final Ring tx;
    final Ring fill;
    final Ring completion;
    final Nudge nudge;
    private final int fd;
    private final List<Mapping> mappings = new ArrayList<>();
    private boolean closed;

    /**
     * Opens a socket, which is to be bound.
     *
     * @param chunk {@link #CHUNK}, or with zero copy, and a card that receives no long frame, {@link #CHUNK_OF_KIB}
     * @param size entries of each ring
     */
    XdpSocket(DmaMemory memory, int chunk, int size) {
        this.memory = memory;
        fd = (int) Linux.attempt("socket", AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw XdpTrouble.noSocket(-fd);
        }
        nudge = new Nudge(fd);
        try (Arena arena = Arena.ofConfined()) {
            register(arena, memory, chunk);
            MemorySegment entries = arena.allocateFrom(JAVA_INT, size);
            for (int ring : new int[] {FILL_RING, COMPLETION_RING, RX_RING, TX_RING}) {
                set(ring, entries);
            }
            MemorySegment offsets = arena.allocate(4 * 32, Long.BYTES); // struct xdp_mmap_offsets
            get(arena, MMAP_OFFSETS, offsets);
            rx = map(offsets.asSlice(0, 32), 0, 16, size);
            tx = map(offsets.asSlice(32, 32), 0x8000_0000L, 16, size);
            fill = map(offsets.asSlice(64, 32), 0x1_0000_0000L, 8, size);
            completion = map(offsets.asSlice(96, 32), 0x1_8000_0000L, 8, size);
            // as root; where it is not allowed, fewer frames are on their way
            Linux.attempt(
                    "setsockopt",
                    fd,
                    SOL_SOCKET,
                    SO_SNDBUFFORCE,
                    arena.allocateFrom(JAVA_INT, SEND_BUFFER).address(),
                    Integer.BYTES);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void register(Arena arena, DmaMemory memory, int chunk) {
        MemorySegment umem = arena.allocate(32, Long.BYTES); // struct xdp_umem_reg
        umem.set(JAVA_LONG, 0, memory.address());
        umem.set(JAVA_LONG, 8, memory.size());
        umem.set(JAVA_INT, 16, chunk);
        umem.set(JAVA_INT, 24, UNALIGNED_CHUNKS);
        int result = (int) Linux.attempt("setsockopt", fd, SOL_XDP, UMEM_REG, umem.address(), umem.byteSize());
        if (result < 0) {
            throw XdpTrouble.noMemory(memory.size(), -result);
        }
    }

    private void set(int option, MemorySegment value) {
        int result = (int) Linux.attempt("setsockopt", fd, SOL_XDP, option, value.address(), value.byteSize());
        if (result < 0) {
            throw XdpTrouble.noRings(-result);
        }
    }

    private int get(Arena arena, int option, MemorySegment value) {
        MemorySegment length = arena.allocateFrom(JAVA_INT, (int) value.byteSize());
        return (int) Linux.attempt("getsockopt", fd, SOL_XDP, option, value.address(), length.address());
    }

    /** Maps a ring, which begins with its indexes. */
    private Ring map(MemorySegment offsets, long fileOffset, int entryBytes, int size) {
        long entries = offsets.get(JAVA_LONG, 16);
        long bytes = (entries + (long) size * entryBytes + PAGE - 1) & -PAGE;
        long address =
                Linux.attempt("mmap", 0, bytes, Abi.PROT_READ_WRITE, Abi.MAP_SHARED | MAP_POPULATE, fd, fileOffset);
        if (address < 0) {
            throw XdpTrouble.noRings((int) -address);
        }
        mappings.add(new Mapping(address, bytes));
        return new Ring(
                address + offsets.get(JAVA_LONG, 0),
                address + offsets.get(JAVA_LONG, 8),
                address + offsets.get(JAVA_LONG, 24),
                address + entries,
                size);
    }

    /**
     * Binds it to a queue of an interface; frames come to it once it is in the map of the interface's program.
     *
     * @param copying {@link #COPY} or {@link #ZERO_COPY}
     * @return 0, or the kernel's error: EBUSY also for a moment after another socket was closed
     */
    int bind(int interfaceIndex, int queue, int copying) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(16, Integer.BYTES); // struct sockaddr_xdp
            address.set(JAVA_SHORT, 0, (short) AF_XDP);
            address.set(JAVA_SHORT, 2, (short) (copying | USE_NEED_WAKEUP));
            address.set(JAVA_INT, 4, interfaceIndex);
            address.set(JAVA_INT, 8, queue);
            return (int) -Math.min(0, Linux.attempt("bind", fd, address.address(), address.byteSize()));
        }
    }

    /** Whether the card reads and writes the pool itself, as the kernel says once it is bound. */
    boolean isZeroCopy() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment options = arena.allocate(4, Integer.BYTES); // struct xdp_options
            return get(arena, OPTIONS, options) == 0 && options.get(JAVA_INT, 0) == 1; // XDP_OPTIONS_ZEROCOPY
        }
    }

    int descriptor() {
        return fd;
    }

    /**
     * What the kernel counted at a socket.
     *
     * @param dropped frames for which the fill ring had no buffer, or that were longer than one
     * @param wrongFills addresses in the fill ring that were none
     * @param wrongFrames descriptors in the TX ring that were none
     * @param full frames for which the RX ring had no room
     */
    record Counts(long dropped, long wrongFills, long wrongFrames, long full) {
        static final Counts NONE = new Counts(0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    dropped + other.dropped,
                    wrongFills + other.wrongFills,
                    wrongFrames + other.wrongFrames,
                    full + other.full);
        }
    }

    /** Asks the kernel. */
    Counts counts() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocate(6 * Long.BYTES, Long.BYTES); // struct xdp_statistics
            return get(arena, STATISTICS, all) < 0
                    ? Counts.NONE
                    : new Counts(
                            all.get(JAVA_LONG, 0),
                            all.get(JAVA_LONG, 8),
                            all.get(JAVA_LONG, 16),
                            all.get(JAVA_LONG, 24));
        }
    }

    /** After this the kernel uses no buffer any more. By any thread; what a late call finds in the rings does no harm. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Retired.file(this, fd);
            mappings.forEach(mapping -> Retired.memory(this, mapping.address, mapping.size));
        }
    }
}
