package ixy4j.course;

/**
 * Memory that both the driver and a card can reach. The driver names a place in it by its offset, from 0 on; the card by its
 * IOVA, which is {@link #iova()} plus that offset. Numbers are little-endian, as cards have them. Offsets that are not
 * inside are refused with an {@link IndexOutOfBoundsException}. What was put here is seen by the card before what is
 * put or written to a register after it.
 */
public interface Memory {
    /** The card's address of the first byte, a multiple of 4096. It has more than 32 bits. */
    long iova();

    /** How many bytes there are. */
    int size();

    /** The byte at an offset, 0 to 255. */
    int get8(int offset);

    /** The 2 bytes from an offset on, 0 to 65535. */
    int get16(int offset);

    /** The 4 bytes from an offset on. */
    int get32(int offset);

    /** The 8 bytes from an offset on. */
    long get64(int offset);

    /** A copy of the bytes from an offset on. */
    byte[] get(int offset, int length);

    /** Sets a byte to the low 8 bits of a value. */
    void put8(int offset, int value);

    /** Sets 2 bytes to the low 16 bits of a value. */
    void put16(int offset, int value);

    /** Sets 4 bytes. */
    void put32(int offset, int value);

    /** Sets 8 bytes. */
    void put64(int offset, long value);

    /** Copies all of these bytes to an offset. */
    void put(int offset, byte[] bytes);
}
