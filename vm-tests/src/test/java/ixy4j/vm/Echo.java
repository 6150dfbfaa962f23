package ixy4j.vm;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;

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
                int what = (byte) in.get8(i, Probe.PAYLOAD);
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
                && (short) in.get16(packet, 12) == 0x0800
                && (byte) in.get8(packet, 23) == 17
                && (short) in.get16(packet, 36) == Probe.PORT;
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
            out.set8(copy, i, (byte) in.get8(packet, i));
        }
        boolean toGroup = ((byte) in.get8(packet, 0) & 1) != 0; // broadcast too; no address to send from
        long own = device.macAddress().bits();
        for (int i = 0; i < 6; i++) {
            out.set8(copy, i, (byte) in.get8(packet, 6 + i));
            out.set8(copy, 6 + i, toGroup ? (byte) (own >>> (40 - 8 * i)) : (byte) in.get8(packet, i));
        }
        out.set32(copy, 26, in.get32(packet, 30));
        out.set32(copy, 30, in.get32(packet, 26));
        out.set16(copy, 34, (short) in.get16(packet, 36));
        out.set16(copy, 36, (short) in.get16(packet, 34));
        out.set16(copy, 40, (short) 0); // no checksum
        out.set8(copy, Probe.PAYLOAD + 1, (byte) queue);
        while (out.size() > 0) {
            tx[queue].transmit(out);
        }
    }
}
