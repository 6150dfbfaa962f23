package ixy4j.xdp;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.Devices;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import java.util.ArrayList;
import java.util.List;

/** Sends frames through the queues of an interface in turn: those that they come to have the same numbers. */
final class SpreadingEnd implements FarEnd {
    private final Device device;
    private final PacketPool pool;
    private final PacketBatch batch;
    private final List<RxQueue> rx = new ArrayList<>();
    private final List<TxQueue> tx = new ArrayList<>();
    private int next;

    SpreadingEnd(String name, int queues) {
        device = Device.open("xdp:" + name, DeviceOptions.DEFAULT.withQueues(queues, queues));
        pool = Devices.pool(64, device);
        batch = pool.batch(64);
        for (int i = 0; i < queues; i++) {
            rx.add(device.rxQueue(i, pool));
            tx.add(device.txQueue(i, pool));
        }
    }

    @Override
    public boolean send(byte[] frame) {
        batch.add(frame);
        return tx.get(next++ % tx.size()).transmit(batch) == 1;
    }

    @Override
    public List<byte[]> received() {
        List<byte[]> frames = new ArrayList<>();
        for (RxQueue queue : rx) {
            queue.receive(batch);
        }
        for (int i = 0; i < batch.size(); i++) {
            frames.add(batch.toArray(i));
        }
        batch.free();
        return frames;
    }

    @Override
    public void close() {
        device.close();
        pool.close();
    }
}
