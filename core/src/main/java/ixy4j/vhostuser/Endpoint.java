package ixy4j.vhostuser;

import ixy4j.linux.Errno;
import ixy4j.linux.UnixListener;
import ixy4j.linux.UnixSocket;

/** Where this end and a back end meet: it connects to a socket, or listens at one of its own. */
final class Endpoint implements AutoCloseable {
    private final String path;
    private final UnixListener listener; // null if this end connects
    private final long began = System.nanoTime();

    Endpoint(VhostUserAddress address) {
        path = address.path();
        listener = address.server() ? new UnixListener(path) : null;
    }

    /** Whether others connect to this end, and so anybody can. */
    boolean isListening() {
        return listener != null;
    }

    /**
     * The first connection; where this end listens, waits for it until it has been there so long.
     *
     * @return null if none came in time
     */
    UnixSocket first(int millis) {
        if (listener == null) {
            UnixSocket socket = new UnixSocket();
            int result = connect(socket);
            if (result < 0) {
                throw VhostUserTrouble.noConnection(path, -result);
            }
            return socket;
        }
        int left = millis - (int) ((System.nanoTime() - began) / 1_000_000);
        UnixSocket socket = left <= 0 ? null : listener.accept(left);
        if (socket == null && Thread.currentThread().isInterrupted()) {
            throw VhostUserTrouble.interrupted(path);
        }
        return socket;
    }

    /** Another connection, null if there is no back end yet. */
    UnixSocket again() {
        if (listener != null) {
            return listener.accept(0);
        }
        UnixSocket socket = new UnixSocket();
        int result = connect(socket);
        return switch (-result) {
            case 0 -> socket;
            case Errno.ENOENT, Errno.ECONNREFUSED, Errno.EAGAIN -> null;
            default -> throw VhostUserTrouble.noConnection(path, -result);
        };
    }

    private int connect(UnixSocket socket) {
        int result = -Errno.EINVAL;
        try {
            result = socket.connect(path);
        } finally {
            if (result < 0) {
                socket.close();
            }
        }
        return result;
    }

    /** Stops listening, and removes the socket file that it made. */
    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
    }
}
