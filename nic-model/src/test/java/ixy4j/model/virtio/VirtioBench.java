package ixy4j.model.virtio;

import ixy4j.Device;
import ixy4j.DeviceContract.Bench;
import ixy4j.DeviceOptions;
import ixy4j.virtio.VirtioDevice;
import ixy4j.virtio.VirtioOptions;
import java.util.List;

/** The driver on an emulated virtio device, which stops at the driver's first mistake. */
final class VirtioBench implements Bench {
    final VirtioCard card;
    private final Device device;

    VirtioBench(VirtioCardOptions cardOptions, DeviceOptions options) {
        card = new VirtioCard(cardOptions);
        device = VirtioDevice.open(card, VirtioOptions.NONE, options);
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public void arrive(byte[] frame) {
        card.arrive(frame);
    }

    @Override
    public void settle() {
        card.settle();
    }

    @Override
    public List<byte[]> sent() {
        return card.sent();
    }

    @Override
    public void close() {
        device.close();
        card.close();
    }
}
