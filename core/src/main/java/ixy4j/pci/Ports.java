package ixy4j.pci;

import ixy4j.linux.Abi;
import ixy4j.linux.Doorbell;
import ixy4j.linux.Linux;

/** A BAR of I/O ports, reached through its file in sysfs, one access of 1, 2 or 4 bytes a call. */
public final class Ports {
    private final int fd;
    private Doorbell doorbell; // the one port that is written while packets move
    private int doorbellOffset;

    Ports(String path) {
        fd = Linux.open(path, Abi.O_RDWR);
    }

    /** Reads a port, little-endian. */
    public long get(int offset, int bytes) {
        return Linux.read(fd, offset, bytes) & (-1L >>> (64 - 8 * bytes));
    }

    /** Writes a port. */
    public void set(int offset, int bytes, long value) {
        Linux.write(fd, offset, bytes, value);
    }

    /** Writes a port of 2 bytes; as long as it is always the same, without allocating. */
    public void notify(int offset, int value) {
        if (doorbell == null || doorbellOffset != offset) {
            doorbell = new Doorbell(fd, offset, 2);
            doorbellOffset = offset;
        }
        doorbell.ring(value);
    }

    void close() {
        Linux.call("close", fd);
    }
}
