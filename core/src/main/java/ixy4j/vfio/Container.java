package ixy4j.vfio;

import ixy4j.linux.Abi;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * What the groups in one container share: their cards' IOVAs, which the IOMMU translates. All groups of this process that the
 * kernel lets share one do. Safe for all threads.
 */
final class Container implements DmaSpace {
    private static final String FILE = "/dev/vfio/vfio";
    private static final int API_VERSION = 0;
    private static final int TYPE_1_V2 = 3;
    private static final List<Container> OPEN = new ArrayList<>(); // guarded by itself

    // VFIO_IOMMU_MAP_DMA and VFIO_IOMMU_UNMAP_DMA
    private static final int MAP_BYTES = 32;
    private static final int UNMAP_BYTES = 24;
    private static final int READ_AND_WRITE = 3;

    private final int fd;
    private volatile IovaRanges ranges;
    private int groups = 1;
    private boolean closed;

    private Container(int fd, IovaRanges ranges) {
        this.fd = fd;
        this.ranges = ranges;
    }

    /** Puts a group, which has no container yet, into one that is open, or else into a new one; {@link #leave} takes it out. */
    static Container join(int group, String name) {
        synchronized (OPEN) {
            for (Container container : OPEN) {
                if (set(group, container.fd) >= 0) {
                    container.lookAgain(); // this one's cards may reach less
                    container.groups++;
                    return container;
                }
            }
            Container container = create(group, name);
            OPEN.add(container);
            return container;
        }
    }

    private static Container create(int group, String name) {
        int fd = (int) Linux.attempt("open", FILE, Abi.O_RDWR | Abi.O_CLOEXEC);
        if (fd < 0) {
            throw VfioTrouble.noVfio(FILE, -fd);
        }
        try {
            if (Linux.call("ioctl", fd, Request.GET_API_VERSION) != API_VERSION
                    || Linux.call("ioctl", fd, Request.CHECK_EXTENSION, TYPE_1_V2) == 0) {
                throw VfioTrouble.noType1();
            }
            long result = set(group, fd);
            result = result < 0 ? result : Linux.attempt("ioctl", fd, Request.SET_IOMMU, TYPE_1_V2);
            if (result < 0) {
                throw VfioTrouble.noIommu(name, (int) -result);
            }
            return new Container(fd, IovaRanges.of(fd));
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, () -> Linux.call("close", fd));
            throw e;
        }
    }

    private static long set(int group, int container) {
        try (Request request = new Request(Integer.BYTES).set32(0, container)) {
            return request.attempt(group, Request.GROUP_SET_CONTAINER);
        }
    }

    /** Which IOVAs there are, after a card came. */
    void lookAgain() {
        ranges = IovaRanges.of(fd);
    }

    @Override
    public boolean canBeBypassed() {
        return true;
    }

    /** A group's file was closed; with the last one all memory is unmapped. */
    void leave() {
        synchronized (OPEN) {
            if (--groups > 0) {
                return;
            }
            OPEN.remove(this);
        }
        synchronized (this) {
            closed = true;
            Linux.call("close", fd);
        }
    }

    @Override
    public long lastIova() {
        return ranges.last();
    }

    @Override
    public long findIova(long from, long bytes) {
        return ranges.find(from, bytes);
    }

    @Override
    public synchronized void map(DmaMemory memory) {
        if (closed) {
            throw new IllegalStateException("the cards that this memory was for are closed");
        }
        long[] iovas = memory.pageIovas();
        for (int i = 0; i < iovas.length; i++) {
            long result = map(memory.address() + (long) i * DmaMemory.PAGE, iovas[i]);
            if (result < 0) {
                unmap(iovas, i); // now, since it counts as locked
                throw result == -Errno.ENOMEM
                        ? LockedMemory.tooLittle(memory.size())
                        : VfioTrouble.notMapped(memory.size(), iovas[i], (int) -result);
            }
        }
    }

    private long map(long ours, long iova) {
        try (Request request = new Request(MAP_BYTES)
                .set32(4, READ_AND_WRITE)
                .set64(8, ours)
                .set64(16, iova)
                .set64(24, DmaMemory.PAGE)) {
            return request.attempt(fd, Request.IOMMU_MAP_DMA);
        }
    }

    @Override
    public synchronized void unmap(DmaMemory memory) {
        if (!closed) {
            unmap(memory.pageIovas(), memory.pageIovas().length);
        }
    }

    private void unmap(long[] iovas, int count) {
        long error = 0;
        for (int i = 0; i < count; i++) {
            try (Request request = new Request(UNMAP_BYTES).set64(8, iovas[i]).set64(16, DmaMemory.PAGE)) {
                long result = request.attempt(fd, Request.IOMMU_UNMAP_DMA);
                error = result < 0 && result != -Errno.ENOENT ? result : error; // what is not mapped is as it should be
            }
        }
        if (error < 0) {
            throw VfioTrouble.notUnmapped((int) -error);
        }
    }

    @Override
    public String toString() {
        return "VFIO, IOVAs up to 0x" + Long.toHexString(lastIova());
    }
}
