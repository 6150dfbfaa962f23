package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static ixy4j.model.i82599.TestDriver.DD;
import static ixy4j.model.i82599.TestDriver.EOP;
import static ixy4j.model.i82599.TestDriver.IFCS;
import static ixy4j.model.i82599.TestDriver.RS;
import static ixy4j.model.i82599.TestDriver.SRRCTL_ADVANCED;
import static ixy4j.model.i82599.TestDriver.word;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.model.DriverMistake;
import ixy4j.spi.DmaMemory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checksums, tags and segments that the card makes, against packets made without it. */
class TxOffloadsTest {
    private static final long VLE = 1L << 30;
    private static final long TSE = 1L << 31;
    private static final long IXSM = 1L << 40;
    private static final long TXSM = 1L << 41;
    private static final long CC = 1L << 39;
    private static final long SNAP = 1L << 9;
    private static final int FIN = 1;
    private static final int PSH = 8;
    private static final int ACK = 16;
    private static final int CWR = 128;

    private final long seed = Long.getLong("ixy4j.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final TestDriver driver = new TestDriver().start();
    private int next; // descriptor

    TxOffloadsTest() {
        driver.openTx(0, 256, 0);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private static long type(int protocol) {
        return (protocol == Packets.TCP ? 1L : protocol == Packets.UDP ? 0L : 2L) << 11;
    }

    private void context(int index, int mac, int ip, int l4, int mss, int vlan, long command) {
        long word = 2L << 20 | 1L << 29 | (long) index << 36 | (long) l4 << 40 | (long) mss << 48 | command;
        add((long) vlan << 16 | mac << 9 | ip, word);
    }

    private void add(long word0, long word1) {
        driver.txDescriptor(0, next % 256, word0, word1);
        next++;
    }

    /** Hands a frame over in buffers of these lengths, the last one takes the rest; with what Linux sets where. */
    private void send(byte[] frame, int payload, long command, long options, int... lengths) {
        int done = 0;
        for (int i = 0; done < frame.length; i++) {
            int length = i < lengths.length ? lengths[i] : frame.length - done;
            long buffer = driver.memory.address() + 2L * DmaMemory.PAGE + done + 64L * i;
            TestDriver.write(buffer, Arrays.copyOfRange(frame, done, done + length));
            done += length;
            long last = done == frame.length ? EOP | RS : 0;
            long first = i == 0 ? options | (long) payload << 46 : 0;
            add(driver.memory.iova(buffer), word(length, 0, IFCS | command | last | first));
        }
        driver.txTail(0, next % 256);
    }

    private byte[] sent() {
        driver.card.step();
        assertEquals(0, driver.card.mistakes().count());
        assertEquals(DD, driver.txStatus(0, (next - 1) % 256));
        return driver.wire.sent.getLast();
    }

    /** The frame as a driver hands it over: with the sum of the pseudo header where the checksum goes. */
    private static byte[] prepared(byte[] frame, int mac, int ip, int protocol, boolean withLength) {
        byte[] prepared = frame.clone();
        if (frame[mac] >>> 4 == 4) {
            Packets.put(prepared, mac + 10, 0);
        }
        int pseudo = Packets.pseudo(frame, mac, protocol);
        int length = withLength ? frame.length - mac - ip : 0;
        Packets.put(prepared, Packets.place(mac + ip, protocol), Packets.add(pseudo, length));
        return prepared;
    }

    @Test
    void checksumsOfAllKinds() {
        for (int i = 0; i < 500; i++) {
            boolean ipv4 = random.nextBoolean();
            int tag = random.nextInt(3) == 0 ? random.nextInt(1 << 16) : -1;
            int mac = tag < 0 ? 14 : 18;
            int protocol = new int[] {Packets.TCP, Packets.UDP, Packets.SCTP}[random.nextInt(3)];
            int options = random.nextInt(3) == 0 ? 8 * (1 + random.nextInt(5)) : 0;
            byte[] frame = Packets.frame(random, tag, ipv4, options, protocol, 20 + random.nextInt(1400));
            int ip = (ipv4 ? 20 : 40) + options;
            context(i & 1, mac, ip, 0, 0, 0, type(protocol) | (ipv4 ? 1L << 10 : 0));
            byte[] prepared = prepared(frame, mac, ip, protocol, true);
            long idx = (long) (i & 1) << 36;
            int cut = 1 + random.nextInt(prepared.length - 1);
            send(prepared, frame.length, 0, TXSM | CC | idx | (ipv4 ? IXSM : 0), cut);
            assertArrayEquals(frame, sent(), "seed " + seed);
        }
    }

    /** RFC 768: a checksum of 0 says that there is none. */
    @Test
    void anUdpChecksumThatComesToZero() {
        byte[] frame = Packets.frame(random, -1, true, 0, Packets.UDP, 20);
        int wanted = Packets.get(frame, 40);
        Packets.put(frame, 42, Packets.add(Packets.get(frame, 42), wanted)); // takes the checksum to 0 or its like
        Packets.finish(frame, 14, 20, Packets.UDP);
        assertEquals(0xffff, Packets.get(frame, 40));
        context(0, 14, 20, 0, 0, 0, 0);
        send(prepared(frame, 14, 20, Packets.UDP, true), frame.length, 0, TXSM);
        byte[] sent = sent();
        assertEquals(0xffff, Packets.get(sent, 40));
    }

    @Test
    void onlyTheChecksumThatIsAskedFor() {
        byte[] frame = Packets.frame(random, -1, true, 0, Packets.TCP, 20);
        context(0, 14, 20, 0, 0, 0, type(Packets.TCP) | 1 << 10);
        byte[] prepared = frame.clone();
        Packets.put(prepared, 24, 0x1234);
        send(prepared, frame.length, 0, IXSM);
        assertArrayEquals(frame, sent());
    }

    @Test
    void contextsStayUntilTheyAreSetAgainAndForEachQueue() {
        context(0, 14, 20, 0, 0, 0x123, 0);
        context(1, 14, 20, 0, 0, 0x456, 0);
        byte[] frame = TestDriver.frame(100, 1);
        for (int i = 0; i < 4; i++) {
            send(frame, 100, VLE, (long) (i & 1) << 36);
            assertEquals((i & 1) == 0 ? 0x123 : 0x456, Packets.get(sent(), 14));
        }
        context(0, 14, 20, 0, 0, 0x789, 0);
        send(frame, 100, VLE, 0);
        assertEquals(0x789, Packets.get(sent(), 14));
        driver.bar.set32(TXDCTL, 0);
        driver.bar.get32(TXDCTL);
        driver.openTx(0, 256, 0);
        next = 0;
        send(frame, 100, VLE, 0);
        String message = assertThrows(DriverMistake.class, driver.card::step).getMessage();
        assertTrue(message.contains("uses context IDX 0, which no context descriptor"), message);
    }

    @Test
    void tagsAreInserted() {
        for (int length : new int[] {56, 60, 1514, 9700}) {
            byte[] frame = TestDriver.frame(length, 7);
            context(0, 14, 0, 0, 0, 0x6abc, 0);
            send(frame, length, VLE, 0, 20);
            assertArrayEquals(tagged(frame, 0x8100, 0x6abc), sent());
        }
        driver.bar.set32(DMATXCTL, 0x88a8_0001);
        byte[] frame = TestDriver.frame(100, 7);
        driver.txFrame(0, next % 256, frame, 0);
        add(driver.memory.iova(driver.txBuffer(next % 256)), 100 | EOP | IFCS | RS | VLE | 0x7001L << 48); // legacy
        TestDriver.write(driver.txBuffer((next - 1) % 256), frame);
        driver.txTail(0, next % 256);
        assertArrayEquals(tagged(frame, 0x88a8, 0x7001), sent());
    }

    private static byte[] tagged(byte[] frame, int type, int tag) {
        byte[] head = Arrays.copyOf(frame, 16);
        Packets.put(head, 12, type);
        Packets.put(head, 14, tag);
        return TestDriver.join(head, Arrays.copyOfRange(frame, 12, frame.length));
    }

    @Test
    void aTagAndChecksums() {
        byte[] frame = Packets.frame(random, -1, true, 0, Packets.TCP, 700);
        context(0, 14, 20, 20, 0, 0x0fff, type(Packets.TCP) | 1 << 10);
        send(prepared(frame, 14, 20, Packets.TCP, true), frame.length, VLE, TXSM | IXSM | CC, 54, 100);
        assertArrayEquals(tagged(frame, 0x8100, 0x0fff), sent());
    }

    @Test
    void aChecksumByItsPlaceInLegacyDescriptors() {
        byte[] frame = Packets.frame(random, -1, true, 0, Packets.TCP, 300);
        byte[] prepared = prepared(frame, 14, 20, Packets.TCP, true);
        Packets.put(prepared, 24, Packets.get(frame, 24));
        TestDriver.write(driver.txBuffer(0), prepared);
        long sum = 50L << 16 | 34L << 40 | 1L << 26;
        add(driver.memory.iova(driver.txBuffer(0)), 100 | IFCS | sum);
        add(driver.memory.iova(driver.txBuffer(0)) + 100, (frame.length - 100) | EOP | IFCS | RS);
        driver.txTail(0, next);
        assertArrayEquals(frame, sent());
    }

    @Test
    void jumboFramesOverManyDescriptors() {
        byte[] frame = TestDriver.frame(9728 - 4, 3);
        int[] lengths = new int[39];
        Arrays.fill(lengths, 200);
        send(frame, frame.length, 0, 0, lengths);
        assertArrayEquals(frame, sent());
    }

    @Test
    void aTimeStampThatIsAskedForIsNotTaken() {
        byte[] frame = TestDriver.frame(100, 3);
        send(frame, 100, 1L << 19, 0);
        assertArrayEquals(frame, sent());
    }

    // ---- segmentation

    /** Sends one large packet and compares each of its segments with what they must be. */
    private void segmented(boolean ipv4, int protocol, int tag, int insert, int options, int payload, int mss) {
        int mac = tag < 0 ? 14 : 18;
        int ip = (ipv4 ? 20 : 40) + options;
        int l4 = protocol == Packets.TCP ? 32 : 8;
        byte[] packet = Packets.frame(random, tag, ipv4, options, protocol, l4 - 20 + payload + (l4 == 8 ? 12 : 0));
        if (protocol == Packets.TCP) {
            packet[mac + ip + 12] = (byte) 0x80; // 12 bytes of options
            packet[mac + ip + 13] = (byte) (FIN | PSH | ACK | CWR);
        }
        byte[] prepared = prepared(packet, mac, ip, protocol, false);
        Packets.put(prepared, mac + (ipv4 ? 2 : 4), 0);
        context(1, mac, ip, l4, mss, Math.max(insert, 0), type(protocol) | (ipv4 ? 1L << 10 : 0));
        long command = TSE | (insert < 0 ? 0 : VLE);
        int[] lengths = new int[(prepared.length - 1) / 16000 + 1];
        Arrays.fill(lengths, 16000);
        lengths[0] = mac + ip + l4;
        lengths[lengths.length - 1] = 16000;
        int before = driver.wire.sent.size();
        send(prepared, payload, command, TXSM | CC | 1L << 36 | (ipv4 ? IXSM : 0), cut(lengths, prepared.length));
        for (int i = 0; i < 1000 && driver.txStatus(0, (next - 1) % 256) != DD; i++) {
            driver.wire.budget = random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(20);
            driver.card.step();
        }
        assertEquals(DD, driver.txStatus(0, (next - 1) % 256), "seed " + seed);
        int count = (payload + mss - 1) / mss;
        assertEquals(count, driver.wire.sent.size() - before, "seed " + seed);
        for (int i = 0; i < count; i++) {
            byte[] expected = segment(packet, mac, ip, l4, protocol, i, count, mss);
            expected = insert < 0 ? expected : tagged(expected, 0x8100, insert);
            expected = expected.length < 60 ? Arrays.copyOf(expected, 60) : expected;
            assertArrayEquals(expected, driver.wire.sent.get(before + i), "segment " + i + ", seed " + seed);
        }
    }

    /** The lengths, as far as there is something left for them and the last one. */
    private static int[] cut(int[] lengths, int total) {
        int sum = 0;
        for (int i = 0; i < lengths.length; i++) {
            sum += lengths[i];
            if (sum >= total) {
                return Arrays.copyOf(lengths, i);
            }
        }
        return lengths;
    }

    /** A segment as software would make it. */
    private static byte[] segment(
            byte[] packet, int mac, int ip, int l4, int protocol, int number, int count, int mss) {
        int headers = mac + ip + l4;
        int from = headers + number * mss;
        byte[] data = Arrays.copyOfRange(packet, from, Math.min(packet.length, from + mss));
        byte[] segment = TestDriver.join(Arrays.copyOf(packet, headers), data);
        if (packet[mac] >>> 4 == 4) {
            Packets.put(segment, mac + 2, segment.length - mac);
            Packets.put(segment, mac + 4, Packets.get(packet, mac + 4) + number);
        } else {
            Packets.put(segment, mac + 4, segment.length - mac - 40);
        }
        if (protocol == Packets.TCP) {
            ByteBuffer.wrap(segment)
                    .putInt(mac + ip + 4, ByteBuffer.wrap(packet).getInt(mac + ip + 4) + number * mss);
            boolean last = number == count - 1;
            int gone = (last ? 0 : FIN | PSH) | (last && number > 0 ? CWR : 0);
            segment[mac + ip + 13] &= (byte) ~gone;
        } else {
            Packets.put(segment, mac + ip + 4, l4 + data.length);
        }
        return Packets.finish(segment, mac, ip, protocol);
    }

    @Test
    void segmentsReassembleToThePayload() {
        for (int i = 0; i < 60; i++) {
            int payload = 1 + random.nextInt(i < 50 ? 20_000 : 65_000);
            int mss = random.nextInt(10) == 0 ? 100 + random.nextInt(8000) : 536 + random.nextInt(925);
            segmented(
                    random.nextBoolean(),
                    random.nextInt(3) == 0 ? Packets.UDP : Packets.TCP,
                    random.nextInt(3) == 0 ? random.nextInt(1 << 16) : -1,
                    random.nextInt(3) == 0 ? random.nextInt(1 << 16) : -1,
                    random.nextInt(3) == 0 ? 8 * (1 + random.nextInt(5)) : 0,
                    payload,
                    mss);
        }
        assertEquals(driver.wire.sent.size(), driver.bar.get32(GPTC), "each counts");
        assertEquals(driver.wire.sent.size(), driver.bar.get32(QPTC));
    }

    @Test
    void largerThan64Kilobytes() {
        segmented(true, Packets.TCP, -1, -1, 0, 262_143, 1448);
        segmented(false, Packets.TCP, -1, 5, 0, 200_000, 8948);
    }

    @Test
    void tinySegments() {
        segmented(true, Packets.TCP, -1, -1, 0, 25, 2);
        segmented(true, Packets.UDP, -1, -1, 0, 1, 1000);
        segmented(false, Packets.TCP, -1, -1, 0, 1448, 1448);
    }

    @Test
    void theLengthOfSnapFramesFollows() {
        byte[] packet = Packets.frame(random, -1, true, 0, Packets.TCP, 500);
        byte[] snap = new byte[packet.length + 8];
        System.arraycopy(packet, 0, snap, 0, 12);
        System.arraycopy(packet, 12, snap, 20, packet.length - 12);
        System.arraycopy(new byte[] {(byte) 0xaa, (byte) 0xaa, 3, 0, 0, 0}, 0, snap, 14, 6);
        context(0, 22, 20, 20, 300, 0, type(Packets.TCP) | 1 << 10 | SNAP);
        send(prepared(snap, 22, 20, Packets.TCP, false), 500, TSE, TXSM | IXSM);
        driver.card.step();
        assertEquals(2, driver.wire.sent.size());
        for (byte[] sent : driver.wire.sent) {
            assertEquals(sent.length - 14, Packets.get(sent, 12));
        }
    }

    // ---- with the receiver, and memory in pieces

    @Test
    void whatTheTransmitterMakesTheReceiverFindsRight() {
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.giveRx(0, 0, 60);
        driver.bar.setFlags(HLREG0, 1 << 15);
        driver.bar.set32(RXCSUM, 1 << 13);
        byte[] packet = Packets.frame(random, -1, true, 0, Packets.TCP, 60 * 1000);
        context(0, 14, 20, 20, 1000, 0, type(Packets.TCP) | 1 << 10);
        send(prepared(packet, 14, 20, Packets.TCP, false), 60_000, TSE, TXSM | IXSM, 54);
        driver.card.step();
        driver.card.step();
        for (int i = 0; i < 60; i++) {
            assertEquals(3 | 1 << 5 | 1 << 6, driver.rxStatus(0, i) & 0xffff_ffffL);
        }
        assertEquals(0, driver.bar.get32(XEC));
        assertEquals(60, driver.bar.get32(GPRC));
    }

    @Test
    void theLoopbackTestOfLinux() {
        driver.openRx(0, 256, SRRCTL_ADVANCED | 256 << 2);
        driver.bar.setFlags(FCTRL, 1 << 1 | 1 << 8 | 1 << 10);
        driver.bar.setFlags(HLREG0, 1 << 15);
        byte[] frame = new byte[1024];
        Arrays.fill(frame, 0, 512, (byte) 0xff);
        Arrays.fill(frame, 512, 767, (byte) 0xaa);
        frame[522] = (byte) 0xbe;
        frame[524] = (byte) 0xaf;
        for (int round = 0; round < 9; round++) {
            driver.giveRx(0, 64 * round, round == 0 ? 128 : 64);
            for (int i = 0; i < 64; i++) {
                send(frame, 1024, 0, 0);
            }
            driver.card.step();
            driver.card.step();
            for (int i = 0; i < 64; i++) {
                assertEquals(1024, TestDriver.length(driver.rxStatus(0, (64 * round + i) % 256)));
                assertArrayEquals(frame, driver.received(0, (64 * round + i) % 256));
            }
        }
        assertEquals(576, driver.bar.get32(BPRC));
    }

    @Test
    void buffersThatLieInTwoRegions() {
        long[] iovas = {1L << 40, (1L << 40) + 100};
        long first = driver.memory.address() + 3L * DmaMemory.PAGE;
        long second = first + 8192;
        driver.card.map(iovas[0], first, 100, true);
        driver.card.map(iovas[1], second, 4096, true);
        byte[] frame = TestDriver.frame(700, 9);
        TestDriver.write(first, Arrays.copyOf(frame, 100));
        TestDriver.write(second, Arrays.copyOfRange(frame, 100, 700));
        add(iovas[0], word(700, 700, EOP | IFCS | RS));
        driver.txTail(0, next);
        assertArrayEquals(frame, sent());
        add(iovas[0], word(200, 700, IFCS));
        add(iovas[0] + 200, word(500, 0, EOP | IFCS | RS));
        driver.txTail(0, next);
        assertArrayEquals(frame, sent());
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.rxDescriptor(0, 0, iovas[0] + 50, 0);
        driver.rxTail(0, 1);
        driver.wire.arrive(frame);
        driver.card.step();
        assertArrayEquals(Arrays.copyOf(frame, 50), TestDriver.bytes(first + 50, 50));
        assertArrayEquals(Arrays.copyOfRange(frame, 50, 700), TestDriver.bytes(second, 650));
        assertEquals(0, driver.card.mistakes().count());
    }
}
