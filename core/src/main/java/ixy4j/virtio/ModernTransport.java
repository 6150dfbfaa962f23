package ixy4j.virtio;

import ixy4j.memory.RawMemory;
import ixy4j.spi.Bar;
import ixy4j.spi.PciFunction;
import java.util.Arrays;

/** The interface of version 1.0 and newer: structures in memory BARs, fields each of their own width (4.1.3, 4.1.4). */
final class ModernTransport extends PciTransport {
    // Common configuration (4.1.4.3): offsets, and bytes of the fields.
    private static final int DEVICE_FEATURE_SELECT = 0; // 4
    private static final int DEVICE_FEATURE = 4; // 4
    private static final int DRIVER_FEATURE_SELECT = 8; // 4
    private static final int DRIVER_FEATURE = 12; // 4
    private static final int DEVICE_STATUS = 20; // 1
    private static final int QUEUE_SELECT = 22; // 2
    private static final int QUEUE_SIZE = 24; // 2
    private static final int QUEUE_MSIX_VECTOR = 26; // 2
    private static final int QUEUE_ENABLE = 28; // 2
    private static final int QUEUE_NOTIFY_OFF = 30; // 2
    private static final int QUEUE_DESC = 32; // 8, in two halves
    private static final int QUEUE_DRIVER = 40;
    private static final int QUEUE_DEVICE = 48;
    private static final int COMMON_LENGTH = 56;

    private final long common;
    private final long device;
    private final long notify;
    private final PciCapabilities capabilities;
    private long[] doorbells = new long[0]; // our address of each queue's; queues are enabled before they are used

    ModernTransport(PciFunction function, PciCapabilities capabilities) {
        super(function);
        this.capabilities = capabilities;
        Bar[] bars = new Bar[6];
        common = map(bars, capabilities.common());
        device = map(bars, capabilities.device());
        notify = map(bars, capabilities.notification());
        if (capabilities.common().length() < COMMON_LENGTH) {
            throw VirtioTrouble.noInterface(address(), "modern");
        }
    }

    private long map(Bar[] bars, PciCapabilities.Place place) {
        if (bars[place.bar()] == null) {
            bars[place.bar()] = function.bar(place.bar());
        }
        return place.map(bars[place.bar()]);
    }

    @Override
    public boolean isLegacy() {
        return false;
    }

    @Override
    public long features() {
        RawMemory.setIntRelease(common + DEVICE_FEATURE_SELECT, 1);
        long high = RawMemory.getIntAcquire(common + DEVICE_FEATURE);
        RawMemory.setIntRelease(common + DEVICE_FEATURE_SELECT, 0);
        return high << 32 | Integer.toUnsignedLong(RawMemory.getIntAcquire(common + DEVICE_FEATURE));
    }

    @Override
    public void setFeatures(long features) {
        for (int half = 0; half < 2; half++) {
            RawMemory.setIntRelease(common + DRIVER_FEATURE_SELECT, half);
            RawMemory.setIntRelease(common + DRIVER_FEATURE, (int) (features >>> (32 * half)));
        }
    }

    @Override
    public int status() {
        return Byte.toUnsignedInt(RawMemory.getByteAcquire(common + DEVICE_STATUS));
    }

    @Override
    public void setStatus(int status) {
        RawMemory.setByteRelease(common + DEVICE_STATUS, (byte) status);
        if (status == 0) {
            awaitReset();
        }
    }

    // No field is longer than 2 bytes but the MAC address, which does not change by itself: no generation is read.
    @Override
    public int config(int offset, int bytes) {
        if (offset + bytes > capabilities.device().length()) {
            return 0; // a field that this device is too old for
        }
        return bytes == 1
                ? Byte.toUnsignedInt(RawMemory.getByteAcquire(device + offset))
                : Short.toUnsignedInt(RawMemory.getShortAcquire(device + offset));
    }

    @Override
    public void setConfig(int offset, int value) {
        RawMemory.setByteRelease(device + offset, (byte) value);
    }

    @Override
    public int queueSize(int queue) {
        select(queue);
        return Short.toUnsignedInt(RawMemory.getShortAcquire(common + QUEUE_SIZE));
    }

    @Override
    public boolean hasFixedQueueSizes() {
        return false;
    }

    @Override
    public void enableQueue(Virtqueue queue) {
        select(queue.index());
        RawMemory.setShortRelease(common + QUEUE_SIZE, (short) queue.size());
        setAddress(QUEUE_DESC, queue, queue.descriptors());
        setAddress(QUEUE_DRIVER, queue, queue.driverArea());
        setAddress(QUEUE_DEVICE, queue, queue.deviceArea());
        int offset = Short.toUnsignedInt(RawMemory.getShortAcquire(common + QUEUE_NOTIFY_OFF));
        long at = (long) offset * Integer.toUnsignedLong(capabilities.multiplier());
        if (at + 2 > capabilities.notification().length()) {
            throw VirtioTrouble.noQueue(address(), queue.index(), queue.size());
        }
        if (doorbells.length <= queue.index()) {
            doorbells = Arrays.copyOf(doorbells, queue.index() + 1);
        }
        doorbells[queue.index()] = notify + at;
        RawMemory.setShortRelease(common + QUEUE_ENABLE, (short) 1);
    }

    /** Vector n is that of receive queue n; a device that lacks room for it says so (4.1.5.1.2). */
    @Override
    public int[] interrupts(int receiveQueues) {
        int[] descriptors = function.interrupts(receiveQueues);
        for (int i = 0; i < receiveQueues; i++) {
            select(2 * i);
            RawMemory.setShortRelease(common + QUEUE_MSIX_VECTOR, (short) i);
            if (RawMemory.getShortAcquire(common + QUEUE_MSIX_VECTOR) != i) {
                throw VirtioTrouble.noVector(address(), 2 * i, i);
            }
        }
        return descriptors;
    }

    private void select(int queue) {
        RawMemory.setShortRelease(common + QUEUE_SELECT, (short) queue);
    }

    private void setAddress(int field, Virtqueue queue, long ours) {
        long iova = queue.memory().iova(ours);
        RawMemory.setIntRelease(common + field, (int) iova);
        RawMemory.setIntRelease(common + field + 4, (int) (iova >>> 32));
    }

    @Override
    public void notify(int queue) {
        RawMemory.setShortRelease(doorbells[queue], (short) queue);
    }
}
