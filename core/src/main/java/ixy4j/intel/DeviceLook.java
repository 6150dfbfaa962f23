package ixy4j.intel;

import ixy4j.Device;
import ixy4j.spi.DmaMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be seen of an open card from its driver's side, for who watches it: nothing here is called on the way of a packet,
 * nor kept up for it. Another thread that looks sees fields as they were a little earlier. Whoever looks ends before the pool
 * is closed that the queues are opened with.
 */
public final class DeviceLook {
    private static final int PLACES = 0x40; // bytes: no register of a ring lies further behind its first

    private final AdvancedDevice device;

    private DeviceLook(AdvancedDevice device) {
        this.device = device;
    }

    /** Looks at a card that has rings of descriptors as Intel's have; empty for others. */
    public static Optional<DeviceLook> of(Device device) {
        return device instanceof AdvancedDevice advanced ? Optional.of(new DeviceLook(advanced)) : Optional.empty();
    }

    /** Where the registers of its rings are. */
    public AdvancedDevice.Rings registers() {
        return device.registers;
    }

    /** Whether an offset is that of a register of one of its rings. */
    public boolean isOfRing(int offset) {
        return isOfRing(offset, device.registers.rx(), device.rxQueues.length)
                || isOfRing(offset, device.registers.tx(), device.txQueues.length);
    }

    private boolean isOfRing(int offset, int first, int count) {
        int distance = device.registers.distance();
        return offset >= first && offset < first + count * distance && (offset - first) % distance < PLACES;
    }

    /**
     * Does something while the card stays open: no other thread closes it or asks it for anything meanwhile.
     *
     * @return whether it is open
     */
    public boolean whileOpen(Runnable action) {
        synchronized (device) {
            if (!device.closed) {
                action.run();
            }
            return !device.closed;
        }
    }

    /** Reads a register, while it is open. That some have effects is for the caller to know. */
    public int register(int offset) {
        return device.bar.get32(offset);
    }

    /** Our address of bytes of its rings at an IOVA; 0 if they are none. */
    public long ringAddress(long iova, long bytes) {
        DmaMemory memory = device.rings;
        long[] pages = memory.pageIovas();
        for (int i = 0; i < pages.length; i++) {
            long offset = iova - pages[i];
            if (offset >= 0 && offset + bytes <= DmaMemory.PAGE) {
                return memory.address() + (long) i * DmaMemory.PAGE + offset;
            }
        }
        return 0;
    }

    /** Its queues that were opened, receive queues first. */
    public List<QueueLook> queues() {
        List<QueueLook> queues = new ArrayList<>();
        for (int i = 0; i < device.rxQueues.length; i++) {
            if (device.rxQueues[i] != null) {
                queues.add(new QueueLook(true, i, device.rxQueues[i]));
            }
        }
        for (int i = 0; i < device.txQueues.length; i++) {
            if (device.txQueues[i] != null) {
                queues.add(new QueueLook(false, i, device.txQueues[i]));
            }
        }
        return queues;
    }
}
