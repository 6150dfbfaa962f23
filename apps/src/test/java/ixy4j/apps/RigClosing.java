package ixy4j.apps;

import ixy4j.ClosingStress;
import ixy4j.Device;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;

/** The program that {@link RigTest} runs: closes one card under traffic, again and again, beside another that stays. */
final class RigClosing {
    private RigClosing() {}

    /** Addresses of the two cards, how many rounds, and the seed. */
    public static void main(String[] args) throws InterruptedException {
        try (Device survivor = Device.open(args[1], ClosingStress.OPTIONS);
                PacketPool pool = PacketPool.create(256, survivor)) {
            RxQueue rx = survivor.rxQueue(0, pool);
            TxQueue tx = survivor.txQueue(0, pool);
            PacketBatch batch = pool.batch(32);
            new ClosingStress(
                            Long.parseLong(args[3]),
                            () -> Device.open(args[0], ClosingStress.OPTIONS),
                            () -> forward(rx, tx, batch))
                    .withPlainTraffic()
                    .run(Integer.parseInt(args[2]));
        }
    }

    private static void forward(RxQueue rx, TxQueue tx, PacketBatch batch) {
        int before = batch.size();
        rx.receive(batch);
        for (int i = before; i < batch.size(); i++) {
            batch.set8(i, 1, batch.get8(i, 1) + 1);
        }
        tx.transmit(batch);
    }
}
