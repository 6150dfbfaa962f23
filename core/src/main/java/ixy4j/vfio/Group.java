package ixy4j.vfio;

import ixy4j.linux.Abi;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.sysfs.IommuGroup;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The functions that the IOMMU cannot tell from one another. Its file can be opened once, so the functions of one group share
 * it in this process; the last that is closed closes it.
 */
final class Group {
    private static final Path FILES = Path.of("/dev/vfio");
    private static final Map<String, Group> OPEN = new HashMap<>(); // by number; guards all of this

    // VFIO_GROUP_GET_STATUS
    private static final int STATUS_BYTES = 8;
    private static final int VIABLE = 1;

    private static final long PATIENCE = 200_000_000; // ns
    private static final long AGAIN = 1_000_000; // ns

    private final String number;
    private final int fd;
    private final Container container;
    private final Set<String> handedOut = new HashSet<>(); // addresses
    private int users;

    private Group(String number, int fd, Container container) {
        this.number = number;
        this.fd = fd;
        this.container = container;
    }

    /** The group of a function, opened if it is not yet, and in a container; {@link #leave} lets go of it. */
    static Group join(Path function) {
        String number = IommuGroup.of(function);
        if (number == null) {
            throw VfioTrouble.noGroup(function.getFileName().toString());
        }
        synchronized (OPEN) {
            Group group = OPEN.get(number);
            if (group == null) {
                group = open(number, function);
                OPEN.put(number, group);
            }
            group.users++;
            return group;
        }
    }

    private static Group open(String number, Path function) {
        String name = function.getFileName().toString();
        String file = FILES.resolve(number).toString();
        int fd = openFile(file);
        if (fd < 0) {
            throw VfioTrouble.cannotOpen(name, file, -fd);
        }
        try (Request status = new Request(STATUS_BYTES).call(fd, Request.GROUP_GET_STATUS)) {
            if ((status.flags() & VIABLE) == 0) {
                throw VfioTrouble.notViable(name, number, IommuGroup.inTheWay(function));
            }
            return new Group(number, fd, Container.join(fd, name));
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, () -> Linux.call("close", fd));
            throw e;
        }
    }

    /** Somebody who only looks whether it is in use has it open for a moment. */
    private static int openFile(String file) {
        return whileBusy(Errno.EBUSY, () -> Linux.attempt("open", file, Abi.O_RDWR | Abi.O_CLOEXEC));
    }

    /** Tries until the answer is another than that error, for a moment. */
    private static int whileBusy(int error, LongSupplier attempt) {
        long start = System.nanoTime();
        int result = (int) attempt.getAsLong();
        while (result == -error && System.nanoTime() - start < PATIENCE) {
            LockSupport.parkNanos(AGAIN);
            result = (int) attempt.getAsLong();
        }
        return result;
    }

    Container container() {
        return container;
    }

    /** Opens one of its functions; its descriptor. The kernel would open it twice. */
    int open(String address) {
        synchronized (OPEN) {
            if (!handedOut.add(address)) {
                throw VfioTrouble.openAlready(address);
            }
            int device = get(address);
            if (device < 0) {
                handedOut.remove(address);
                throw VfioTrouble.notGiven(address, -device);
            }
            try {
                container.lookAgain();
                return device;
            } catch (RuntimeException | Error e) {
                Cleanup.after(e, () -> Linux.call("close", device), () -> handedOut.remove(address));
                throw e;
            }
        }
    }

    /** While the kernel resets another function of the same slot, it says to try again. */
    private int get(String address) {
        return whileBusy(Errno.EAGAIN, () -> Linux.attempt("ioctl", fd, Request.GROUP_GET_DEVICE_FD, address));
    }

    /** The descriptor of one of its functions is closed. */
    void closed(String address) {
        synchronized (OPEN) {
            handedOut.remove(address);
        }
    }

    /** One of its functions is closed. */
    void leave() {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(number);
                Cleanup.run(() -> Linux.call("close", fd), container::leave);
            }
        }
    }
}
