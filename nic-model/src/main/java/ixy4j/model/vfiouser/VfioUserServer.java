package ixy4j.model.vfiouser;

import ixy4j.linux.UnixListener;
import ixy4j.linux.UnixSocket;
import ixy4j.model.EmulatedCard;
import ixy4j.vfiouser.Ending;

/**
 * Serves an emulated card to another process by vfio-user: to a virtual machine, or to our driver. It has one client at a
 * time; the next one waits until that is gone, and finds a card that was reset. A thread of its own answers; who plays the
 * card is the caller's matter ({@link EmulatedCard#start}). No client can end it: what is against the protocol is answered with an
 * error. It can be closed by any thread.
 */
public final class VfioUserServer implements AutoCloseable {
    private static final int MILLIS = 100; // until it sees that it is closed

    private final String path;
    private final EmulatedCard card;
    private final ServerEvents events;
    private final RegisterObserver observer;
    private final UnixListener listener;
    private final Thread thread;
    private UnixSocket client; // null without one; guarded by this
    private boolean closed; // guarded by this

    /**
     * Listens at a path from now on.
     *
     * @param card stays the caller's, to be closed after this
     * @throws ixy4j.IxyException if it cannot listen there
     * @throws IllegalArgumentException if the path is too long
     */
    public VfioUserServer(String path, EmulatedCard card, ServerEvents events, RegisterObserver observer) {
        this.path = path;
        this.card = card;
        this.events = events;
        this.observer = observer;
        listener = new UnixListener(path);
        thread = Thread.ofPlatform().name("ixy4j-vfio-user").daemon().start(this::run);
    }

    private void run() {
        try (listener) {
            while (!isClosed()) {
                UnixSocket socket = listener.accept(MILLIS);
                if (socket != null && begin(socket)) {
                    serve(socket);
                }
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean begin(UnixSocket socket) {
        if (closed) {
            socket.close();
            return false;
        }
        client = socket;
        return true;
    }

    private void serve(UnixSocket socket) {
        events.connected();
        String why = "had to go";
        try (Session session = new Session(socket, card, events, observer)) {
            why = session.serve();
        } catch (RuntimeException e) { // the machine, or a bug of ours: the next client may fare better
            why = "had to go: " + e.getMessage();
        }
        synchronized (this) {
            client = null;
        }
        socket.close();
        events.disconnected(why);
    }

    /** The path of the socket. */
    public String path() {
        return path;
    }

    /** Sends the client away, removes the socket file, and ends the thread. May be called twice. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (client != null) {
                client.shutdown();
            }
        }
        Ending.of(thread);
    }
}
