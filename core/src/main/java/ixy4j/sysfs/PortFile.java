package ixy4j.sysfs;

import ixy4j.linux.Abi;
import ixy4j.linux.Doorbell;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;
import ixy4j.spi.Bar;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A BAR of I/O ports, reached through its file in sysfs, one access a call. */
final class PortFile implements Bar {
    private static final int QUEUES = 256; // those beyond take a slower way, which allocates

    private final String path;
    private final int fd;

    // By what they write: each queue's thread notifies by another number, and none writes where another is about to
    // read.
    private final AtomicReferenceArray<Doorbell> doorbells = new AtomicReferenceArray<>(QUEUES);

    PortFile(String path) {
        this.path = path;
        fd = Linux.open(path, Abi.O_RDWR);
    }

    @Override
    public int get8(int offset) {
        return (int) Linux.read(fd, offset, 1) & 0xff;
    }

    @Override
    public int get16(int offset) {
        return (int) Linux.read(fd, offset, 2) & 0xffff;
    }

    @Override
    public int get32(int offset) {
        return (int) Linux.read(fd, offset, 4);
    }

    @Override
    public void set8(int offset, int value) {
        Linux.write(fd, offset, 1, value);
    }

    @Override
    public void set16(int offset, int value) {
        if (value >= QUEUES) {
            Linux.write(fd, offset, 2, value);
            return;
        }
        Doorbell doorbell = doorbells.get(value);
        if (doorbell == null || doorbell.offset() != offset) {
            doorbell = new Doorbell(fd, offset, 2);
            doorbells.set(value, doorbell);
        }
        try {
            doorbell.ring(value);
        } finally {
            Reference.reachabilityFence(this); // until then the file is not another
        }
    }

    @Override
    public void set32(int offset, int value) {
        Linux.write(fd, offset, 4, value);
    }

    @Override
    public long address(int offset) {
        throw PciTrouble.noAddress(path);
    }

    void close() {
        Retired.file(this, fd);
    }

    @Override
    public String toString() {
        return path;
    }
}
