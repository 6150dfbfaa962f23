package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The only native calls of this library: those of Linux that a user space driver needs. None is on the path of a packet.
 * Each throws an {@link IxyException} with the call, its arguments and errno's name. Safe for all threads.
 */
@SuppressWarnings("restricted") // native calls are what this class is for; everything else goes through it
public final class Linux {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_CLOEXEC = 0x80000;
    public static final int PROT_READ_WRITE = 3;
    public static final int MAP_SHARED = 0x01;
    public static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    public static final int MAP_POPULATE = 0x8000;
    public static final int MADV_HUGEPAGE = 14;
    public static final int MFD_CLOEXEC = 1;
    public static final int MFD_HUGETLB_2MB = 4 | 21 << 26;
    private static final int LOCK_EX_NB = 2 | 4;

    private static final Linker LINKER = Linker.nativeLinker();
    // Each argument and result of these functions is an integer or a pointer, which the calling conventions of x86-64
    // and aarch64 pass in whole registers, variadic or not, and a function ignores registers that it does not take. So
    // one shape serves them all: making a call handle is the slowest thing that this library does when it starts.
    private static final MethodHandle CALL = LINKER.downcallHandle(
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.captureCallState("errno"));

    private static final MemorySegment READ = LINKER.defaultLookup().findOrThrow("read");
    private static final MemorySegment WRITE = LINKER.defaultLookup().findOrThrow("write");

    private Linux() {}

    /** open(2). */
    public static int open(String path, int flags) {
        return (int) call("open", path, flags | O_CLOEXEC);
    }

    /** close(2). */
    public static void close(int fd) {
        call("close", fd);
    }

    /** mmap(2) at an address that the kernel chooses. */
    public static long mmap(long length, int protection, int flags, int fd, long offset) {
        return call("mmap", 0, length, protection, flags, fd, offset);
    }

    /** munmap(2). */
    public static void munmap(long address, long length) {
        call("munmap", address, length);
    }

    /** mlock(2). */
    public static void mlock(long address, long length) {
        call("mlock", address, length);
    }

    /** madvise(2). */
    public static void madvise(long address, long length, int advice) {
        call("madvise", address, length, advice);
    }

    /** pread(2) into native memory at {@code address}; returns the number of bytes read. */
    public static int pread(int fd, long address, int length, long offset) {
        return (int) call("pread", fd, address, length, offset);
    }

    /** pwrite(2) from native memory at {@code address}; returns the number of bytes written. */
    public static int pwrite(int fd, long address, int length, long offset) {
        return (int) call("pwrite", fd, address, length, offset);
    }

    /** read(2) of a descriptor opened with O_NONBLOCK; the number of bytes read, or -errno: nothing is thrown. */
    public static int tryRead(int fd, long address, int length) {
        return attempt(READ, fd, address, length);
    }

    /** write(2) to a descriptor opened with O_NONBLOCK; the number of bytes written, or -errno: nothing is thrown. */
    public static int tryWrite(int fd, long address, int length) {
        return attempt(WRITE, fd, address, length);
    }

    /** ioctl(2) with a pointer argument. */
    public static int ioctl(int fd, long request, long argument) {
        return (int) call("ioctl", fd, request, argument);
    }

    /** ftruncate(2). */
    public static void ftruncate(int fd, long length) {
        call("ftruncate", fd, length);
    }

    /** memfd_create(2). */
    public static int memfdCreate(String name, int flags) {
        return (int) call("memfd_create", name, flags);
    }

    /** The size in bytes that fstat(2) gives. */
    public static long size(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment stat = arena.allocate(256, 8); // struct stat: 144 bytes on x86-64, 128 on aarch64
            call("fstat", fd, stat.address());
            return stat.get(JAVA_LONG, 48); // st_size has the same place on both
        }
    }

    /** flock(2), exclusive; whether the lock was free. The lock goes with the descriptor. */
    public static boolean tryLock(int fd) {
        try {
            call("flock", fd, LOCK_EX_NB);
            return true;
        } catch (IxyException e) {
            if (e.errno() == Errno.EAGAIN) {
                return false;
            }
            throw e;
        }
    }

    /** The machine's page size in bytes. */
    public static int pageSize() {
        return (int) call("getpagesize");
    }

    /** Keeps the calling thread on one processor (sched_setaffinity(2)). */
    public static void pinThread(int cpu) {
        if (cpu < 0 || cpu >= 1024) {
            throw new IllegalArgumentException("processor " + cpu + " is not in 0 to 1023");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(128, 8);
            set.set(JAVA_LONG, cpu / 64 * 8L, 1L << cpu % 64);
            call("sched_setaffinity", 0, 128, set.address());
        }
    }

    /** Reads {@code size} (1 to 8) bytes, little-endian, at an offset in an open file; IxyException where it is shorter. */
    public static long readNumber(int fd, long offset, int size) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(8, 8);
            int read = pread(fd, buffer.address(), size, offset);
            if (read != size) {
                throw new IxyException("pread: " + read + " of " + size + " bytes at offset " + offset);
            }
            return buffer.get(JAVA_LONG, 0);
        }
    }

    /** Writes {@code size} (1 to 8) bytes, little-endian, at an offset of an open file. */
    public static void writeNumber(int fd, long offset, int size, long value) {
        try (Arena arena = Arena.ofConfined()) {
            pwrite(fd, arena.allocateFrom(JAVA_LONG, value).address(), size, offset);
        }
    }

    /** Writes a text to a file that exists, as {@code echo} does to a file of sysfs. */
    public static void writeText(String path, String text) {
        int fd = open(path, O_WRONLY);
        try (Arena arena = Arena.ofConfined()) {
            pwrite(fd, arena.allocateFrom(text).address(), text.length(), 0);
        } finally {
            close(fd);
        }
    }

    /** A call for which -1 is an error; the arguments are numbers and strings. */
    private static long call(String function, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            long[] a = new long[6];
            for (int i = 0; i < arguments.length; i++) {
                a[i] = arguments[i] instanceof String s
                        ? arena.allocateFrom(s).address()
                        : ((Number) arguments[i]).longValue();
            }
            MemorySegment target = LINKER.defaultLookup().findOrThrow(function);
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            long result = invoke(target, state, a[0], a[1], a[2], a[3], a[4], a[5]);
            if ((int) result == -1) {
                throw failed(function, arguments, state.get(JAVA_INT, 0));
            }
            return result;
        }
    }

    /** A call on a buffer whose failures are usual, so that they cost no exception. */
    private static int attempt(MemorySegment function, int fd, long address, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) invoke(function, state, fd, address, length, 0, 0, 0);
            return result == -1 ? -state.get(JAVA_INT, 0) : result;
        }
    }

    private static long invoke(
            MemorySegment function, MemorySegment state, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) CALL.invokeExact(function, state, a, b, c, d, e, f);
        } catch (Throwable t) {
            throw new IllegalStateException(t); // invokeExact declares Throwable, but C throws nothing
        }
    }

    private static IxyException failed(String function, Object[] arguments, int errno) {
        String list = Arrays.stream(arguments).map(Linux::show).collect(Collectors.joining(", ", "(", ")"));
        return new IxyException(function + list + ": " + Errno.text(errno), errno);
    }

    private static String show(Object argument) {
        return argument instanceof String s
                ? '"' + s + '"'
                : argument instanceof Long l && l > 0xffff ? "0x" + Long.toHexString(l) : argument.toString();
    }
}
