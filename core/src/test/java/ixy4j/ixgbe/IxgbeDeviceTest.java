package ixy4j.ixgbe;

import static ixy4j.ixgbe.Registers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.DeviceStats;
import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.intel.Register;
import ixy4j.intel.RegisterTable;
import ixy4j.ixgbe.FakeCard.Access;
import ixy4j.packet.Buffers;
import ixy4j.packet.PacketPool;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which the driver sets a card up, by the datasheet's sections, and what it does when the card does not. */
class IxgbeDeviceTest {
    private static final int ID_82599 = 0x8086_10fb;
    private static final int ID_X540 = 0x8086_1528;
    private static final DeviceOptions OPTIONS = DeviceOptions.DEFAULT.withRingSize(64);
    private static final int RING_BYTES = 64 * 16;

    private FakeCard card = new FakeCard(ID_82599);

    @AfterEach
    void release() {
        card.release();
    }

    private Device open(DeviceOptions options) {
        return new IxgbeDriver().open(card, options);
    }

    // ---- what the log says

    private static Predicate<Access> write(int offset) {
        return access -> access.write() && access.offset() == offset;
    }

    private static Predicate<Access> write(int offset, int mask, int bits) {
        return write(offset).and(access -> (access.value() & mask) == bits);
    }

    private static Predicate<Access> read(int offset) {
        return access -> !access.write() && access.offset() == offset;
    }

    private int first(Predicate<Access> wanted) {
        return IntStream.range(0, card.log.size())
                .filter(i -> wanted.test(card.log.get(i)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not in " + card.log));
    }

    private int last(Predicate<Access> wanted) {
        return IntStream.range(0, card.log.size())
                .filter(i -> wanted.test(card.log.get(i)))
                .reduce((a, b) -> b)
                .orElseThrow(() -> new AssertionError("not in " + card.log));
    }

    private long count(Predicate<Access> wanted) {
        return card.log.stream().filter(wanted).count();
    }

    private static void assertOrder(int... places) {
        for (int i = 1; i < places.length; i++) {
            assertTrue(
                    places[i - 1] < places[i],
                    "step " + i + " came before the one it follows: " + List.of(places[i - 1], places[i]));
        }
    }

    private int register(int offset) {
        return card.registers.getOrDefault(offset, 0);
    }

    // ---- 4.6.3: initialisation

    @Test
    void interruptsAreMaskedBeforeAndAfterTheReset() { // 4.6.3.1
        try (Device device = open(OPTIONS)) {
            Predicate<Access> mask = write(EIMC, 0x7fff_ffff, 0x7fff_ffff);
            int reset = first(write(CTRL, CTRL_RST, CTRL_RST));
            assertOrder(first(mask), reset, last(mask), first(read(EEC)));
            assertEquals(2, count(mask));
            assertEquals(2, count(write(EIMC_EX, -1, -1)));
            assertEquals(2, count(write(EIMC_EX + 4, -1, -1)));
            assertEquals(0, count(write(EIMS)), "none is unmasked on " + device.address());
        }
    }

    @Test
    void theCardEndsItsTransactionsBeforeTheReset() { // 5.2.5.3.2
        try (Device device = open(OPTIONS)) {
            assertOrder(
                    first(write(CTRL, CTRL_MASTER_DISABLE, CTRL_MASTER_DISABLE)),
                    first(read(STATUS)),
                    first(write(CTRL, CTRL_RST, CTRL_RST)));
            assertEquals(1, count(write(CTRL, CTRL_RST, CTRL_RST)), device.address());
        }
    }

    @Test
    void aCardThatCannotEndItsTransactionsIsResetTwice() { // 5.2.5.3.2
        card.stuck(STATUS);
        try (Device device = open(OPTIONS)) {
            assertEquals(2, count(write(CTRL, CTRL_RST, CTRL_RST)), device.address());
        }
    }

    @Test
    void nothingIsSetUpBeforeTheCardIsReady() { // 4.6.3.2
        try (Device device = open(OPTIONS)) {
            Set<Integer> before = Set.of(EIMC, EIMC_EX, EIMC_EX + 4, CTRL);
            int other = first(access -> access.write() && !before.contains(access.offset()));
            assertOrder(first(read(EEC)), first(read(RDRXCTL)), other);
            assertEquals(1, card.mapped.size(), "the rings of " + device.address());
        }
    }

    @Test
    void onlyRegistersOfTheDatasheetAreUsedAndNoneWrittenThatIsReadOnly() {
        try (Device device = open(OPTIONS.withQueues(64, 64));
                PacketPool pool = PacketPool.create(200, device)) {
            device.rxQueue(63, pool);
            device.txQueue(63, pool);
            device.setMacAddress(new MacAddress(0x0200_0000_0001L));
            device.stats();
            device.awaitLink(0);
        }
        Set<Register.Access> readOnly = Set.of(Register.Access.RO, Register.Access.RC);
        for (Access access : card.log) {
            RegisterTable.Entry entry = Registers.find(access.offset()).orElseThrow(() -> new AssertionError(access));
            if (access.write()) {
                // RDH is read-only after a reset; Linux and DPDK write it as well
                assertTrue(!readOnly.contains(entry.access()) || entry.name().equals("RDH"), access.toString());
            } else {
                assertTrue(entry.access() != Register.Access.WO, access.toString());
            }
        }
    }

    @Test
    void countersAreClearedBeforeFramesCanCome() { // 4.6.5
        try (Device device = open(OPTIONS)) {
            int enable = first(write(RXCTRL, 1, 1));
            for (int counter : new int[] {QPRC, GPTC, QBRC_L, QBRC_H, GOTCL, GOTCH, MPC, QPRDC, CRCERRS}) {
                assertOrder(first(read(counter)), enable);
            }
            assertEquals("fake:0", device.toString());
        }
    }

    @Test
    void an82599IsToldToUseItsSfp() { // 4.6.4
        card.registers.put(AUTOC, -1);
        try (Device device = open(OPTIONS)) {
            int autoc = card.log.get(first(write(AUTOC))).value();
            assertEquals(3, autoc >>> 13 & 7, "LMS: 10 Gbit/s serial");
            assertEquals(0, autoc >>> 7 & 3, "10 Gbit/s PMA/PMD: that of the SFP+");
            assertEquals(1, autoc >>> 12 & 1, "restart");
            assertEquals(-1 & ~(7 << 13 | 3 << 7 | 1 << 12), autoc & ~(7 << 13 | 3 << 7 | 1 << 12), device.address());
        }
    }

    @Test
    void anX540KeepsTheLinkThatItsFirmwareSetUp() { // 4.6.4
        card.release();
        card = new FakeCard(ID_X540);
        try (Device device = open(OPTIONS)) {
            assertEquals(0, count(write(AUTOC)), device.address());
            assertEquals(384 << 10, register(RXPBSIZE), "and has less memory");
        }
    }

    // ---- 4.6.7: receive

    @Test
    void receiveIsEnabledBehindEverythingThatItUses() {
        try (Device device = open(OPTIONS)) {
            int off = first(write(RXCTRL, 1, 0));
            int on = first(write(RXCTRL, 1, 1));
            for (int i = 0; i < 8; i++) {
                assertOrder(off, last(write(RXPBSIZE + 4 * i)), on);
                assertEquals(i == 0 ? 512 << 10 : 0, register(RXPBSIZE + 4 * i), "packet buffer " + i);
            }
            for (int i = 0; i < 128; i++) {
                assertOrder(off, last(write(MTA + 4 * i, -1, 0)), on);
            }
            assertOrder(off, last(write(MAXFRS, -1, 1518 << 16)), on);
            assertOrder(off, first(write(HLREG0, 1 << 1, 1 << 1)), on); // RXCRCSTRP
            assertOrder(off, first(write(RDRXCTL, 1 << 1, 1 << 1)), on); // CRCStrip
            assertOrder(off, first(write(FCTRL, 1 << 10, 1 << 10)), on); // BAM
            assertEquals(0, register(HLREG0) & 1 << 2, "no jumbo frames on " + device.address());
            assertEquals(0, register(HLREG0) & 1 << 27, "no length field is an error on " + device.address());
            assertEquals(0, register(RDRXCTL) >>> 17 & 0x1f, "RSCFRSTSIZE");
            assertEquals(3, register(RDRXCTL) >>> 25 & 3, "RSCACKC, FCOE_WRFIX");
            assertTrue(Integer.compareUnsigned(register(FCRTH) & 0x7fff0, 512 << 10) < 0);
        }
    }

    @Test
    void noFrameIsOnItsWayWhileReceiveIsEnabled() {
        try (Device device = open(OPTIONS)) {
            assertOrder(
                    first(write(SECRXCTRL, 2, 2)),
                    first(read(SECRXSTAT)),
                    first(write(RXCTRL, 1, 1)),
                    first(write(SECRXCTRL, 2, 0)));
            assertEquals(0, register(SECRXCTRL) & 2, device.address());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63})
    void aReceiveQueueIsEnabledBeforeItsTailMoves(int index) { // 4.6.7.1
        try (Device device = open(OPTIONS.withQueues(64, 1));
                PacketPool pool = PacketPool.create(64, device)) {
            card.log.clear();
            device.rxQueue(index, pool);
            int at = 0x40 * index;
            Predicate<Access> enable = write(RXDCTL + at, 1 << 25, 1 << 25);
            int enabled = first(enable);
            assertOrder(first(write(RDBAL + at)), enabled);
            assertOrder(first(write(RDBAH + at)), enabled);
            assertOrder(first(write(RDLEN + at, -1, RING_BYTES)), enabled);
            assertOrder(first(write(RDH + at, -1, 0)), enabled);
            assertOrder(first(write(RDT + at, -1, 0)), enabled);
            assertOrder(first(write(SRRCTL + at)), enabled, last(read(RXDCTL + at)));
            int srrctl = register(SRRCTL + at);
            assertEquals(2, srrctl & 0x1f, "BSIZEPACKET: 2 KiB");
            assertEquals(1, srrctl >>> 25 & 7, "DESCTYPE: advanced, one buffer");
            assertEquals(1, srrctl >>> 28 & 1, "DROP_EN");
            assertOrder(first(write(DCA_RXCTRL + at, 1 << 12, 0)), enabled);
            if (index == 0) {
                assertEquals(
                        FakeCard.NO_TAIL, card.log.get(last(access -> true)).rdt(), "not before it is enabled");
                assertEquals(63, card.rdt());
            }
            assertRing(RDBAL + at);
        }
    }

    // ---- 4.6.8: transmit

    @Test
    void transmitIsEnabledBehindEverythingThatItUses() {
        try (Device device = open(OPTIONS)) {
            int off = first(write(RTTDCS, 1 << 6, 1 << 6));
            int on = first(write(RTTDCS, 1 << 6, 0));
            assertOrder(off, first(write(DTXMXSZRQ, -1, 0xfff)), on, first(write(DMATXCTL, 1, 1)));
            for (int i = 0; i < 8; i++) {
                assertOrder(off, first(write(TXPBSIZE + 4 * i, -1, i == 0 ? 160 << 10 : 0)), on);
                assertOrder(off, first(write(TXPBTHRESH + 4 * i)), on);
            }
            assertEquals(1 | 1 << 10, register(HLREG0) & (1 | 1 << 10), "FCS and padding on " + device.address());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63})
    void aTransmitQueueIsEnabledLast(int index) { // 4.6.8.1
        try (Device device = open(OPTIONS.withQueues(1, 64));
                PacketPool pool = PacketPool.create(64, device)) {
            device.txQueue(index, pool);
            int at = 0x40 * index;
            int enabled = first(write(TXDCTL + at, 1 << 25, 1 << 25));
            assertOrder(first(write(DMATXCTL, 1, 1)), first(write(TDBAL + at)), enabled, last(read(TXDCTL + at)));
            assertOrder(first(write(TDBAH + at)), enabled);
            assertOrder(first(write(TDLEN + at, -1, RING_BYTES)), enabled);
            assertOrder(first(write(TDH + at, -1, 0)), enabled);
            assertOrder(first(write(TDT + at, -1, 0)), enabled);
            int txdctl = register(TXDCTL + at);
            assertEquals(0, txdctl >>> 16 & 0x7f, "WTHRESH: reports are asked for by descriptor");
            assertTrue((txdctl & 0x7f) + (txdctl >>> 8 & 0x7f) <= 64, "7.2.3.4.1: no more than the card caches");
            assertRing(TDBAL + at);
        }
    }

    /** The ring lies in memory of the card's, at a multiple of 128 bytes. */
    private void assertRing(int base) {
        long iova = Integer.toUnsignedLong(register(base)) | (long) register(base + 4) << 32;
        assertEquals(0, iova % 128);
        assertTrue(
                card.mapped.stream()
                        .anyMatch(memory -> IntStream.range(0, memory.pageIovas().length)
                                .anyMatch(page -> iova >= memory.pageIovas()[page]
                                        && iova + RING_BYTES <= memory.pageIovas()[page] + (2 << 20))),
                "0x" + Long.toHexString(iova));
    }

    @Test
    void ringsDoNotOverlapAndCrossNoPage() {
        int queues = 64;
        try (Device device =
                        open(DeviceOptions.DEFAULT.withQueues(queues, queues).withRingSize(4096));
                PacketPool pool = PacketPool.create(4096, device)) {
            for (int i = 0; i < queues; i++) {
                device.txQueue(i, pool);
            }
            device.rxQueue(queues - 1, pool);
            List<Long> iovas = IntStream.rangeClosed(0, queues)
                    .map(i -> i < queues ? TDBAL + 0x40 * i : RDBAL + 0x40 * (queues - 1))
                    .mapToObj(base -> Integer.toUnsignedLong(register(base)) | (long) register(base + 4) << 32)
                    .sorted()
                    .toList();
            long bytes = 4096 * 16;
            for (int i = 0; i < iovas.size(); i++) {
                assertTrue(i == 0 || iovas.get(i) - iovas.get(i - 1) >= bytes, "ring " + i);
                assertEquals(iovas.get(i) >>> 21, (iovas.get(i) + bytes - 1) >>> 21, "ring " + i);
            }
        }
    }

    // ---- a card that does not answer

    @ParameterizedTest
    @CsvSource({
        CTRL + ", CTRL should have become 0x0 under mask 0x4000008 within a second but reads 0x400000c",
        EEC + ", EEC should have become 0x200 under mask 0x200 within a second but reads 0x0"
    })
    void aCardThatIsNeverReadyIsNamedAndClosed(int register, String what) {
        card.stuck(register);
        Exception e = assertThrows(IxyException.class, () -> open(OPTIONS));
        assertTrue(e.getMessage().startsWith("fake:0 does not answer: register "), e.getMessage());
        assertTrue(e.getMessage().replace(",", "").contains(what), e.getMessage());
        assertEquals(List.of("claim false", "bar 0", "close"), card.calls);
        assertEquals(Set.of(), card.mapped, "nothing stays mapped");
    }

    @Test
    void aQueueThatIsNeverEnabledIsNamedAndItsBuffersComeBackWithTheClose() {
        card.stuck(RXDCTL + 0x40);
        Device device = open(OPTIONS.withQueues(2, 1));
        PacketPool pool = PacketPool.create(100, device);
        Exception e = assertThrows(IxyException.class, () -> device.rxQueue(1, pool));
        String wanted = "register RXDCTL[1] should have become 0x2000000 under mask 0x2000000";
        assertTrue(e.getMessage().contains(wanted), e.getMessage());
        device.close();
        assertEquals(100, pool.available());
        pool.close();
    }

    @Test
    void aLinkThatNeverComesIsNoError() {
        try (Device device = open(OPTIONS)) {
            assertEquals(0, device.awaitLink(2));
        }
    }

    @Test
    void aReceivePathThatDoesNotSayThatItStoppedIsNoError() {
        card.stuck(SECRXSTAT);
        try (Device device = open(OPTIONS)) {
            assertEquals(1, register(RXCTRL) & 1, device.address());
        }
    }

    @Test
    void aBarThatCannotBeMappedLeavesTheCardAlone() {
        IxyException failure = new IxyException("no such BAR");
        card.withoutBar(failure);
        assertSame(failure, assertThrows(IxyException.class, () -> open(OPTIONS.withForce(true))));
        assertEquals(List.of("claim true", "close"), card.calls);
        assertEquals(List.of(), card.log);
    }

    // ---- closing

    @Test
    void aCloseStopsReceiveThenTheQueuesThenTheFunction() {
        Device device = open(OPTIONS);
        PacketPool pool = PacketPool.create(100, device);
        device.rxQueue(0, pool);
        device.txQueue(0, pool);
        card.log.clear();
        device.close();
        assertOrder(first(write(RXCTRL, 1, 0)), first(write(RXDCTL, 1 << 25, 0)));
        assertOrder(first(read(TDH)), first(write(TXDCTL, 1 << 25, 0)));
        assertEquals(100, pool.available());
        assertEquals("fake:0, closed", device.toString());
        assertEquals(List.of("claim false", "bar 0", "close"), card.calls);
        assertEquals(Set.of(Buffers.memory(pool)), card.mapped, "but for the pool, which is still open");
        int accesses = card.log.size();
        device.close();
        pool.close();
        assertEquals(accesses, card.log.size(), "nothing touches the registers any more");
        assertEquals(Set.of(), card.mapped);
    }

    @Test
    void aPoolThatIsClosedStopsOnlyItsOwnQueues() {
        try (Device device = open(OPTIONS.withQueues(2, 2));
                PacketPool pool = PacketPool.create(100, device)) {
            PacketPool other = PacketPool.create(100, device);
            device.rxQueue(0, pool);
            device.txQueue(0, pool);
            device.rxQueue(1, other);
            device.txQueue(1, other);
            card.log.clear();
            other.close();
            assertEquals(0, register(RXDCTL + 0x40) & 1 << 25);
            assertEquals(0, register(TXDCTL + 0x40) & 1 << 25);
            assertEquals(0, count(write(RXDCTL)) + count(write(TXDCTL)));
            assertFalse(card.mapped.contains(Buffers.memory(other)));
        }
    }

    // ---- statistics, address, link

    @Test
    void aCardThatWasPulledOutHasNoLink() {
        try (Device device = open(OPTIONS)) {
            card.registers.put(LINKS, -1); // as all registers read
            assertEquals(0, device.linkSpeed());
            card.registers.put(LINKS, 0);
        }
    }

    @Test
    void countersAreUnsignedAndThoseOfBytesHave36Bits() {
        try (Device device = open(OPTIONS)) {
            card.registers.put(QPRC, 0xffff_ffff);
            card.registers.put(GPTC, 0x8000_0000);
            card.registers.put(QBRC_L, 0xffff_fffe);
            card.registers.put(QBRC_H, 0xffff_fff9); // only the lower 4 bits count
            card.registers.put(GOTCL, 1);
            card.registers.put(GOTCH, 0xf);
            card.registers.put(MPC, 0xffff_ffff);
            card.registers.put(QPRDC, 1);
            card.registers.put(CRCERRS, 0x9000_0000);
            card.registers.put(RUC, 1);
            card.registers.put(RFC, 2);
            card.registers.put(ROC, 4);
            card.registers.put(RLEC, 0x8000_0000);
            card.registers.put(RXNFGPC, 0xffff_ffff);
            card.registers.put(GPRC, 0xf000_0000);
            DeviceStats expected = new DeviceStats(
                    0xffff_ffffL,
                    0x9_ffff_fffeL + 4 * 0xffff_ffffL,
                    0x8000_0000L,
                    0xf_0000_0001L,
                    0x1_0000_0000L,
                    0x9000_0000L,
                    0x8000_0007L,
                    0x0fff_ffffL,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0);
            assertEquals(expected, device.stats());
            assertEquals(expected, device.stats(), "reading clears the card's, not ours");
            card.registers.put(QPRC, 1);
            card.registers.put(QBRC_L, 2);
            assertEquals(0x1_0000_0000L, device.stats().rxPackets());
            assertEquals(0xa_0000_0000L + 4 * 0x1_0000_0000L, device.stats().rxBytes(), "with the FCS of each");
            assertEquals(0x2_1000_0007L, device.stats().rxDropped());
        }
    }

    @Test
    void theLowerWordOfAPairIsReadFirst() { // 8.2.3.23
        try (Device device = open(OPTIONS)) {
            card.log.clear();
            device.stats();
            assertOrder(first(read(QBRC_L)), first(read(QBRC_H)));
            assertOrder(first(read(GOTCL)), first(read(GOTCH)));
        }
    }

    /** A frame that comes between the two reads is good in one and not yet in the other. */
    @Test
    void filteredFramesDoNotBecomeFewer() {
        try (Device device = open(OPTIONS)) {
            card.registers.put(RXNFGPC, 7);
            card.registers.put(GPRC, 2);
            assertEquals(5, device.stats().rxFiltered());
            card.registers.put(GPRC, 1);
            assertEquals(5, device.stats().rxFiltered());
            card.registers.put(RXNFGPC, 3);
            assertEquals(7, device.stats().rxFiltered());
        }
    }

    @Test
    void aCardThatWasPulledOutCountsNothing() {
        try (Device device = open(OPTIONS)) {
            card.registers.put(GPTC, 5);
            DeviceStats before = device.stats();
            card.registers.put(STATUS, -1);
            card.registers.put(GPTC, -1);
            card.registers.put(MPC, -1);
            assertEquals(before, device.stats());
        }
    }

    @Test
    void whatIsCountedUntilTheCloseIsKept() {
        Device device = open(OPTIONS);
        card.registers.put(GPTC, 5);
        device.close();
        card.registers.put(GPTC, 7);
        assertEquals(5, device.stats().txPackets());
    }

    @Test
    void theFirstByteOfTheMacAddressIsTheLowestOfTheRegister() { // 8.2.3.7.8
        try (Device device = open(OPTIONS)) {
            card.registers.put(RAL, 0xf4f3_f202);
            card.registers.put(RAH, 0x8003_f6f5);
            assertEquals("02:f2:f3:f4:f5:f6", device.macAddress().toString());
            device.setMacAddress(MacAddress.parse("82:23:45:67:89:ab"));
            assertEquals(0x6745_2382, register(RAL));
            assertEquals(0x8000_ab89, register(RAH), "address valid, first pool");
            assertEquals("82:23:45:67:89:ab", device.macAddress().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0x30000000,0", "0x50000000,100", "0x60000000,1000", "0x70000000,10000", "0x4fffffff,0"})
    void theSpeedIsThatOfLinks(String links, int speed) { // 8.2.3.22.20
        try (Device device = open(OPTIONS)) {
            card.registers.put(LINKS, Integer.decode(links));
            assertEquals(speed, device.linkSpeed());
            assertEquals(speed, device.awaitLink(0));
        }
    }

    @Test
    void promiscuousIsWhatTheOptionsSayAndLeavesOtherBits() {
        try (Device device = open(OPTIONS.withPromiscuous(false))) {
            assertEquals(1 << 10, register(FCTRL), "broadcast only");
            device.setPromiscuous(true);
            assertEquals(1 << 10 | 3 << 8, register(FCTRL));
            device.setPromiscuous(false);
            assertEquals(1 << 10, register(FCTRL));
        }
    }
}
