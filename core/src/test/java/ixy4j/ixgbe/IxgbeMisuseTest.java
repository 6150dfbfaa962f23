package ixy4j.ixgbe;

import static org.junit.jupiter.api.Assertions.*;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.packet.PacketPool;
import ixy4j.spi.Spaces;
import org.junit.jupiter.api.Test;

class IxgbeMisuseTest {
    private final FakeCard card = new FakeCard(0x8086_10fb);
    private final DeviceOptions options = DeviceOptions.DEFAULT.withRingSize(64);

    @Test
    void whatWasCountedBeforeTheOpenIsNotOurs() {
        card.registers.put(Registers.QPRC, 5);
        card.registers.put(Registers.MPC, 7);
        try (Device device = new IxgbeDriver().open(card, options)) {
            assertEquals(0, device.stats().rxPackets());
            assertEquals(0, device.stats().rxMissed());
        }
    }

    @Test
    void aPoolThatTheCardCannotReachIsRefused() {
        try (Device device = new IxgbeDriver().open(card, options);
                PacketPool other = PacketPool.create(100, Spaces.VIRTUAL)) {
            assertThrows(IllegalArgumentException.class, () -> device.rxQueue(0, other));
            assertThrows(IllegalArgumentException.class, () -> device.txQueue(0, other));
        }
    }
}
