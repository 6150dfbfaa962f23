package ixy4j.model.frame;

import ixy4j.memory.RawMemory;

/**
 * The hash of RSS (datasheet 7.1.2.8.1): for each bit that is set of the input, 32 bits of the key, from the bit's place
 * on, are added without carry. Which bits a byte adds at its place is in a table, made once for each key.
 */
public final class Toeplitz {
    /** Bytes of a key. */
    public static final int KEY = 40;

    private static final int MAX_INPUT = KEY - 4;

    private final int[] table = new int[MAX_INPUT << 8];

    /** Takes another key, with its first byte first. */
    public void setKey(byte[] key) {
        for (int place = 0; place < MAX_INPUT; place++) {
            for (int value = 1; value < 256; value++) {
                int lowest = Integer.numberOfTrailingZeros(value);
                int rest = table[(place << 8) + (value & (value - 1))];
                table[(place << 8) + value] = rest ^ window(key, 8 * place + 7 - lowest);
            }
        }
    }

    /** 32 bits of a key from a bit on, the highest bit of its first byte being bit 0. */
    private static int window(byte[] key, int bit) {
        long bits = 0;
        for (int i = 0; i < 5; i++) {
            int at = bit / 8 + i;
            bits = bits << 8 | (at < KEY ? key[at] & 0xff : 0);
        }
        return (int) (bits >>> (8 - bit % 8));
    }

    /**
     * What bytes add to the hash of an input, which begins at 0.
     *
     * @param place how many bytes of the input are before them; at most 36 in all
     */
    public int hash(int place, long address, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash ^= table[((place + i) << 8) + (RawMemory.getByte(address + i) & 0xff)];
        }
        return hash;
    }
}
