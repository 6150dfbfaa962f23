package ixy4j.examples;

import ixy4j.*;
import ixy4j.packet.*;

/** A host with one IPv4 address that answers ARP and ping, and sends back what comes to its UDP port 7 (RFC 862). */
final class Echo {
    private static final int PORT = 7;

    private final long mac;
    private final long ip;
    private final RxQueue rx;
    private final TxQueue tx;
    private final PacketBatch batch;

    Echo(Device card, PacketPool pool, String address) {
        mac = card.macAddress().bits();
        ip = Ipv4.parse(address);
        rx = card.rxQueue(0, pool);
        tx = card.txQueue(0, pool);
        batch = pool.batch(32);
    }

    public static void main(String[] args) {
        if (args.length != 2) {
            System.err.println("Usage: Echo CARD IPV4-ADDRESS");
            System.exit(2);
        }
        try (Stop stop = Stop.onSignals();
                Device card = Device.open(args[0], DeviceOptions.DEFAULT.withPromiscuous(false));
                PacketPool pool = Devices.pool(32, card)) {
            Echo echo = new Echo(card, pool, args[1]);
            while (!stop.isRequested()) {
                echo.turn();
            }
        }
    }

    /** What arrived becomes its own answer, or goes. */
    void turn() {
        rx.receive(batch);
        for (int i = 0; i < batch.size(); i++) {
            if (!Ethernet.isWhole(batch, i) || !answer(i, Ethernet.payload(batch, i))) {
                batch.drop(i);
            }
        }
        tx.transmit(batch);
        batch.free(); // what the card has no room for
    }

    private boolean answer(int i, int payload) {
        int type = Ethernet.payloadType(batch, i);
        if (type == Arp.ETHER_TYPE && Arp.isRequestFor(batch, i, payload, ip)) {
            Arp.reply(batch, i, payload, mac);
            return true;
        }
        boolean isOurs =
                type == Ipv4.ETHER_TYPE && Ipv4.isWhole(batch, i, payload) && Ipv4.destination(batch, i, payload) == ip;
        return isOurs && answerIp(i, payload, Ipv4.payload(batch, i, payload));
    }

    private boolean answerIp(int i, int header, int payload) {
        int protocol = Ipv4.protocol(batch, i, header);
        if (protocol == Icmp.PROTOCOL && Icmp.isEchoRequest(batch, i, header, payload)) {
            Icmp.reply(batch, i, payload);
        } else if (protocol == Udp.PROTOCOL && isEcho(i, header, payload)) {
            Udp.reply(batch, i, payload);
        } else {
            return false;
        }
        Ipv4.reply(batch, i, header);
        Ethernet.reply(batch, i, mac);
        return true;
    }

    /** Not from the same port of another: two would answer each other for ever. */
    private boolean isEcho(int i, int header, int udp) {
        return Udp.isWhole(batch, i, header, udp)
                && Udp.destinationPort(batch, i, udp) == PORT
                && Udp.sourcePort(batch, i, udp) != PORT;
    }
}
