package ixy4j.model.wire;

import ixy4j.IxyException;
import ixy4j.linux.Abi;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.memory.RawMemory;

/**
 * A TAP interface of Linux at the far end of the wire: what the kernel sends on it arrives at the port, and what the
 * port sends arrives at the kernel. An interface that does not exist is created and goes away on close; one that exists
 * (as made by {@code ip tuntap add NAME mode tap}) is attached to, and stays. The interface has to be set up by
 * {@code ip link set NAME up}; needs root, or CAP_NET_ADMIN, or to be the user that the interface was made for.
 *
 * <p>The interface is looked for, and created, in the network namespace of this process. Once attached it may be moved
 * to another, {@code ip link set NAME netns OTHER}, and keeps working; so a program can have TAPs in two namespaces.
 */
public final class TapWire implements Wire {
    static final String NAMES = "1 to 15 letters, digits, - _ or .";

    private static final String DEVICE = "/dev/net/tun";

    // include/uapi/linux/if_tun.h and if.h: struct ifreq has the name in 16 bytes, then the flags in 2 bytes
    private static final long TUNSETIFF = 0x4004_54ca;
    private static final short IFF_TAP_NO_PI = 0x1002;
    private static final int FLAGS_OFFSET = 16;
    private static final int IFREQ = 40;

    private static final int EBADFD = 77; // the interface was deleted

    private final String name;
    private final int fd;
    private final Counter dropped = new Counter();
    private int lastError; // why a frame was dropped
    private volatile boolean gone;
    private boolean closed;

    /**
     * Creates or attaches to an interface.
     *
     * @param name 1 to 15 letters, digits, and {@code - _ .}
     */
    public TapWire(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("a TAP interface's name is " + NAMES + ", not \"" + name + '"');
        }
        this.name = name;
        this.fd = open();
        final int result = attach();
        if (result < 0) {
            Linux.call("close", fd);
            throw attachError(-result);
        }
    }

    static boolean isName(String text) {
        return text.matches("[A-Za-z0-9_.-]{1,15}") && !text.equals(".") && !text.equals("..");
    }

    private static int open() {
        final int fd = (int) Linux.attempt("open", DEVICE, Abi.O_RDWR | Abi.O_NONBLOCK | Abi.O_CLOEXEC);
        if (fd < 0) {
            throw new IxyException(DEVICE
                    + switch (-fd) {
                        case Errno.ENOENT, Errno.ENODEV -> " is missing: load it with modprobe tun";
                        case Errno.EACCES, Errno.EPERM -> " may not be opened: run as root";
                        default -> " cannot be opened: " + Errno.text(-fd);
                    });
        }
        return fd;
    }

    /** Makes the descriptor one of the interface; 0 or -errno. */
    private int attach() {
        final long request = OwnMemory.map(IFREQ);
        for (int i = 0; i < name.length(); i++) {
            RawMemory.setByte(request + i, (byte) name.charAt(i));
        }
        RawMemory.setShort(request + FLAGS_OFFSET, IFF_TAP_NO_PI);
        final int result = (int) Linux.attempt("ioctl", fd, TUNSETIFF, request);
        OwnMemory.unmap(request, IFREQ);
        return result;
    }

    private IxyException attachError(int errno) {
        return new IxyException("TAP " + name
                + switch (errno) {
                    case Errno.EBUSY -> " is in use already: take another name";
                    case Errno.EINVAL -> " cannot be: an interface of this name exists that is no TAP of one queue";
                    case Errno.EPERM, Errno.EACCES -> " may not be created or attached to: run as root";
                    default -> " cannot be created or attached to: " + Errno.text(errno);
                });
    }

    @Override
    public int receive(long address, int room) {
        if (gone) {
            return 0;
        }
        final int length = (int) Linux.attempt("read", fd, address, room);
        if (length > 0) {
            return Frames.pad(address, length, room); // the kernel leaves that to the card: an ARP request has 42 bytes
        }
        gone = length == -EBADFD;
        return 0;
    }

    @Override
    public boolean transmit(long address, int length) {
        if (gone) {
            return false; // the link is down
        }
        final int result = (int) Linux.attempt("write", fd, address, length);
        if (result == -Errno.EAGAIN) {
            return false;
        }
        if (result < 0) {
            gone = result == -EBADFD;
            lastError = -result;
            dropped.add(1);
        }
        return true;
    }

    @Override
    public int descriptor() {
        return gone ? NEVER : fd;
    }

    /** Speed of the link, down only when the interface was deleted under us; for any thread. */
    @Override
    public int linkSpeed() {
        return gone ? 0 : 10_000;
    }

    /** Whether the interface was deleted under us; for any thread. */
    @Override
    public boolean exhausted() {
        return gone;
    }

    /** How many frames the kernel refused: all while the interface is down (EIO); for any thread. */
    public long dropped() {
        return dropped.get();
    }

    @Override
    public long undelivered() {
        return dropped.get();
    }

    /** Lets go of the interface, which goes away if we created it. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            gone = true; // so that nothing uses the descriptor any more
            Linux.call("close", fd);
        }
    }

    @Override
    public String toString() {
        return "TAP " + name + (closed ? ", closed" : gone ? ", deleted" : "")
                + (dropped.get() > 0 ? ", " + dropped + " frames dropped: " + Errno.text(lastError) : "");
    }
}
