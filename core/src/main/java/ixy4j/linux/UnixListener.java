package ixy4j.linux;

import ixy4j.IxyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A socket file of ours, at which others connect. One that a process left behind is replaced; one at which somebody
 * listens, or another kind of file, is not. Belongs to one thread.
 */
public final class UnixListener implements AutoCloseable {
    private static final int FORMAT = 0xf000; // S_IFMT
    private static final int SOCKET = 0xc000; // S_IFSOCK

    private final String path;
    private final UnixSocket socket = new UnixSocket();
    private final Object file; // which file it is, null if that is unknown

    /**
     * Makes the file and listens.
     *
     * @throws IxyException if that cannot be, with the path and what to do
     * @throws IllegalArgumentException if the path is too long
     */
    public UnixListener(String path) {
        this.path = path;
        try {
            int result = socket.listen(path);
            if (result == -Errno.EADDRINUSE && isStale(path)) {
                Linux.attempt("unlink", path); // where that fails, so does the next line
                result = socket.listen(path);
            }
            if (result < 0) {
                throw trouble(path, -result);
            }
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, socket::close);
            throw e;
        }
        file = fileKey(path);
        socket.heedInterrupts(true);
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

    private static IxyException trouble(String path, int errno) {
        return new IxyException(
                switch (errno) {
                    case Errno.ENOENT -> path + " cannot be listened at: its folder does not exist, make it first";
                    case Errno.EADDRINUSE ->
                        path
                                + " is taken, by a process that listens there or a file that is no socket: take another path";
                    case Errno.EACCES, Errno.EPERM ->
                        path + " may not be made: take a path in a folder that this user can write to";
                    default -> path + " cannot be listened at: " + Errno.text(errno);
                });
    }

    /** The next connection, the caller's to close; null if none comes in time, or before this thread is interrupted. */
    public UnixSocket accept(int millis) {
        return socket.accept(millis);
    }

    /** Stops listening, and removes the file, unless another process has taken the path since. */
    @Override
    public void close() {
        if (file != null && file.equals(fileKey(path))) {
            Linux.attempt("unlink", path);
        }
        socket.close();
    }
}
