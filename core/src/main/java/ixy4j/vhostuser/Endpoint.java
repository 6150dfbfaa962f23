package ixy4j.vhostuser;

import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.linux.UnixSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Where this end and a back end meet: it connects to a socket, or listens at one of its own. */
final class Endpoint implements AutoCloseable {
    private static final int FORMAT = 0xf000; // S_IFMT
    private static final int SOCKET = 0xc000; // S_IFSOCK

    private final String path;
    private final UnixSocket listener; // null where this end connects
    private final Object file; // which file the listener's is, null where that is unknown

    Endpoint(VhostUserAddress address) {
        path = address.path();
        listener = address.server() ? listen(path) : null;
        file = listener == null ? null : fileKey(path);
    }

    private static UnixSocket listen(String path) {
        UnixSocket socket = new UnixSocket();
        try {
            int result = socket.listen(path);
            if (result == -Errno.EADDRINUSE && isStale(path)) {
                Linux.attempt("unlink", path); // where that fails, so does the next line
                result = socket.listen(path);
            }
            if (result < 0) {
                throw VhostUserTrouble.noListener(path, -result);
            }
            return socket;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** Whether it is a socket that a process left behind; the kernel refuses a connection to any other file as well. */
    private static boolean isStale(String path) {
        try (UnixSocket probe = new UnixSocket()) {
            int mode = (int) Files.getAttribute(Path.of(path), "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & FORMAT) == SOCKET && probe.connect(path) == -Errno.ECONNREFUSED;
        } catch (IOException e) {
            return false; // gone meanwhile, or not ours to see
        }
    }

    private static Object fileKey(String path) {
        try {
            return Files.readAttributes(Path.of(path), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /** The first connection; where this end listens, waits for it. */
    UnixSocket first(int millis) {
        if (listener == null) {
            UnixSocket socket = new UnixSocket();
            int result = connect(socket);
            if (result < 0) {
                throw VhostUserTrouble.noConnection(path, -result);
            }
            return socket;
        }
        UnixSocket socket = listener.accept(millis);
        if (socket == null) {
            throw VhostUserTrouble.nobodyCame(path, millis);
        }
        return socket;
    }

    /** Another connection, null where there is no back end yet. */
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
            // Another process may have taken the path since.
            if (file != null && file.equals(fileKey(path))) {
                Linux.attempt("unlink", path);
            }
            listener.close();
        }
    }
}
