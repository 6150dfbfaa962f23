package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ixy4j.IxyException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/**
 * The only way to native code: functions of the C library that are Linux's system calls, by name. None is on the path of
 * a packet; {@link Doorbell} has the one that is. An error is an {@link IxyException} with the call, its arguments and
 * errno's name. Safe for all threads. {@link Abi} has the constants.
 */
public final class Linux {
    private static final Linker LINKER = Linker.nativeLinker();

    // Each argument and result of these functions is an integer or a pointer, which the calling conventions of x86-64
    // and aarch64 pass in whole registers, variadic or not, and a function ignores registers that it does not take. So
    // one shape serves them all: making a call handle is the slowest thing that this library does when it starts.
    @SuppressWarnings("restricted") // native calls are what this class is for; everything else goes through it
    private static final MethodHandle CALL = LINKER.downcallHandle(
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.captureCallState("errno"));

    private static final int MFD_ALLOW_SEALING = 2; // include/uapi/linux/memfd.h
    private static final int MFD_NOEXEC_SEAL = 8;
    private static final int F_ADD_SEALS = 1033; // include/uapi/linux/fcntl.h
    private static final int F_SEAL_SEAL = 1;
    private static final int F_SEAL_SHRINK = 2;
    private static final int F_SEAL_GROW = 4;

    private Linux() {}

    /**
     * Calls a function for which -1 is an error.
     *
     * @param arguments at most six, integers and strings
     * @return what it returns; of a function that returns an int, only the lower half counts
     */
    public static long call(String function, Object... arguments) {
        long result = attempt(function, arguments);
        if (result < 0) {
            throw Errno.exception((int) -result, function, arguments);
        }
        return result;
    }

    /** Does the same, but an error is returned as -errno, as the kernel itself does. */
    public static long attempt(String function, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            long[] a = new long[6];
            for (int i = 0; i < arguments.length; i++) {
                boolean text = arguments[i] instanceof String;
                a[i] = text ? arena.allocateFrom((String) arguments[i]).address() : ((Number) arguments[i]).longValue();
            }
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            long result = (long) CALL.invokeExact(function(function), state, a[0], a[1], a[2], a[3], a[4], a[5]);
            return (int) result == -1 ? -state.get(JAVA_INT, 0) : result;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // invokeExact declares Throwable, but C throws nothing
        }
    }

    /** Where a function of the C library is. */
    static MemorySegment function(String name) {
        return LINKER.defaultLookup().findOrThrow(name);
    }

    /** open(2), not to be inherited by programs that this one starts. */
    public static int open(String path, int flags) {
        return (int) call("open", path, flags | Abi.O_CLOEXEC);
    }

    /**
     * A file without a name, in memory (memfd_create(2)), not to be inherited; its size is for good, so that whoever it is
     * handed to cannot end this process by shrinking it.
     *
     * @param name shows in /proc/PID/maps
     * @param flags besides
     * @return its descriptor, or -errno
     */
    public static long memoryFile(String name, long size, int flags) {
        int usual = Abi.MFD_CLOEXEC | MFD_ALLOW_SEALING | flags;
        // Where vm.memfd_noexec is 2, the kernel insists on the flag that those before 6.3 do not know.
        long fd = attempt("memfd_create", name, usual | MFD_NOEXEC_SEAL);
        fd = fd == -Errno.EINVAL ? attempt("memfd_create", name, usual) : fd;
        if (fd < 0) {
            return fd;
        }
        long result = attempt("ftruncate", fd, size);
        if (result == 0) {
            result = attempt("fcntl", fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW);
        }
        if (result < 0) {
            attempt("close", fd);
        }
        return result < 0 ? result : fd;
    }

    /** Reads {@code size} (1 to 8) bytes, little-endian, at an offset in an open file (pread(2)). */
    public static long read(int fd, long offset, int size) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(8, 8);
            if (call("pread", fd, buffer.address(), Objects.checkIndex(size, 9), offset) != size) {
                throw Errno.tooShort(fd, offset, size);
            }
            return buffer.get(JAVA_LONG, 0);
        }
    }

    /** Writes {@code size} (1 to 8) bytes, little-endian, at an offset in an open file (pwrite(2)). */
    public static void write(int fd, long offset, int size, long value) {
        try (Arena arena = Arena.ofConfined()) {
            call("pwrite", fd, arena.allocateFrom(JAVA_LONG, value).address(), Objects.checkIndex(size, 9), offset);
        }
    }
}
