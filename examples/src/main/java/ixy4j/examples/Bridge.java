package ixy4j.examples;

import ixy4j.*;
import ixy4j.packet.*;
import java.util.List;

/** A switch of some cards (IEEE 802.1D, 7): it learns at which port a station is, and sends there what is for it. */
final class Bridge {
    private static final int BATCH = 32;
    private static final long RESERVED = 0x0180_c200_0000L; // and the 15 next: for the bridge itself

    private record Port(RxQueue rx, TxQueue tx, PacketBatch in, PacketBatch out) {}

    private final Port[] ports;
    private final Stations stations = new Stations();

    Bridge(List<Device> cards, PacketPool pool) {
        ports = cards.stream()
                .map(card ->
                        new Port(card.rxQueue(0, pool), card.txQueue(0, pool), pool.batch(BATCH), pool.batch(BATCH)))
                .toArray(Port[]::new);
    }

    public static void main(String[] args) {
        if (args.length < 2) {
            System.err.println("Usage: Bridge CARD CARD...");
            System.exit(2);
        }
        try (Stop stop = Stop.onSignals();
                Devices cards = Devices.open(args);
                PacketPool pool = cards.pool(2 * BATCH * args.length)) {
            Bridge bridge = new Bridge(cards.all(), pool);
            while (!stop.isRequested()) {
                bridge.turn(System.nanoTime());
            }
        }
    }

    /** At a time in nanoseconds. */
    void turn(long now) {
        for (int from = 0; from < ports.length; from++) {
            PacketBatch in = ports[from].in;
            ports[from].rx.receive(in);
            for (int i = 0; i < in.size(); i++) {
                forward(in, i, from, now);
            }
            in.free(); // what did not move
            for (Port port : ports) {
                port.tx.transmit(port.out); // what the card has no room for goes first the next time
            }
        }
    }

    private void forward(PacketBatch in, int i, int from, long now) {
        long source = Ethernet.source(in, i);
        long destination = Ethernet.destination(in, i);
        if (!Ethernet.isGroup(source)) {
            stations.learn(source, from, now);
        }
        int to = Ethernet.isGroup(destination) ? Stations.UNKNOWN : stations.find(destination, now);
        if (to != Stations.UNKNOWN && to != from) {
            in.moveTo(ports[to].out, i);
        } else if (to == Stations.UNKNOWN && (destination & ~15L) != RESERVED) {
            flood(in, i, from);
        }
    }

    private void flood(PacketBatch in, int i, int from) {
        for (int to = 0; to < ports.length; to++) {
            if (to != from) {
                in.copyTo(ports[to].out, i);
            }
        }
    }

    /** A table with one place for each hash: of two that meet there, one is flooded to, as if it was not known. */
    private static final class Stations {
        static final int UNKNOWN = -1;
        private static final int BITS = 16;
        private static final long LIFE = 300_000_000_000L; // in nanoseconds

        private final long[] macs = new long[1 << BITS];
        private final int[] ports = new int[1 << BITS];
        private final long[] heard = new long[1 << BITS]; // when

        void learn(long mac, int port, long now) {
            int place = place(mac);
            macs[place] = mac;
            ports[place] = port;
            heard[place] = now;
        }

        int find(long mac, long now) {
            int place = place(mac);
            return macs[place] == mac && now - heard[place] < LIFE ? ports[place] : UNKNOWN;
        }

        private static int place(long mac) {
            return (int) ((mac * 0x9e37_79b9_7f4a_7c15L) >>> -BITS); // the golden ratio spreads them
        }
    }
}
