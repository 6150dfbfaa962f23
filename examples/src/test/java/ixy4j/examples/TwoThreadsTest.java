package ixy4j.examples;

import static ixy4j.examples.Packets.UDP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.packet.PacketPool;
import ixy4j.testing.TestCard;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TwoThreadsTest {
    private final TestCard from = TestCard.open();
    private final TestCard to = TestCard.open();
    private final PacketPool pool = TwoThreads.poolFor(from.device(), to.device());
    private final TwoThreads threads = new TwoThreads(from.device(), to.device(), pool);

    @AfterEach
    void close() {
        pool.close();
        from.close();
        to.close();
    }

    private static byte[] packet(int number) {
        return Packets.ip(1, 2, UDP, 64, "192.0.2.1", "192.0.2.2", Packets.udp(number >>> 16, number, number % 1400));
    }

    @Test
    void wholeIpv4PacketsGoToTheOtherCard() {
        byte[] broken = packet(100);
        broken[16]++;
        from.arrive(packet(1), Packets.frame(1, 2, 60), broken, packet(2));
        threads.receive();
        assertEquals(List.of(), to.sent(), "on the way");
        assertTrue(threads.send());
        List<byte[]> sent = to.sent();
        assertEquals(2, sent.size());
        assertArrayEquals(packet(1), sent.getFirst());
        assertArrayEquals(packet(2), sent.getLast());
        assertFalse(threads.send());
    }

    @Test
    void whatTheSenderDoesNotKeepUpWithGoes() {
        for (int i = 0; i < 1000; i++) {
            from.arrive(packet(i));
            threads.receive();
        }
        List<byte[]> sent = new ArrayList<>();
        while (threads.send()) {
            sent.addAll(to.sent());
        }
        assertEquals(256, sent.size());
        assertArrayEquals(packet(255), sent.getLast());
    }

    @Test
    void twoThreads() throws InterruptedException {
        List<byte[]> sent = new ArrayList<>();
        Thread sender = Thread.ofPlatform().daemon().start(() -> {
            while (sent.size() < 10_000) {
                threads.send();
                sent.addAll(to.sent());
            }
        });
        for (int i = 0; sender.isAlive(); i++) {
            from.arrive(packet(i));
            threads.receive();
        }
        sender.join();
        assertTrue(sent.size() >= 10_000, "the sender failed");
        int before = -1;
        for (byte[] packet : sent) {
            int number = ByteBuffer.wrap(packet).getInt(34); // both ports
            assertArrayEquals(packet(number), packet);
            assertTrue(number > before, "in order");
            before = number;
        }
    }
}
