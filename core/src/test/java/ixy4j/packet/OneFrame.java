package ixy4j.packet;

import ixy4j.spi.Spaces;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A batch whose first packet is a frame that a test gives. */
abstract class OneFrame {
    private PacketPool pool;
    PacketBatch batch;

    @BeforeEach
    void createPool() {
        pool = PacketPool.create(4, Spaces.VIRTUAL);
        batch = pool.batch(4);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    void put(String hex) {
        put(HexFormat.of().parseHex(hex));
    }

    void put(byte[] bytes) {
        batch.free();
        batch.add(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            batch.set8(0, i, bytes[i]);
        }
    }

    /** As RFC 1071 defines the sum: 16 bits at a time, each carry added at once. */
    static int sum(byte[] bytes, int from, int to, int start) {
        int sum = start;
        for (int i = from; i < to; i++) {
            sum += Byte.toUnsignedInt(bytes[i]) << ((i - from) % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
