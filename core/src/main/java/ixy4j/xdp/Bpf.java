package ixy4j.xdp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ixy4j.linux.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * The system call bpf(2), as far as a program at an interface needs it (include/uapi/linux/bpf.h). What it makes is a
 * descriptor, and gone when that is closed. Errors are returned as -errno.
 */
final class Bpf {
    private static final long NUMBER = System.getProperty("os.arch").equals("aarch64") ? 280 : 321;
    private static final int ATTRIBUTES =
            128; // bytes of union bpf_attr that are used, and zeros; older kernels know fewer

    private static final int MAP_CREATE = 0;
    private static final int MAP_UPDATE = 2;
    private static final int MAP_DELETE = 3;
    private static final int PROGRAM_LOAD = 5;
    private static final int LINK_CREATE = 28; // from Linux 5.7 on, for XDP from 5.9 on
    private static final int LINK_UPDATE = 29;

    private static final int TYPE_XSKMAP = 17;
    private static final int TYPE_XDP = 6;
    private static final int ATTACH_XDP = 37; // BPF_XDP
    private static final int LOG_BYTES = 1 << 18;

    private Bpf() {}

    /** A map from queues to sockets. */
    static int map(int queues) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = attributes(arena);
            a.set(JAVA_INT, 0, TYPE_XSKMAP);
            a.set(JAVA_INT, 4, Integer.BYTES); // of a key
            a.set(JAVA_INT, 8, Integer.BYTES); // of a value
            a.set(JAVA_INT, 12, queues);
            return call(MAP_CREATE, a);
        }
    }

    /** Has a queue's frames go to a socket; 0, or -errno. */
    static int put(int map, int queue, int socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = entry(arena, map, queue);
            a.set(JAVA_LONG, 16, arena.allocateFrom(JAVA_INT, socket).address());
            return call(MAP_UPDATE, a);
        }
    }

    /** Has them go to the kernel again. */
    static int remove(int map, int queue) {
        try (Arena arena = Arena.ofConfined()) {
            return call(MAP_DELETE, entry(arena, map, queue));
        }
    }

    private static MemorySegment entry(Arena arena, int map, int queue) {
        MemorySegment a = attributes(arena);
        a.set(JAVA_INT, 0, map);
        a.set(JAVA_LONG, 8, arena.allocateFrom(JAVA_INT, queue).address());
        return a;
    }

    /** What the kernel made of a program: a descriptor, or -errno and what its verifier said. */
    record Loaded(int result, String log) {}

    /** Has the kernel verify and take a program. */
    static Loaded load(long... instructions) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = attributes(arena);
            a.set(JAVA_INT, 0, TYPE_XDP);
            a.set(JAVA_INT, 4, instructions.length);
            a.set(JAVA_LONG, 8, arena.allocateFrom(JAVA_LONG, instructions).address());
            a.set(JAVA_LONG, 16, arena.allocateFrom("MIT").address());
            MemorySegment.copy(
                    MemorySegment.ofArray("ixy4j".getBytes(StandardCharsets.US_ASCII)), 0, a, 48, 5); // its name
            int result = call(PROGRAM_LOAD, a);
            return new Loaded(result, result < 0 ? log(arena, a) : "");
        }
    }

    /** Once more, with a place for what the verifier has to say; empty if it was not asked. */
    private static String log(Arena arena, MemorySegment a) {
        MemorySegment log = arena.allocate(JAVA_BYTE, LOG_BYTES);
        a.set(JAVA_INT, 24, 1); // its level
        a.set(JAVA_INT, 28, LOG_BYTES);
        a.set(JAVA_LONG, 32, log.address());
        int fd = call(PROGRAM_LOAD, a);
        if (fd >= 0) {
            Linux.call("close", fd);
        }
        return log.getString(0).strip();
    }

    /** Attaches a program to an interface, in one of its modes, for as long as the descriptor that this returns is open. */
    static int attach(int program, int interfaceIndex, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = attributes(arena);
            a.set(JAVA_INT, 0, program);
            a.set(JAVA_INT, 4, interfaceIndex);
            a.set(JAVA_INT, 8, ATTACH_XDP);
            a.set(JAVA_INT, 12, flags);
            return call(LINK_CREATE, a);
        }
    }

    /** Puts another program in the place of one that is attached, between two frames. */
    static int replace(int link, int program) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = attributes(arena);
            a.set(JAVA_INT, 0, link);
            a.set(JAVA_INT, 4, program);
            return call(LINK_UPDATE, a);
        }
    }

    private static MemorySegment attributes(Arena arena) {
        return arena.allocate(ATTRIBUTES, Long.BYTES);
    }

    private static int call(int command, MemorySegment attributes) {
        return (int) Linux.attempt("syscall", NUMBER, command, attributes.address(), attributes.byteSize());
    }
}
