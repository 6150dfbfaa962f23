package ixy4j.linux;

import ixy4j.IxyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Linux's error numbers by name (include/uapi/asm-generic/errno-base.h and errno.h), as far as our calls return them. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int E2BIG = 7;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int EROFS = 30;
    public static final int EPIPE = 32;
    public static final int ENOSYS = 38;
    public static final int EPROTO = 71;
    public static final int EMSGSIZE = 90;
    public static final int EOPNOTSUPP = 95;
    public static final int EAFNOSUPPORT = 97;
    public static final int EADDRINUSE = 98;
    public static final int ENETDOWN = 100;
    public static final int ECONNRESET = 104;
    public static final int ENOBUFS = 105;
    public static final int ETIMEDOUT = 110;
    public static final int ECONNREFUSED = 111;
    public static final int ENOTSUPP = 524; // of the kernel's own, which drivers let out

    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(EPERM, "EPERM, not permitted: run as root"),
            Map.entry(ENOENT, "ENOENT, no such file"),
            Map.entry(EINTR, "EINTR, interrupted"),
            Map.entry(EIO, "EIO, input/output error"),
            Map.entry(ENXIO, "ENXIO, no such device or address"),
            Map.entry(E2BIG, "E2BIG, too long"),
            Map.entry(9, "EBADF, bad file descriptor"),
            Map.entry(EAGAIN, "EAGAIN, try again"),
            Map.entry(ENOMEM, "ENOMEM, out of memory"),
            Map.entry(EACCES, "EACCES, permission denied: run as root"),
            Map.entry(EFAULT, "EFAULT, bad address"),
            Map.entry(EBUSY, "EBUSY, in use"),
            Map.entry(EEXIST, "EEXIST, exists already"),
            Map.entry(ENODEV, "ENODEV, no such device"),
            Map.entry(20, "ENOTDIR, not a directory"),
            Map.entry(21, "EISDIR, is a directory"),
            Map.entry(EINVAL, "EINVAL, invalid argument"),
            Map.entry(23, "ENFILE, too many open files on this machine"),
            Map.entry(24, "EMFILE, too many open files: raise ulimit -n"),
            Map.entry(25, "ENOTTY, this device does not know the request"),
            Map.entry(26, "ETXTBSY, text file busy"),
            Map.entry(ENOSPC, "ENOSPC, no space left"),
            Map.entry(EROFS, "EROFS, read-only file system"),
            Map.entry(EPIPE, "EPIPE, nobody reads at the other end"),
            Map.entry(ENOSYS, "ENOSYS, this kernel lacks the call"),
            Map.entry(EPROTO, "EPROTO, against the protocol"),
            Map.entry(77, "EBADFD, file descriptor in a bad state"),
            Map.entry(EMSGSIZE, "EMSGSIZE, a message of the wrong length"),
            Map.entry(91, "EPROTOTYPE, a socket of another type"),
            Map.entry(EOPNOTSUPP, "EOPNOTSUPP, not supported"),
            Map.entry(EADDRINUSE, "EADDRINUSE, address in use"),
            Map.entry(ENETDOWN, "ENETDOWN, network is down"),
            Map.entry(EAFNOSUPPORT, "EAFNOSUPPORT, no such family of sockets"),
            Map.entry(ENOBUFS, "ENOBUFS, no room for more"),
            Map.entry(ENOTSUPP, "ENOTSUPP, not supported"),
            Map.entry(ECONNRESET, "ECONNRESET, closed by the other end"),
            Map.entry(ETIMEDOUT, "ETIMEDOUT, no answer in time"),
            Map.entry(ECONNREFUSED, "ECONNREFUSED, nobody listens"));

    private Errno() {}

    /** The name of an error number and what it means, for example {@code "EACCES, permission denied: run as root"}. */
    public static String text(int errno) {
        return TEXTS.getOrDefault(errno, "errno " + errno);
    }

    static IxyException exception(int errno, String function, Object[] arguments) {
        String list = Arrays.stream(arguments).map(Errno::show).collect(Collectors.joining(", ", "(", ")"));
        return new IxyException(function + list + ": " + text(errno));
    }

    static IxyException tooShort(int fd, long offset, int size) {
        String name;
        try {
            name = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
        } catch (IOException e) {
            name = "a file";
        }
        return new IxyException(name + " ends before the " + size + " bytes at offset " + offset
                + ": the device is gone, or the file is not what it should be");
    }

    private static String show(Object argument) {
        if (argument instanceof Long number && number > 0xffff) {
            return "0x" + Long.toHexString(number);
        }
        return argument instanceof String ? "\"" + argument + "\"" : argument.toString();
    }
}
