package ixy4j.model.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.model.i82599.Packets;
import ixy4j.model.i82599.TestDriver;
import ixy4j.model.wire.OwnMemory;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChecksumsTest {
    private final long memory = OwnMemory.map(1 << 17);

    @AfterEach
    void close() {
        OwnMemory.unmap(memory, 1 << 17);
    }

    /** The example of RFC 1071, 3. */
    @Test
    void theExampleOfTheRfc() {
        TestDriver.write(memory, new byte[] {0, 1, (byte) 0xf2, 3, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7});
        assertEquals(0xddf2, Checksums.of(Checksums.fold(Checksums.sum(memory, 8))));
        Checksums.put(memory + 8, Checksums.sum(memory, 8));
        assertEquals(Checksums.RIGHT, Checksums.fold(Checksums.sum(memory, 10)));
        assertEquals(0x220d, Checksums.getShort(memory + 8));
    }

    @Test
    void bytesOfAnyLengthAtAnyPlace() {
        long seed = Long.getLong("ixy4j.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = new byte[random.nextInt(i < 2990 ? 200 : 70_000)];
            random.nextBytes(bytes);
            if (i % 7 == 0) {
                java.util.Arrays.fill(bytes, (byte) 0xff);
            }
            long at = memory + random.nextInt(16);
            TestDriver.write(at, bytes);
            int expected = Packets.sum(bytes, 0, bytes.length);
            assertEquals(expected, Checksums.of(Checksums.fold(Checksums.sum(at, bytes.length))), "seed " + seed);
            CRC32 crc = new CRC32();
            crc.update(bytes);
            assertEquals((int) crc.getValue(), Crc.FCS.of(at, bytes.length), "seed " + seed);
            CRC32C crc32c = new CRC32C();
            crc32c.update(bytes);
            assertEquals((int) crc32c.getValue(), Crc.SCTP.of(at, bytes.length), "seed " + seed);
        }
    }

    @Test
    void theCheckOfNineDigits() {
        TestDriver.write(memory, "123456789".getBytes(StandardCharsets.US_ASCII));
        assertEquals(0xcbf43926, Crc.FCS.of(memory, 9));
        assertEquals(0xe3069283, Crc.SCTP.of(memory, 9));
    }

    @Test
    void aChecksumOfZeroIsSentAsOnesByUdp() {
        Checksums.putUdp(memory, 0xffff);
        assertEquals(0xffff, Checksums.getShort(memory));
        Checksums.put(memory, 0xffff);
        assertEquals(0, Checksums.getShort(memory));
    }
}
