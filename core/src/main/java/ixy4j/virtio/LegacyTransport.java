package ixy4j.virtio;

import ixy4j.spi.Bar;
import ixy4j.spi.PciFunction;

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

    private final Bar ports;

    LegacyTransport(PciFunction function) {
        super(function);
        ports = function.bar(0);
    }

    @Override
    public boolean isLegacy() {
        return true;
    }

    @Override
    public long features() {
        return Integer.toUnsignedLong(ports.get32(DEVICE_FEATURES));
    }

    @Override
    public void setFeatures(long features) {
        ports.set32(DRIVER_FEATURES, (int) features);
    }

    @Override
    public int status() {
        return ports.get8(DEVICE_STATUS);
    }

    @Override
    public void setStatus(int status) {
        ports.set8(DEVICE_STATUS, status);
        if (status == 0) {
            awaitReset();
        }
    }

    @Override
    public int config(int offset, int bytes) {
        return bytes == 1 ? ports.get8(CONFIG + offset) : ports.get16(CONFIG + offset);
    }

    @Override
    public void setConfig(int offset, int value) {
        ports.set8(CONFIG + offset, value);
    }

    @Override
    public int queueSize(int queue) {
        ports.set16(QUEUE_SELECT, queue);
        return ports.get16(QUEUE_SIZE);
    }

    @Override
    public boolean hasFixedQueueSizes() {
        return true;
    }

    @Override
    public void enableQueue(Virtqueue queue) {
        ports.set16(QUEUE_SELECT, queue.index());
        ports.set32(QUEUE_ADDRESS, (int) (queue.memory().iova(queue.descriptors()) >>> PAGE_SHIFT));
    }

    @Override
    public void notify(int queue) {
        ports.set16(QUEUE_NOTIFY, queue);
    }
}
