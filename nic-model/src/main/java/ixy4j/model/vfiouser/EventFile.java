package ixy4j.model.vfiouser;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import ixy4j.linux.Abi;
import ixy4j.linux.Doorbell;
import ixy4j.linux.Linux;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** An eventfd of a client, which waits there for an interrupt. Signalling it never waits. */
final class EventFile implements AutoCloseable {
    private static final int F_GETFL = 3;
    private static final short POLLOUT = 4;

    private final int fd;
    private final boolean mayBlock;
    private final Doorbell doorbell;

    /** Takes over the file, if it is one. */
    EventFile(int fd) throws Refused {
        if (!isEventFile(fd)) {
            throw Refused.invalid("a file came with it that is not an eventfd");
        }
        this.fd = fd;
        mayBlock = (Linux.call("fcntl", fd, F_GETFL) & Abi.O_NONBLOCK) == 0;
        doorbell = new Doorbell(fd, -1, Long.BYTES);
    }

    private static boolean isEventFile(int fd) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd))
                    .toString()
                    .contains("[eventfd]");
        } catch (IOException e) {
            return false;
        }
    }

    /** Adds one to it; one that is full is signalled already. */
    void signal() {
        if (!mayBlock || hasRoom()) {
            doorbell.ring(1);
        }
    }

    private boolean hasRoom() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4); // struct pollfd
            poll.set(JAVA_INT, 0, fd);
            poll.set(JAVA_SHORT, 4, POLLOUT);
            return Linux.attempt("poll", poll.address(), 1, 0) > 0;
        }
    }

    @Override
    public void close() {
        Linux.attempt("close", fd);
    }
}
