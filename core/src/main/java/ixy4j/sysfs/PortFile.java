package ixy4j.sysfs;

import ixy4j.linux.Abi;
import ixy4j.linux.Doorbell;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;
import ixy4j.spi.Ports;

/** A BAR of I/O ports, reached through its file in sysfs, one access of 1, 2 or 4 bytes a call. */
final class PortFile implements Ports {
    private final int fd;
    private Doorbell doorbell; // the one port that is written while packets move
    private int doorbellOffset;

    PortFile(String path) {
        fd = Linux.open(path, Abi.O_RDWR);
    }

    @Override
    public long get(int offset, int bytes) {
        return Linux.read(fd, offset, bytes) & (-1L >>> (64 - 8 * bytes));
    }

    @Override
    public void set(int offset, int bytes, long value) {
        Linux.write(fd, offset, bytes, value);
    }

    @Override
    public void notify(int offset, int value) {
        if (doorbell == null || doorbellOffset != offset) {
            doorbell = new Doorbell(fd, offset, 2);
            doorbellOffset = offset;
        }
        doorbell.ring(value);
    }

    void close() {
        Retired.file(this, fd);
    }
}
