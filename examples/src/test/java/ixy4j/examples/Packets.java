package ixy4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.packet.Ipv4;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Packets byte by byte, as RFC 791, 792, 768, 826 and 9293 have them, with no help of what is tested. */
final class Packets {
    static final long BROADCAST = 0xffff_ffff_ffffL;
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;

    private Packets() {}

    private static ByteBuffer ethernet(int length, long to, long from, int type) {
        return ByteBuffer.allocate(length)
                .putShort((short) (to >>> 32))
                .putInt((int) to)
                .putShort((short) (from >>> 32))
                .putInt((int) from)
                .putShort((short) type);
    }

    /** A frame with nothing in it. */
    static byte[] frame(long to, long from, int length) {
        return ethernet(length, to, from, 0x88b5).array();
    }

    /** An ARP message, 1 for a request and 2 for a reply. */
    static byte[] arp(long to, int operation, long senderMac, String senderIp, long targetMac, String targetIp) {
        return ethernet(60, to, senderMac, 0x0806)
                .putLong(0x0001_0800_0604_0000L | operation)
                .putShort((short) (senderMac >>> 32))
                .putInt((int) senderMac)
                .putInt((int) Ipv4.parse(senderIp))
                .putShort((short) (targetMac >>> 32))
                .putInt((int) targetMac)
                .putInt((int) Ipv4.parse(targetIp))
                .array();
    }

    /** A packet of at least 60 bytes, with right checksums. */
    static byte[] ip(long to, long from, int protocol, int ttl, String source, String destination, byte[] payload) {
        byte[] packet = frame(to, from, Math.max(60, 34 + payload.length));
        ByteBuffer frame = ByteBuffer.wrap(packet)
                .position(12)
                .putShort((short) 0x0800)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + payload.length))
                .putInt(0x1234_4000)
                .put((byte) ttl)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt((int) Ipv4.parse(source))
                .putInt((int) Ipv4.parse(destination))
                .put(payload);
        frame.putShort(24, (short) ~sum(frame, 14, 34, 0));
        int checksum = 34 + (protocol == ICMP ? 2 : protocol == UDP ? 6 : 16);
        int sum = ~transportSum(frame.putShort(checksum, (short) 0)) & 0xffff;
        frame.putShort(checksum, (short) (sum == 0 && protocol == UDP ? 0xffff : sum)); // 0 is none (RFC 768)
        return packet;
    }

    static byte[] ping(int type, int identifier, int sequence) {
        return ByteBuffer.allocate(20)
                .put((byte) type)
                .putInt(4, identifier << 16 | sequence)
                .putLong(8, 0x0102_0304_0506_0708L)
                .array();
    }

    static byte[] udp(int source, int destination, int data) {
        byte[] payload = new byte[8 + data];
        Arrays.fill(payload, 8, payload.length, (byte) data);
        ByteBuffer.wrap(payload)
                .putShort((short) source)
                .putShort((short) destination)
                .putShort((short) payload.length);
        return payload;
    }

    static byte[] tcp(int source, int destination, int data) {
        return ByteBuffer.allocate(20 + data)
                .putShort((short) source)
                .putShort((short) destination)
                .putLong(0x0000_0001_0000_0002L)
                .putInt(0x5018_2000)
                .array();
    }

    /** Checks both checksums of a packet. */
    static void checkSums(byte[] packet) {
        ByteBuffer frame = ByteBuffer.wrap(packet);
        assertEquals(0xffff, sum(frame, 14, 34, 0), "IP checksum");
        assertEquals(0xffff, transportSum(frame), "checksum of ICMP, UDP or TCP");
    }

    private static int transportSum(ByteBuffer frame) {
        int end = 14 + frame.getShort(16);
        int protocol = frame.get(23);
        return sum(frame, protocol == ICMP ? 34 : 26, end, protocol == ICMP ? 0 : protocol + end - 34);
    }

    /** The one's complement sum of 16-bit numbers. */
    private static int sum(ByteBuffer frame, int from, int to, int start) {
        int sum = start;
        for (int i = from; i < to; i++) {
            sum += (frame.get(i) & 0xff) << ((i - from) % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
