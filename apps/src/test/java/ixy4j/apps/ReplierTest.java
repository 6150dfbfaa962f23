package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.packet.Arp;
import ixy4j.packet.Checksum;
import ixy4j.packet.Ethernet;
import ixy4j.packet.Icmp;
import ixy4j.packet.Ipv4;
import ixy4j.packet.Ipv6;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.packet.Udp;
import ixy4j.spi.Spaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host of {@code ./ixy reply} answers, and what it must not. */
class ReplierTest {
    private static final long MAC = 0x0200_0000_0001L;
    private static final long OTHER_MAC = 0x0200_0000_0002L;
    private static final long IP = Ipv4.parse("10.0.0.2");
    private static final long OTHER_IP = Ipv4.parse("10.0.0.1");
    private static final long HIGH = 0xfd00L << 48;
    private static final int PORT = 40_000;

    private final PacketPool pool = PacketPool.create(64, Spaces.VIRTUAL);
    private final PacketBatch batch = pool.batch(32);
    private final List<byte[]> sent = new ArrayList<>();
    private final PacketBatch asked = pool.batch(1);
    private final RxQueue rx = to -> {
        int before = to.size();
        for (int i = 0; i < asked.size(); i++) {
            to.add(asked.toArray(i));
        }
        asked.free();
        return to.size() - before;
    };
    private final TxQueue tx = from -> {
        from.compact();
        int count = from.size();
        for (int i = 0; i < count; i++) {
            sent.add(from.toArray(i));
        }
        return from.free();
    };
    private final Replier replier = new Replier(
            MAC,
            Stream.of("10.0.0.2/24", "10.0.0.3/24", "fd00::2/64")
                    .map(Host::parse)
                    .toArray(Host[]::new),
            rx,
            tx,
            batch);

    @AfterEach
    void close() {
        pool.close();
    }

    /** The answer to the frame that was put into {@code asked}; null if there is none. */
    private PacketBatch answer() {
        int length = asked.length(0);
        sent.clear();
        replier.turn();
        if (sent.isEmpty()) {
            return null;
        }
        assertEquals(1, sent.size());
        assertTrue(sent.getFirst().length <= length, "never longer than it was asked");
        asked.free();
        asked.add(sent.getFirst());
        return asked;
    }

    private void assertIgnored(String what) {
        long before = replier.ignored;
        assertEquals(null, answer(), what);
        assertEquals(before + 1, replier.ignored, what);
    }

    // ---- ARP

    private void arp(long toMac, int operation, long senderMac, long senderIp, long targetIp) {
        asked.free();
        asked.add(60);
        Ethernet.write(asked, 0, toMac, OTHER_MAC, Arp.ETHER_TYPE);
        Arp.write(asked, 0, 14, operation, senderMac, senderIp, 0, targetIp);
    }

    @Test
    void whoAsksForAnAddressGetsIt() {
        for (long from : new long[] {OTHER_IP, 0}) { // the latter looks whether it is taken
            arp(Ethernet.BROADCAST, Arp.REQUEST, OTHER_MAC, from, IP);
            PacketBatch answer = answer();
            assertEquals(OTHER_MAC, Ethernet.destination(answer, 0));
            assertEquals(MAC, Ethernet.source(answer, 0));
            assertEquals(Arp.REPLY, Arp.operation(answer, 0, 14));
            assertEquals(MAC, Arp.senderMac(answer, 0, 14));
            assertEquals(IP, Arp.senderIp(answer, 0, 14));
            assertEquals(from, Arp.targetIp(answer, 0, 14));
        }
        assertEquals(2, replier.arp);
    }

    @Test
    void arpThatIsNoQuestionToUsIsIgnored() {
        arp(Ethernet.BROADCAST, Arp.REQUEST, OTHER_MAC, OTHER_IP, Ipv4.parse("10.0.0.4"));
        assertIgnored("for another");
        arp(MAC, Arp.REPLY, OTHER_MAC, OTHER_IP, IP);
        assertIgnored("an answer");
        arp(Ethernet.BROADCAST, Arp.REQUEST, OTHER_MAC, IP, IP);
        assertIgnored("from our address");
        arp(Ethernet.BROADCAST, Arp.REQUEST, 0x0200_0000_0009L, OTHER_IP, IP);
        assertIgnored("from one MAC address for another");
        arp(0x0200_0000_0007L, Arp.REQUEST, OTHER_MAC, OTHER_IP, IP);
        assertIgnored("to the MAC address of another");
        arp(Ethernet.BROADCAST, Arp.REQUEST, OTHER_MAC, Ipv4.parse("224.0.0.1"), IP);
        assertIgnored("from a group");
    }

    // ---- IPv4

    private void ping(long from, long to) {
        asked.free();
        asked.add(98);
        Ethernet.write(asked, 0, MAC, OTHER_MAC, Ipv4.ETHER_TYPE);
        Ipv4.write(asked, 0, 14, 84, Icmp.PROTOCOL, from, to);
        asked.set16(0, 34, Icmp.ECHO_REQUEST << 8);
        asked.set32(0, 38, 0x0015_0003);
        Icmp.computeChecksum(asked, 0, 14, 34);
    }

    private void datagram(int sourcePort, int destinationPort) {
        asked.free();
        asked.add(60);
        Ethernet.write(asked, 0, MAC, OTHER_MAC, Ipv4.ETHER_TYPE);
        Ipv4.write(asked, 0, 14, 32, Udp.PROTOCOL, OTHER_IP, IP);
        Udp.write(asked, 0, 34, 12, sourcePort, destinationPort);
        asked.set32(0, 42, 0x1234_5678);
        Udp.computeChecksum(asked, 0, 14, 34);
    }

    @Test
    void aPingIsAnsweredWithWhatItHas() {
        ping(OTHER_IP, IP);
        byte[] before = asked.toArray(0);
        PacketBatch answer = answer();
        assertTrue(Ipv4.isWhole(answer, 0, 14) && Icmp.isWhole(answer, 0, 14, 34));
        assertEquals(Icmp.ECHO_REPLY, Icmp.type(answer, 0, 34));
        assertEquals(OTHER_IP, Ipv4.destination(answer, 0, 14));
        assertEquals(OTHER_MAC, Ethernet.destination(answer, 0));
        byte[] after = answer.toArray(0);
        assertArrayEquals(Arrays.copyOfRange(before, 38, before.length), Arrays.copyOfRange(after, 38, after.length));
        assertEquals(1, replier.icmp);
    }

    @Test
    void whatComesToTheEchoPortGoesBack() {
        datagram(PORT, 7);
        PacketBatch answer = answer();
        assertTrue(Ipv4.isWhole(answer, 0, 14) && Udp.isWhole(answer, 0, 14, 34));
        assertEquals(7, Udp.sourcePort(answer, 0, 34));
        assertEquals(PORT, Udp.destinationPort(answer, 0, 34));
        assertEquals(0x1234_5678, answer.get32(0, 42));
        datagram(7, 7);
        assertIgnored("two of them would not stop");
        datagram(PORT, 9);
        assertIgnored("another port");
        datagram(PORT, 7);
        asked.set8(0, 45, 0);
        assertIgnored("damaged");
        assertEquals(1, replier.wrongChecksum);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0", "255.255.255.255", "10.0.0.255", "224.0.0.1", "127.0.0.1", "10.0.0.2", "10.0.0.3"})
    void aSourceThatIsNoOtherHostIsIgnored(String source) {
        ping(Ipv4.parse(source), IP);
        assertIgnored(source);
    }

    @Test
    void whatIsNotWholeOrNotForUsAloneIsIgnored() {
        ping(OTHER_IP, Ipv4.parse("10.0.0.9"));
        assertIgnored("for another");
        ping(OTHER_IP, IP);
        Ethernet.setDestination(asked, 0, Ethernet.BROADCAST);
        assertIgnored("for all");
        ping(OTHER_IP, IP);
        Ethernet.setSource(asked, 0, 0x0100_5e00_0001L);
        assertIgnored("from the MAC address of a group");
        ping(OTHER_IP, IP);
        Ethernet.setSource(asked, 0, MAC);
        assertIgnored("from our MAC address");
        ping(OTHER_IP, IP);
        asked.set16(0, 20, 0x2000);
        Ipv4.computeChecksum(asked, 0, 14);
        assertIgnored("a fragment");
        ping(OTHER_IP, IP);
        asked.set8(0, 97, 1);
        assertIgnored("damaged");
        ping(OTHER_IP, IP);
        asked.setLength(0, 60);
        assertIgnored("cut");
    }

    // ---- IPv6

    private void ipv6(int length, int next, long destinationLow, long destinationHigh) {
        asked.free();
        asked.add(54 + length);
        Ethernet.write(asked, 0, MAC, OTHER_MAC, Ipv6.ETHER_TYPE);
        asked.set32(0, 14, 0x6000_0000L);
        Ipv6.setPayloadLength(asked, 0, 14, length);
        asked.set8(0, 20, next);
        Ipv6.setHopLimit(asked, 0, 14, 255);
        Ipv6.setSource(asked, 0, 14, HIGH, 1);
        Ipv6.setDestination(asked, 0, 14, destinationHigh, destinationLow);
        for (int i = 54; i < 54 + length; i++) {
            asked.set8(0, i, 0);
        }
    }

    private void sum() {
        asked.set16(0, 56, 0);
        asked.set16(0, 56, Checksum.ofTransport(asked, 0, 14, 58, 54));
    }

    @Test
    void pingOfIpv6IsAnswered() {
        ipv6(64, 58, 2, HIGH);
        asked.set8(0, 54, 128);
        sum();
        PacketBatch answer = answer();
        assertEquals(129 << 8, answer.get16(0, 54));
        assertEquals(0, Checksum.ofTransport(answer, 0, 14, 58, 54));
        assertEquals(1, Ipv6.destinationLow(answer, 0, 14));
        assertEquals(2, Ipv6.sourceLow(answer, 0, 14));
        assertEquals(1, replier.icmp6);
    }

    private void solicit(int length, long destinationHigh, long destinationLow) {
        ipv6(length, 58, destinationLow, destinationHigh);
        asked.set8(0, 54, 135);
        asked.set64(0, 62, HIGH);
        asked.set64(0, 70, 2);
        if (length > 24) {
            asked.set16(0, 78, 0x0101);
            asked.set48(0, 80, OTHER_MAC);
        }
        sum();
    }

    @Test
    void neighborsGetTheMacAddress() {
        solicit(32, 0xff02L << 48, 0x1_ff00_0002L);
        Ethernet.setDestination(asked, 0, 0x3333_ff00_0002L);
        PacketBatch answer = answer();
        assertEquals(136 << 8, answer.get16(0, 54));
        assertEquals(0x6000_0000L, answer.get32(0, 58));
        assertEquals(2, answer.get64(0, 70));
        assertEquals(0x0201, answer.get16(0, 78));
        assertEquals(MAC, answer.get48(0, 80));
        assertEquals(0, Checksum.ofTransport(answer, 0, 14, 58, 54));
        assertEquals(255, Ipv6.hopLimit(answer, 0, 14));
        assertEquals(2, Ipv6.sourceLow(answer, 0, 14));
        assertEquals(HIGH, Ipv6.sourceHigh(answer, 0, 14));
        assertEquals(1, Ipv6.destinationLow(answer, 0, 14));
        solicit(24, HIGH, 2);
        assertEquals(136 << 8, answer().get16(0, 54));
        assertEquals(2, replier.neighbor);
        solicit(24, 0xff02L << 48, 0x1_ff00_0002L);
        assertIgnored("it would get more than it gave");
        solicit(32, HIGH, 2);
        Ipv6.setHopLimit(asked, 0, 14, 254);
        assertIgnored("from behind a router");
        solicit(32, HIGH, 2);
        asked.set64(0, 70, 3);
        sum();
        assertIgnored("for another");
        solicit(32, HIGH, 2);
        Ipv6.setSource(asked, 0, 14, 0, 0);
        sum();
        assertIgnored("from nobody, with an address");
        solicit(24, 0xff02L << 48, 0x1_ff00_0002L);
        Ipv6.setSource(asked, 0, 14, 0, 0);
        sum();
        PacketBatch defence = answer();
        assertEquals(0x3333_0000_0001L, Ethernet.destination(defence, 0));
        assertEquals(0xff02L << 48, Ipv6.destinationHigh(defence, 0, 14));
        assertEquals(0x2000_0000L, defence.get32(0, 58));
        assertEquals(0, Checksum.ofTransport(defence, 0, 14, 58, 54));
    }

    /** Whatever is done to a question, there is no answer that is longer, goes to a group, or is damaged. */
    @Test
    void damagedQuestionsDoNoHarm() {
        long seed = Long.getLong("ixy4j.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            switch (random.nextInt(4)) {
                case 0 -> arp(Ethernet.BROADCAST, Arp.REQUEST, OTHER_MAC, OTHER_IP, IP);
                case 1 -> ping(OTHER_IP, IP);
                case 2 -> datagram(PORT, 7);
                default -> solicit(32, HIGH, 2);
            }
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                asked.set8(0, random.nextInt(asked.length(0)), random.nextInt(256));
            }
            if (random.nextInt(10) == 0) {
                asked.setLength(0, 14 + random.nextInt(asked.length(0) - 13));
            }
            PacketBatch answer = answer();
            if (answer != null) {
                assertEquals(MAC, Ethernet.source(answer, 0), "seed " + seed);
                assertTrue(
                        Ethernet.destination(answer, 0) == 0x3333_0000_0001L
                                || !Ethernet.isGroup(Ethernet.destination(answer, 0)),
                        "seed " + seed);
            }
        }
        assertTrue(replier.icmp > 100 && replier.udp > 100 && replier.arp > 100 && replier.neighbor > 100);
        assertEquals(64, pool.available() + asked.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.2",
                "10.0.0.2/33",
                "10.0.0.255/24",
                "224.0.0.1/8",
                "fd00::2",
                "fd00::g/64",
                "ff02::1/64",
                "::/64",
                "::1/64",
                "10.0.0.0/24",
                "::ffff:10.0.0.1/96",
                "fe80::1%lo/64",
                "x/8"
            })
    void whatIsNoAddressOfAHostIsNamed(String text) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Host.parse(text));
        assertTrue(e.getMessage().endsWith("not " + text), e.getMessage());
    }
}
