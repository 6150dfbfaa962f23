package ixy4j.pci;

import ixy4j.linux.Doorbell;
import ixy4j.linux.Linux;
import ixy4j.spi.Bar;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** A BAR of I/O ports, or one that cannot be mapped, reached through a part of a file, one access a call. */
public final class FileBar implements Bar {
    private static final int QUEUES = 256; // those beyond take a slower way, which allocates

    private final Object owner; // that the file is closed with
    private final String name;
    private final int fd;
    private final long start;

    // By what they write: each queue's thread notifies by another number, and none writes where another is about to
    // read.
    private final AtomicReferenceArray<Doorbell> doorbells = new AtomicReferenceArray<>(QUEUES);

    /**
     * The registers that begin at an offset in an open file.
     *
     * @param owner with which {@link ixy4j.linux.Retired#file} lets go of it
     * @param name of the file, for messages
     */
    public FileBar(Object owner, String name, int fd, long start) {
        this.owner = owner;
        this.name = name;
        this.fd = fd;
        this.start = start;
    }

    @Override
    public int get8(int offset) {
        return (int) Linux.read(fd, start + offset, 1) & 0xff;
    }

    @Override
    public int get16(int offset) {
        return (int) Linux.read(fd, start + offset, 2) & 0xffff;
    }

    @Override
    public int get32(int offset) {
        return (int) Linux.read(fd, start + offset, 4);
    }

    @Override
    public void set8(int offset, int value) {
        Linux.write(fd, start + offset, 1, value);
    }

    @Override
    public void set16(int offset, int value) {
        if (value >= QUEUES) {
            Linux.write(fd, start + offset, 2, value);
            return;
        }
        Doorbell doorbell = doorbells.get(value);
        if (doorbell == null || doorbell.offset() != start + offset) {
            doorbell = new Doorbell(fd, start + offset, 2);
            doorbells.set(value, doorbell);
        }
        try {
            doorbell.ring(value);
        } finally {
            Reference.reachabilityFence(owner); // until then the file is not another
        }
    }

    @Override
    public void set32(int offset, int value) {
        Linux.write(fd, start + offset, 4, value);
    }

    @Override
    public long address(int offset) {
        throw BarTrouble.noAddress(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
