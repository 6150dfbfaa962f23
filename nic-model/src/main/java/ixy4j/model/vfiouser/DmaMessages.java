package ixy4j.model.vfiouser;

import static ixy4j.vfiouser.Wire.DMA_ACCESS_BYTES;

import ixy4j.model.RemoteMemory;
import ixy4j.model.wire.NativeMemory;
import ixy4j.vfiouser.Command;
import ixy4j.vfiouser.Header;
import ixy4j.vfiouser.Messages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/**
 * Asks the client to read and write memory that it has mapped without a file (specification, VFIO_USER_DMA_READ and
 * VFIO_USER_DMA_WRITE). The thread that plays the card asks, one thing after another; the session's thread hands over the
 * answers, and sends its own by the same socket.
 */
final class DmaMessages implements RemoteMemory, AutoCloseable {
    private static final int FIRST_ID = 0x8000;

    private final Messages messages;
    private final int millis; // for an answer
    private final Object sending = new Object();

    // All below is guarded by this.
    private long most = 4096; // bytes of data in a message
    private int id = FIRST_ID;
    private boolean waiting;
    private ByteBuffer answer; // of what is waited for; null while there is none, and where it is an error
    private boolean closed;

    DmaMessages(Messages messages, int millis) {
        this.messages = messages;
        this.millis = millis;
    }

    /** Sends any message; 0 or -errno. */
    int send(Header header, byte[] body, int... files) {
        synchronized (sending) {
            return messages.send(header, body, files);
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
    public boolean read(long iova, long to, int length) {
        for (int done = 0, count; done < length; done += count) {
            count = chunk(length - done);
            ByteBuffer data = ask(Command.DMA_READ, access(iova + done, count, 0));
            if (data == null || data.remaining() != DMA_ACCESS_BYTES + count) {
                return false;
            }
            data.position(data.position() + DMA_ACCESS_BYTES);
            for (int i = 0; i < count; i++) {
                NativeMemory.setByte(to + done + i, data.get());
            }
        }
        return true;
    }

    @Override
    public boolean write(long iova, long from, int length) {
        for (int done = 0, count; done < length; done += count) {
            count = chunk(length - done);
            byte[] question = access(iova + done, count, count);
            for (int i = 0; i < count; i++) {
                question[DMA_ACCESS_BYTES + i] = NativeMemory.getByte(from + done + i);
            }
            if (ask(Command.DMA_WRITE, question) == null) {
                return false;
            }
        }
        return true;
    }

    private static byte[] access(long iova, int count, int data) {
        byte[] body = new byte[DMA_ACCESS_BYTES + data];
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).putLong(iova).putLong(count);
        return body;
    }

    /** The body of the answer; null where there is none in time, or an error. */
    private ByteBuffer ask(Command command, byte[] body) {
        Header header;
        synchronized (this) {
            if (closed) {
                return null;
            }
            id = id == 0xffff ? FIRST_ID : id + 1; // not one of the client's own, which count from 0
            header = Header.command(id, command, body.length, 0);
            waiting = true;
            answer = null;
        }
        int result = send(header, body);
        return result < 0 ? null : await();
    }

    private synchronized ByteBuffer await() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean interrupted = false;
        while (waiting && !closed && System.nanoTime() < deadline) {
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

    /** An answer has come; one that nobody waits for, or too late, is no matter. */
    synchronized void answered(Header header, ByteBuffer body) {
        if (waiting && header.id() == id) {
            answer = header.isError() || body.remaining() < DMA_ACCESS_BYTES ? null : body;
            waiting = false;
            notifyAll();
        }
    }

    /** The client is gone: nothing more is waited for. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
