package ixy4j.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumTest extends OneFrame {
    private final Random random = new Random(1);

    private byte[] add(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        put(bytes);
        return bytes;
    }

    /** The example of RFC 1071, 3. */
    @Test
    void theExampleOfTheRfc() {
        put("000000000000" + "0001f203f4f5f6f7");
        assertEquals(~0xddf2 & 0xffff, Checksum.of(batch, 0, 6, 8));
    }

    @Test
    void anyRangeOfAnyPacket() {
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = add(random.nextInt(14, PacketPool.ROOM + 1));
            int offset = random.nextInt(bytes.length + 1);
            int length = random.nextInt(bytes.length - offset + 1);
            assertEquals(
                    sum(bytes, offset, offset + length, 0),
                    Checksum.sum(batch, 0, offset, length),
                    length + " at " + offset + " of " + bytes.length);
        }
    }

    @Test
    void theLargestNumbersDoNotOverflow() {
        byte[] bytes = new byte[1856];
        Arrays.fill(bytes, (byte) 0xff);
        put(bytes);
        assertEquals(0xffff, Checksum.sum(batch, 0, 0, 1856));
        assertEquals(0, Checksum.of(batch, 0, 0, 1856));
        assertEquals(0xffff, Checksum.of(batch, 0, 0, 0));
    }

    @Test
    void aRangeBehindThePacketIsRefused() {
        add(60);
        assertThrows(IndexOutOfBoundsException.class, () -> Checksum.of(batch, 0, 40, 21));
        assertThrows(IndexOutOfBoundsException.class, () -> Checksum.of(batch, 0, -1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> Checksum.of(batch, 0, 0, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> Checksum.of(batch, 1, 0, 2));
    }

    /** What was right before a change is right after it; 0 and ffff are the same number, but no sum of a packet is 0. */
    @Test
    void updatesAgreeWithComputingAnew() {
        for (int i = 0; i < 20_000; i++) {
            add(64);
            batch.set8(0, 0, 1); // so that the sum is not 0
            int checksum = Checksum.of(batch, 0, 0, 64);
            int offset = random.nextInt(1, 15) * 4;
            if (random.nextBoolean()) {
                int value = random.nextInt(4) == 0 ? random.nextInt(2) * 0xffff : random.nextInt(0x10000);
                checksum = Checksum.update16(checksum, batch.get16(0, offset), value);
                batch.set16(0, offset, value);
            } else {
                long value = Integer.toUnsignedLong(random.nextInt());
                checksum = Checksum.update32(checksum, batch.get32(0, offset), value);
                batch.set32(0, offset, value);
            }
            assertEquals(Checksum.of(batch, 0, 0, 64), checksum);
        }
    }

    /** RFC 1624, 4: its example, which equation 2 gets wrong. */
    @Test
    void theExampleOfTheUpdate() {
        assertEquals(0x0000, Checksum.update16(0xdd2f, 0x5555, 0x3285));
    }
}
