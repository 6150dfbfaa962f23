package ixy4j.vhostuser;

import ixy4j.IxyException;
import ixy4j.linux.Errno;
import ixy4j.linux.UnixSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Requests to one back end over one connection, and what it answers (Vhost-user Protocol, Message Specification):
 *
 * <pre>
 * offset  bytes
 * 0       4      request
 * 4       4      flags: 0-1 version, 1; 2 reply; 3 need_reply
 * 8       4      size of the payload
 * 12             payload: numbers of 8 bytes, or pairs of 4 bytes; in each answer that we ask for, 8 bytes
 * </pre>
 *
 * <p>Anything that is not as it should be ends the conversation, since nobody could tell which answer belongs to what after
 * that. One thread at a time, but for {@link #isOpen}.
 */
final class Conversation implements AutoCloseable {
    private static final int[] NO_FILES = {};
    private static final int HEADER = 12;
    private static final int ANSWER = 8;
    private static final int VERSION = 1;
    private static final int REPLY = 1 << 2;
    private static final int NEED_REPLY = 1 << 3;

    private final UnixSocket socket;
    private final String path;
    private final int millis;
    private final CompletableFuture<Void> watched = new CompletableFuture<>();
    private volatile boolean open = true;
    private volatile boolean gone;
    private boolean silent;
    private boolean interrupted;
    private volatile boolean closing;
    private boolean acknowledged;
    private Thread watcher; // null before watch
    private IxyException reason; // why it ended, null if the back end hung up

    /**
     * Begins to talk.
     *
     * @param socket connected; closed with this
     * @param millis how long the back end has for each answer
     */
    Conversation(UnixSocket socket, String path, int millis) {
        this.socket = socket;
        this.path = path;
        this.millis = millis;
        socket.heedInterrupts(true);
    }

    /** From now on a thread that is interrupted waits for answers all the same: the device is in use, and has to be stopped. */
    void settle() {
        socket.heedInterrupts(false);
    }

    /**
     * From now on a thread waits for the back end to hang up.
     *
     * @param onEnd runs on that thread after {@link #isOpen} became false, unless by {@link #close}
     */
    void watch(Runnable onEnd) {
        watcher = Thread.ofPlatform().name("ixy4j-vhost-user").daemon().start(() -> awaitEnd(onEnd));
    }

    private void awaitEnd(Runnable onEnd) {
        try {
            socket.awaitEnd();
            if (open) {
                gone = true;
            }
        } finally {
            open = false;
            watched.complete(null);
        }
        if (!closing) {
            onEnd.run();
        }
    }

    /** Whether the back end is still there; for any thread. */
    boolean isOpen() {
        return open;
    }

    /** Whether it is not, because it closed the connection; so it uses no memory of ours any more. */
    boolean isGone() {
        return gone;
    }

    /** Whether the conversation ended because an answer did not come in time. */
    boolean isSilent() {
        return silent;
    }

    /** Whether it ended because the thread that waited for an answer was interrupted. */
    boolean isInterrupted() {
        return interrupted;
    }

    /** From now on each request is acknowledged (REPLY_ACK), so that its failure is known. */
    void acknowledge() {
        acknowledged = true;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    /** Sends a request that has an answer. */
    long ask(Request request, long... payload) {
        send(request, VERSION, NO_FILES, payload);
        return answer(request);
    }

    /** Sends a request that has none. */
    void tell(Request request, long... payload) {
        tell(request, NO_FILES, payload);
    }

    /** Sends a request and open files with it. */
    void tell(Request request, int[] files, long... payload) {
        send(request, acknowledged ? VERSION | NEED_REPLY : VERSION, files, payload);
        if (acknowledged) {
            long answer = answer(request);
            if (answer != 0) {
                throw failed(VhostUserTrouble.refused(path, request, answer));
            }
        }
    }

    private void send(Request request, int flags, int[] files, long[] payload) {
        if (!open) {
            throw ended();
        }
        ByteBuffer message = ByteBuffer.allocate(HEADER + Long.BYTES * payload.length)
                .order(ByteOrder.nativeOrder())
                .putInt(request.number)
                .putInt(flags)
                .putInt(Long.BYTES * payload.length);
        for (long word : payload) {
            message.putLong(word);
        }
        check(request, socket.send(message.array(), files, millis));
    }

    private long answer(Request request) {
        ByteBuffer header = receive(request, HEADER);
        int number = header.getInt();
        int flags = header.getInt();
        int size = header.getInt();
        if (number != request.number || flags != (VERSION | REPLY) || size != ANSWER) {
            throw failed(VhostUserTrouble.nonsense(
                    path,
                    request,
                    String.format(
                            Locale.ROOT,
                            "request %s, flags 0x%x, %s bytes, where %d, 0x%x, %d were due",
                            Integer.toUnsignedString(number),
                            flags,
                            Integer.toUnsignedString(size),
                            request.number,
                            VERSION | REPLY,
                            ANSWER)));
        }
        return receive(request, ANSWER).getLong();
    }

    private ByteBuffer receive(Request request, int bytes) {
        byte[] array = new byte[bytes];
        // Without room for them, the kernel closes files that come along: no answer that we ask for has any.
        check(request, socket.receive(array, NO_FILES, millis));
        return ByteBuffer.wrap(array).order(ByteOrder.nativeOrder());
    }

    private void check(Request request, int result) {
        switch (-result) {
            case 0 -> {}
            case Errno.EPIPE, Errno.ECONNRESET -> {
                gone = true;
                throw failed(VhostUserTrouble.closedAt(path, request));
            }
            case Errno.ETIMEDOUT -> {
                silent = true;
                throw failed(VhostUserTrouble.silent(path, request, millis));
            }
            case Errno.EINTR -> {
                interrupted = true;
                throw failed(VhostUserTrouble.interrupted(path));
            }
            default -> throw failed(VhostUserTrouble.broken(path, request, -result));
        }
    }

    /** Ends the conversation for a reason, which is returned. */
    IxyException failed(IxyException why) {
        reason = why;
        open = false;
        socket.shutdown(); // wakes the watcher, too
        return why;
    }

    /** Why it ended. */
    IxyException ended() {
        return reason == null ? VhostUserTrouble.closed(path) : IxyException.again(reason);
    }

    /** Waits until the end was told, at most a second, lest two threads wait for each other. */
    void awaitEndTold() {
        if (watcher != null && Thread.currentThread() != watcher) {
            try {
                watcher.join(1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        open = false;
        socket.shutdown();
        if (watcher != null) {
            watched.join(); // or it might wait at a number that is another file's by then
        }
        socket.close();
    }
}
