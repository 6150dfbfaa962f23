package ixy4j.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.Devices;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which frames a program takes, as the kernel runs it. */
class XdpMatchTest {
    private static final Map<String, byte[]> FRAMES = frames();
    private static Veth veth;

    @BeforeAll
    static void plug() {
        veth = new Veth(1);
    }

    @AfterAll
    static void unplug() {
        if (veth != null) {
            veth.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all | arp experiment first-fragment icmp later-fragment neighbor options short-header tagged-experiment tagged-tcp80"
                        + " tagged-udp9000 tcp6-80 tcp80 tcp9000 truncated udp6-9000 udp6-other udp9000 udp9001 udp-from-9000",
                "ether:0x88b5 | experiment tagged-experiment",
                "ether:2054 | arp",
                "vlan:5 | tagged-experiment tagged-udp9000",
                "vlan:261 | tagged-tcp80",
                "vlan:0 | ''",
                "udp:9000 | first-fragment options tagged-udp9000 udp6-9000 udp9000",
                "udp:9001,tcp:80 | tagged-tcp80 tcp6-80 tcp80 udp6-other udp9001",
                "tcp:9000 | tcp9000",
                "host:10.0.0.2 | arp first-fragment later-fragment icmp options tagged-tcp80 tagged-udp9000"
                        + " tcp80 tcp9000 truncated udp9000 udp9001 udp-from-9000",
                "host:10.0.0.7 | udp-from-9000",
                "host:10.0.0.9 | arp",
                "host:fd00::2 | neighbor tcp6-80 udp6-9000",
                "host:fd00::3 | udp6-other",
                "host:fd00:0:0:1::2 | ''",
                "host:10.0.0.7,ether:0x0806,vlan:5 | arp tagged-experiment tagged-udp9000 udp-from-9000",
            })
    void framesAreTakenThatARuleIsFor(String match, String expected) {
        assertEquals(sorted(expected), sorted(String.join(" ", taken(match))));
    }

    private static List<String> sorted(String names) {
        return names.isBlank()
                ? List.of()
                : List.of(names.split(" ")).stream().sorted().toList();
    }

    private static List<String> taken(String match) {
        DeviceOptions options = DeviceOptions.DEFAULT.withRingSize(64);
        try (PacketSocket wire = new PacketSocket(veth.peerIndex());
                Device device = Device.open("xdp:" + veth.name + "?match=" + match, options);
                PacketPool pool = Devices.pool(64, device)) {
            RxQueue queue = device.rxQueue(0, pool);
            PacketBatch batch = pool.batch(64);
            FRAMES.values().forEach(wire::send);
            List<String> taken = new ArrayList<>();
            long last = System.nanoTime();
            while (System.nanoTime() - last < 20_000_000) {
                last = queue.receive(batch) > 0 ? System.nanoTime() : last;
                LockSupport.parkNanos(100_000);
            }
            for (int i = 0; i < batch.size(); i++) {
                taken.add(name(batch.toArray(i)));
            }
            batch.free();
            return taken;
        }
    }

    private static String name(byte[] frame) {
        return FRAMES.entrySet().stream()
                .filter(entry -> Arrays.equals(entry.getValue(), frame))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("none of them");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "any",
                "udp",
                "udp:",
                "udp:0",
                "udp:65536",
                "udp:-1",
                "udp:9000,",
                "ether:5",
                "ether:0x10000",
                "vlan:4095",
                "host:eth0",
                "host:10.0.0.256",
                "host:fd00::g",
                "host:1:2",
                "tcp:80 ",
            })
    void whatIsNoRuleIsNamed(String match) {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> Device.open("xdp:lo?match=" + match.replace(" ", "%20")));
        assertTrue(e.getMessage().contains("match=" + match), e.getMessage());
        assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
    }

    @Test
    void asManyRulesAsAProgramHasRoomForAreTaken() {
        StringBuilder match = new StringBuilder("udp:9001");
        for (int i = 1; i < 64; i++) {
            match.append(i % 2 == 0 ? ",udp:" : ",host:fd01::").append(i);
        }
        assertEquals(
                List.of("udp6-other", "udp9001"),
                taken(match.toString()).stream().sorted().toList());
        match.append(",udp:1");
        Exception e = assertThrows(IllegalArgumentException.class, () -> taken(match.toString()));
        assertTrue(e.getMessage().contains("at most 64 rules, not 65"), e.getMessage());
    }

    // ---- frames

    private static Map<String, byte[]> frames() {
        Map<String, byte[]> frames = new TreeMap<>();
        byte[] udp = ipv4(17, "10.0.0.1", "10.0.0.2", 0, 5, 1234, 9000);
        frames.put("udp9000", ethernet(0x0800, udp));
        frames.put("udp9001", ethernet(0x0800, ipv4(17, "10.0.0.1", "10.0.0.2", 0, 5, 1234, 9001)));
        frames.put("udp-from-9000", ethernet(0x0800, ipv4(17, "10.0.0.2", "10.0.0.7", 0, 5, 9000, 1234)));
        frames.put("tcp80", ethernet(0x0800, ipv4(6, "10.0.0.1", "10.0.0.2", 0, 5, 1234, 80)));
        frames.put("tcp9000", ethernet(0x0800, ipv4(6, "10.0.0.1", "10.0.0.2", 0, 5, 1234, 9000)));
        frames.put("icmp", ethernet(0x0800, ipv4(1, "10.0.0.1", "10.0.0.2", 0, 5, 1234, 9000)));
        frames.put("options", ethernet(0x0800, ipv4(17, "10.0.0.1", "10.0.0.2", 0, 15, 1234, 9000)));
        frames.put("short-header", ethernet(0x0800, ipv4(17, "10.0.0.1", "10.0.0.2", 0, 4, 1234, 9000)));
        frames.put("first-fragment", ethernet(0x0800, ipv4(17, "10.0.0.1", "10.0.0.2", 0x2000, 5, 1235, 9000)));
        frames.put("later-fragment", ethernet(0x0800, ipv4(17, "10.0.0.1", "10.0.0.2", 0x0008, 5, 1234, 9000)));
        frames.put("truncated", Arrays.copyOf(ethernet(0x0800, udp), 14 + 22));
        frames.put("udp6-9000", ethernet(0x86dd, ipv6(17, "fd00::1", "fd00::2", 1234, 9000)));
        frames.put("udp6-other", ethernet(0x86dd, ipv6(17, "fd00::3", "fd00::4", 9000, 9001)));
        frames.put("tcp6-80", ethernet(0x86dd, ipv6(6, "fd00::2", "fd00::1", 1234, 80)));
        byte[] neighbor = ipv6(58, "fd00::5", "ff02::1:ff00:2", 0, 0);
        frames.put(
                "neighbor",
                ethernet(
                        0x86dd,
                        ByteBuffer.allocate(72)
                                .put(neighbor)
                                .put(40, (byte) 135)
                                .put(48, address("fd00::2"))
                                .array()));
        frames.put("experiment", ethernet(0x88b5, new byte[46]));
        frames.put("tagged-experiment", tagged(0x8100, 0x2005, ethernet(0x88b5, new byte[46])));
        frames.put("tagged-udp9000", tagged(0x88a8, 0x0005, ethernet(0x0800, udp)));
        frames.put("tagged-tcp80", tagged(0x8100, 0x0105, frames.get("tcp80")));
        frames.put("arp", ethernet(0x0806, arp("10.0.0.9", "10.0.0.2")));
        return frames;
    }

    private static byte[] ethernet(int type, byte[] payload) {
        return ByteBuffer.allocate(14 + payload.length)
                .putLong(0x0200_0000_0001_0200L)
                .putInt(2)
                .putShort((short) type)
                .put(payload)
                .array();
    }

    private static byte[] tagged(int type, int tag, byte[] frame) {
        return ByteBuffer.allocate(frame.length + 4)
                .put(frame, 0, 12)
                .putShort((short) type)
                .putShort((short) tag)
                .put(frame, 12, frame.length - 12)
                .array();
    }

    private static byte[] ipv4(
            int protocol, String from, String to, int fragment, int words, int sourcePort, int destinationPort) {
        byte[] packet = ByteBuffer.allocate(100)
                .put((byte) (0x40 | words))
                .put(6, (byte) (fragment >> 8))
                .put(7, (byte) fragment)
                .put(9, (byte) protocol)
                .put(12, address(from))
                .put(16, address(to))
                .array();
        ByteBuffer.wrap(packet).putShort(4 * words, (short) sourcePort).putShort(4 * words + 2, (short)
                destinationPort);
        return packet;
    }

    private static byte[] ipv6(int protocol, String from, String to, int sourcePort, int destinationPort) {
        return ByteBuffer.allocate(60)
                .put((byte) 0x60)
                .put(6, (byte) protocol)
                .put(8, address(from))
                .put(24, address(to))
                .putShort(40, (short) sourcePort)
                .putShort(42, (short) destinationPort)
                .array();
    }

    private static byte[] arp(String sender, String target) {
        return ByteBuffer.allocate(46)
                .putLong(0x0001_0800_0604_0001L)
                .put(14, address(sender))
                .put(24, address(target))
                .array();
    }

    private static byte[] address(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
