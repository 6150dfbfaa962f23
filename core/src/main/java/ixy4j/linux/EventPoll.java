package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import ixy4j.IxyException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A file that is readable as long as one of several is (epoll(7)). */
public final class EventPoll {
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int ADD = 1; // EPOLL_CTL_ADD
    private static final int READABLE = 1; // EPOLLIN

    private final int fd;

    /**
     * One that waits for none yet.
     *
     * @throws IxyException if this process, or the machine, has too many open files
     */
    public EventPoll() {
        fd = (int) Linux.call("epoll_create1", EPOLL_CLOEXEC);
    }

    /** Waits for a file too. */
    public void add(int file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(16, Long.BYTES); // struct epoll_event, and its largest size
            event.set(JAVA_INT, 0, READABLE);
            Linux.call("epoll_ctl", fd, ADD, file, event.address());
        }
    }

    /** Its descriptor. */
    public int descriptor() {
        return fd;
    }

    /** As {@link Retired#file}. */
    public void close(Object owner) {
        Retired.file(owner, fd);
    }
}
