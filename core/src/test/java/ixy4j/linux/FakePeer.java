package ixy4j.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * The other end of a protocol over a socket, on a thread of its own: it writes down what it is told. What a message is, and
 * what it answers, is up to those that extend it.
 */
public abstract class FakePeer<M extends FakePeer.Message> implements AutoCloseable {
    protected static final int PATIENCE = 10_000;

    /** Something that was said. */
    public interface Message {
        /** The files that came with it, which are closed with the peer. */
        List<Integer> files();
    }

    private final String path;
    private final String name;
    private final List<M> log = new ArrayList<>(); // guarded by itself
    private UnixSocket listener;
    private UnixSocket socket; // of this conversation, guarded by this
    private CompletableFuture<Void> work;
    private volatile boolean ending;

    protected FakePeer(String path, String name) {
        this.path = path;
        this.name = name;
    }

    /** Takes one client after the other. */
    protected final void startListening() {
        listener = new UnixSocket();
        assertEquals(0, listener.listen(path));
        start(() -> {
            for (UnixSocket next = null; !ending; next = listener.accept(20)) {
                if (next != null) {
                    converse(next);
                }
            }
        });
    }

    /**
     * Is a client itself, as soon as somebody listens, and again if it is sent away: on a busy machine it may not have
     * answered in time.
     */
    protected final void startConnecting() {
        start(() -> {
            while (!ending) {
                UnixSocket client = new UnixSocket();
                while (!ending && client.connect(path) != 0) {
                    LockSupport.parkNanos(1_000_000);
                }
                converse(client);
            }
        });
    }

    private void start(Runnable talk) {
        work = CompletableFuture.runAsync(
                talk, task -> Thread.ofPlatform().name(name).start(task));
    }

    private void converse(UnixSocket next) {
        synchronized (this) {
            socket = next;
        }
        while (!ending && readOne(next)) {
            // one message after the other
        }
        synchronized (this) {
            socket = null;
            next.close();
        }
    }

    /** Reads a message and answers it; false if there are no more. */
    protected abstract boolean readOne(UnixSocket from);

    /** Those of the places for files in which one came. */
    protected static List<Integer> came(int[] files) {
        return Arrays.stream(files).filter(file -> file >= 0).boxed().toList();
    }

    /** Writes a message down. */
    protected final void note(M message) {
        synchronized (log) {
            log.add(message);
        }
    }

    /** Sends to whom it is talking with. */
    protected final synchronized void send(byte[] message, int... files) {
        socket.send(message, files, PATIENCE);
    }

    /** All that was said up to now. */
    public final List<M> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    /** The same as text, and forgets it. */
    public final List<String> take() {
        synchronized (log) {
            List<String> texts = log.stream().map(Message::toString).toList();
            closeFiles();
            return texts;
        }
    }

    /** Ends the conversation, but goes on listening. */
    public final synchronized void hangUp() {
        if (socket != null) {
            socket.shutdown();
        }
    }

    private void closeFiles() {
        log.forEach(message -> message.files().forEach(file -> Linux.call("close", file)));
        log.clear();
    }

    /** Ends, fails where its own thread did, and takes the socket file away if it made one. */
    @Override
    public void close() {
        ending = true;
        hangUp();
        work.join();
        synchronized (log) {
            closeFiles();
        }
        if (listener != null) {
            listener.close();
            Linux.attempt("unlink", path);
        }
    }
}
