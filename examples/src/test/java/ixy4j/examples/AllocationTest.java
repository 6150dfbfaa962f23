package ixy4j.examples;

import static ixy4j.examples.Packets.ICMP;
import static ixy4j.examples.Packets.UDP;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Devices;
import ixy4j.MacAddress;
import ixy4j.packet.PacketPool;
import ixy4j.testing.TestCard;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No example makes garbage for a packet. */
class AllocationTest {
    private static final long OWN = 0x0200_0000_0001L;
    private static final long PEER = 0x0200_0000_0002L;

    private final TestCard left = TestCard.open();
    private final TestCard right = TestCard.open();
    private final PacketPool pool = Devices.pool(2048, left.device(), right.device());

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        pool.close();
        left.close();
        right.close();
    }

    private interface Turn {
        void run() throws IOException;
    }

    /** What is allocated in the program's turns only: the cards make arrays. */
    private void assertNothingAllocated(Turn turn, byte[]... frames) throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int i = 0; i < 6000; i++) {
            left.arrive(frames);
            long before = threads.getCurrentThreadAllocatedBytes();
            turn.run();
            allocated += i < 3000 ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
            right.sent();
        }
        assertTrue(allocated < 3000, allocated + " bytes in 3000 turns");
    }

    private static byte[] toOwn(int protocol, byte[] payload) {
        return Packets.ip(OWN, PEER, protocol, 64, "192.0.2.2", "192.0.2.1", payload);
    }

    @Test
    void echo() throws IOException {
        Echo echo = new Echo(left.device(), pool, "192.0.2.1");
        assertNothingAllocated(echo::turn, toOwn(ICMP, Packets.ping(8, 1, 1)), toOwn(UDP, Packets.udp(1, 7, 100)));
    }

    @Test
    void bridge() throws IOException {
        Bridge bridge = new Bridge(List.of(left.device(), right.device()), pool);
        assertNothingAllocated(
                () -> bridge.turn(System.nanoTime()), Packets.frame(OWN, PEER, 60), Packets.frame(PEER, OWN, 1514));
    }

    @Test
    void nat() throws IOException {
        left.device().setMacAddress(new MacAddress(OWN));
        Nat nat = new Nat(left.device(), "192.0.2.1", right.device(), "198.51.100.1", "198.51.100.2", pool);
        long outside = right.device().macAddress().bits();
        right.arrive(Packets.arp(outside, 2, PEER, "198.51.100.2", outside, "198.51.100.1"));
        assertNothingAllocated(
                () -> nat.turn(System.nanoTime()),
                Packets.ip(OWN, PEER, UDP, 64, "192.0.2.2", "203.0.113.1", Packets.udp(1, 2, 3)));
    }

    @Test
    void capture() throws IOException {
        try (Capture capture = new Capture(left.device(), pool, folder.resolve("capture.pcap"))) {
            assertNothingAllocated(() -> capture.turn(System.nanoTime()), Packets.frame(OWN, PEER, 1000));
        }
    }

    @Test
    void twoThreads() throws IOException {
        TwoThreads threads = new TwoThreads(left.device(), right.device(), pool);
        assertNothingAllocated(
                () -> {
                    threads.receive();
                    threads.send();
                },
                toOwn(UDP, Packets.udp(1, 2, 3)));
    }
}
