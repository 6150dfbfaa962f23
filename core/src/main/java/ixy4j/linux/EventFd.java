package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A file that others, such as the kernel, make readable to say that something has happened (eventfd(2)). Safe for all threads. */
public final class EventFd {
    private final int fd = (int) Linux.call("eventfd", 0, Abi.EFD_CLOEXEC | Abi.EFD_NONBLOCK);

    /** Its descriptor. */
    public int descriptor() {
        return fd;
    }

    /** Makes it readable. */
    public void signal() {
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
    public void close(Object owner) {
        signal();
        Retired.file(owner, fd);
    }
}
