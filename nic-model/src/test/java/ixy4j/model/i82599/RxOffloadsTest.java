package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static ixy4j.model.i82599.TestDriver.SRRCTL_ADVANCED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.memory.RawMemory;
import ixy4j.model.frame.Toeplitz;
import ixy4j.model.frame.ToeplitzTest;
import ixy4j.model.wire.OwnMemory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What descriptors say of frames: checksums, packet types, hashes; and where RSS sends them. */
class RxOffloadsTest {
    private static final byte[] KEY = ToeplitzTest.key();
    private static final long DD_EOP = 3;
    private static final long UDPCS = 1 << 4;
    private static final long L4CS = 1 << 5;
    private static final long IPCS = 1 << 6;
    private static final long UDPV = 1 << 10;
    private static final long TCPE = 1L << 30;
    private static final long IPE = 1L << 31;
    private static final int PCSD = 1 << 13;
    private static final int IPPCSE = 1 << 12;
    private static final int ALL_HASHES = 1 << 16 | 1 << 17 | 1 << 20 | 1 << 21 | 1 << 22 | 1 << 23;

    private final long seed = Long.getLong("ixy4j.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final TestDriver driver = new TestDriver().start();
    private int arrived;

    @AfterEach
    void close() {
        driver.close();
    }

    RxOffloadsTest() {
        driver.bar.set32(RXCSUM, 0);
    }

    private void open() {
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.giveRx(0, 0, 63);
    }

    /** The second word of the descriptor that a frame gets, without length and tag. */
    private long status(byte[] frame) {
        driver.wire.arrive(frame);
        driver.card.step();
        int index = arrived++ % 64;
        long status = driver.rxStatus(0, index);
        assertEquals(frame.length, TestDriver.length(status));
        driver.giveRx(0, arrived + 62, 1);
        return status & 0xffff_ffffL;
    }

    /** The first word of the last one's. */
    private long firstWord() {
        return RawMemory.getLong(driver.ring(0) + 16L * ((arrived - 1) % 64));
    }

    private byte[] packet(boolean ipv4, int protocol) {
        return Packets.frame(random, -1, ipv4, 0, protocol, 30);
    }

    @Test
    void rightChecksums() {
        open();
        assertEquals(DD_EOP | IPCS | L4CS, status(packet(true, Packets.TCP)));
        assertEquals((1 | 16) << 4, firstWord());
        assertEquals(DD_EOP | IPCS | L4CS | UDPCS, status(packet(true, Packets.UDP)));
        assertEquals((1 | 32) << 4, firstWord());
        assertEquals(DD_EOP | IPCS | L4CS, status(packet(true, Packets.SCTP)));
        assertEquals((1 | 64) << 4, firstWord());
        assertEquals(DD_EOP | L4CS, status(packet(false, Packets.TCP)));
        assertEquals((4 | 16) << 4, firstWord());
        assertEquals(DD_EOP | L4CS | UDPCS, status(packet(false, Packets.UDP)));
        assertEquals((4 | 32) << 4, firstWord());
        assertEquals(0, driver.bar.get32(XEC));
    }

    /** A card always does it; the model saves the time where nobody asks. */
    @Test
    void nothingIsLookedAtForADriverThatHasNotWrittenRxcsum() {
        driver.card.reset();
        for (int i = 0; i < 3; i++) {
            driver.card.step();
        }
        driver.start();
        open();
        assertEquals(DD_EOP, status(packet(true, Packets.TCP)));
        driver.bar.set32(MRQC, 1);
        assertEquals(DD_EOP | IPCS | L4CS, status(packet(true, Packets.TCP)));
    }

    @Test
    void wrongChecksums() {
        open();
        byte[] frame = packet(true, Packets.TCP);
        frame[24] ^= 1; // the checksum of the header
        assertEquals(DD_EOP | IPCS | IPE | L4CS, status(frame));
        for (int protocol : new int[] {Packets.TCP, Packets.UDP, Packets.SCTP}) {
            frame = packet(true, protocol);
            frame[frame.length - 1] ^= 4;
            long udp = protocol == Packets.UDP ? UDPCS : 0;
            assertEquals(DD_EOP | IPCS | L4CS | udp | TCPE, status(frame));
        }
        frame = packet(false, Packets.TCP);
        frame[14 + 8] ^= 1; // source
        assertEquals(DD_EOP | L4CS | TCPE, status(frame));
        frame = packet(true, Packets.UDP);
        frame[24] ^= 2; // not the bit that is changed below, which could make up for it
        frame[14 + 12] ^= 1;
        assertEquals(DD_EOP | IPCS | IPE | L4CS | UDPCS | TCPE, status(frame), "the frame is delivered all the same");
        assertEquals(6, driver.bar.get32(XEC), "frames with one");
        assertEquals(0, driver.bar.get32(XEC));
    }

    @Test
    void whateverIsInThePacket() {
        open();
        for (int i = 0; i < 2000; i++) {
            boolean ipv4 = random.nextBoolean();
            int tag = random.nextInt(3) == 0 ? random.nextInt(1 << 16) : -1;
            int protocol = new int[] {Packets.TCP, Packets.UDP, Packets.SCTP}[random.nextInt(3)];
            int options = random.nextInt(4) == 0 ? 8 * (1 + random.nextInt(5)) : 0;
            byte[] frame = Packets.frame(random, tag, ipv4, options, protocol, 8 + random.nextInt(1200));
            boolean wrong = random.nextBoolean();
            int transport = (tag < 0 ? 14 : 18) + (ipv4 ? 20 : 40) + options;
            if (wrong) {
                frame[frame.length - 1 - random.nextInt(8)] ^= (byte) (1 << random.nextInt(8));
            }
            long expected = DD_EOP | L4CS | (ipv4 ? IPCS : 0) | (protocol == Packets.UDP ? UDPCS : 0);
            expected |= (wrong ? TCPE : 0) | (tag >= 0 ? 8 : 0);
            assertEquals(expected, status(padded(frame)), "seed " + seed + ", transport at " + transport);
            int type = (ipv4 ? 1 : 4) | (options > 0 ? ipv4 ? 2 : 8 : 0);
            type |= protocol == Packets.TCP ? 16 : protocol == Packets.UDP ? 32 : 64;
            assertEquals(type << 4, firstWord(), "seed " + seed);
        }
    }

    /** To 60 bytes, or by some more, with bytes that no checksum covers. */
    private byte[] padded(byte[] frame) {
        int length = Math.max(60, frame.length + random.nextInt(3));
        byte[] longer = Arrays.copyOf(frame, length);
        Arrays.fill(longer, frame.length, length, (byte) 0xa5);
        return longer;
    }

    @Test
    void whatHasNoChecksumToCheck() {
        open();
        byte[] udp = packet(true, Packets.UDP);
        Packets.put(udp, 14 + 20 + 6, 0);
        assertEquals(DD_EOP | IPCS, status(udp), "a sender need not have one");
        byte[] fragment = packet(true, Packets.UDP);
        Packets.put(fragment, 14 + 6, 0x2000);
        assertEquals(DD_EOP | IPCS, status(Packets.finish(fragment, 14, 20, Packets.UDP)));
        assertEquals(1 << 4, firstWord());
        byte[] cut = packet(true, Packets.TCP);
        Packets.put(cut, 14 + 2, cut.length - 13);
        assertEquals(DD_EOP | IPCS, status(Packets.finish(cut, 14, 20, Packets.TCP)), "more than there is");
        assertEquals(DD_EOP, status(TestDriver.frame(60, 1)));
        assertEquals(0, firstWord());
        byte[] route = Packets.frame(random, -1, false, 8, Packets.TCP, 10);
        route[14 + 6] = 43;
        route[14 + 43] = 1; // one segment left
        assertEquals(DD_EOP, status(route));
        assertEquals((4 | 8) << 4, firstWord());
        byte[] six = Packets.frame(random, -1, false, 8, Packets.UDP, 10);
        six[14 + 6] = 44;
        assertEquals(DD_EOP, status(six), "a fragment");
    }

    @Test
    void headersThatEndTooEarlyAreNoHeaders() {
        open();
        for (int i = 0; i < 5000; i++) {
            byte[] frame = Packets.frame(random, -1, random.nextBoolean(), 8, Packets.TCP, 10);
            for (int j = random.nextInt(6); j >= 0; j--) {
                int at = 12 + random.nextInt(60);
                frame[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0xff * random.nextInt(2));
            }
            int type = Byte.toUnsignedInt(frame[12]);
            frame[12] = type == 0x81 || type < 6 ? 8 : frame[12]; // neither a tag nor a length, which would be wrong
            byte[] cut = Arrays.copyOf(frame, Math.min(frame.length, 60 + random.nextInt(20)));
            assertEquals(DD_EOP, status(cut) & DD_EOP, "seed " + seed);
        }
        assertEquals(0, driver.card.mistakes().count());
    }

    @Test
    void snap() {
        open();
        byte[] packet = packet(true, Packets.TCP);
        byte[] frame = new byte[packet.length + 8];
        System.arraycopy(packet, 0, frame, 0, 12);
        System.arraycopy(packet, 12, frame, 20, packet.length - 12);
        Packets.put(frame, 12, frame.length - 14);
        frame[14] = (byte) 0xaa;
        frame[15] = (byte) 0xaa;
        frame[16] = 3;
        assertEquals(DD_EOP | IPCS | L4CS, status(frame));
    }

    @Test
    void sumsOfFragments() {
        open();
        driver.bar.set32(RXCSUM, IPPCSE);
        byte[] first = packet(true, Packets.UDP);
        Packets.put(first, 14 + 4, 0x1234);
        Packets.put(first, 14 + 6, 0x2000);
        Packets.finish(first, 14, 20, Packets.UDP);
        assertEquals(DD_EOP | IPCS | UDPCS | UDPV, status(padded(first)));
        long sum = Packets.sum(first, 34, first.length);
        assertEquals(sum << 48 | 0x1234L << 32 | 1 << 4, firstWord());
        byte[] second = packet(true, Packets.UDP);
        Packets.put(second, 14 + 6, 0x0010);
        Packets.finish(second, 14, 20, Packets.UDP);
        assertEquals(DD_EOP | IPCS | UDPCS, status(second));
        driver.bar.set32(RXCSUM, IPPCSE | PCSD);
        status(first);
        assertEquals(1 << 4, firstWord());
    }

    @Test
    void legacyDescriptorsSayTheSame() {
        driver.openRx(0, 64, 2);
        driver.giveRx(0, 0, 8);
        byte[] frame = packet(true, Packets.UDP);
        driver.wire.arrive(frame);
        byte[] wrong = packet(true, Packets.TCP);
        wrong[24] ^= 1;
        wrong[50] ^= 1;
        driver.wire.arrive(wrong);
        driver.card.step();
        assertEquals(frame.length | (DD_EOP | IPCS | L4CS | UDPCS) << 32, driver.rxStatus(0, 0));
        assertEquals(wrong.length | (DD_EOP | IPCS | L4CS) << 32 | 0xc0L << 40, driver.rxStatus(0, 1));
    }

    @Test
    void onlyTheLastDescriptorOfAFrameHasItsStatus() {
        driver.openRx(0, 64, 1 | 1 << 25);
        driver.giveRx(0, 0, 8);
        driver.bar.setFlags(FCTRL, FCTRL_UPE);
        byte[] frame = Packets.frame(random, 5, true, 0, Packets.TCP, 1400);
        frame[5] ^= 1;
        driver.wire.arrive(frame);
        driver.card.step();
        assertEquals(1 | 1024L << 32, driver.rxStatus(0, 0));
        assertEquals(DD_EOP | IPCS | L4CS | 8 | 1 << 7, driver.rxStatus(0, 1) & 0xffff_ffffL);
    }

    // ---- RSS

    private void openQueues(int hashes) {
        for (int i = 0; i < 10; i++) {
            int word = 0;
            for (int j = 3; j >= 0; j--) {
                word = word << 8 | (KEY[4 * i + j] & 0xff);
            }
            driver.bar.set32(RSSRK_LEGACY + 4 * i, word);
        }
        for (int i = 0; i < 32; i++) {
            driver.bar.set32(RETA_LEGACY + 4 * i, (i & 1) == 0 ? 0x03020100 : 0x0f020100);
        }
        driver.bar.set32(RXCSUM, PCSD);
        driver.bar.set32(MRQC, 1 | hashes);
        for (int queue : new int[] {0, 1, 2, 3, 15}) {
            driver.openRx(queue, 64, SRRCTL_ADVANCED | TestDriver.SRRCTL_DROP);
            driver.giveRx(queue, 0, 63);
        }
    }

    private static int queue(int hash) {
        int index = hash & 127;
        return (index & 3) < 3 ? index & 3 : (index & 4) == 0 ? 3 : 15;
    }

    /** The first of the published vectors: 66.9.149.187:2794 to 161.142.100.80:1766. */
    private byte[] publishedVector() {
        byte[] frame = packet(true, Packets.TCP);
        ByteBuffer.wrap(frame).putInt(26, 0x420995bb).putInt(30, 0xa18e6450);
        Packets.put(frame, 34, 2794);
        Packets.put(frame, 36, 1766);
        return Packets.finish(frame, 14, 20, Packets.TCP);
    }

    @Test
    void aPublishedVectorOnItsWayThroughTheCard() {
        openQueues(ALL_HASHES);
        driver.wire.arrive(publishedVector());
        driver.card.step();
        int queue = queue(0x51ccc178);
        assertEquals(DD_EOP | IPCS | L4CS, driver.rxStatus(queue, 0) & 0xffff_ffffL);
        assertEquals(0x51ccc178L << 32 | (1 | 16) << 4 | 1, RawMemory.getLong(driver.ring(queue)));
        driver.bar.set32(MRQC, 1 | 1 << 17);
        driver.wire.arrive(publishedVector());
        driver.card.step();
        queue = queue(0x323e8fc2);
        assertEquals(0x323e8fc2L << 32 | (1 | 16) << 4 | 2, RawMemory.getLong(driver.ring(queue)));
    }

    @Test
    void typesOfHashes() {
        driver.bar.set32(RXCSUM, PCSD);
        open();
        int[][] cases = { // IP version, protocol, fields, expected type
            {4, Packets.TCP, ALL_HASHES, 1},
            {4, Packets.UDP, ALL_HASHES, 7},
            {4, Packets.SCTP, ALL_HASHES, 2},
            {6, Packets.TCP, ALL_HASHES, 3},
            {6, Packets.UDP, ALL_HASHES, 8},
            {6, Packets.SCTP, ALL_HASHES, 5},
            {4, Packets.UDP, 1 << 17, 2},
            {6, Packets.UDP, 1 << 20, 5},
            {4, Packets.UDP, 1 << 16, 0},
            {6, Packets.TCP, 1 << 17, 0},
        };
        for (int[] one : cases) {
            driver.bar.set32(MRQC, 1 | one[2]);
            status(packet(one[0] == 4, one[1]));
            assertEquals(one[3], firstWord() & 15, Arrays.toString(one));
            assertTrue(one[3] != 0 || firstWord() >>> 32 == 0);
        }
        byte[] fragment = packet(true, Packets.TCP);
        Packets.put(fragment, 14 + 6, 0x2000);
        driver.bar.set32(MRQC, 1 | ALL_HASHES);
        status(Packets.finish(fragment, 14, 20, Packets.TCP));
        assertEquals(2, firstWord() & 15, "a fragment has no ports");
    }

    @Test
    void flowsKeepTheirQueuesAndOtherFramesGoToTheFirst() {
        openQueues(ALL_HASHES);
        int[] counts = new int[16];
        Toeplitz toeplitz = new Toeplitz();
        toeplitz.setKey(KEY);
        long memory = OwnMemory.map(4096);
        for (int i = 0; i < 60; i++) {
            byte[] frame = packet(true, Packets.TCP);
            TestDriver.write(memory, frame);
            int hash = toeplitz.hash(0, memory + 26, 12);
            driver.wire.arrive(frame);
            driver.card.step();
            int queue = queue(hash);
            assertArrayEquals(frame, TestDriver.bytes(driver.rxBuffer(counts[queue]), frame.length), "seed " + seed);
            counts[queue]++;
            assertEquals(counts[queue], driver.bar.get32(RDH + 0x40 * queue), "seed " + seed);
        }
        OwnMemory.unmap(memory, 4096);
        int before = driver.bar.get32(RDH);
        driver.wire.arrive(TestDriver.frame(60, 1));
        driver.card.step();
        assertEquals(before + 1, driver.bar.get32(RDH));
        driver.bar.set32(MRQC, 0);
        driver.wire.arrive(packet(true, Packets.TCP));
        driver.card.step();
        assertEquals(before + 2, driver.bar.get32(RDH));
    }

    @Test
    void aWireThatWaitsIsAskedForNoMoreThanEachQueueTakes() {
        openQueues(ALL_HASHES);
        driver.wire.waits = true;
        for (int i = 0; i < 500; i++) {
            driver.wire.arrive(packet(true, Packets.TCP));
        }
        for (int i = 0; i < 10; i++) {
            driver.card.step();
        }
        assertTrue(driver.wire.left() > 100);
        for (int i = 0; i < 16; i++) {
            assertEquals(0, driver.bar.get32(QPRDC + 0x40 * i), "nothing is dropped");
        }
    }

    // ---- causes of interrupts, memory in pieces

    @Test
    void queuesSetTheirCauses() {
        open();
        driver.openTx(1, 64, 0);
        driver.bar.set32(IVAR, 0x85 << 24 | 0x83); // transmit queue 1: 5, receive queue 0: 3
        driver.bar.get32(EICR);
        driver.card.step();
        assertEquals(0, driver.bar.get32(EICR) & 0xffff, "nothing was written back");
        status(packet(true, Packets.TCP));
        assertEquals(1 << 3, driver.bar.get32(EICR) & 0xffff);
        driver.txFrame(1, 0, TestDriver.frame(60, 1), 0);
        driver.txTail(1, 1);
        driver.card.step();
        assertEquals(0, driver.bar.get32(EICR) & 0xffff, "no RS");
        driver.txFrame(1, 1, TestDriver.frame(60, 1), TestDriver.RS);
        driver.txTail(1, 2);
        driver.card.step();
        assertEquals(1 << 5, driver.bar.get32(EICR) & 0xffff);
    }
}
