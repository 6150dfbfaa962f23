package ixy4j.model.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.model.i82599.TestDriver;
import ixy4j.model.wire.OwnMemory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The hash against the vectors that Microsoft has published for verifying RSS, and against its definition. */
public class ToeplitzTest {
    /** The key of those vectors. */
    private static final byte[] KEY =
            HexFormat.of().parseHex("6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa");

    private record Vector(String from, int fromPort, String to, int toPort, int addresses, int withPorts) {}

    private static final Vector[] VECTORS = {
        new Vector("66.9.149.187", 2794, "161.142.100.80", 1766, 0x323e8fc2, 0x51ccc178),
        new Vector("199.92.111.2", 14230, "65.69.140.83", 4739, 0xd718262a, 0xc626b0ea),
        new Vector("24.19.198.95", 12898, "12.22.207.184", 38024, 0xd2d0a5de, 0x5c2b394a),
        new Vector("38.27.205.30", 48228, "209.142.163.6", 2217, 0x82989176, 0xafc7327f),
        new Vector("153.39.163.191", 44251, "202.188.127.2", 1303, 0x5d1809c5, 0x10e828a2),
        new Vector("3ffe:2501:200:1fff::7", 2794, "3ffe:2501:200:3::1", 1766, 0x2cc18cd5, 0x40207d3d),
        new Vector("3ffe:501:8::260:97ff:fe40:efab", 14230, "ff02::1", 4739, 0x0f0c461c, 0xdde51bbf),
        new Vector(
                "3ffe:1900:4545:3:200:f8ff:fe21:67cf",
                44251,
                "fe80::200:f8ff:fe21:67cf",
                38024,
                0x4b61e985,
                0x02d1feef),
    };

    private static byte[] input(Vector vector) throws UnknownHostException {
        byte[] from = InetAddress.getByName(vector.from).getAddress();
        byte[] to = InetAddress.getByName(vector.to).getAddress();
        return ByteBuffer.allocate(2 * from.length + 4)
                .put(from)
                .put(to)
                .putShort((short) vector.fromPort)
                .putShort((short) vector.toPort)
                .array();
    }

    private static int hash(Toeplitz toeplitz, byte[] input, int length) {
        long memory = OwnMemory.map(4096);
        try {
            TestDriver.write(memory, input);
            int split = length / 3;
            return toeplitz.hash(0, memory, split) ^ toeplitz.hash(split, memory + split, length - split);
        } finally {
            OwnMemory.unmap(memory, 4096);
        }
    }

    /** The key of the examples, for tests of a card. */
    public static byte[] key() {
        return KEY.clone();
    }

    @Test
    void publishedVectors() throws UnknownHostException {
        Toeplitz toeplitz = new Toeplitz();
        toeplitz.setKey(KEY);
        for (Vector vector : VECTORS) {
            byte[] input = input(vector);
            assertEquals(vector.addresses, hash(toeplitz, input, input.length - 4), vector.toString());
            assertEquals(vector.withPorts, hash(toeplitz, input, input.length), vector.toString());
        }
    }

    /** As it is defined: the key is shifted by a bit for each bit of the input. */
    private static int defined(byte[] key, byte[] input) {
        int hash = 0;
        for (int bit = 0; bit < 8 * input.length; bit++) {
            if ((input[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                for (int i = 0; i < 32; i++) {
                    int at = bit + i;
                    hash ^= (key[at / 8] & (0x80 >> (at % 8))) != 0 ? 1 << (31 - i) : 0;
                }
            }
        }
        return hash;
    }

    @Test
    void randomKeysOneAfterTheOther() {
        long seed = Long.getLong("ixy4j.seed", System.nanoTime());
        Random random = new Random(seed);
        Toeplitz toeplitz = new Toeplitz();
        for (int i = 0; i < 100; i++) {
            byte[] key = new byte[Toeplitz.KEY];
            byte[] input = new byte[1 + random.nextInt(36)];
            random.nextBytes(key);
            random.nextBytes(input);
            toeplitz.setKey(key);
            assertEquals(defined(key, input), hash(toeplitz, input, input.length), "seed " + seed);
        }
    }
}
