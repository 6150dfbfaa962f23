package ixy4j.learn;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Questions of another host, and datagrams. */
final class Frames {
    /** The IPv4 address of a learner's host. */
    static final byte[] HOST = {10, 0, 0, 2};

    private static final byte[] OTHER = {10, 0, 0, 1};
    private static final byte[] OTHER_MAC = {2, 0, 0, 0, 0, 1};
    private static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};
    private static final short IPV4 = 0x0800;

    private Frames() {}

    /** Who has the address of the host? */
    static byte[] arpRequest() {
        return ByteBuffer.allocate(60)
                .put(BROADCAST)
                .put(OTHER_MAC)
                .putShort((short) 0x0806)
                .putShort((short) 1)
                .putShort(IPV4)
                .putShort((short) 0x0604)
                .putShort((short) 1)
                .put(OTHER_MAC)
                .put(OTHER)
                .put(new byte[6])
                .put(HOST)
                .array();
    }

    /** A ping, with so many bytes of data. */
    static byte[] echoRequest(byte[] mac, int sequence, int length) {
        int total = 20 + 8 + length;
        ByteBuffer frame = ByteBuffer.allocate(Math.max(60, 14 + total))
                .put(mac)
                .put(OTHER_MAC)
                .putShort(IPV4);
        header(frame, total, 1, OTHER, HOST);
        frame.put((byte) 8)
                .put((byte) 0)
                .putShort((short) 0)
                .putShort((short) 77)
                .putShort((short) sequence);
        for (int i = 0; i < length; i++) {
            frame.put((byte) (i + sequence));
        }
        frame.putShort(36, sum(frame, 34, total - 20));
        return frame.array();
    }

    /** A UDP datagram without data, from a port of the other host. */
    static byte[] datagram(byte[] mac, int port) {
        ByteBuffer frame = ByteBuffer.allocate(60).put(mac).put(OTHER_MAC).putShort(IPV4);
        header(frame, 28, 17, OTHER, HOST);
        return frame.putShort((short) port)
                .putShort((short) 53)
                .putShort((short) 8)
                .array();
    }

    private static void header(ByteBuffer frame, int total, int protocol, byte[] from, byte[] to) {
        frame.put((byte) 0x45).put((byte) 0).putShort((short) total).putInt(0);
        frame.put((byte) 64).put((byte) protocol).putShort((short) 0).put(from).put(to);
        frame.putShort(24, sum(frame, 14, 20));
    }

    private static short sum(ByteBuffer frame, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (frame.get(from + i) & 0xff) << ((i & 1) == 0 ? 8 : 0);
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    /** An Ethernet address, or what stands in its place. */
    static String text(byte[] mac) {
        return mac == null ? "null" : HexFormat.ofDelimiter(":").formatHex(mac);
    }
}
