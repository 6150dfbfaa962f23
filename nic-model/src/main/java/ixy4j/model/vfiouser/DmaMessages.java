package ixy4j.model.vfiouser;

import ixy4j.linux.Errno;
import ixy4j.linux.UnixSocket;
import ixy4j.memory.RawMemory;
import ixy4j.model.RemoteMemory;
import ixy4j.vfiouser.Body.DmaAccess;
import ixy4j.vfiouser.Command;
import ixy4j.vfiouser.Header;
import ixy4j.vfiouser.Messages;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Asks the client to read and write memory that it has mapped without a file (specification, VFIO_USER_DMA_READ and
 * VFIO_USER_DMA_WRITE). The thread that plays the card asks, one thing after another; the session's thread hands over the
 * answers, and sends its own by the same socket. Behind the answer to a reset, or to the end of a range, the client finds
 * no question about what that has ended.
 */
final class DmaMessages implements RemoteMemory, AutoCloseable {
    private static final int FIRST_ID = 0x8000;

    private final UnixSocket socket;
    private final Messages messages;
    private final int millis; // for an answer

    // Held to send, and to touch memory of a range. What is not wanted any more is neither sent nor touched.
    private final Object order = new Object();
    private int failure; // of the first message that could not be sent, -errno; guarded by order

    // All below is guarded by this.
    private long most = 4096; // bytes of data in a message
    private int id = FIRST_ID;
    private boolean waiting;
    private ByteBuffer answer; // of what is waited for; null while there is none, and where it is an error
    private boolean gone; // the client

    /** Both stay the caller's, to be closed after this. */
    DmaMessages(UnixSocket socket, Messages messages, int millis) {
        this.socket = socket;
        this.messages = messages;
        this.millis = millis;
    }

    /** Sends any message; 0 or -errno. An error ends the connection: what comes next would follow half a message. */
    int send(Header header, byte[] body, int... files) {
        synchronized (order) {
            if (failure == 0) {
                failure = messages.send(header, body, files);
                if (failure != 0) {
                    socket.shutdown(); // the session's thread sees the end, too
                }
            }
            return failure;
        }
    }

    /** Whether the client did not take a message in time. */
    boolean isStuck() {
        synchronized (order) {
            return failure == -Errno.ETIMEDOUT;
        }
    }

    /** Waits until memory of a range that is not wanted any more is not touched any more. */
    void settle() {
        synchronized (order) {
            // Whoever holds it may have found the range wanted; whoever gets it from now on does not.
        }
    }

    /** What both ends take in a message, in bytes of data. */
    synchronized void limit(long bytes) {
        most = Math.max(1, bytes);
    }

    private synchronized int chunk(int left) {
        return (int) Math.min(left, most);
    }

    @Override
    public Outcome read(long iova, long to, int length, BooleanSupplier wanted) {
        Outcome outcome = Outcome.DONE;
        for (int done = 0, count; done < length && outcome == Outcome.DONE; done += count) {
            count = chunk(length - done);
            outcome = readChunk(iova + done, to + done, count, wanted);
        }
        return outcome;
    }

    private Outcome readChunk(long iova, long to, int count, BooleanSupplier wanted) {
        synchronized (order) {
            if (!wanted.getAsBoolean() || !ask(Command.DMA_READ, access(iova, count, 0))) {
                return Outcome.ENDED;
            }
        }
        ByteBuffer data = await();
        if (data == null || data.remaining() != DmaAccess.BYTES + count) {
            return refused();
        }
        data.position(data.position() + DmaAccess.BYTES);
        synchronized (order) {
            if (!wanted.getAsBoolean()) {
                return Outcome.ENDED;
            }
            for (int i = 0; i < count; i++) {
                RawMemory.setByte(to + i, data.get());
            }
        }
        return Outcome.DONE;
    }

    @Override
    public Outcome write(long iova, long from, int length, BooleanSupplier wanted) {
        Outcome outcome = Outcome.DONE;
        for (int done = 0, count; done < length && outcome == Outcome.DONE; done += count) {
            count = chunk(length - done);
            outcome = writeChunk(iova + done, from + done, count, wanted);
        }
        return outcome;
    }

    private Outcome writeChunk(long iova, long from, int count, BooleanSupplier wanted) {
        byte[] question = access(iova, count, count);
        synchronized (order) {
            if (!wanted.getAsBoolean()) {
                return Outcome.ENDED;
            }
            for (int i = 0; i < count; i++) {
                question[DmaAccess.BYTES + i] = RawMemory.getByte(from + i);
            }
            if (!ask(Command.DMA_WRITE, question)) {
                return Outcome.ENDED;
            }
        }
        return await() == null ? refused() : Outcome.DONE;
    }

    private static byte[] access(long iova, int count, int data) {
        return new DmaAccess(iova, count).withRoom(data).array();
    }

    /** Whether a question went out. */
    private boolean ask(Command command, byte[] body) {
        Header header;
        synchronized (this) {
            if (gone) {
                return false;
            }
            id = id == 0xffff ? FIRST_ID : id + 1; // not one of the client's own, which count from 0
            header = Header.command(id, command, body.length, 0);
            waiting = true;
            answer = null;
        }
        return send(header, body) == 0;
    }

    /** The body of the answer; null if there is none in time, or an error. */
    private synchronized ByteBuffer await() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean interrupted = false;
        while (waiting && !gone && System.nanoTime() < deadline) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        waiting = false;
        return answer;
    }

    private synchronized Outcome refused() {
        return gone ? Outcome.ENDED : Outcome.REFUSED;
    }

    /** An answer has come; one that nobody waits for, or too late, is no matter. */
    synchronized void answered(Header header, ByteBuffer body) {
        if (waiting && header.id() == id) {
            answer = header.isError() || body.remaining() < DmaAccess.BYTES ? null : body;
            waiting = false;
            notifyAll();
        }
    }

    /** The client is gone: nothing is sent any more, nor waited for. The socket is not touched after this. */
    @Override
    public void close() {
        socket.shutdown(); // for whoever waits until it can send
        synchronized (this) {
            gone = true;
            notifyAll();
        }
        synchronized (order) {
            failure = failure == 0 ? -Errno.EPIPE : failure;
        }
    }
}
