package ixy4j.bench.run;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.bench.virtio.MemoryVirtio;
import ixy4j.model.wire.CheckingSink;
import ixy4j.model.wire.Generator;
import ixy4j.model.wire.Wire;
import ixy4j.pci.Bar;
import ixy4j.virtio.VirtioDevice;

/** Two virtio devices in memory on a thread of their own. */
final class VirtioBed implements Bed {
    private final Wire[] wires = new Wire[2];
    private final MemoryVirtio[] cards = new MemoryVirtio[2];
    private final Device[] devices = new Device[2];
    private final CardsThread thread;

    VirtioBed(Order order) {
        boolean packed = order.setup().device() == Setup.Cards.VIRTIO_PACKED;
        for (int i = 0; i < 2; i++) {
            boolean sends = i == 0 || order.setup().bothWays();
            wires[i] =
                    sends ? new Generator(order.setup().size(), order.mpps(), 0, false) : new CheckingSink(-1, false);
            cards[i] = new MemoryVirtio("memory:" + i, wires[i], packed);
        }
        thread = new CardsThread(order.cardCpu(), this::play);
        try {
            for (int i = 0; i < 2; i++) {
                devices[i] = VirtioDevice.open(
                        cards[i],
                        "",
                        DeviceOptions.DEFAULT.withRingSize(order.setup().ring()));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private boolean play() {
        boolean worked = cards[0].play();
        worked |= cards[1].play();
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
        return sink(0).frames() + sink(1).frames();
    }

    private CheckingSink sink(int index) {
        return wires[index] instanceof Generator generator ? generator.sink() : (CheckingSink) wires[index];
    }

    @Override
    public String complaint() {
        if (thread.complaint() != null) {
            return thread.complaint();
        }
        for (int i = 0; i < 2; i++) {
            if (sink(i).invalid() + sink(i).late() > 0) {
                return "frames that came out of memory:" + i + " were wrong: " + sink(i);
            }
        }
        return null;
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
