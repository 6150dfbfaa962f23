package ixy4j.watch.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Frames with all that an expression can ask for, by chance, from few values, so that each is met often. */
final class RandomFrames {
    static final List<String> HOSTS = List.of("10.0.0.1", "10.0.0.2", "10.0.1.7", "192.168.1.1", "224.0.0.5");
    static final List<String> HOSTS6 = List.of("fd00::1", "fd00::2", "fd00:0:0:1::1", "fe80::1", "ff02::1");
    static final List<String> MACS =
            List.of("02:00:00:00:00:01", "02:00:00:00:00:02", "ff:ff:ff:ff:ff:ff", "01:00:5e:00:00:05");
    static final List<Integer> PORTS = List.of(80, 443, 1234, 9000, 9001);
    private static final int[] PROTOCOLS = {1, 2, 6, 17, 58, 132, 89, 6, 17};

    private final Random random;

    RandomFrames(long seed) {
        random = new Random(seed);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** The first has a number that tells it from all others. */
    List<byte[]> some(int count) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(frame(i));
        }
        return frames;
    }

    private byte[] frame(int number) {
        ByteBuffer frame = ByteBuffer.allocate(200);
        frame.put(mac(one(MACS))).put(mac(one(MACS)));
        for (int tags = Math.max(0, random.nextInt(5) - 2); tags > 0; tags--) {
            frame.putShort((short) (random.nextInt(4) == 0 ? 0x88a8 : 0x8100));
            frame.putShort((short) ((random.nextInt(8) << 13) | one(List.of(0, 5, 6, 261))));
        }
        switch (random.nextInt(6)) {
            case 0, 1 -> ip(frame);
            case 2, 3 -> ip6(frame);
            case 4 -> arp(frame);
            default -> frame.putShort((short) (int) one(List.of(0x88b5, 0x8035, 0x0026)));
        }
        frame.putInt(number);
        int length = Math.max(frame.position(), 60) + random.nextInt(40);
        if (random.nextInt(20) == 0) {
            length = 14 + random.nextInt(50); // cut, and perhaps in the middle of a header
        }
        byte[] bytes = new byte[length];
        frame.get(0, bytes, 0, Math.min(length, frame.capacity()));
        return bytes;
    }

    private void ip(ByteBuffer frame) {
        int words = 5 + random.nextInt(3);
        int at = frame.putShort((short) 0x0800).position();
        frame.put((byte) (0x40 | words))
                .put((byte) 0)
                .putShort((short) (4 * words + 20))
                .putShort((short) 1);
        frame.putShort((short) (int) one(List.of(0, 0x4000, 0x2000, 0x0008)));
        frame.put((byte) 64)
                .put((byte) PROTOCOLS[random.nextInt(PROTOCOLS.length)])
                .putShort((short) 0);
        frame.put(address(one(HOSTS))).put(address(one(HOSTS)));
        ports(frame.position(at + 4 * words));
    }

    private void ip6(ByteBuffer frame) {
        frame.putShort((short) 0x86dd).putInt(0x6000_0000).putShort((short) 28);
        int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
        boolean isFragment = random.nextInt(6) == 0;
        frame.put((byte) (isFragment ? 44 : protocol)).put((byte) 64);
        frame.put(address(one(HOSTS6))).put(address(one(HOSTS6)));
        if (isFragment) {
            frame.put((byte) protocol).put((byte) 0).putShort((short) 1).putInt(7);
        }
        ports(frame);
    }

    private void ports(ByteBuffer frame) {
        frame.putShort((short) (int) one(PORTS)).putShort((short) (int) one(PORTS));
        frame.putShort((short) 20).putShort((short) 0).putLong(0x5010_0001_0000_0000L);
    }

    private void arp(ByteBuffer frame) {
        frame.putShort((short) 0x0806)
                .putInt(0x0001_0800)
                .putShort((short) 0x0604)
                .putShort((short) (1 + random.nextInt(2)));
        frame.put(mac(one(MACS))).put(address(one(HOSTS))).put(mac(one(MACS))).put(address(one(HOSTS)));
    }

    static byte[] mac(String text) {
        return HexFormat.ofDelimiter(":").parseHex(text);
    }

    static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** An expression, by chance. */
    String expression(int depth) {
        int kind = random.nextInt(depth > 0 ? 8 : 4);
        return switch (kind) {
            case 4 -> "not " + expression(depth - 1);
            case 5 -> "( " + expression(depth - 1) + " )";
            case 6 -> expression(depth - 1) + " and " + expression(depth - 1);
            case 7 -> expression(depth - 1) + " or " + expression(depth - 1);
            default -> primitive();
        };
    }

    private String primitive() {
        String direction = one(List.of("", "", "src ", "dst ", "src or dst ", "src and dst "));
        int port = one(PORTS);
        return switch (random.nextInt(16)) {
            case 0 -> direction + "host " + one(HOSTS);
            case 1 -> direction + "host " + one(HOSTS6);
            case 2 -> direction + "net " + one(List.of("10", "10.0.0.0/24", "192.168", "fd00::/64", "10.0.1"));
            case 3 -> one(List.of("", "tcp ", "udp ", "sctp ")) + direction + "port " + port;
            case 4 -> one(List.of("", "tcp ", "udp ")) + direction + "portrange " + port + "-" + (port + 500);
            case 5 -> one(List.of("ip", "ip6", "arp", "rarp", "tcp", "udp", "sctp", "icmp", "icmp6", "igmp"));
            case 6 -> one(List.of("ip proto ", "ip6 proto ", "proto ")) + one(List.of("6", "17", "89", "58"));
            case 7 -> "ether proto " + one(List.of("0x88b5", "0x0800", "0x86dd"));
            case 8 -> "ether " + one(List.of("src ", "dst ", "host ")) + one(MACS);
            case 9 -> one(List.of("ether broadcast", "broadcast", "ether multicast", "multicast", "ip multicast"));
            case 10 -> one(List.of("less ", "greater ")) + one(List.of("64", "80", "100"));
            case 11 -> one(List.of("vlan", "vlan 5", "vlan 261"));
            case 12 -> one(List.of("ip host ", "arp host ", "ip src ", "arp dst ")) + one(HOSTS);
            case 13 -> "port " + port + " or " + one(PORTS);
            case 14 -> one(HOSTS);
            default -> "ip6 multicast";
        };
    }

    /** Writes frames as a capture with microseconds, each a second after the other. */
    static void write(Path file, List<byte[]> frames) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(little(24)
                    .putInt(0xa1b2_c3d4)
                    .putInt(4 << 16 | 2)
                    .putLong(0)
                    .putInt(65_535)
                    .putInt(1)
                    .array());
            for (int i = 0; i < frames.size(); i++) {
                int length = frames.get(i).length;
                out.write(little(16)
                        .putInt(i)
                        .putInt(0)
                        .putInt(length)
                        .putInt(length)
                        .array());
                out.write(frames.get(i));
            }
            Files.write(file, out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The frames of such a file, of which the second of each is its number. */
    static List<Integer> numbers(byte[] capture) {
        List<Integer> numbers = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 24; at < capture.length; at += 16 + in.getInt(at + 8)) {
            numbers.add(in.getInt(at));
        }
        return numbers;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
