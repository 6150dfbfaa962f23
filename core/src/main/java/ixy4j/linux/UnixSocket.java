package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A stream socket of Linux's own kind (unix(7)), which carries open files beside bytes. Nothing here waits longer than it
 * is told to. What the other end can cause is returned, as the kernel returns it: 0, or -errno, with {@link Errno#EPIPE}
 * where the other end closed, {@link Errno#ECONNRESET} where it did so in the middle of what was to be received, and
 * {@link Errno#ETIMEDOUT} where the time was over; and {@link Errno#EINTR} where this thread is interrupted, which it stays,
 * and the socket heeds that. One thread may send, another receive, and a third wait for the end; {@link #close} comes after
 * all of them.
 */
public final class UnixSocket implements AutoCloseable {
    /** Bytes in the longest path. */
    public static final int MAX_PATH = 107; // include/uapi/linux/un.h: 108, with a NUL

    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_FLAGS = 0x80000 | 0x800; // SOCK_CLOEXEC, SOCK_NONBLOCK: we wait in poll only
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_NOSIGNAL = 0x4000; // or a closed socket would end this process by SIGPIPE
    private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;
    private static final int SHUT_RDWR = 2;
    private static final short POLLIN = 0x1;
    private static final short POLLOUT = 0x4;
    private static final short POLLRDHUP = 0x2000;
    private static final long FOREVER = Long.MAX_VALUE;
    private static final long SLICE = 50; // ms from one look at whether the thread is interrupted to the next

    private final int fd;
    private volatile boolean heedsInterrupts;
    private boolean closed;

    /** A socket that is not connected yet. */
    public UnixSocket() {
        this((int) Linux.call("socket", AF_UNIX, SOCK_STREAM | SOCK_FLAGS, 0));
    }

    private UnixSocket(int fd) {
        this.fd = fd;
    }

    int fd() {
        return fd;
    }

    /**
     * Whether {@link #accept}, {@link #send} and {@link #receive} end early where their thread is interrupted; at first they
     * do not. What they were in the middle of is lost then.
     */
    public void heedInterrupts(boolean on) {
        heedsInterrupts = on;
    }

    /**
     * Connects to whoever listens at a path (connect(2)); {@link Errno#EAGAIN} where too many wait there already.
     *
     * @throws IllegalArgumentException if the path is too long
     */
    public int connect(String path) {
        return callWithAddress("connect", path);
    }

    /**
     * Makes a socket file and listens at it (bind(2), listen(2)).
     *
     * @throws IllegalArgumentException if the path is too long
     */
    public int listen(String path) {
        int result = callWithAddress("bind", path);
        return result < 0 ? result : (int) Linux.attempt("listen", fd, 1);
    }

    private int callWithAddress(String function, String path) {
        byte[] bytes = checkedPath(path);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(2 + MAX_PATH + 1, 2); // struct sockaddr_un
            address.set(JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(bytes, 0, address, JAVA_BYTE, 2, bytes.length);
            return (int) Linux.attempt(function, fd, address.address(), address.byteSize());
        }
    }

    private static byte[] checkedPath(String path) {
        checkPath("'" + path + "'", path);
        return path.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * For those who know where a user typed a path.
     *
     * @param part how the message calls it, such as an option with its value
     * @throws IllegalArgumentException if it is empty or too long
     */
    public static void checkPath(String part, String path) {
        int bytes = path.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_PATH || path.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    part + " should be the path of a socket, 1 to " + MAX_PATH + " bytes, not " + bytes);
        }
    }

    /** The next connection to a socket that listens, null if none comes in time, or before an interrupt that is heeded. */
    public UnixSocket accept(int millis) {
        long deadline = deadline(millis);
        while (true) {
            long result = Linux.attempt("accept4", fd, 0, 0, SOCK_FLAGS);
            if (result >= 0) {
                return new UnixSocket((int) result);
            }
            if (result != -Errno.EAGAIN && result != -Errno.EINTR) {
                throw Errno.exception((int) -result, "accept4", new Object[] {fd});
            }
            if (await(POLLIN, deadline) < 0) {
                return null;
            }
        }
    }

    /** Sends all these bytes and, with the first of them, these open files, which stay open here (sendmsg(2)). */
    public int send(byte[] bytes, int[] files, int millis) {
        long deadline = deadline(millis);
        try (Arena arena = Arena.ofConfined()) {
            Message message = new Message(arena, bytes.length, files.length);
            message.put(bytes, files);
            while (!message.isDone()) {
                long result = Linux.attempt("sendmsg", fd, message.address(), MSG_NOSIGNAL);
                if (result > 0) {
                    message.advance(result);
                    message.setRoom(0); // the files went with the first byte
                } else {
                    int ready = result == -Errno.EAGAIN ? await(POLLOUT, deadline) : (int) result;
                    if (ready < 0 && result != -Errno.EINTR) {
                        return ready;
                    }
                }
            }
            return 0;
        }
    }

    /**
     * Fills a whole array with what arrives (recvmsg(2)).
     *
     * @param files is filled with the files that came along, then with -1; the kernel closes those that find no room. They
     *     are the caller's to close, but for those of a message that did not arrive whole.
     */
    public int receive(byte[] bytes, int[] files, int millis) {
        Arrays.fill(files, -1);
        long deadline = deadline(millis);
        try (Arena arena = Arena.ofConfined()) {
            Message message = new Message(arena, bytes.length, files.length);
            int count = 0;
            int result = 0;
            while (result == 0 && !message.isDone()) {
                message.setRoom(files.length - count);
                long got = Linux.attempt("recvmsg", fd, message.address(), MSG_CMSG_CLOEXEC);
                if (got > 0) {
                    count = message.takeFiles(files, count);
                    message.advance(got);
                } else if (got == 0) {
                    result = message.isFresh() ? -Errno.EPIPE : -Errno.ECONNRESET;
                } else if (got == -Errno.EAGAIN) {
                    result = await(POLLIN, deadline);
                } else if (got != -Errno.EINTR) {
                    result = (int) got;
                }
            }
            if (result == 0) {
                message.get(bytes);
            } else {
                closeAll(files);
            }
            return result;
        }
    }

    private static void closeAll(int[] files) {
        for (int file : files) {
            if (file >= 0) {
                Linux.call("close", file);
            }
        }
        Arrays.fill(files, -1);
    }

    /** Waits until there is something to receive, the other end closes, or {@link #shutdown}, however long that takes. */
    public void awaitInput() {
        await(POLLIN, FOREVER);
    }

    /** Does the same for a time; whether there was anything within it. */
    public boolean awaitInput(int millis) {
        return await(POLLIN, deadline(millis)) == 0;
    }

    /** Waits until the other end closes, or {@link #shutdown}, however long that takes. */
    public void awaitEnd() {
        await(POLLRDHUP, FOREVER);
    }

    /** Ends the connection for both ends, and whoever waits here; the socket stays to be closed. */
    public synchronized void shutdown() {
        if (!closed) { // or its number may be that of another socket by now
            Linux.attempt("shutdown", fd, SHUT_RDWR); // an error says that it is over already
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Linux.call("close", fd);
        }
    }

    private static long deadline(int millis) {
        return System.nanoTime() + millis * 1_000_000L;
    }

    /** Waits for one of these events, or an end or error, which always counts: 0, or -errno. */
    private int await(short events, long deadline) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(8, 4); // struct pollfd
            poll.set(JAVA_INT, 0, fd);
            poll.set(JAVA_SHORT, 4, events);
            while (true) {
                long left = deadline == FOREVER ? -1 : Math.max(0, deadline - System.nanoTime() + 999_999) / 1_000_000;
                boolean heeds = heedsInterrupts && deadline != FOREVER;
                if (heeds && Thread.currentThread().isInterrupted()) {
                    return -Errno.EINTR;
                }
                boolean inParts = heeds && left > SLICE;
                long result = Linux.attempt("poll", poll.address(), 1, inParts ? SLICE : left);
                if (result > 0) {
                    return 0;
                }
                if (result == 0 && !inParts) {
                    return -Errno.ETIMEDOUT;
                }
                if (result < 0 && result != -Errno.EINTR) {
                    throw Errno.exception((int) -result, "poll", new Object[] {fd, events, left});
                }
            }
        }
    }

    /** A struct msghdr with one struct iovec and one struct cmsghdr, as glibc and musl have them for 64 bits. */
    private static final class Message {
        private static final int IOV = 16;
        private static final int IOV_COUNT = 24;
        private static final int CONTROL = 32;
        private static final int CONTROL_BYTES = 40;
        private static final int HEADER_BYTES = 56;
        private static final int CMSG_DATA = 16; // behind cmsg_len (8 bytes), cmsg_level (4), cmsg_type (4)

        private final MemorySegment header;
        private final MemorySegment iov; // address and length of what is left of the data
        private final MemorySegment data;
        private final MemorySegment control;

        Message(Arena arena, int bytes, int files) {
            header = arena.allocate(HEADER_BYTES, 8);
            iov = arena.allocate(16, 8);
            data = arena.allocate(Math.max(1, bytes));
            control = arena.allocate((CMSG_DATA + 4L * files + 7) & -8, 8);
            header.set(JAVA_LONG, IOV, iov.address());
            header.set(JAVA_LONG, IOV_COUNT, 1);
            header.set(JAVA_LONG, CONTROL, control.address());
            iov.set(JAVA_LONG, 0, data.address());
            iov.set(JAVA_LONG, 8, bytes);
            setRoom(files);
        }

        long address() {
            return header.address();
        }

        void put(byte[] bytes, int[] files) {
            MemorySegment.copy(bytes, 0, data, JAVA_BYTE, 0, bytes.length);
            MemorySegment.copy(files, 0, control, JAVA_INT, CMSG_DATA, files.length);
            control.set(JAVA_LONG, 0, CMSG_DATA + 4L * files.length);
            control.set(JAVA_INT, 8, SOL_SOCKET);
            control.set(JAVA_INT, 12, SCM_RIGHTS);
        }

        void get(byte[] bytes) {
            MemorySegment.copy(data, JAVA_BYTE, 0, bytes, 0, bytes.length);
        }

        /** For how many files there is room; not rounded up, or the kernel would use what that adds. */
        void setRoom(int files) {
            header.set(JAVA_LONG, CONTROL_BYTES, files == 0 ? 0 : CMSG_DATA + 4L * files);
        }

        /** Whether nothing of the data has moved. */
        boolean isFresh() {
            return iov.get(JAVA_LONG, 0) == data.address();
        }

        boolean isDone() {
            return iov.get(JAVA_LONG, 8) == 0;
        }

        void advance(long bytes) {
            iov.set(JAVA_LONG, 0, iov.get(JAVA_LONG, 0) + bytes);
            iov.set(JAVA_LONG, 8, iov.get(JAVA_LONG, 8) - bytes);
        }

        /** Adds the files that came to those that came before; how many there are then. */
        int takeFiles(int[] files, int count) {
            if (header.get(JAVA_LONG, CONTROL_BYTES) < CMSG_DATA) {
                return count;
            }
            int came = (int) (control.get(JAVA_LONG, 0) - CMSG_DATA) / 4;
            MemorySegment.copy(control, JAVA_INT, CMSG_DATA, files, count, came);
            return count + came;
        }
    }
}
