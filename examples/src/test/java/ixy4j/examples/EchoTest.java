package ixy4j.examples;

import static ixy4j.examples.Packets.BROADCAST;
import static ixy4j.examples.Packets.ICMP;
import static ixy4j.examples.Packets.TCP;
import static ixy4j.examples.Packets.UDP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.Devices;
import ixy4j.packet.PacketPool;
import ixy4j.testing.TestCard;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EchoTest {
    private static final long PEER = 0x0200_0000_0001L;
    private static final String US = "192.0.2.1";
    private static final String THEM = "192.0.2.2";

    private final TestCard card = TestCard.open();
    private final long own = card.device().macAddress().bits();
    private final PacketPool pool = Devices.pool(32, card.device());
    private final Echo echo = new Echo(card.device(), pool, US);

    @AfterEach
    void close() {
        pool.close();
        card.close();
    }

    private List<byte[]> answers(byte[]... frames) {
        card.arrive(frames);
        echo.turn();
        return card.sent();
    }

    private void assertAnswer(byte[] expected, byte[] frame) {
        List<byte[]> answers = answers(frame);
        assertEquals(1, answers.size());
        assertArrayEquals(expected, answers.getFirst());
    }

    private byte[] toUs(int protocol, byte[] payload) {
        return Packets.ip(own, PEER, protocol, 3, THEM, US, payload);
    }

    private byte[] fromUs(int protocol, byte[] payload) {
        return Packets.ip(PEER, own, protocol, 64, US, THEM, payload);
    }

    @Test
    void answersArp() {
        assertAnswer(Packets.arp(PEER, 2, own, US, PEER, THEM), Packets.arp(BROADCAST, 1, PEER, THEM, 0, US));
        assertEquals(List.of(), answers(Packets.arp(BROADCAST, 1, PEER, THEM, 0, "192.0.2.3")), "for another");
        assertEquals(List.of(), answers(Packets.arp(own, 2, PEER, THEM, own, US)), "a reply");
    }

    @Test
    void answersPing() {
        assertAnswer(fromUs(ICMP, Packets.ping(0, 7, 1)), toUs(ICMP, Packets.ping(8, 7, 1)));
        assertEquals(List.of(), answers(toUs(ICMP, Packets.ping(0, 7, 1))), "a reply");
        byte[] broken = toUs(ICMP, Packets.ping(8, 7, 1));
        broken[40]++;
        assertEquals(List.of(), answers(broken));
        assertEquals(
                List.of(),
                answers(Packets.ip(own, PEER, ICMP, 64, THEM, "192.0.2.3", Packets.ping(8, 7, 1))),
                "for another");
    }

    @Test
    void sendsUdpBack() {
        for (int data : new int[] {0, 1, 18, 1472}) {
            assertAnswer(fromUs(UDP, Packets.udp(7, 1234, data)), toUs(UDP, Packets.udp(1234, 7, data)));
        }
        assertEquals(List.of(), answers(toUs(UDP, Packets.udp(1234, 8, 1))), "another port");
        assertEquals(List.of(), answers(toUs(UDP, Packets.udp(7, 7, 1))), "it would come back for ever");
    }

    @Test
    void dropsAllElse() {
        byte[] cut = toUs(UDP, Packets.udp(1234, 7, 1));
        cut[17] = 90;
        byte[] tagged = Packets.frame(own, PEER, 60);
        tagged[12] = (byte) 0x81;
        tagged[13] = 0;
        assertEquals(List.of(), answers(cut, tagged, Packets.frame(own, PEER, 60), toUs(TCP, Packets.tcp(1, 7, 10))));
    }

    @Test
    void goesOnForEver() {
        int free = pool.available();
        for (int i = 0; i < 1000; i++) {
            List<byte[]> answers = answers(
                    Packets.frame(own, PEER, 60),
                    toUs(ICMP, Packets.ping(8, 7, i)),
                    toUs(UDP, Packets.udp(8, 8, i)),
                    toUs(UDP, Packets.udp(1234, 7, i)));
            assertEquals(2, answers.size());
            assertArrayEquals(fromUs(ICMP, Packets.ping(0, 7, i)), answers.getFirst());
            assertArrayEquals(fromUs(UDP, Packets.udp(7, 1234, i)), answers.getLast());
        }
        int withTheCard = 64; // sent, and not yet looked for
        assertEquals(free, pool.available(), withTheCard);
    }
}
