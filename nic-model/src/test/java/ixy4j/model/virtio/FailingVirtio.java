package ixy4j.model.virtio;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.model.i82599.FailingStepsTest;
import ixy4j.virtio.Transport;
import ixy4j.virtio.VirtioDevice;
import ixy4j.virtio.VirtioOptions;

/** The virtio driver on an emulated device that fails. */
public final class FailingVirtio {
    private FailingVirtio() {}

    public static Device open(FailingStepsTest.Steps steps, DeviceOptions options) {
        VirtioCard card = new VirtioCard(VirtioKind.SPLIT.options(1));
        return VirtioDevice.open(steps.wrap(Transport.class, card), VirtioOptions.NONE, options);
    }
}
