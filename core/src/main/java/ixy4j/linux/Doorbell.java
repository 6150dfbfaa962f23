package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/**
 * A file that somebody waits at for a number: an eventfd of 8 bytes, or a register of a card that can be reached by
 * pwrite(2) only. {@link #ring} allocates nothing, unlike {@link Linux#call}, since it is on the path of packets. Belongs
 * to one thread at a time. The file is closed by whoever opened it, and not rung any more after that.
 */
public final class Doorbell {
    private static final MemorySegment WRITE = Linux.function("write");
    private static final MemorySegment PWRITE = Linux.function("pwrite");

    private final long fd;
    private final long offset;
    private final long bytes;
    private final MemorySegment function;
    // Both from one arena, which lives as long as one of them is in use: the call knows of state only.
    private final MemorySegment value;
    private final MemorySegment state;

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
        Arena arena = Arena.ofAuto();
        value = arena.allocate(JAVA_LONG);
        state = arena.allocate(Linker.Option.captureStateLayout());
    }

    /**
     * Writes a number, little-endian. An eventfd that is full is as good as rung, so that is no error.
     *
     * @throws IxyException where the file cannot be written
     */
    public void ring(long number) {
        value.set(JAVA_LONG, 0, number);
        if ((int) write() == -1) {
            int errno = state.get(JAVA_INT, 0);
            if (errno != Errno.EAGAIN) {
                throw Errno.exception(errno, offset < 0 ? "write" : "pwrite", new Object[] {fd, number, bytes, offset});
            }
        }
    }

    private long write() {
        try {
            return (long) Linux.CALL.invokeExact(function, state, fd, value.address(), bytes, offset, 0L, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException(e); // invokeExact declares Throwable, but C throws nothing
        }
    }
}
