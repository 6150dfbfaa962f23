package ixy4j.igb;

import static ixy4j.igb.Registers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.intel.RegisterTable;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxInterrupt;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order in which an 82576 is set up, and what its registers have then. */
class IgbDeviceTest {
    private static final int ID = 0x8086_10c9;
    private static final DeviceOptions OPTIONS = DeviceOptions.DEFAULT.withRingSize(64);
    private static final int COPPER_STARTS = MDIC_OP_WRITE | 1 << 21 | 0x1200;

    private final PlayedCard card = new PlayedCard(ID)
            .onWrite(CTRL, value -> value & ~CTRL_RST)
            .onRead(STATUS, value -> value)
            .onRead(EECD, value -> value | EECD_AUTO_RD)
            .onRead(MDIC, value -> value | MDIC_R);

    @AfterEach
    void release() {
        card.release();
    }

    private Device open(DeviceOptions options) {
        return new IgbDriver().open(card, options);
    }

    @Test
    void theTablesHaveEachRegisterOnce() {
        for (RegisterTable table : new RegisterTable[] {Registers.TABLE, VfRegisters.TABLE}) {
            Set<Integer> offsets = new HashSet<>();
            for (RegisterTable.Entry entry : table.entries()) {
                for (int i = 0; i < entry.count(); i++) {
                    int offset = entry.offset() + i * entry.stride();
                    assertTrue(offsets.add(offset), entry.name());
                    assertEquals(entry, table.find(offset).orElseThrow(), entry.name());
                }
            }
        }
        assertEquals("RXDCTL[15]", Registers.TABLE.name(0x0C3E8));
        assertEquals("TDT[1]", VfRegisters.TABLE.name(0x03918));
    }

    @Test
    void itIsResetWithInterruptsOffAndTransactionsEnded() { // 4.5.3
        try (Device device = open(OPTIONS)) {
            int reset = card.first(CTRL, CTRL_RST, CTRL_RST);
            assertTrue(card.first(IMC, -1, -1) < reset);
            assertTrue(card.first(EIMC, -1, -1) < reset);
            assertTrue(card.first(CTRL, CTRL_GIO_MASTER_DISABLE, CTRL_GIO_MASTER_DISABLE) < reset);
            int link = card.first(MDIC, -1, COPPER_STARTS);
            assertTrue(reset < link, device.address());
            assertTrue(link < card.first(RCTL, RCTL_RXEN, RCTL_RXEN));
            assertEquals(CTRL_SLU, card.get(CTRL) & (CTRL_SLU | CTRL_GIO_MASTER_DISABLE | CTRL_FRCSPD | CTRL_FRCDPX));
        }
        assertTrue(card.closed);
    }

    @Test
    void queuesThatAResetLeftEnabledAreNot() { // the first of each is, after a reset
        card.registers.put(RXDCTL, RXDCTL_ENABLE);
        card.registers.put(TXDCTL, TXDCTL_ENABLE);
        try (Device device = open(OPTIONS)) {
            assertTrue(card.first(RXDCTL, -1, 0) < card.first(RCTL, RCTL_RXEN, RCTL_RXEN), device.address());
            assertEquals(0, card.get(TXDCTL));
        }
    }

    @Test
    void ringsAreWhereTheDatasheetHasThem() { // 4.5.9, 4.5.10
        try (Device device = open(OPTIONS.withQueues(3, 2));
                PacketPool pool = PacketPool.create(256, device)) {
            device.rxQueue(2, pool);
            device.txQueue(1, pool);
            assertEquals(64 * 16, card.get(0x0C088), "RDLEN[2]");
            assertEquals(2 | 1 << 25 | 1 << 31, card.get(0x0C08C), "SRRCTL[2]: 2 KiB, advanced, one buffer, drop");
            assertEquals(1 << 25 | 1 << 16 | 8 << 8 | 8, card.get(0x0C0A8), "RXDCTL[2]");
            assertEquals(64 * 16, card.get(0x0E048), "TDLEN[1]");
            assertEquals(1 << 25 | 1 << 8 | 8, card.get(0x0E068), "TXDCTL[1]: written back when asked, at once");
        }
    }

    @Test
    void framesAreSpreadOverSeveralQueuesOnly() { // 7.1.1.7
        try (Device device = open(OPTIONS)) {
            assertEquals(0, card.get(MRQC), device.address());
        }
        try (Device device = open(OPTIONS.withQueues(3, 1))) {
            Map<Integer, Integer> entries = new HashMap<>();
            for (int i = 0; i < 128; i++) {
                entries.merge((card.get(RETA + i / 4 * 4) >>> (i % 4 * 8)) & 0xff, 1, Integer::sum);
            }
            assertEquals(Map.of(0, 43, 1, 43, 2, 42), entries, device.address());
            assertEquals(MRQC_ENABLE_RSS, card.get(MRQC) & MRQC_ENABLE);
            assertEquals(RXCSUM_PCSD, card.get(RXCSUM), "no checksums, and the hash in their place");
            assertEquals(0x5a6d_5a6d, card.get(RSSRK + 36));
        }
    }

    @Test
    void eachReceiveQueueHasTheVectorOfItsNumber() { // 8.8
        try (Device device = open(OPTIONS.withQueues(10, 1).withModeration(100));
                PacketPool pool = PacketPool.create(1024, device)) {
            assertEquals(0, card.get(GPIE), "as long as nobody waits");
            RxInterrupt interrupt = device.rxQueue(9, pool).interrupt();
            assertEquals(GPIE_NSICR | GPIE_MULTIPLE_MSIX | GPIE_PBA, card.get(GPIE));
            assertEquals(0x0089_0081, card.get(IVAR + 4), "receive queues 1 and 9");
            assertEquals(0x0000_0087, card.get(IVAR + 28), "receive queue 7");
            assertEquals(0x3ff, card.get(EIAC));
            assertEquals(100 << 2, card.get(EITR + 36));
            interrupt.arm();
            assertEquals(1 << 9, card.get(EIMS));
            interrupt.disarm();
            assertEquals(1 << 9, card.get(EIMC));
        }
    }

    @Test
    void moreQueuesThanItHasAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> open(OPTIONS.withQueues(17, 1)))
                .getMessage();
        assertEquals("fake:0 has 16 queues each way, not 17: take fewer", message);
    }

    @Test
    void aPhyThatDoesNotAnswerIsNamed() {
        card.onRead(MDIC, value -> value | MDIC_E);
        String message = assertThrows(IxyException.class, () -> open(OPTIONS)).getMessage();
        assertTrue(message.startsWith("fake:0 does not answer: register MDIC should have become 0x10000000"), message);
        assertTrue(card.closed);
        assertEquals(Set.of(), card.mapped);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0x82, 1000", "0xc2, 1000", "0x42, 100", "2, 10", "0x80, 0", "-1, 0"})
    void theLinkHasASpeed(String status, int speed) {
        try (Device device = open(OPTIONS)) {
            card.registers.put(STATUS, Integer.decode(status));
            assertEquals(speed, device.linkSpeed());
            card.registers.put(STATUS, 0);
        }
    }

    @Test
    void addressesAndFiltersAreTheCards() {
        try (Device device = open(OPTIONS.withPromiscuous(false))) {
            assertEquals(0, card.get(RCTL) & (RCTL_UPE | RCTL_MPE));
            device.setPromiscuous(true);
            assertEquals(RCTL_UPE | RCTL_MPE | RCTL_RXEN, card.get(RCTL) & (RCTL_UPE | RCTL_MPE | RCTL_RXEN));
            device.setMacAddress(MacAddress.parse("02:11:22:33:44:55"));
            assertEquals(0x3322_1102, card.get(RAL));
            assertEquals(0x8000_5544, card.get(RAH));
            assertEquals(MacAddress.parse("02:11:22:33:44:55"), device.macAddress());
        }
    }

    @Test
    void aResetBySomebodyElseIsToldEachTime() {
        Device device = open(OPTIONS);
        card.onRead(GPRC, _ -> 5);
        assertEquals(5, device.stats().rxPackets());
        card.registers.put(TCTL, 0);
        for (int i = 0; i < 3; i++) {
            String message = assertThrows(IxyException.class, device::stats).getMessage();
            assertTrue(message.startsWith("fake:0 was reset, by itself or by somebody else: TCTL.EN reads 0"), message);
        }
        device.close();
        assertEquals(5 * 5, device.stats().rxPackets(), "those of the last look, too");
    }

    @Test
    void countersAreAddedUpSinceReadingClearsThem() {
        for (int counter : new int[] {GPRC, GORCL, GPTC, MPC, CRCERRS, ROC}) {
            card.onRead(counter, value -> {
                card.registers.put(counter, 0);
                return value;
            });
        }
        try (Device device = open(OPTIONS)) {
            card.registers.put(GPRC, 7);
            card.registers.put(GORCL, -1);
            card.registers.put(MPC, 2);
            assertEquals(7, device.stats().rxPackets());
            card.registers.put(GPRC, 3);
            card.registers.put(GORCL, 1);
            card.registers.put(ROC, 5);
            assertEquals(10, device.stats().rxPackets());
            assertEquals(1L << 32, device.stats().rxBytes());
            assertEquals(2, device.stats().rxMissed());
            assertEquals(5, device.stats().rxWrongLength());
        }
    }
}
