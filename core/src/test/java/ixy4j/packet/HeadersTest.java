package ixy4j.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Headers of frames whose bytes are given here, so that no helper is checked by another. Their checksums were computed by
 * hand, and a plain sum finds a slip of the hand.
 */
class HeadersTest extends OneFrame {
    private static final String ETHERNET = "020000000002" + "020000000001";
    private static final String ARP =
            ETHERNET + "0806" + "0001080006040001" + "020000000001c0000201" + "000000000000c0000202";
    private static final String PING = ETHERNET + "0800" // 192.0.2.1 to 192.0.2.2, 4 bytes of data, 2 of filling
            + "45000020123440004001" + "a4a5" + "c0000201c0000202" + "0800" + "20fe" + "12340007" + "61626364" + "ffff";
    private static final String DNS = ETHERNET + "81000064" + "0800" // with options and a VLAN tag
            + "4600002400000000ff11" + "34c4" + "c0000201c0000202" + "01010100" + "30390035000c" + "475e" + "01020304";
    private static final String TCP6 = ETHERNET + "86dd" + "6000000000180640"
            + "20010db8000000000000000000000001" + "20010db8000000000000000000000002"
            + "1f900050" + "00000001" + "00000002" + "50182000" + "a1fd" + "0000" + "68690a0a";

    private String hex() {
        byte[] bytes = new byte[batch.length(0)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) batch.get8(0, i);
        }
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void numbersOfEachWidthInNetworkOrder() {
        put("000102030405060708090a0b0c0d0e0fff");
        assertEquals(0xff, batch.get8(0, 16));
        assertEquals(0x0102, batch.get16(0, 1));
        assertEquals(0x01020304L, batch.get32(0, 1));
        assertEquals(0x010203040506L, batch.get48(0, 1));
        assertEquals(0x0102030405060708L, batch.get64(0, 1));
        batch.set16(0, 0, -1);
        assertEquals(0xffff, batch.get16(0, 0));
        batch.set32(0, 0, -1);
        assertEquals(0xffff_ffffL, batch.get32(0, 0));
        batch.set48(0, 0, -1);
        assertEquals(0xffff_ffff_ffffL, batch.get48(0, 0));
        batch.set48(0, 1, 0xa1a2a3a4a5a6L);
        batch.set64(0, 8, 0xf1f2f3f4f5f6f7f8L);
        assertEquals("ffa1a2a3a4a5a607f1f2f3f4f5f6f7f8ff", hex());
    }

    @Test
    void ethernet() {
        put(PING);
        assertTrue(Ethernet.isWhole(batch, 0));
        assertEquals(0x020000000002L, Ethernet.destination(batch, 0));
        assertEquals(0x020000000001L, Ethernet.source(batch, 0));
        assertEquals(Ipv4.ETHER_TYPE, Ethernet.type(batch, 0));
        assertEquals(Ipv4.ETHER_TYPE, Ethernet.payloadType(batch, 0));
        assertEquals(14, Ethernet.payload(batch, 0));
        assertFalse(Ethernet.isTagged(batch, 0));
        assertTrue(Ethernet.isGroup(Ethernet.BROADCAST));
        assertFalse(Ethernet.isGroup(0x020000000002L));
        Ethernet.setDestination(batch, 0, Ethernet.BROADCAST);
        Ethernet.setSource(batch, 0, 0x0a0b0c0d0e0fL);
        Ethernet.setType(batch, 0, 0x88b5);
        assertTrue(hex().startsWith("ffffffffffff0a0b0c0d0e0f88b5"));
        Ethernet.write(batch, 0, 0x020000000002L, 0x020000000001L, Ipv4.ETHER_TYPE);
        assertEquals(PING, hex());
    }

    @Test
    void tags() {
        put(DNS);
        assertTrue(Ethernet.isWhole(batch, 0));
        assertTrue(Ethernet.isTagged(batch, 0));
        assertEquals(100, Ethernet.tag(batch, 0));
        assertEquals(Ipv4.ETHER_TYPE, Ethernet.payloadType(batch, 0));
        assertEquals(18, Ethernet.payload(batch, 0));
        Ethernet.setTag(batch, 0, 0xe001);
        assertEquals(0xe001, Ethernet.tag(batch, 0));
        put(ETHERNET + "8100" + "0064");
        assertFalse(Ethernet.isWhole(batch, 0), "the tag is cut");
    }

    @Test
    void arp() {
        put(ARP);
        assertTrue(Arp.isWhole(batch, 0, 14));
        assertEquals(Arp.REQUEST, Arp.operation(batch, 0, 14));
        assertEquals(0x020000000001L, Arp.senderMac(batch, 0, 14));
        assertEquals(0xc0000201L, Arp.senderIp(batch, 0, 14));
        assertEquals(0, Arp.targetMac(batch, 0, 14));
        assertEquals(0xc0000202L, Arp.targetIp(batch, 0, 14));
        Arp.write(batch, 0, 14, Arp.REPLY, 0x020000000002L, 0xc0000202L, 0x020000000001L, 0xc0000201L);
        assertEquals(ETHERNET + "0806" + "0001080006040002" + "020000000002c0000202" + "020000000001c0000201", hex());
        put(ARP.substring(0, ARP.length() - 2));
        assertFalse(Arp.isWhole(batch, 0, 14), "a byte is missing");
        put(ARP.replace("0001080006040001", "0006080006040001"));
        assertFalse(Arp.isWhole(batch, 0, 14), "not an Ethernet's");
    }

    @Test
    void whatBecomesItsOwnReply() {
        put(ARP);
        assertTrue(Arp.isRequestFor(batch, 0, 14, 0xc0000202L));
        assertFalse(Arp.isRequestFor(batch, 0, 14, 0xc0000201L));
        Arp.reply(batch, 0, 14, 0x020000000003L);
        assertFalse(Arp.isRequestFor(batch, 0, 14, 0xc0000201L), "a reply");
        String to1from3 = "020000000001" + "020000000003";
        assertEquals(to1from3 + "0806" + "0001080006040002" + "020000000003c0000202" + "020000000001c0000201", hex());
        put(PING);
        Ipv4.setTimeToLive(batch, 0, 14, 1);
        Ethernet.reply(batch, 0, 0x020000000003L);
        Ipv4.reply(batch, 0, 14);
        assertTrue(Icmp.isEchoRequest(batch, 0, 14, 34));
        assertTrue(Icmp.isEcho(batch, 0, 14, 34));
        Icmp.reply(batch, 0, 34);
        assertTrue(Icmp.isEcho(batch, 0, 14, 34));
        assertFalse(Icmp.isEchoRequest(batch, 0, 14, 34));
        Icmp.setType(batch, 0, 34, 3, 0);
        assertFalse(Icmp.isEcho(batch, 0, 14, 34));
        Icmp.setType(batch, 0, 34, Icmp.ECHO_REPLY, 0);
        assertTrue(Ipv4.isWhole(batch, 0, 14));
        assertTrue(Icmp.isWhole(batch, 0, 14, 34));
        assertEquals(
                to1from3 + "0800" + "45000020123440004001" + "a4a5" + "c0000202c0000201" + "0000" + "28fe" + "12340007"
                        + "61626364" + "ffff",
                hex());
        put(DNS);
        Ipv4.reply(batch, 0, 18);
        Udp.reply(batch, 0, 42);
        assertTrue(Ipv4.isWhole(batch, 0, 18));
        assertTrue(Udp.isWhole(batch, 0, 18, 42));
        assertEquals(53, Udp.sourcePort(batch, 0, 42));
        assertEquals(12345, Udp.destinationPort(batch, 0, 42));
    }

    @Test
    void ping() {
        put(PING);
        assertEquals(0xffff, sum(HexFormat.of().parseHex(PING), 14, 34, 0));
        assertEquals(0xffff, sum(HexFormat.of().parseHex(PING), 34, 46, 0));
        assertTrue(Ipv4.isWhole(batch, 0, 14));
        assertEquals(Icmp.PROTOCOL, Ipv4.protocol(batch, 0, 14));
        assertEquals(20, Ipv4.headerLength(batch, 0, 14));
        assertEquals(32, Ipv4.totalLength(batch, 0, 14));
        assertEquals(64, Ipv4.timeToLive(batch, 0, 14));
        assertEquals(34, Ipv4.payload(batch, 0, 14));
        assertEquals(46, Ipv4.end(batch, 0, 14));
        assertTrue(Icmp.isWhole(batch, 0, 14, 34));
        assertEquals(Icmp.ECHO_REQUEST, Icmp.type(batch, 0, 34));
        assertEquals(0, Icmp.code(batch, 0, 34));
        assertEquals(0x1234, Icmp.identifier(batch, 0, 34));
        assertEquals(7, Icmp.sequence(batch, 0, 34));
        Icmp.setIdentifier(batch, 0, 34, 0xfedc);
        assertEquals(0xfedc, Icmp.identifier(batch, 0, 34));
        assertTrue(Icmp.isWhole(batch, 0, 14, 34));
        Icmp.setType(batch, 0, 34, Icmp.ECHO_REPLY, 0);
        long source = Ipv4.source(batch, 0, 14);
        Ipv4.setSource(batch, 0, 14, Ipv4.destination(batch, 0, 14));
        Ipv4.setDestination(batch, 0, 14, source);
        assertTrue(Ipv4.isWhole(batch, 0, 14));
        assertTrue(Icmp.isWhole(batch, 0, 14, 34));
        assertEquals(
                "192.0.2.2 to 192.0.2.1",
                Ipv4.format(Ipv4.source(batch, 0, 14)) + " to " + Ipv4.format(Ipv4.destination(batch, 0, 14)));
        batch.set8(0, 42, 0);
        assertFalse(Icmp.isWhole(batch, 0, 14, 34), "a byte has changed");
        Icmp.computeChecksum(batch, 0, 14, 34);
        assertTrue(Icmp.isWhole(batch, 0, 14, 34));
    }

    @Test
    void theTimeToLiveRunsDownWithARightChecksum() {
        put(PING);
        for (int ttl = 63; ttl >= 0; ttl--) {
            Ipv4.decrementTimeToLive(batch, 0, 14);
            assertEquals(ttl, Ipv4.timeToLive(batch, 0, 14));
            assertEquals(Icmp.PROTOCOL, Ipv4.protocol(batch, 0, 14));
            assertTrue(Ipv4.isWhole(batch, 0, 14));
        }
        for (int ttl = 0; ttl < 256; ttl++) {
            Ipv4.setTimeToLive(batch, 0, 14, ttl);
            assertEquals(ttl, Ipv4.timeToLive(batch, 0, 14));
            assertEquals(Icmp.PROTOCOL, Ipv4.protocol(batch, 0, 14));
            assertTrue(Ipv4.isWhole(batch, 0, 14));
        }
    }

    /** As a translator of addresses does, through all of the numbers that a sum has. */
    @Test
    void transportChecksumsFollowAddressesAndPorts() {
        Random random = new Random(3);
        byte[] tcp = HexFormat.of().parseHex(TCP6.substring(2 * 54));
        for (int i = 0; i < 100_000; i++) {
            put(DNS);
            changeUdp(random);
            put(PING);
            batch.setLength(0, 34 + tcp.length);
            Ipv4.write(batch, 0, 14, 20 + tcp.length, Tcp.PROTOCOL, 1, 2);
            batch.write(0, 34, tcp, 0, tcp.length);
            Tcp.computeChecksum(batch, 0, 14, 34);
            changeTcp(random);
        }
    }

    private void changeUdp(Random random) {
        long address = random.nextInt() & 0xffff_ffffL;
        int port = random.nextInt(0x10000);
        Udp.setSource(batch, 0, 18, 42, address, port);
        assertEquals(address, Ipv4.source(batch, 0, 18));
        assertEquals(port, Udp.sourcePort(batch, 0, 42));
        assertTrue(Ipv4.isWhole(batch, 0, 18) && Udp.isWhole(batch, 0, 18, 42));
        Udp.setDestination(batch, 0, 18, 42, address - 1 & 0xffff_ffffL, port);
        assertEquals(address - 1 & 0xffff_ffffL, Ipv4.destination(batch, 0, 18));
        assertEquals(port, Udp.destinationPort(batch, 0, 42));
        assertTrue(Ipv4.isWhole(batch, 0, 18) && Udp.isWhole(batch, 0, 18, 42));
        assertTrue(Udp.checksum(batch, 0, 42) != 0);
        batch.set16(0, 48, 0);
        Udp.setSource(batch, 0, 18, 42, 1, 1);
        assertEquals(0, Udp.checksum(batch, 0, 42), "what was left out stays so");
    }

    private void changeTcp(Random random) {
        long address = random.nextInt() & 0xffff_ffffL;
        int port = random.nextInt(0x10000);
        Tcp.setSource(batch, 0, 14, 34, address, port);
        assertEquals(address, Ipv4.source(batch, 0, 14));
        assertEquals(port, Tcp.sourcePort(batch, 0, 34));
        assertTrue(Ipv4.isWhole(batch, 0, 14) && Tcp.isWhole(batch, 0, 14, 34));
        Tcp.setDestination(batch, 0, 14, 34, address + 1 & 0xffff_ffffL, port);
        assertEquals(address + 1 & 0xffff_ffffL, Ipv4.destination(batch, 0, 14));
        assertEquals(port, Tcp.destinationPort(batch, 0, 34));
        assertTrue(Ipv4.isWhole(batch, 0, 14) && Tcp.isWhole(batch, 0, 14, 34));
    }

    @Test
    void udpBehindOptionsAndATag() {
        put(DNS);
        assertEquals(0xffff, sum(HexFormat.of().parseHex(DNS), 18, 42, 0));
        assertEquals(
                0xffff,
                sum(HexFormat.of().parseHex(DNS), 42, 54, sum(HexFormat.of().parseHex(DNS), 30, 38, 17 + 12)));
        assertTrue(Ipv4.isWhole(batch, 0, 18));
        int udp = Ipv4.payload(batch, 0, 18);
        assertEquals(42, udp);
        assertTrue(Udp.isWhole(batch, 0, 18, udp));
        assertEquals(12345, Udp.sourcePort(batch, 0, udp));
        assertEquals(53, Udp.destinationPort(batch, 0, udp));
        assertEquals(12, Udp.length(batch, 0, udp));
        assertEquals(50, Udp.payload(udp));
        Udp.setSourcePort(batch, 0, udp, 1);
        assertFalse(Udp.isWhole(batch, 0, 18, udp), "the checksum");
        Udp.setChecksum(batch, 0, udp, Checksum.update16(0x475e, 12345, 1));
        assertTrue(Udp.isWhole(batch, 0, 18, udp));
        Udp.write(batch, 0, udp, 12, 7, 8);
        assertTrue(Udp.isWhole(batch, 0, 18, udp), "without a checksum, as may be");
        Udp.setChecksum(batch, 0, udp, 5);
        assertEquals(0, Udp.checksum(batch, 0, udp), "what was left out stays so");
        Udp.computeChecksum(batch, 0, 18, udp);
        assertTrue(Udp.checksum(batch, 0, udp) != 0);
        assertTrue(Udp.isWhole(batch, 0, 18, udp));
        batch.set16(0, udp + 4, 13);
        assertFalse(Udp.isWhole(batch, 0, 18, udp), "its length is not the IP packet's");
    }

    /** A sum of ffff would be sent as 0, which says that there is none. */
    @Test
    void aUdpChecksumIsNeverZero() {
        put(DNS);
        batch.set16(0, 50, 0);
        Udp.computeChecksum(batch, 0, 18, 42);
        batch.set16(0, 50, Udp.checksum(batch, 0, 42));
        Udp.computeChecksum(batch, 0, 18, 42);
        assertEquals(0xffff, Udp.checksum(batch, 0, 42));
        assertTrue(Udp.isWhole(batch, 0, 18, 42));
    }

    @Test
    void tcpInIpv6() {
        put(TCP6);
        byte[] bytes = HexFormat.of().parseHex(TCP6);
        assertEquals(0xffff, sum(bytes, 54, 78, sum(bytes, 22, 54, 6 + 24)));
        assertTrue(Ipv6.isWhole(batch, 0, 14));
        assertEquals(24, Ipv6.payloadLength(batch, 0, 14));
        assertEquals(Tcp.PROTOCOL, Ipv6.nextHeader(batch, 0, 14));
        assertEquals(64, Ipv6.hopLimit(batch, 0, 14));
        assertEquals(0x20010db800000000L, Ipv6.sourceHigh(batch, 0, 14));
        assertEquals(1, Ipv6.sourceLow(batch, 0, 14));
        assertEquals(0x20010db800000000L, Ipv6.destinationHigh(batch, 0, 14));
        assertEquals(2, Ipv6.destinationLow(batch, 0, 14));
        int tcp = Ipv6.payload(14);
        assertTrue(Tcp.isWhole(batch, 0, 14, tcp));
        assertEquals(8080, Tcp.sourcePort(batch, 0, tcp));
        assertEquals(80, Tcp.destinationPort(batch, 0, tcp));
        assertEquals(1, Tcp.sequence(batch, 0, tcp));
        assertEquals(2, Tcp.acknowledgment(batch, 0, tcp));
        assertEquals(20, Tcp.headerLength(batch, 0, tcp));
        assertEquals(74, Tcp.payload(batch, 0, tcp));
        assertEquals(Tcp.ACK | Tcp.PSH, Tcp.flags(batch, 0, tcp));
        assertEquals(0x2000, Tcp.window(batch, 0, tcp));
        Tcp.setDestinationPort(batch, 0, tcp, 443);
        Tcp.setChecksum(batch, 0, tcp, Checksum.update16(Tcp.checksum(batch, 0, tcp), 80, 443));
        assertTrue(Tcp.isWhole(batch, 0, 14, tcp));
        Tcp.setSourcePort(batch, 0, tcp, 1);
        assertFalse(Tcp.isWhole(batch, 0, 14, tcp));
        Tcp.computeChecksum(batch, 0, 14, tcp);
        assertTrue(Tcp.isWhole(batch, 0, 14, tcp));
        batch.set8(0, tcp + 12, 0x40);
        assertFalse(Tcp.isWhole(batch, 0, 14, tcp), "a header of 16 bytes");
        batch.set8(0, 20, 44);
        assertFalse(Ipv6.isWhole(batch, 0, 14), "a fragment");
    }

    @Test
    void udpInIpv6HasAChecksum() {
        put(TCP6);
        Udp.write(batch, 0, 54, 24, 1, 2);
        assertFalse(Udp.isWhole(batch, 0, 14, 54), "left out");
        Udp.computeChecksum(batch, 0, 14, 54);
        assertTrue(Udp.isWhole(batch, 0, 14, 54));
    }

    @ParameterizedTest // RFC 5952, 4 and 5
    @CsvSource({
        "0, 0, ::",
        "0, 1, ::1",
        "fd00000000000000, 1, fd00::1",
        "fd00000000010000, 1, fd00:0:1::1",
        "ff02000000000000, 0, ff02::",
        "2001db8000000000, 000000000000abcd, 2001:db80::abcd",
        "0001000000020003, 0004000500060007, 1:0:2:3:4:5:6:7", // one group of zeros is not left out
        "0001000000000002, 0000000000030004, 1::2:0:0:3:4", // the first of two runs
        "0001000000000002, 0000000000000004, 1:0:0:2::4", // the longest
        "0, 0000ffffc0000201, ::ffff:192.0.2.1",
        "0, 0001ffffc0000201, ::1:ffff:c000:201",
    })
    void anAddressOfIpv6HasItsUsualForm(String high, String low, String text) {
        assertEquals(text, Ipv6.format(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16)));
    }

    @Test
    void aHeaderThatIsWrittenIsWhole() {
        put(PING);
        Ipv4.write(batch, 0, 14, 32, Icmp.PROTOCOL, Ipv4.parse("10.1.2.3"), Ipv4.parse("255.0.0.9"));
        assertTrue(Ipv4.isWhole(batch, 0, 14));
        assertEquals("10.1.2.3", Ipv4.format(Ipv4.source(batch, 0, 14)));
        assertEquals("255.0.0.9", Ipv4.format(Ipv4.destination(batch, 0, 14)));
        assertEquals(Icmp.PROTOCOL, Ipv4.protocol(batch, 0, 14));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.-4", "1..2.3", "a.b.c.d", "1.2.3.4 ", "01.2.3.4444"
            })
    void whatIsNoAddressIsRefused(String text) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Ipv4.parse(text));
        assertEquals("'" + text + "' is not an IPv4 address such as 192.0.2.1", e.getMessage());
    }

    /** Cut and changed at random: what isWhole let through can be read to its end. */
    @Test
    void aParserThatAsksFirstNeverRunsPastThePacket() {
        Random random = new Random(2);
        String[] frames = {ARP, PING, DNS, TCP6};
        int whole = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = HexFormat.of().parseHex(frames[random.nextInt(frames.length)]);
            byte[] cut = java.util.Arrays.copyOf(bytes, random.nextInt(14, bytes.length + 4));
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                cut[random.nextInt(12, cut.length)] = (byte) random.nextInt();
            }
            put(cut);
            whole += parse() ? 1 : 0;
        }
        assertTrue(whole > 1_000, whole + " frames were whole");
    }

    private boolean parse() {
        if (!Ethernet.isWhole(batch, 0)) {
            return false;
        }
        int at = Ethernet.payload(batch, 0);
        int type = Ethernet.payloadType(batch, 0);
        if (type == Arp.ETHER_TYPE && Arp.isWhole(batch, 0, at)) {
            return Arp.targetIp(batch, 0, at) >= 0;
        }
        boolean isIpv4 = type == Ipv4.ETHER_TYPE && Ipv4.isWhole(batch, 0, at);
        if (!isIpv4 && !(type == Ipv6.ETHER_TYPE && Ipv6.isWhole(batch, 0, at))) {
            return false;
        }
        int payload = isIpv4 ? Ipv4.payload(batch, 0, at) : Ipv6.payload(at);
        int end = isIpv4 ? Ipv4.end(batch, 0, at) : Ipv6.end(batch, 0, at);
        batch.address(0, payload, end - payload); // all there
        return switch (isIpv4 ? Ipv4.protocol(batch, 0, at) : Ipv6.nextHeader(batch, 0, at)) {
            case Icmp.PROTOCOL ->
                isIpv4 && Icmp.isWhole(batch, 0, at, payload) && Icmp.sequence(batch, 0, payload) >= 0;
            case Udp.PROTOCOL ->
                Udp.isWhole(batch, 0, at, payload) && batch.address(0, payload, Udp.length(batch, 0, payload)) != 0;
            case Tcp.PROTOCOL -> Tcp.isWhole(batch, 0, at, payload) && Tcp.payload(batch, 0, payload) <= end;
            default -> false;
        };
    }
}
