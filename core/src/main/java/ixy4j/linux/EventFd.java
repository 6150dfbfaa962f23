package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import ixy4j.IxyException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A file that others, such as the kernel, make readable to say that something has happened (eventfd(2)). Safe for all threads. */
public final class EventFd {
    private boolean closed; // after which the descriptor may be another file's
    private final int fd;

    /**
     * One that is not readable yet.
     *
     * @throws IxyException if this process, or the machine, has too many open files
     */
    public EventFd() {
        fd = (int) Linux.attempt("eventfd", 0, Abi.EFD_CLOEXEC | Abi.EFD_NONBLOCK);
        if (fd < 0) {
            throw refused(-fd);
        }
    }

    static IxyException refused(int errno) {
        return new IxyException("no eventfd can be made: " + Errno.text(errno));
    }

    /** Its descriptor. */
    public int descriptor() {
        return fd;
    }

    /** Makes it readable. */
    public synchronized void signal() {
        if (closed) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(Long.BYTES, Long.BYTES);
            one.set(JAVA_LONG, 0, 1);
            Linux.attempt("write", fd, one.address(), Long.BYTES); // one that is full is readable
        }
    }

    /** Makes it unreadable; whether it was readable. */
    public boolean clear() {
        try (Arena arena = Arena.ofConfined()) {
            return Linux.attempt(
                            "read", fd, arena.allocate(Long.BYTES, Long.BYTES).address(), Long.BYTES)
                    == Long.BYTES;
        }
    }

    /** Lets go of it; who waits for it is woken first. As {@link Retired#file}. */
    public synchronized void close(Object owner) {
        if (!closed) {
            signal();
            closed = true;
            Retired.file(owner, fd);
        }
    }
}
