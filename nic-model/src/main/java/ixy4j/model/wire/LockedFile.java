package ixy4j.model.wire;

import ixy4j.IxyException;
import ixy4j.linux.Abi;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that we read or write, and that nobody else writes meanwhile. Who wants to write a file that is open here, or to
 * read one that is written here, is refused, in this process or another, by whatever path it came: the kernel keeps the
 * lock with the file itself, and ends it with the process (flock(2)). It binds those who ask for it only. Devices such as
 * {@code /dev/null} are everybody's, and have none.
 *
 * <p>Opening a file changes nothing in it, and never waits. For one thread.
 */
public final class LockedFile implements AutoCloseable {
    // include/uapi/asm-generic/fcntl.h
    private static final int O_CREAT = 0x40;
    private static final int LOCK_SHARED = 1;
    private static final int LOCK_NOW_OR_NEVER = 4;
    private static final int SEEK_SET = 0;
    private static final int MODE = 0666; // as far as the process's mask allows

    // include/uapi/linux/stat.h
    private static final int TYPE = 0xf000;
    private static final int PIPE = 0x1000;
    private static final int CHARACTER_DEVICE = 0x2000;
    private static final int BLOCK_DEVICE = 0x6000;
    private static final int REGULAR = 0x8000;

    private final Path path;
    private final int fd;
    private final int type;
    private boolean closed;

    private LockedFile(Path path, int fd) {
        this.path = path;
        this.fd = fd;
        try {
            this.type = (int) attribute("unix:mode") & TYPE;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Opens a file to be read. Others may do so, too.
     *
     * @throws IxyException if there is none, it may not be read, or somebody writes it
     */
    public static LockedFile toRead(Path path) {
        final LockedFile file = new LockedFile(path, open(path, Abi.O_RDONLY, "read"));
        if (!file.locks(LOCK_SHARED)) {
            file.close();
            throw new IxyException(path + ": is being written, by this ixy or another: read it when that has ended");
        }
        return file;
    }

    /**
     * Opens a file to be written, and makes it where there is none. What is in it stays until {@link #truncate}.
     *
     * @throws IxyException if it may not be written, is a pipe that nobody reads, or somebody else has it open so
     */
    public static LockedFile toWrite(Path path) {
        final LockedFile file = new LockedFile(path, open(path, Abi.O_WRONLY, "written"));
        if (file.type == BLOCK_DEVICE) {
            file.close();
            throw new IxyException(path + ": is a block device: name a file");
        }
        if (file.type != CHARACTER_DEVICE && !file.locks(Abi.LOCK_EX_NB)) {
            final boolean read = file.locks(LOCK_SHARED);
            file.close();
            throw new IxyException(path + ": is being " + (read ? "played" : "written")
                    + ", by this ixy or another: write to another file");
        }
        return file;
    }

    private static int open(Path path, int access, String what) {
        final int flags = access | Abi.O_NONBLOCK | Abi.O_CLOEXEC; // or a pipe would wait for its other end
        int fd = (int) Linux.attempt("open", path.toString(), flags);
        if (fd == -Errno.ENOENT && access != Abi.O_RDONLY) {
            // Not at once: with it, the kernel refuses pipes of others in /tmp (fs.protected_fifos).
            fd = (int) Linux.attempt("open", path.toString(), flags | O_CREAT, MODE);
        }
        if (fd == -Errno.ENOENT && access == Abi.O_RDONLY) {
            throw new IxyException(path + ": no such file");
        }
        if (fd < 0) {
            throw new IxyException(path + ": cannot be " + what + ": " + FileTrouble.reason(-fd));
        }
        return fd;
    }

    /** Whether we have the lock; where the file system knows none, we have to do without. */
    private boolean locks(int kind) {
        return Linux.attempt("flock", fd, kind | LOCK_NOW_OR_NEVER) != -Errno.EAGAIN;
    }

    private Object attribute(String name) {
        try {
            return Files.getAttribute(byDescriptor(), name);
        } catch (IOException e) {
            throw new IxyException(path + ": cannot be looked at: " + e.getMessage(), e);
        }
    }

    /** A path to this very file, whatever has become of the one that it was opened by. */
    private Path byDescriptor() {
        return Path.of("/proc/self/fd/" + fd);
    }

    /** Whether it is neither pipe nor device nor folder. */
    public boolean isRegular() {
        return type == REGULAR;
    }

    /** Whether it is a pipe, with a name or without. */
    public boolean isPipe() {
        return type == PIPE;
    }

    /** Its length in bytes now; 0 of a pipe or device. */
    public long size() {
        return (long) attribute("size");
    }

    /**
     * Reads from an offset of the file.
     *
     * @param to absolute address
     * @return how many bytes, 0 at its end, or -errno
     */
    int read(long to, int bytes, long offset) {
        return (int) Linux.attempt("pread", fd, to, bytes, offset);
    }

    /**
     * Writes behind what was written before.
     *
     * @param from absolute address
     * @return how many bytes, or -errno; {@link Errno#EAGAIN} where a pipe is full
     */
    int write(long from, int bytes) {
        return (int) Linux.attempt("write", fd, from, bytes);
    }

    /** Cuts a regular file to this length, behind which the next write goes on; of anything else nothing happens. */
    public void truncate(long size) {
        if (isRegular()) {
            final int result = (int) Linux.attempt("ftruncate", fd, size);
            if (result < 0) {
                throw new IxyException(path + ": cannot be cut to " + size + " bytes: " + FileTrouble.reason(-result));
            }
            Linux.attempt("lseek", fd, size, SEEK_SET);
        }
    }

    /** Another way to read it, from its start, for those who need a stream, who close it. */
    InputStream input() throws IOException {
        return Files.newInputStream(byDescriptor());
    }

    /** A stream into it, whose first bytes empty the file; closing it closes this. */
    public OutputStream output() {
        return new Emptying(this);
    }

    private static final class Emptying extends OutputStream {
        private final LockedFile file;
        private OutputStream stream; // null before the first bytes

        Emptying(LockedFile file) {
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            if (stream == null) {
                file.truncate(0);
                stream = Files.newOutputStream(file.byDescriptor(), StandardOpenOption.WRITE);
            }
            stream.write(bytes, offset, count);
        }

        @Override
        public void close() throws IOException {
            try (file) {
                if (stream != null) {
                    stream.close();
                }
            }
        }
    }

    /** Lets go of it. May be called twice. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Linux.attempt("close", fd);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
