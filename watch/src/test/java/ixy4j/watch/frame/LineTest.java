package ixy4j.watch.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ixy4j.Machine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines, which are those of tcpdump where both know the protocol. */
class LineTest {
    @TempDir
    private Path folder;

    private static byte[] ethernet(int type, byte[] payload) {
        return ByteBuffer.allocate(14 + payload.length)
                .put(RandomFrames.mac("02:00:00:00:00:02"))
                .put(RandomFrames.mac("02:00:00:00:00:01"))
                .putShort((short) type)
                .put(payload)
                .array();
    }

    private static byte[] ip(int protocol, int fragment, byte[] payload) {
        return ethernet(
                0x0800,
                ByteBuffer.allocate(20 + payload.length)
                        .putShort((short) 0x4500)
                        .putShort((short) (20 + payload.length))
                        .putShort((short) 7)
                        .putShort((short) fragment)
                        .put((byte) 64)
                        .put((byte) protocol)
                        .putShort((short) 0)
                        .put(RandomFrames.address("10.0.0.1"))
                        .put(RandomFrames.address("10.0.0.2"))
                        .put(payload)
                        .array());
    }

    private static byte[] ip6(int protocol, byte[] payload) {
        return ethernet(
                0x86dd,
                ByteBuffer.allocate(40 + payload.length)
                        .putInt(0x6000_0000)
                        .putShort((short) payload.length)
                        .put((byte) protocol)
                        .put((byte) 255)
                        .put(RandomFrames.address("fd00::1"))
                        .put(RandomFrames.address("fe80:0:0:1:0:0:0:2"))
                        .put(payload)
                        .array());
    }

    private static byte[] arp(int operation) {
        return ethernet(
                0x0806,
                ByteBuffer.allocate(28)
                        .putInt(0x0001_0800)
                        .putShort((short) 0x0604)
                        .putShort((short) operation)
                        .put(RandomFrames.mac("02:00:00:00:00:01"))
                        .put(RandomFrames.address("10.0.0.1"))
                        .put(RandomFrames.mac("00:00:00:00:00:00"))
                        .put(RandomFrames.address("10.0.0.2"))
                        .array());
    }

    private static byte[] udp(int bytes) {
        return ByteBuffer.allocate(8 + bytes)
                .putShort((short) 40_000)
                .putShort((short) 9000)
                .putShort((short) (8 + bytes))
                .array();
    }

    private static byte[] tcp(int flags, String options, int bytes) {
        byte[] some = HexFormat.of().parseHex(options);
        return ByteBuffer.allocate(20 + some.length + bytes)
                .putShort((short) 40_000)
                .putShort((short) 9000)
                .putInt(0xffff_fff0)
                .putInt(77)
                .put((byte) ((5 + some.length / 4) << 4))
                .put((byte) flags)
                .putShort((short) 512)
                .putInt(5)
                .put(some)
                .array();
    }

    private static byte[] icmp(int type, int code, int bytes) {
        return ByteBuffer.allocate(8 + bytes)
                .put((byte) type)
                .put((byte) code)
                .putShort((short) 0)
                .putShort((short) 21)
                .putShort((short) 3)
                .array();
    }

    private static byte[] neighbor(int type) {
        return ByteBuffer.allocate(24)
                .put((byte) type)
                .put(8, RandomFrames.address("fd00::2"))
                .array();
    }

    private static byte[] tagged(int tag, byte[] frame) {
        return ByteBuffer.allocate(frame.length + 4)
                .put(frame, 0, 12)
                .putShort((short) 0x8100)
                .putShort((short) tag)
                .put(frame, 12, frame.length - 12)
                .array();
    }

    private static List<byte[]> frames() {
        return List.of(
                ip(17, 0x4000, udp(12)),
                ip(17, 0, udp(0)),
                ip(6, 0, tcp(2, "020405b40402080a000000010000000201030307", 0)),
                ip(6, 0, tcp(0x12, "0101080a0000000a00000014", 0)),
                ip(6, 0, tcp(0x10, "", 0)),
                ip(6, 0, tcp(0x18, "", 100)),
                ip(6, 0, tcp(0x11, "", 0)),
                ip(6, 0, tcp(0x04, "", 0)),
                ip(6, 0, tcp(0x00, "", 0)),
                ip(1, 0, icmp(8, 0, 56)),
                ip(1, 0, icmp(0, 0, 56)),
                ip(17, 0x2000, udp(100)),
                ip(17, 0x0010, new byte[80]),
                ip(253, 0, new byte[4]),
                ip6(17, udp(30)),
                ip6(6, tcp(0x18, "", 10)),
                ip6(58, icmp(128, 0, 56)),
                ip6(58, icmp(129, 0, 56)),
                ip6(58, neighbor(135)),
                arp(1),
                arp(2));
    }

    private static String line(byte[] bytes, boolean verbose) {
        Frame frame = new Frame(2048);
        System.arraycopy(bytes, 0, frame.bytes(), 0, bytes.length);
        frame.set(bytes.length);
        return Line.of(frame, verbose);
    }

    @Test
    void linesAreThoseOfTcpdump() throws IOException {
        Machine.needsProgram("tcpdump");
        Path capture = folder.resolve("frames.pcap");
        RandomFrames.write(capture, frames());
        Process tcpdump = new ProcessBuilder("tcpdump", "-n", "-S", "-t", "-r", capture.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> theirs = new String(tcpdump.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> ours = new ArrayList<>();
        frames().forEach(frame -> ours.add(line(frame, false)));
        assertEquals(String.join("\n", theirs), String.join("\n", ours));
    }

    @Test
    void whatOnlyOursHas() {
        assertEquals(
                "vlan 5, p 1, IP 10.0.0.1.40000 > 10.0.0.2.9000: UDP, length 12",
                line(tagged(0x2005, ip(17, 0, udp(12))), false));
        assertEquals(
                "02:00:00:00:00:01 > 02:00:00:00:00:02, length 54: IP (tos 0x0, ttl 64, id 7, offset 0, flags [DF], proto UDP"
                        + " (17), length 40) 10.0.0.1.40000 > 10.0.0.2.9000: UDP, length 12",
                line(ip(17, 0x4000, udp(12)), true));
        assertEquals(
                "02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype Unknown (0x88b5), length 60",
                line(ethernet(0x88b5, new byte[46]), false));
    }

    /** Whatever comes, there is a line, and it has no characters that a terminal would obey. */
    @Test
    void everyFrameHasALine() {
        long seed = Long.getLong("ixy4j.seed", System.nanoTime());
        Random random = new Random(seed);
        List<byte[]> frames = new ArrayList<>(new RandomFrames(seed).some(2000));
        frames.addAll(frames());
        for (byte[] frame : frames) {
            byte[] changed = frame.clone();
            for (int i = random.nextInt(4); i > 0; i--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            String line = line(changed, random.nextBoolean());
            assertFalse(line.isBlank() || line.chars().anyMatch(c -> c < 0x20 || c > 0x7e), "seed " + seed + line);
        }
    }

    @Test
    void allBytesAreShownSixteenALine() {
        Frame frame = new Frame(64);
        byte[] bytes = "0123456789abcdefXY\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, frame.bytes(), 0, bytes.length);
        frame.set(bytes.length);
        assertEquals(
                "\t0x0000:  3031 3233 3435 3637 3839 6162 6364 6566  0123456789abcdef\n"
                        + "\t0x0010:  5859 0a                                  XY.",
                Line.hex(frame, bytes.length));
    }
}
