package ixy4j.model.wire;

import ixy4j.linux.Errno;

/** What errors of system calls mean for a file, for a message that names the file itself. */
final class FileTrouble {
    private static final int EISDIR = 21;
    private static final int EFBIG = 27;
    private static final int EDQUOT = 122;

    private FileTrouble() {}

    /** In a few words, in the manner of the system's own, without the file's name. */
    static String reason(int errno) {
        return switch (errno) {
            case Errno.EACCES, Errno.EPERM -> "Permission denied";
            case Errno.ENOENT -> "No such file or folder";
            case Errno.ENOSPC -> "No space left on device";
            case Errno.ENXIO -> "nobody reads from it: start its reader first";
            case Errno.EAGAIN -> "its reader has stopped";
            case EISDIR -> "Is a directory";
            case EFBIG -> "File too large: see ulimit -f";
            case EDQUOT -> "Disk quota exceeded";
            default -> Errno.text(errno);
        };
    }
}
