package ixy4j.spi;

/**
 * A BAR of I/O ports, by their offset in bytes, with one access of 1, 2 or 4 bytes a call. Numbers are unsigned and
 * little-endian on the bus.
 */
public interface Ports {
    /** Reads a port. */
    long get(int offset, int bytes);

    /** Writes a port. */
    void set(int offset, int bytes, long value);

    /** Writes a port of 2 bytes; as long as it is always the same, without allocating. */
    void notify(int offset, int value);
}
