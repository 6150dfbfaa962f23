package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ixy4j.IxyException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/**
 * A file that somebody waits at for a number: an eventfd of 8 bytes, or a register of a card that can be reached by
 * pwrite(2) only. {@link #ring} allocates nothing, unlike {@link Linux#call}, since it is on the path of packets. Belongs
 * to one thread at a time. The file is closed by whoever opened it, and not rung any more after that.
 */
public final class Doorbell {
    // As the one of Linux, but a call whose errno is kept allocates where it is not compiled to the last level.
    @SuppressWarnings("restricted") // write and pwrite of an open file, from memory of ours
    private static final MethodHandle CALL = Linker.nativeLinker()
            .downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private static final MemorySegment WRITE = Linux.function("write");
    private static final MemorySegment PWRITE = Linux.function("pwrite");

    private final long fd;
    private final long offset;
    private final long bytes;
    private final MemorySegment function;
    private final MemorySegment value = Arena.ofAuto().allocate(JAVA_LONG);

    /**
     * A doorbell at an open file.
     *
     * @param offset where the number is written to in the file; negative where the file has no places, as an eventfd
     * @param bytes how many bytes the number has, 2, 4 or 8
     */
    public Doorbell(int fd, long offset, int bytes) {
        if (bytes != 2 && bytes != 4 && bytes != 8) {
            throw new IllegalArgumentException("a doorbell takes 2, 4 or 8 bytes, not " + bytes);
        }
        this.fd = fd;
        this.offset = offset;
        this.bytes = bytes;
        function = offset < 0 ? WRITE : PWRITE;
    }

    /** Where it writes to in the file. */
    public long offset() {
        return offset;
    }

    /**
     * Writes a number, little-endian. An eventfd that is full is as good as rung, so that is no error.
     *
     * @throws IxyException if the file cannot be written
     */
    public void ring(long number) {
        value.set(JAVA_LONG, 0, number);
        try {
            long result = (long) CALL.invokeExact(function, fd, value.address(), bytes, offset);
            if (result < 0) {
                ringAgain(number);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // invokeExact declares Throwable, but C throws nothing
        } finally {
            Reference.reachabilityFence(value);
        }
    }

    /** Once more, now with errno. */
    private void ringAgain(long number) {
        String name = offset < 0 ? "write" : "pwrite";
        long result = Linux.attempt(name, fd, value.address(), bytes, offset);
        if (result < 0 && result != -Errno.EAGAIN) {
            throw Errno.exception((int) -result, name, new Object[] {fd, number, bytes, offset});
        }
    }
}
