package ixy4j.bench.run;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.bench.virtio.MemoryVirtio;
import ixy4j.spi.Bar;
import ixy4j.virtio.VirtioDevice;
import ixy4j.virtio.VirtioOptions;

/** Two virtio devices in memory on a thread of their own. */
final class VirtioBed implements Bed {
    private final Wires wires;
    private final MemoryVirtio[] cards = new MemoryVirtio[2];
    private final Device[] devices = new Device[2];
    private final CardsThread thread;

    VirtioBed(Order order) {
        boolean packed = order.setup().device() == Setup.Cards.VIRTIO_PACKED;
        wires = new Wires(order);
        for (int i = 0; i < 2; i++) {
            cards[i] = new MemoryVirtio("memory:" + i, wires.wire(i), packed);
        }
        thread = new CardsThread(order.cardCpu(), this::play);
        try {
            for (int i = 0; i < 2; i++) {
                devices[i] = VirtioDevice.open(
                        cards[i],
                        VirtioOptions.NONE,
                        DeviceOptions.DEFAULT.withRingSize(order.setup().ring()));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private boolean play() {
        boolean worked = false;
        for (int i = 0; i < 2; i++) {
            wires.tick(i);
            worked |= cards[i].play();
        }
        return worked;
    }

    @Override
    public Device card(int index) {
        return devices[index];
    }

    @Override
    public Bar bar(int index) {
        throw new IllegalArgumentException("a virtio device is no 82599: only the driver's rings are for it");
    }

    @Override
    public long forwarded() {
        return wires.frames();
    }

    @Override
    public String complaint() {
        return thread.complaint() != null ? thread.complaint() : wires.complaint();
    }

    @Override
    public Residence residence() {
        return wires.residence();
    }

    @Override
    public void close() {
        for (Device device : devices) {
            if (device != null) {
                device.close();
            }
        }
        thread.close();
    }
}
