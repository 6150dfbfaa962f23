package ixy4j.igb;

import static ixy4j.igb.VfRegisters.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.packet.PacketPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A virtual function of an 82576, with a driver of the physical one that the test plays. */
class IgbvfDeviceTest {
    private static final int ID = 0x8086_10ca;
    private static final DeviceOptions OPTIONS = DeviceOptions.DEFAULT.withRingSize(64);
    private static final MacAddress MAC = MacAddress.parse("02:11:22:33:44:55");
    private static final int ACK = 1 << 31;
    private static final int NACK = 1 << 30;
    private static final int CLEAR_TO_SEND = 1 << 29;
    private static final int PING = 0x100;

    private final PlayedCard card = new PlayedCard(ID).onWrite(VTCTRL, value -> value & ~VTCTRL_RST);
    private final Map<Integer, Integer> answers = new HashMap<>(Map.of(1, ACK, 2, ACK, 5, ACK, 6, ACK)); // by message
    private final List<Integer> asked = new ArrayList<>();
    private boolean isSilent;
    private int pings; // that come before an answer is looked at

    IgbvfDeviceTest() {
        card.onWrite(VMAILBOX, this::mail);
        card.onRead(VMAILBOX, value -> {
            card.registers.put(VMAILBOX, value & ~(VMAILBOX_PFSTS | VMAILBOX_PFACK | VMAILBOX_RSTD));
            return value;
        });
    }

    /** What the mailbox's register has once something was written to it. */
    private int mail(int written) {
        if ((written & VMAILBOX_REQ) == 0 || isSilent) {
            return written & VMAILBOX_VFU;
        }
        int message = card.get(VMBMEM);
        asked.add(message);
        int about = message & 0xffff;
        card.registers.put(VMBMEM, pings-- > 0 ? PING : about | answers.get(about) | CLEAR_TO_SEND);
        if (about == 1) {
            card.registers.put(VMBMEM + 4, 0x3322_1102);
            card.registers.put(VMBMEM + 8, 0x5544);
        }
        return VMAILBOX_PFACK | VMAILBOX_PFSTS;
    }

    @AfterEach
    void release() {
        card.release();
    }

    private Device open(DeviceOptions options) {
        return new IgbDriver().open(card, options);
    }

    @Test
    void itAsksForWhatItNeeds() {
        try (Device device = open(OPTIONS)) {
            assertEquals(List.of(1, 5, 6 | 2 << 16), asked, "reset, longest frame, all group addresses");
            assertEquals(MAC, device.macAddress());
            assertTrue(card.first(VTCTRL, VTCTRL_RST, VTCTRL_RST) < card.first(VMAILBOX, VMAILBOX_REQ, VMAILBOX_REQ));
        }
    }

    @Test
    void withoutAnAddressItMakesOneUpAndAsksForThat() {
        answers.put(1, NACK);
        try (Device device = open(OPTIONS)) {
            assertEquals(List.of(1, 2, 5, 6 | 2 << 16), asked);
            assertNotEquals(MAC, device.macAddress());
            assertEquals(device.macAddress(), device.macAddress().checkOwn());
        }
    }

    @Test
    void anAddressThatIsRefusedIsNamed() {
        answers.put(2, NACK);
        try (Device device = open(OPTIONS)) {
            MacAddress other = MacAddress.parse("02:00:00:00:00:07");
            String message = assertThrows(IxyException.class, () -> device.setMacAddress(other))
                    .getMessage();
            assertTrue(message.contains("refused the MAC address 02:00:00:00:00:07"), message);
            assertEquals(MAC, device.macAddress());
        }
    }

    @Test
    void whatTheOtherSideSaysInBetweenIsNoAnswer() {
        pings = 1;
        try (Device device = open(OPTIONS)) {
            assertEquals(List.of(1, 1, 5, 6 | 2 << 16), asked);
            assertEquals(MAC, device.macAddress());
        }
    }

    @Test
    void nobodyAtTheOtherEndIsNamed() {
        isSilent = true;
        String message = assertThrows(IxyException.class, () -> open(OPTIONS)).getMessage();
        assertTrue(message.contains("did not answer within a second"), message);
        assertTrue(card.closed);
    }

    @Test
    void itIsNeverPromiscuous() {
        try (Device device = open(OPTIONS)) {
            String message = assertThrows(IxyException.class, () -> device.setPromiscuous(true))
                    .getMessage();
            assertTrue(message.contains("cannot be promiscuous"), message);
            device.setPromiscuous(false);
            assertEquals(6, asked.getLast());
        }
    }

    @Test
    void ringsAreWhereTheDatasheetHasThem() { // 8.26
        try (Device device = open(OPTIONS.withQueues(2, 2));
                PacketPool pool = PacketPool.create(256, device)) {
            device.rxQueue(1, pool);
            device.txQueue(1, pool);
            assertEquals(64 * 16, card.get(0x02908), "RDLEN[1]");
            assertEquals(2 | 1 << 25 | 1 << 31, card.get(0x0290C), "SRRCTL[1]");
            assertEquals(64 * 16, card.get(0x03908), "TDLEN[1]");
            assertEquals(1 << 25 | 1 << 8 | 8, card.get(0x03928), "TXDCTL[1]");
        }
        String message = assertThrows(IllegalArgumentException.class, () -> open(OPTIONS.withQueues(1, 3)))
                .getMessage();
        assertEquals("fake:0 has 2 queues each way, not 3: take fewer", message);
    }

    @Test
    void eachReceiveQueueHasTheVectorOfItsNumber() { // 8.26
        try (Device device = open(OPTIONS.withQueues(2, 1).withModeration(7));
                PacketPool pool = PacketPool.create(256, device)) {
            device.rxQueue(1, pool).interrupt().arm();
            assertEquals(0x0081_0080, card.get(VTIVAR));
            assertEquals(3, card.get(VTEIAC));
            assertEquals(7 << 2, card.get(VTEITR + 4));
            assertEquals(2, card.get(VTEIMS));
        }
    }

    /** Whoever asked first need not be the one who uses it. */
    @Test
    void aResetByThePhysicalFunctionIsToldEachTime() {
        Device device = open(OPTIONS);
        card.registers.put(VFGPRC, 7);
        assertEquals(7, device.stats().rxPackets());
        card.registers.put(VFGPRC, 0);
        card.registers.put(VMAILBOX, VMAILBOX_RSTD);
        for (int i = 0; i < 3; i++) {
            String message = assertThrows(IxyException.class, device::stats).getMessage();
            assertTrue(message.contains("the driver of its physical function has reset it: open it again"), message);
        }
        device.close();
        assertEquals(7, device.stats().rxPackets());
    }

    @Test
    void countersGoRoundAndWereNotZeroBefore() {
        card.registers.put(VFGORC, -100);
        card.registers.put(VFGPRC, 5);
        try (Device device = open(OPTIONS)) {
            card.registers.put(VFGORC, 28);
            card.registers.put(VFGPRC, 7);
            assertEquals(128, device.stats().rxBytes());
            assertEquals(2, device.stats().rxPackets());
            assertEquals(2, device.stats().rxPackets());
        }
    }
}
