package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

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
