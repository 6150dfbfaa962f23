package ixy4j.watch.scene;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Frames of several protocols and lengths that arrive one after the other, again and again: who is there, ping, a question, a page. */
final class SceneFrames {
    private static final int SHORTEST = 60;
    private static final int ARP = 0x0806;
    private static final int IP = 0x0800;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int[] LENGTHS = {56, 120, 548, 1472}; // bytes behind the header of ICMP

    private final long to; // MAC addresses
    private final long from;
    private final int toIp;
    private final int fromIp;
    private int count;

    /**
     * Frames from a host of a net to the router.
     *
     * @param card the port's address
     * @param host a number of the host, 1 to 254
     */
    SceneFrames(long card, int host) {
        to = card;
        from = 0x02_00_00_00_00_00L + host;
        fromIp = 10 << 24 | host;
        toIp = 10 << 24 | 1 << 16 | host;
    }

    /** The next frame, without FCS. */
    byte[] next() {
        int number = count++;
        int round = number / 6;
        return switch (number % 6) {
            case 0 -> arp();
            case 1 -> ping(round);
            case 2 -> udp(53, name(round));
            case 3 -> tcp(round, 0x02, "");
            case 4 -> tcp(round, 0x18, "GET /page/" + round + " HTTP/1.1\r\nHost: example.net\r\n\r\n");
            default -> udp(9000, "<b>" + "frame " + number + "</b> " + "x".repeat(number * 37 % 900));
        };
    }

    private static String name(int round) {
        return "\0\1\1\0\0\1\0\0\0\0\0\0\4host\7example\3net\0\0\1\0\1" + (char) ('a' + round % 26);
    }

    private byte[] arp() {
        return ethernet(
                0xffff_ffff_ffffL,
                ARP,
                ByteBuffer.allocate(28)
                        .putLong(0x0001_0800_0604_0001L)
                        .put(mac(from))
                        .putInt(fromIp)
                        .put(mac(0))
                        .putInt(toIp)
                        .array());
    }

    private byte[] ping(int round) {
        ByteBuffer message = ByteBuffer.allocate(8 + LENGTHS[round % LENGTHS.length]);
        message.put((byte) 8).put((byte) 0).putShort((short) 0);
        message.putShort((short) 0x1234).putShort((short) (round + 1));
        while (message.hasRemaining()) {
            message.put((byte) message.position());
        }
        message.putShort(2, (short) sum(0, message.array()));
        return ip(ICMP, message.array());
    }

    private byte[] udp(int port, String text) {
        byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] message = ByteBuffer.allocate(8 + data.length)
                .putShort((short) 40_000)
                .putShort((short) port)
                .putShort((short) (8 + data.length))
                .putShort((short) 0)
                .put(data)
                .array();
        return ip(UDP, summed(UDP, message, 6));
    }

    private byte[] tcp(int round, int flags, String text) {
        byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] message = ByteBuffer.allocate(20 + data.length)
                .putShort((short) (50_000 + round))
                .putShort((short) 80)
                .putInt(1000 * round + (data.length > 0 ? 1 : 0))
                .putInt(data.length > 0 ? 1 : 0)
                .put((byte) 0x50)
                .put((byte) flags)
                .putShort((short) 64_240)
                .putInt(0)
                .put(data)
                .array();
        return ip(TCP, summed(TCP, message, 16));
    }

    /** Puts the checksum in, over the pseudo header too. */
    private byte[] summed(int protocol, byte[] message, int place) {
        byte[] pseudo = ByteBuffer.allocate(12)
                .putInt(fromIp)
                .putInt(toIp)
                .putShort((short) protocol)
                .putShort((short) message.length)
                .array();
        int sum = sum(~sum(0, pseudo) & 0xffff, message);
        ByteBuffer.wrap(message).putShort(place, (short) (sum == 0 ? 0xffff : sum));
        return message;
    }

    private byte[] ip(int protocol, byte[] message) {
        ByteBuffer packet = ByteBuffer.allocate(20 + message.length)
                .putShort((short) 0x4500)
                .putShort((short) (20 + message.length))
                .putShort((short) count)
                .putShort((short) 0x4000)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .putInt(fromIp)
                .putInt(toIp);
        packet.putShort(10, (short) sum(0, Arrays.copyOf(packet.array(), 20)));
        return ethernet(to, IP, packet.put(message).array());
    }

    private byte[] ethernet(long destination, int type, byte[] packet) {
        return ByteBuffer.allocate(Math.max(SHORTEST, 14 + packet.length))
                .put(mac(destination))
                .put(mac(from))
                .putShort((short) type)
                .put(packet)
                .array();
    }

    private static byte[] mac(long bits) {
        return Arrays.copyOfRange(ByteBuffer.allocate(8).putLong(bits).array(), 2, 8);
    }

    /** The checksum of the internet (RFC 1071), begun with the sum of what came before. */
    private static int sum(int before, byte... bytes) {
        int sum = before;
        for (int i = 0; i < bytes.length; i++) {
            sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        return ~sum & 0xffff;
    }
}
