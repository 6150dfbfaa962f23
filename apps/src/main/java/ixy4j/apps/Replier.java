package ixy4j.apps;

import ixy4j.packet.Arp;
import ixy4j.packet.Checksum;
import ixy4j.packet.Ethernet;
import ixy4j.packet.Icmp;
import ixy4j.packet.Ipv4;
import ixy4j.packet.Ipv6;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.packet.Udp;

/**
 * A host that answers: what arrives becomes its own answer, which so is never longer. It answers each packet that is for it alone
 * and from one other host; anything else, from a group or a broadcast address, from itself, in fragments, with options or
 * extension headers, or not whole, it does not.
 */
final class Replier implements PacketThread.Step {
    private static final int ECHO = 7; // RFC 862
    private static final int ICMP6 = 58;
    private static final int ECHO_REQUEST_6 = 128; // RFC 4443, 4.1
    private static final int ECHO_REPLY_6 = 129;
    private static final int SOLICITATION = 135; // RFC 4861, 4.3
    private static final int ADVERTISEMENT = 136;
    private static final int NEIGHBOR = 24; // bytes of either without options
    private static final int OPTION = 8; // bytes of one with a MAC address
    private static final int SOURCE_ADDRESS = 0x0101; // the option's type and length, in units of 8 bytes
    private static final int TARGET_ADDRESS = 0x0201;
    private static final long SOLICITED_OVERRIDE = 0x6000_0000L;
    private static final long OVERRIDE = 0x2000_0000L;
    private static final long ALL_NODES_HIGH = 0xff02L << 48; // ff02::1
    private static final long ALL_NODES_MAC = 0x3333_0000_0001L;
    private static final int ON_LINK = 255; // a hop limit that no router lets through
    private static final int HOPS = 64;
    private static final int CHECKSUM = 2;

    private final long mac;
    private final Host[] hosts;
    private final RxQueue rx;
    private final TxQueue tx;
    private final PacketBatch batch;
    long arp;
    long neighbor;
    long icmp;
    long icmp6;
    long udp;
    long ignored;
    long wrongChecksum; // of these
    long noRoom;

    /** One with these addresses. */
    Replier(long mac, Host[] hosts, RxQueue rx, TxQueue tx, PacketBatch batch) {
        this.mac = mac;
        this.hosts = hosts.clone();
        this.rx = rx;
        this.tx = tx;
        this.batch = batch;
    }

    @Override
    public int turn() {
        int received = rx.receive(batch);
        for (int i = 0; i < batch.size(); i++) {
            if (!answer(i)) {
                ignored++;
                batch.drop(i);
            }
        }
        int sent = tx.transmit(batch);
        noRoom += batch.free();
        return received + sent;
    }

    private boolean answer(int i) {
        if (!Ethernet.isWhole(batch, i) || Ethernet.isGroup(Ethernet.source(batch, i))) {
            return false;
        }
        long to = Ethernet.destination(batch, i);
        if (Ethernet.source(batch, i) == mac || (to != mac && !Ethernet.isGroup(to))) {
            return false;
        }
        int at = Ethernet.payload(batch, i);
        return switch (Ethernet.payloadType(batch, i)) {
            case Arp.ETHER_TYPE -> answerArp(i, at);
            case Ipv4.ETHER_TYPE -> to == mac && answerIpv4(i, at);
            case Ipv6.ETHER_TYPE -> answerIpv6(i, at, to == mac);
            default -> false;
        };
    }

    private boolean answerArp(int i, int at) {
        for (Host host : hosts) {
            if (!host.isIpv6()
                    && Arp.isRequestFor(batch, i, at, host.low())
                    && Arp.senderMac(batch, i, at) == Ethernet.source(batch, i)
                    && isOther(Arp.senderIp(batch, i, at), host, true)) {
                Arp.reply(batch, i, at, mac);
                arp++;
                return true;
            }
        }
        return false;
    }

    /** Whether an address is that of one other host; one that looks whether an address is taken (RFC 5227) has none yet. */
    private boolean isOther(long source, Host host, boolean mayHaveNone) {
        for (Host own : hosts) {
            if (!own.isIpv6() && own.low() == source) {
                return false;
            }
        }
        return (mayHaveNone && source == 0) || host.mayBeFrom(source);
    }

    // ---- IPv4

    private boolean answerIpv4(int i, int ip) {
        if (!Ipv4.isWhole(batch, i, ip) || Ipv4.headerLength(batch, i, ip) != Ipv4.HEADER) {
            return false;
        }
        long to = Ipv4.destination(batch, i, ip);
        for (Host host : hosts) {
            if (!host.isIpv6() && host.low() == to) {
                return isOther(Ipv4.source(batch, i, ip), host, false) && echoIpv4(i, ip, Ipv4.payload(batch, i, ip));
            }
        }
        return false;
    }

    private boolean echoIpv4(int i, int ip, int at) {
        int protocol = Ipv4.protocol(batch, i, ip);
        if (protocol == Icmp.PROTOCOL && Icmp.isEchoRequest(batch, i, ip, at) && Icmp.code(batch, i, at) == 0) {
            Icmp.reply(batch, i, at);
            icmp++;
        } else if (protocol == Udp.PROTOCOL && isEcho(i, ip, at)) {
            Udp.reply(batch, i, at);
            udp++;
        } else {
            return false;
        }
        Ipv4.reply(batch, i, ip);
        Ethernet.reply(batch, i, mac);
        return true;
    }

    /** Not from the same port of another: two would answer each other for ever. */
    private boolean isEcho(int i, int ip, int at) {
        boolean isQuestion = batch.length(i) >= at + Udp.HEADER
                && Udp.destinationPort(batch, i, at) == ECHO
                && Udp.sourcePort(batch, i, at) != ECHO
                && Udp.sourcePort(batch, i, at) != 0;
        boolean isWhole = isQuestion && Udp.isWhole(batch, i, ip, at);
        wrongChecksum += isQuestion && !isWhole ? 1 : 0;
        return isWhole;
    }

    // ---- IPv6

    private boolean answerIpv6(int i, int ip, boolean isForUs) {
        if (!Ipv6.isWhole(batch, i, ip)) {
            return false;
        }
        long high = Ipv6.sourceHigh(batch, i, ip);
        long low = Ipv6.sourceLow(batch, i, ip);
        int at = Ipv6.payload(ip);
        int next = Ipv6.nextHeader(batch, i, ip);
        if ((high | low) == 0) {
            return next == ICMP6 && isWholeIcmp6(i, ip, at) && defend(i, ip, at);
        }
        if (!Host.mayBeFrom(high, low) || isOurs(high, low)) {
            return false;
        }
        if (next == ICMP6 && isWholeIcmp6(i, ip, at)) {
            int type = batch.get16(i, at); // with the code
            return type == SOLICITATION << 8
                    ? advertise(i, ip, at)
                    : type == ECHO_REQUEST_6 << 8 && isForUs && echoIcmp6(i, ip, at);
        }
        if (next == Udp.PROTOCOL && isForUs && isToUs(i, ip) && isEcho(i, ip, at)) {
            Udp.reply(batch, i, at);
            replyIpv6(i, ip, HOPS);
            udp++;
            return true;
        }
        return false;
    }

    private boolean isWholeIcmp6(int i, int ip, int at) {
        return Ipv6.payloadLength(batch, i, ip) >= Icmp.HEADER && Checksum.ofTransport(batch, i, ip, ICMP6, at) == 0;
    }

    private boolean isToUs(int i, int ip) {
        return isOurs(Ipv6.destinationHigh(batch, i, ip), Ipv6.destinationLow(batch, i, ip));
    }

    private boolean isOurs(long high, long low) {
        for (Host host : hosts) {
            if (host.isIpv6() && host.high() == high && host.low() == low) {
                return true;
            }
        }
        return false;
    }

    private boolean echoIcmp6(int i, int ip, int at) {
        if (!isToUs(i, ip)) {
            return false;
        }
        Icmp.setType(batch, i, at, ECHO_REPLY_6, 0);
        replyIpv6(i, ip, HOPS);
        icmp6++;
        return true;
    }

    /** The addresses change places, which leaves sums over both as they are. */
    private void replyIpv6(int i, int ip, int hops) {
        long high = Ipv6.sourceHigh(batch, i, ip);
        long low = Ipv6.sourceLow(batch, i, ip);
        Ipv6.setSource(batch, i, ip, Ipv6.destinationHigh(batch, i, ip), Ipv6.destinationLow(batch, i, ip));
        Ipv6.setDestination(batch, i, ip, high, low);
        Ipv6.setHopLimit(batch, i, ip, hops);
        Ethernet.reply(batch, i, mac);
    }

    /** Tells all that an address is taken, since somebody asks who wants it and has none yet (RFC 4862, 5.4.3). */
    private boolean defend(int i, int ip, int at) {
        boolean isQuestion = batch.get16(i, at) == SOLICITATION << 8
                && Ipv6.payloadLength(batch, i, ip) == NEIGHBOR
                && Ipv6.hopLimit(batch, i, ip) == ON_LINK;
        long high = isQuestion ? batch.get64(i, at + 8) : 0;
        long low = isQuestion ? batch.get64(i, at + 16) : 0;
        if (!isOurs(high, low)) {
            return false;
        }
        Ipv6.setSource(batch, i, ip, high, low);
        Ipv6.setDestination(batch, i, ip, ALL_NODES_HIGH, 1);
        Ethernet.setDestination(batch, i, ALL_NODES_MAC);
        Ethernet.setSource(batch, i, mac);
        batch.set32(i, at, (long) ADVERTISEMENT << 24);
        batch.set32(i, at + 4, OVERRIDE);
        batch.set16(i, at + CHECKSUM, Checksum.ofTransport(batch, i, ip, ICMP6, at));
        neighbor++;
        return true;
    }

    /** Our MAC address comes where the other's was; who did not say its own gets no more either, unless it knows ours. */
    private boolean advertise(int i, int ip, int at) {
        int length = Ipv6.payloadLength(batch, i, ip);
        if (length < NEIGHBOR || Ipv6.hopLimit(batch, i, ip) != ON_LINK) {
            return false;
        }
        long high = batch.get64(i, at + 8);
        long low = batch.get64(i, at + 16);
        boolean hasOption = length == NEIGHBOR + OPTION && batch.get16(i, at + NEIGHBOR) == SOURCE_ADDRESS;
        if (!isOurs(high, low) || !(hasOption || (length == NEIGHBOR && isToUs(i, ip)))) {
            return false;
        }
        Ipv6.setDestination(batch, i, ip, high, low); // which may have been a group's; it is the source next
        replyIpv6(i, ip, ON_LINK);
        batch.set32(i, at, (long) ADVERTISEMENT << 24);
        batch.set32(i, at + 4, SOLICITED_OVERRIDE);
        if (hasOption) {
            batch.set16(i, at + NEIGHBOR, TARGET_ADDRESS);
            batch.set48(i, at + NEIGHBOR + 2, mac);
        }
        batch.set16(i, at + CHECKSUM, Checksum.ofTransport(batch, i, ip, ICMP6, at));
        neighbor++;
        return true;
    }
}
