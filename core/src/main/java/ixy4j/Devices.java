package ixy4j;

import ixy4j.linux.Cleanup;
import ixy4j.packet.PacketPool;
import java.util.ArrayList;
import java.util.List;

/** Several cards that are opened together, and closed together, the last first. Belongs to the thread that opened them. */
public final class Devices implements AutoCloseable {
    private final List<Device> devices = new ArrayList<>();

    private Devices() {}

    /** Opens cards with the default options; see {@link #open(DeviceOptions, String...)}. */
    public static Devices open(String... addresses) {
        return open(DeviceOptions.DEFAULT, addresses);
    }

    /** Opens each of these cards as {@link Device#open} does, or none of them if one cannot be opened. */
    public static Devices open(DeviceOptions options, String... addresses) {
        Devices opened = new Devices();
        try {
            for (String address : addresses) {
                opened.devices.add(Device.open(address, options));
            }
            return opened;
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, opened::close);
            throw e;
        }
    }

    /** How many there are. */
    public int size() {
        return devices.size();
    }

    /** The card of the address at this index. */
    public Device get(int index) {
        return devices.get(index);
    }

    /** All of them, as they were named. */
    public List<Device> all() {
        return List.copyOf(devices);
    }

    /**
     * A pool that they all reach, with a buffer for each descriptor that they have, so that it never runs out as long as the
     * program itself holds no more packets than it says.
     *
     * @param packets the program's own: in its batches, all together, 1 or more
     */
    public PacketPool pool(int packets) {
        return pool(packets, devices.toArray(new Device[0]));
    }

    /** The same for cards that were opened one by one. */
    public static PacketPool pool(int packets, Device... cards) {
        if (packets < 1) {
            throw new IllegalArgumentException("a program has 1 or more packets in its batches, not " + packets);
        }
        long buffers = packets;
        for (Device card : cards) {
            buffers += card.descriptors();
        }
        return PacketPool.create((int) Math.min(buffers, Integer.MAX_VALUE), cards);
    }

    @Override
    public void close() {
        List<Runnable> steps = new ArrayList<>();
        devices.reversed().forEach(device -> steps.add(device::close));
        Cleanup.run(steps);
    }
}
