package ixy4j.vm;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.RxQueue;
import ixy4j.TxQueue;
import ixy4j.memory.NetworkOrder;
import ixy4j.memory.PacketBatch;
import ixy4j.memory.PacketPool;

/**
 * Runs in the guest: sends each UDP datagram for its port back to where it came from, by the queue of the same number.
 * The first byte of a datagram says what to do before that, see {@link Probe}; into the second, it writes the number of
 * the queue. Arguments: the address of a card, and how many pairs of queues to open.
 */
final class Echo {
    private static final int RING = 256;
    private static final int BATCH = 32;

    private final Device device;
    private final RxQueue[] rx;
    private final TxQueue[] tx;
    private final PacketBatch in;
    private final PacketBatch out;
    private boolean stopped;

    private Echo(Device device, PacketPool pool, int queues) {
        this.device = device;
        rx = new RxQueue[queues];
        tx = new TxQueue[queues];
        for (int i = 0; i < queues; i++) {
            rx[i] = device.rxQueue(i, pool);
            tx[i] = device.txQueue(i, pool);
        }
        in = pool.batch(BATCH);
        out = pool.batch(BATCH);
    }

    public static void main(String[] args) {
        int queues = Integer.parseInt(args[1]);
        DeviceOptions options = DeviceOptions.DEFAULT.withQueues(queues, queues).withRingSize(RING);
        try (Device device = Device.open(args[0], options);
                PacketPool pool = PacketPool.create(2 * queues * RING + 2 * BATCH, device)) {
            Echo echo = new Echo(device, pool, queues);
            System.out.println(device.macAddress());
            while (!echo.stopped) {
                for (int i = 0; i < queues; i++) {
                    echo.turn(i);
                }
            }
            System.out.println(device.stats());
        }
    }

    private void turn(int queue) {
        rx[queue].receive(in);
        for (int i = 0; i < in.size(); i++) {
            if (isForUs(i)) {
                int what = in.getByte(i, Probe.PAYLOAD);
                if (what == Probe.FROM_ALL_QUEUES) {
                    for (int j = 0; j < Probe.EACH * tx.length; j++) {
                        answer(i, j % tx.length);
                    }
                } else {
                    obey(what);
                    answer(i, queue);
                }
            }
        }
        in.free();
    }

    private boolean isForUs(int packet) {
        return in.length(packet) > Probe.PAYLOAD + 2
                && NetworkOrder.getShort(in, packet, 12) == 0x0800
                && in.getByte(packet, 23) == 17
                && NetworkOrder.getShort(in, packet, 36) == Probe.PORT;
    }

    private void obey(int what) {
        switch (what) {
            case Probe.PROMISCUOUS -> device.setPromiscuous(true);
            case Probe.NOT_PROMISCUOUS -> device.setPromiscuous(false);
            case Probe.STOP -> stopped = true;
            default -> {
                // only to be answered
            }
        }
    }

    /** Swaps addresses and ports. */
    private void answer(int packet, int queue) {
        int length = in.length(packet);
        int copy = out.add(length);
        for (int i = 0; i < length; i++) {
            out.setByte(copy, i, in.getByte(packet, i));
        }
        boolean toGroup = (in.getByte(packet, 0) & 1) != 0; // broadcast too; no address to send from
        long own = device.macAddress().bits();
        for (int i = 0; i < 6; i++) {
            out.setByte(copy, i, in.getByte(packet, 6 + i));
            out.setByte(copy, 6 + i, toGroup ? (byte) (own >>> (40 - 8 * i)) : in.getByte(packet, i));
        }
        NetworkOrder.setInt(out, copy, 26, NetworkOrder.getInt(in, packet, 30));
        NetworkOrder.setInt(out, copy, 30, NetworkOrder.getInt(in, packet, 26));
        NetworkOrder.setShort(out, copy, 34, NetworkOrder.getShort(in, packet, 36));
        NetworkOrder.setShort(out, copy, 36, NetworkOrder.getShort(in, packet, 34));
        NetworkOrder.setShort(out, copy, 40, (short) 0); // no checksum
        out.setByte(copy, Probe.PAYLOAD + 1, (byte) queue);
        while (out.size() > 0) {
            tx[queue].transmit(out);
        }
    }
}
