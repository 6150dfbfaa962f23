package ixy4j.examples;

import ixy4j.*;
import ixy4j.packet.*;

/**
 * Lets the hosts of a network inside reach those outside by one address (NAPT, RFC 3022): with UDP, TCP and ping. A sender
 * keeps its port there for 5 minutes from its last packet on, unless 16 who sent something since need its place in the table,
 * and may be answered by anyone (RFC 4787, 4.1 and 5).
 */
final class Nat {
    private static final int BATCH = 32;
    private static final int HEADER = Ethernet.HEADER; // where ARP and IPv4 begin
    private static final long SECOND = 1_000_000_000;

    private final Side inside;
    private final Side outside;
    private final Senders senders = new Senders();
    private final long gateway; // where all goes that leaves
    private long gatewayMac; // 0 while it is not known
    private long nextQuestion = Long.MIN_VALUE; // about it, when

    Nat(Device inside, String insideIp, Device outside, String outsideIp, String gateway, PacketPool pool) {
        this.inside = new Side(inside, insideIp, pool);
        this.outside = new Side(outside, outsideIp, pool);
        this.gateway = Ipv4.parse(gateway);
    }

    public static void main(String[] args) {
        if (args.length != 5) {
            System.err.println("Usage: Nat INSIDE-CARD ADDRESS OUTSIDE-CARD ADDRESS GATEWAY");
            System.exit(2);
        }
        try (Stop stop = Stop.onSignals();
                Devices cards = Devices.open(DeviceOptions.DEFAULT.withPromiscuous(false), args[0], args[2]);
                PacketPool pool = cards.pool(6 * BATCH)) {
            Nat nat = new Nat(cards.get(0), args[1], cards.get(1), args[3], args[4], pool);
            while (!stop.isRequested()) {
                nat.turn(System.nanoTime());
            }
        }
    }

    /** At a time in nanoseconds. */
    void turn(long now) {
        if (now >= nextQuestion) {
            nextQuestion = now + (gatewayMac == 0 ? SECOND : 30 * SECOND);
            askForGateway();
        }
        inside.rx.receive(inside.in);
        for (int i = 0; i < inside.in.size(); i++) {
            if (isForOthers(inside, i) && gatewayMac != 0) {
                passOut(inside.in, i, now);
            }
        }
        outside.rx.receive(outside.in);
        for (int i = 0; i < outside.in.size(); i++) {
            if (isForOthers(outside, i) && Ipv4.destination(outside.in, i, HEADER) == outside.ip) {
                passIn(outside.in, i, now);
            }
        }
        inside.end();
        outside.end();
    }

    private void askForGateway() {
        int i = outside.out.add(HEADER + Arp.LENGTH);
        if (i >= 0) {
            Ethernet.write(outside.out, i, Ethernet.BROADCAST, outside.mac, Arp.ETHER_TYPE);
            Arp.write(outside.out, i, HEADER, Arp.REQUEST, outside.mac, outside.ip, 0, gateway);
        }
    }

    /** Whether a packet can go on; ARP ends here. */
    private boolean isForOthers(Side side, int i) {
        if (Ethernet.type(side.in, i) == Arp.ETHER_TYPE && Arp.isWhole(side.in, i, HEADER)) {
            if (side.equals(outside) && Arp.senderIp(side.in, i, HEADER) == gateway) {
                gatewayMac = Arp.senderMac(side.in, i, HEADER);
            }
            if (Arp.isRequestFor(side.in, i, HEADER, side.ip)) {
                Arp.reply(side.in, i, HEADER, side.mac);
                side.in.moveTo(side.out, i);
            }
            return false;
        }
        return Ethernet.type(side.in, i) == Ipv4.ETHER_TYPE
                && Ethernet.destination(side.in, i) == side.mac
                && Ipv4.isWhole(side.in, i, HEADER)
                && Ipv4.timeToLive(side.in, i, HEADER) > 1
                && hasPort(side.in, i, Ipv4.payload(side.in, i, HEADER));
    }

    /** Whether a packet is UDP or TCP, or of a ping, whose identifier stands for both ports. */
    private static boolean hasPort(PacketBatch in, int i, int payload) {
        return switch (Ipv4.protocol(in, i, HEADER)) {
            case Udp.PROTOCOL -> Udp.isWhole(in, i, HEADER, payload);
            case Tcp.PROTOCOL -> Tcp.isWhole(in, i, HEADER, payload);
            case Icmp.PROTOCOL -> Icmp.isEcho(in, i, HEADER, payload);
            default -> false;
        };
    }

    private void passOut(PacketBatch in, int i, long now) {
        int payload = Ipv4.payload(in, i, HEADER);
        int protocol = Ipv4.protocol(in, i, HEADER);
        int port = switch (protocol) {
            case Udp.PROTOCOL -> Udp.sourcePort(in, i, payload);
            case Tcp.PROTOCOL -> Tcp.sourcePort(in, i, payload);
            default -> Icmp.identifier(in, i, payload);
        };
        int mapped = senders.add(protocol, Ipv4.source(in, i, HEADER), port, Ethernet.source(in, i), now);
        switch (protocol) {
            case Udp.PROTOCOL -> Udp.setSource(in, i, HEADER, payload, outside.ip, mapped);
            case Tcp.PROTOCOL -> Tcp.setSource(in, i, HEADER, payload, outside.ip, mapped);
            default -> Icmp.setIdentifier(in, i, payload, mapped);
        }
        Ipv4.setSource(in, i, HEADER, outside.ip); // which is new for ICMP
        outside.send(in, i, gatewayMac);
    }

    private void passIn(PacketBatch in, int i, long now) {
        int payload = Ipv4.payload(in, i, HEADER);
        int protocol = Ipv4.protocol(in, i, HEADER);
        int mapped = switch (protocol) {
            case Udp.PROTOCOL -> Udp.destinationPort(in, i, payload);
            case Tcp.PROTOCOL -> Tcp.destinationPort(in, i, payload);
            default -> Icmp.identifier(in, i, payload);
        };
        if (!senders.has(protocol, mapped, now)) {
            return;
        }
        long ip = senders.ip(mapped);
        switch (protocol) {
            case Udp.PROTOCOL -> Udp.setDestination(in, i, HEADER, payload, ip, senders.port(mapped));
            case Tcp.PROTOCOL -> Tcp.setDestination(in, i, HEADER, payload, ip, senders.port(mapped));
            default -> Icmp.setIdentifier(in, i, payload, senders.port(mapped));
        }
        Ipv4.setDestination(in, i, HEADER, ip); // which is new for ICMP
        inside.send(in, i, senders.mac(mapped));
    }

    /** A card, and its address in the network there. */
    private record Side(long mac, long ip, RxQueue rx, TxQueue tx, PacketBatch in, PacketBatch out) {
        Side(Device card, String ip, PacketPool pool) {
            RxQueue rx = card.rxQueue(0, pool);
            TxQueue tx = card.txQueue(0, pool);
            this(card.macAddress().bits(), Ipv4.parse(ip), rx, tx, pool.batch(BATCH), pool.batch(2 * BATCH));
        }

        void send(PacketBatch from, int i, long to) {
            Ethernet.write(from, i, to, mac, Ipv4.ETHER_TYPE);
            Ipv4.decrementTimeToLive(from, i, HEADER);
            from.moveTo(out, i);
        }

        void end() {
            in.free(); // what did not go on
            tx.transmit(out); // what the card has no room for goes first the next time
        }
    }

    /** Who has which port outside, from 32768 on: a hash table, in which a sender has one of 16 places. */
    private static final class Senders {
        private static final int SIZE = 1 << 15;
        private static final long LIFE = 300 * SECOND;

        private final long[] senders = new long[SIZE]; // protocol, address, port
        private final long[] macs = new long[SIZE];
        private final long[] used = new long[SIZE]; // when

        int add(int protocol, long ip, int port, long mac, long now) {
            long sender = (long) protocol << 48 | ip << 16 | port;
            int first = (int) ((sender * 0x9e37_79b9_7f4a_7c15L) >>> 53) * 16;
            int chosen = first; // its place, else that of who has been silent for the longest
            for (int place = first; place < first + 16 && senders[chosen] != sender; place++) {
                chosen = senders[place] == sender || used[place] - used[chosen] < 0 ? place : chosen;
            }
            senders[chosen] = sender;
            macs[chosen] = mac;
            used[chosen] = now;
            return SIZE + chosen;
        }

        boolean has(int protocol, int port, long now) {
            int place = port - SIZE;
            return place >= 0 && senders[place] >>> 48 == protocol && now - used[place] < LIFE;
        }

        long ip(int port) {
            return senders[port - SIZE] >>> 16 & 0xffff_ffffL;
        }

        int port(int port) {
            return (int) senders[port - SIZE] & 0xffff;
        }

        long mac(int port) {
            return macs[port - SIZE];
        }
    }
}
