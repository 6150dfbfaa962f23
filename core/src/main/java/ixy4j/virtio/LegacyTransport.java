package ixy4j.virtio;

import ixy4j.spi.PciFunction;
import ixy4j.spi.Ports;

/** The interface from before version 1.0: ports in BAR 0, queues at addresses that the driver gives in pages (4.1.4.10). */
final class LegacyTransport extends PciTransport {
    private static final int DEVICE_FEATURES = 0; // 4 bytes
    private static final int DRIVER_FEATURES = 4; // 4
    private static final int QUEUE_ADDRESS = 8; // 4, in pages
    private static final int QUEUE_SIZE = 12; // 2
    private static final int QUEUE_SELECT = 14; // 2
    private static final int QUEUE_NOTIFY = 16; // 2
    private static final int DEVICE_STATUS = 18; // 1
    private static final int CONFIG = 20; // the device configuration; MSI-X, which would move it, is off
    private static final int PAGE_SHIFT = 12;

    private final Ports ports;

    LegacyTransport(PciFunction function) {
        super(function);
        ports = function.ports(0);
    }

    @Override
    public boolean isLegacy() {
        return true;
    }

    @Override
    public long features() {
        return ports.get(DEVICE_FEATURES, 4);
    }

    @Override
    public void setFeatures(long features) {
        ports.set(DRIVER_FEATURES, 4, features);
    }

    @Override
    public int status() {
        return (int) ports.get(DEVICE_STATUS, 1);
    }

    @Override
    public void setStatus(int status) {
        ports.set(DEVICE_STATUS, 1, status);
        if (status == 0) {
            awaitReset();
        }
    }

    @Override
    public int config(int offset, int bytes) {
        return (int) ports.get(CONFIG + offset, bytes);
    }

    @Override
    public void setConfig(int offset, int value) {
        ports.set(CONFIG + offset, 1, value);
    }

    @Override
    public int queueSize(int queue) {
        ports.set(QUEUE_SELECT, 2, queue);
        return (int) ports.get(QUEUE_SIZE, 2);
    }

    @Override
    public boolean hasFixedQueueSizes() {
        return true;
    }

    @Override
    public void enableQueue(Virtqueue queue) {
        ports.set(QUEUE_SELECT, 2, queue.index());
        ports.set(QUEUE_ADDRESS, 4, queue.memory().iova(queue.descriptors()) >>> PAGE_SHIFT);
    }

    @Override
    public void notify(int queue) {
        ports.notify(QUEUE_NOTIFY, queue);
    }
}
