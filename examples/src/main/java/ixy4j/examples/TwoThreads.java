package ixy4j.examples;

import ixy4j.*;
import ixy4j.packet.*;

/** One thread receives at a card and lets whole IPv4 packets pass, another sends them by the next card. */
final class TwoThreads {
    private static final int BATCH = 32;
    private static final int ON_THE_WAY = 256;

    // the receiving thread's
    private final RxQueue rx;
    private final PacketBatch received;

    // the sending thread's
    private final TxQueue tx;
    private final PacketBatch leaving;

    private final PacketChannel channel; // each has one end

    TwoThreads(Device from, Device to, PacketPool pool) {
        PacketPool part = pool.split(to.descriptors() + BATCH); // the sending thread's
        rx = from.rxQueue(0, pool);
        received = pool.batch(BATCH);
        tx = to.txQueue(0, part);
        leaving = part.batch(BATCH);
        channel = PacketChannel.between(pool, part, ON_THE_WAY);
    }

    public static void main(String[] args) throws InterruptedException {
        if (args.length != 2) {
            System.err.println("Usage: TwoThreads FROM-CARD TO-CARD");
            System.exit(2);
        }
        try (Stop stop = Stop.onSignals();
                Devices cards = Devices.open(args[0], args[1]);
                PacketPool pool = poolFor(cards.get(0), cards.get(1))) {
            TwoThreads threads = new TwoThreads(cards.get(0), cards.get(1), pool);
            Thread receiver = Thread.ofPlatform().name("receiver").start(() -> threads.receiveUntil(stop));
            try {
                while (!stop.isRequested()) {
                    threads.send();
                }
            } finally {
                stop.request();
                receiver.join();
            }
            for (long end = System.nanoTime() + 50_000_000; threads.send() && System.nanoTime() - end < 0; ) {
                // what was on the way
            }
        }
    }

    /** A pool for both threads, and what is between them. */
    static PacketPool poolFor(Device... cards) {
        return Devices.pool(2 * BATCH + ON_THE_WAY, cards);
    }

    private void receiveUntil(Stop stop) {
        try {
            while (!stop.isRequested()) {
                receive();
            }
        } finally {
            stop.request(); // also where this failed
        }
    }

    void receive() {
        rx.receive(received);
        for (int i = 0; i < received.size(); i++) {
            boolean isIpv4 = Ethernet.isWhole(received, i) && Ethernet.payloadType(received, i) == Ipv4.ETHER_TYPE;
            if (!isIpv4 || !Ipv4.isWhole(received, i, Ethernet.payload(received, i))) {
                received.drop(i);
            }
        }
        channel.send(received);
        received.free(); // what the other thread does not keep up with
    }

    /** Whether there is anything on the way. */
    boolean send() {
        int count = channel.receive(leaving);
        tx.transmit(leaving); // what the card has no room for goes first the next time
        return count > 0 || leaving.size() > 0;
    }
}
