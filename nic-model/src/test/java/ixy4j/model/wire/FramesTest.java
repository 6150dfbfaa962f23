package ixy4j.model.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.memory.RawMemory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FramesTest {
    private static final int GUARD = 64;
    private static final byte GUARD_BYTE = (byte) 0xa5;

    private final long memory = Memory.allocate(GUARD + 2048 + GUARD);
    private final long frame = memory + GUARD;

    @Test
    void headersAreThoseOfTheDiagram() {
        Frames.writeUdp(frame, 60, 0x0102_0304_0506_0708L);
        String hex = HexFormat.of().formatHex(Memory.bytes(frame, 50));
        assertEquals("0200000000020200000000010800", hex.substring(0, 28), "Ethernet");
        assertEquals("4500002e000040004011", hex.substring(28, 48), "IPv4 up to its checksum");
        assertEquals("c6120001c6120002c0000009001a", hex.substring(52, 80), "addresses, ports, UDP length");
        assertEquals("0102030405060708", hex.substring(84), "sequence number");
    }

    @Test
    void everyLengthHasRightChecksumsAndStaysInItsBytes() {
        long seed = Memory.seed();
        SplittableRandom random = new SplittableRandom(seed);
        for (int length = Frames.MIN_LENGTH; length <= Frames.MAX_LENGTH; length++) {
            long sequence = length % 3 == 0 ? length : random.nextLong();
            String what = "length " + length + ", sequence " + sequence + ", seed " + seed;
            RawMemory.fill(memory, GUARD + 2048 + GUARD, GUARD_BYTE);
            Frames.writeUdp(frame, length, sequence);
            ByteBuffer bytes = ByteBuffer.wrap(Memory.bytes(frame, length));
            assertEquals(length - 14, bytes.getShort(16), what);
            assertEquals(length - 34, bytes.getShort(38), what);
            assertEquals(0xffff, sum(bytes, 14, 34, 0), "IP checksum, " + what);
            int pseudo = sum(bytes, 26, 34, 17 + length - 34);
            assertEquals(0xffff, sum(bytes, 34, length, pseudo), "UDP checksum, " + what);
            assertEquals(sequence, Frames.sequence(frame), what);
            assertTrue(Frames.valid(frame, length), what);
            assertTrue(Frames.valid(frame, length, 0), what);
            for (int i = 0; i < GUARD; i++) {
                assertEquals(GUARD_BYTE, RawMemory.getByte(memory + i), "before the frame, " + what);
                assertEquals(GUARD_BYTE, RawMemory.getByte(frame + length + i), "behind the frame, " + what);
            }
        }
    }

    /** No two flows have the same source, all have right checksums, and a frame of one is valid. */
    @Test
    void flowsAreApart() {
        Set<Long> sources = new HashSet<>();
        for (int flow = 0; flow < Frames.FLOWS; flow += flow < 70_000 ? 1 : 331) {
            String what = "flow " + flow;
            int length = 60 + flow % 20;
            Frames.writeUdp(frame, length, flow, flow);
            ByteBuffer bytes = ByteBuffer.wrap(Memory.bytes(frame, length));
            assertTrue(Frames.valid(frame, length), what);
            assertEquals(0xffff, sum(bytes, 14, 34, 0), "IP checksum, " + what);
            assertEquals(0xffff, sum(bytes, 34, length, sum(bytes, 26, 34, 17 + length - 34)), "UDP, " + what);
            assertEquals(0xc612, bytes.getShort(26) & 0xffff, what);
            assertTrue(bytes.getInt(26) != bytes.getInt(30), "to itself, " + what);
            assertTrue(sources.add((long) bytes.getInt(26) << 16 | (bytes.getShort(34) & 0xffff)), what);
        }
        Frames.writeUdp(frame, 60, 1, Frames.FLOWS - 1);
        assertEquals(
                "c612ff7f" + "c6120002" + "ffff" + "0009", HexFormat.of().formatHex(Memory.bytes(frame, 38), 26, 38));
    }

    /** Whatever is another in a frame of a flow, it is no other flow's. */
    @Test
    void aFlowThatIsNoneIsNotValid() {
        for (int bit = 0; bit < 42 * 8; bit++) {
            if (bit / 8 != 1) { // which an ixy forwarder changes
                Frames.writeUdp(frame, 60, 7, 70_001);
                long at = frame + bit / 8;
                RawMemory.setByte(at, (byte) (RawMemory.getByte(at) ^ 1 << bit % 8));
                assertFalse(Frames.valid(frame, 60), "bit " + bit);
            }
        }
    }

    /** A router changes addresses, TTL and checksums; what counts is what is behind them. */
    @Test
    void thePayloadIsKnownBehindOtherHeaders() {
        for (int length = Frames.MIN_LENGTH; length <= Frames.MAX_LENGTH; length++) {
            Frames.writeUdp(frame, length, length, 3);
            RawMemory.setLong(frame, 0);
            RawMemory.setByte(frame + 22, (byte) 63);
            RawMemory.setShort(frame + 24, (short) 0);
            RawMemory.setLong(frame + 26, 77);
            RawMemory.setShort(frame + 40, (short) 0);
            assertTrue(Frames.hasPayload(frame, length), "length " + length);
            assertFalse(Frames.valid(frame, length), "length " + length);
            for (long at : new long[] {frame + 12, frame + 14, frame + 23, frame + 42, frame + length - 1}) {
                byte before = RawMemory.getByte(at);
                RawMemory.setByte(at, (byte) (before ^ 0x11));
                assertFalse(Frames.hasPayload(frame, length), "length " + length + ", byte " + (at - frame));
                RawMemory.setByte(at, before);
            }
        }
        assertFalse(Frames.hasPayload(frame, Frames.MIN_LENGTH - 1));
        assertFalse(Frames.hasPayload(frame, Frames.MAX_LENGTH + 1));
    }

    /** RFC 1071 as it is written there. */
    private static int sum(ByteBuffer bytes, int from, int to, int start) {
        int sum = start;
        for (int i = from; i < to; i++) {
            sum += (bytes.get(i) & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    @Test
    void aChecksumOfZeroIsWrittenAsAllOnes() {
        int found = 0;
        for (long sequence = 0; sequence < 1_000_000 && found < 3; sequence++) {
            Frames.writeUdp(frame, 60, sequence);
            assertFalse(RawMemory.getShort(frame + 40) == 0, "sequence " + sequence);
            if (RawMemory.getShort(frame + 40) == -1) {
                found++;
                assertTrue(Frames.valid(frame, 60));
            }
        }
        assertEquals(3, found, "frames whose checksum is ffff among a million");
    }

    @Test
    void eachFlippedBitIsFoundButForThoseOfByte1() {
        for (int length : new int[] {60, 61, 67, 127, 1514}) {
            Frames.writeUdp(frame, length, 0xfedc_ba98_7654_3210L);
            for (int bit = 0; bit < length * 8; bit++) {
                flip(bit);
                assertEquals(bit / 8 == 1, Frames.valid(frame, length), "length " + length + ", bit " + bit);
                flip(bit);
            }
            assertTrue(Frames.valid(frame, length));
        }
    }

    private void flip(int bit) {
        long at = frame + bit / 8;
        RawMemory.setByte(at, (byte) (RawMemory.getByte(at) ^ 1 << bit % 8));
    }

    @Test
    void aFrameOfAnotherLengthIsNotValid() {
        Frames.writeUdp(frame, 100, 1);
        assertFalse(Frames.valid(frame, 99));
        assertFalse(Frames.valid(frame, 101));
        assertFalse(Frames.valid(frame, 0));
        assertFalse(Frames.looksValid(frame, 99));
        assertTrue(Frames.looksValid(frame, 100));
    }

    @Test
    void hopsAreCountedInByte1() {
        Frames.writeUdp(frame, 60, 1);
        for (int hop = 1; hop <= 257; hop++) {
            RawMemory.setByte(frame + 1, (byte) (RawMemory.getByte(frame + 1) + 1));
            assertTrue(Frames.valid(frame, 60));
            assertTrue(Frames.valid(frame, 60, hop), "hop " + hop);
            assertFalse(Frames.valid(frame, 60, hop - 1), "hop " + hop);
        }
    }

    @Test
    void framesOfDifferentNumbersDifferInEachPatternWord() {
        long other = Memory.allocate(2048);
        Frames.writeUdp(frame, 1514, 41);
        Frames.writeUdp(other, 1514, 42);
        for (int offset = 50; offset + 8 <= 1514; offset += 8) {
            assertFalse(RawMemory.getLong(frame + offset) == RawMemory.getLong(other + offset), "offset " + offset);
            assertFalse(RawMemory.getLong(frame + offset) == RawMemory.getLong(frame + 42), "offset " + offset);
        }
    }

    @Test
    void lengthsAreChecked() {
        for (int length : new int[] {Integer.MIN_VALUE, -1, 0, 59, 1515, Integer.MAX_VALUE}) {
            String message = assertThrows(IllegalArgumentException.class, () -> Frames.writeUdp(frame, length, 0))
                    .getMessage();
            assertEquals("a frame has 60 to 1514 bytes, not " + length, message);
        }
    }

    @Test
    void shortFramesAreFilledWithZerosAsFarAsThereIsRoom() {
        RawMemory.fill(frame, 100, GUARD_BYTE);
        assertEquals(60, Frames.pad(frame, 42, 2048));
        byte[] expected = new byte[100];
        Arrays.fill(expected, GUARD_BYTE);
        Arrays.fill(expected, 42, 60, (byte) 0);
        assertArrayEquals(expected, Memory.bytes(frame, 100));
        assertEquals(50, Frames.pad(frame, 42, 50));
        assertEquals(61, Frames.pad(frame, 61, 2048));
    }
}
