package ixy4j.examples;

import static ixy4j.examples.Packets.BROADCAST;
import static ixy4j.examples.Packets.ICMP;
import static ixy4j.examples.Packets.TCP;
import static ixy4j.examples.Packets.UDP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Devices;
import ixy4j.MacAddress;
import ixy4j.packet.PacketPool;
import ixy4j.testing.TestCard;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatTest {
    private static final long INSIDE = 0x0200_0000_0001L; // cards of the NAT
    private static final long OUTSIDE = 0x0200_0000_0002L;
    private static final long CLIENT = 0x0200_0000_000aL;
    private static final long GATEWAY = 0x0200_0000_000bL;
    private static final long SECOND = 1_000_000_000;
    private static final String SERVER = "198.51.100.9";

    private final TestCard inside = TestCard.open();
    private final TestCard outside = TestCard.open();
    private final PacketPool pool = Devices.pool(192, inside.device(), outside.device());
    private Nat nat;
    private long now = SECOND;

    @BeforeEach
    void open() {
        inside.device().setMacAddress(new MacAddress(INSIDE));
        outside.device().setMacAddress(new MacAddress(OUTSIDE));
        nat = new Nat(inside.device(), "10.0.0.1", outside.device(), "203.0.113.1", "203.0.113.254", pool);
    }

    @AfterEach
    void close() {
        pool.close();
        inside.close();
        outside.close();
    }

    private void findGateway() {
        nat.turn(now);
        List<byte[]> question = outside.sent();
        assertEquals(1, question.size());
        assertArrayEquals(Packets.arp(BROADCAST, 1, OUTSIDE, "203.0.113.1", 0, "203.0.113.254"), question.getFirst());
        outside.arrive(Packets.arp(OUTSIDE, 2, GATEWAY, "203.0.113.254", OUTSIDE, "203.0.113.1"));
        nat.turn(now);
        assertEquals(List.of(), outside.sent());
    }

    private List<byte[]> pass(TestCard in, byte[] frame, TestCard out) {
        in.arrive(frame);
        nat.turn(now);
        List<byte[]> sent = out.sent();
        sent.forEach(Packets::checkSums);
        return sent;
    }

    private List<byte[]> passOut(int protocol, String from, byte[] payload) {
        return pass(inside, Packets.ip(INSIDE, CLIENT, protocol, 64, from, SERVER, payload), outside);
    }

    private List<byte[]> passIn(int protocol, byte[] payload) {
        return pass(outside, Packets.ip(OUTSIDE, GATEWAY, protocol, 9, SERVER, "203.0.113.1", payload), inside);
    }

    /** The port that a packet has outside, which is otherwise as it should be. */
    private static int port(List<byte[]> sent, int protocol, byte[] payload, int at) {
        assertEquals(1, sent.size());
        int port = Short.toUnsignedInt(ByteBuffer.wrap(sent.getFirst()).getShort(34 + at));
        assertTrue(port >= 32768, "port " + port);
        ByteBuffer.wrap(payload).putShort(at, (short) port);
        assertArrayEquals(Packets.ip(GATEWAY, OUTSIDE, protocol, 63, "203.0.113.1", SERVER, payload), sent.getFirst());
        return port;
    }

    private void assertArrivesInside(String to, int protocol, byte[] payload, List<byte[]> sent) {
        assertEquals(1, sent.size());
        assertArrayEquals(Packets.ip(CLIENT, INSIDE, protocol, 8, SERVER, to, payload), sent.getFirst());
    }

    private void thereAndBack(int protocol, BiFunction<Integer, Integer, byte[]> payload) {
        findGateway();
        int port = port(passOut(protocol, "10.0.0.2", payload.apply(1234, 80)), protocol, payload.apply(1234, 80), 0);
        assertArrivesInside("10.0.0.2", protocol, payload.apply(80, 1234), passIn(protocol, payload.apply(80, port)));
        int other = port(passOut(protocol, "10.0.0.3", payload.apply(1234, 80)), protocol, payload.apply(1234, 80), 0);
        assertNotEquals(port, other, "each sender has its own");
        assertEquals(
                port,
                port(passOut(protocol, "10.0.0.2", payload.apply(1234, 443)), protocol, payload.apply(1234, 443), 0),
                "and keeps it");
        assertArrivesInside("10.0.0.3", protocol, payload.apply(80, 1234), passIn(protocol, payload.apply(80, other)));
    }

    @Test
    void udp() {
        thereAndBack(UDP, (source, destination) -> Packets.udp(source, destination, 21));
    }

    @Test
    void tcp() {
        thereAndBack(TCP, (source, destination) -> Packets.tcp(source, destination, 1000));
    }

    @Test
    void ping() {
        findGateway();
        int identifier = port(passOut(ICMP, "10.0.0.2", Packets.ping(8, 7, 1)), ICMP, Packets.ping(8, 7, 1), 4);
        assertArrivesInside("10.0.0.2", ICMP, Packets.ping(0, 7, 1), passIn(ICMP, Packets.ping(0, identifier, 1)));
        assertEquals(List.of(), passIn(UDP, Packets.udp(80, identifier, 1)), "a port of another protocol");
    }

    @Test
    void answersArpOnBothSides() {
        inside.arrive(Packets.arp(BROADCAST, 1, CLIENT, "10.0.0.2", 0, "10.0.0.1"));
        outside.arrive(Packets.arp(BROADCAST, 1, GATEWAY, "203.0.113.254", 0, "203.0.113.1"));
        nat.turn(now);
        assertArrayEquals(
                Packets.arp(CLIENT, 2, INSIDE, "10.0.0.1", CLIENT, "10.0.0.2"),
                inside.sent().getFirst());
        assertArrayEquals(
                Packets.arp(GATEWAY, 2, OUTSIDE, "203.0.113.1", GATEWAY, "203.0.113.254"),
                outside.sent().getLast());
        assertEquals(1, passOut(UDP, "10.0.0.2", Packets.udp(1, 2, 3)).size(), "it has seen who the gateway is");
        inside.arrive(Packets.arp(BROADCAST, 1, CLIENT, "10.0.0.2", 0, "203.0.113.1"));
        nat.turn(now);
        assertEquals(List.of(), inside.sent(), "the address of the other side");
    }

    /** All of two full batches: answers to one side, and what goes there from the other. */
    @Test
    void nothingIsLostInABurst() {
        findGateway();
        int port = port(passOut(UDP, "10.0.0.2", Packets.udp(1, 2, 3)), UDP, Packets.udp(1, 2, 3), 0);
        for (int i = 0; i < 32; i++) {
            inside.arrive(Packets.arp(BROADCAST, 1, CLIENT, "10.0.0.2", 0, "10.0.0.1"));
            outside.arrive(Packets.ip(OUTSIDE, GATEWAY, UDP, 9, SERVER, "203.0.113.1", Packets.udp(2, port, i)));
        }
        nat.turn(now);
        assertEquals(64, inside.sent().size());
    }

    @Test
    void asksUntilItKnowsTheGateway() {
        for (int i = 0; i < 3; i++) {
            nat.turn(now);
            nat.turn(now);
            assertEquals(1, outside.sent().size(), "question " + i);
            now += SECOND;
        }
        nat.turn(now);
        outside.sent();
        assertEquals(List.of(), passOut(UDP, "10.0.0.2", Packets.udp(1, 2, 3)));
        inside.arrive(Packets.arp(INSIDE, 2, CLIENT, "203.0.113.254", INSIDE, "10.0.0.1"));
        nat.turn(now);
        assertEquals(List.of(), passOut(UDP, "10.0.0.2", Packets.udp(1, 2, 3)), "no gateway is inside");
        outside.arrive(Packets.arp(OUTSIDE, 2, GATEWAY, "203.0.113.254", OUTSIDE, "203.0.113.1"));
        nat.turn(now);
        assertEquals(1, passOut(UDP, "10.0.0.2", Packets.udp(1, 2, 3)).size());
    }

    @Test
    void lastsForFiveMinutes() {
        findGateway();
        int port = port(passOut(UDP, "10.0.0.2", Packets.udp(1, 2, 3)), UDP, Packets.udp(1, 2, 3), 0);
        now += 299 * SECOND;
        byte[] payload = Packets.udp(2, 1, 3);
        outside.arrive(Packets.ip(OUTSIDE, GATEWAY, UDP, 9, SERVER, "203.0.113.1", Packets.udp(2, port, 3)));
        nat.turn(now);
        assertArrivesInside("10.0.0.2", UDP, payload, inside.sent());
        now += 2 * SECOND;
        assertEquals(List.of(), passIn(UDP, Packets.udp(2, port, 3)));
    }

    @Test
    void whatDoesNotPass() {
        findGateway();
        byte[] good = Packets.udp(1, 2, 3);
        int port = port(passOut(UDP, "10.0.0.2", good), UDP, good, 0);
        byte[] broken = Packets.ip(INSIDE, CLIENT, UDP, 64, "10.0.0.2", SERVER, good);
        broken[43]++;
        assertEquals(List.of(), pass(inside, broken, outside));
        byte[] old = Packets.ip(INSIDE, CLIENT, UDP, 1, "10.0.0.2", SERVER, good);
        assertEquals(List.of(), pass(inside, old, outside), "its time to live is over");
        byte[] toAll = Packets.ip(BROADCAST, CLIENT, UDP, 64, "10.0.0.2", "255.255.255.255", good);
        assertEquals(List.of(), pass(inside, toAll, outside));
        assertEquals(List.of(), passOut(ICMP, "10.0.0.2", Packets.ping(3, 1, 1)), "no ping");
        assertEquals(List.of(), passOut(47, "10.0.0.2", Packets.tcp(1, 2, 3)), "another protocol");
        assertEquals(List.of(), passIn(UDP, Packets.udp(2, port ^ 1, 3)), "nobody's port");
        assertEquals(List.of(), passIn(UDP, Packets.udp(2, 5, 3)), "a port that nobody can have");
        byte[] passing = Packets.ip(OUTSIDE, GATEWAY, UDP, 9, SERVER, "203.0.113.7", Packets.udp(2, port, 3));
        assertEquals(List.of(), pass(outside, passing, inside), "another address outside");
    }

    /** As many senders as would have a port each: the last ones have theirs, and the pool is whole. */
    @Test
    void manySenders() {
        findGateway();
        int free = pool.available();
        for (int i = 0; i < 3000; i++) {
            byte[] payload = Packets.udp(i, 2, 3);
            int port = port(passOut(UDP, "10.0.0.2", payload), UDP, payload, 0);
            assertArrivesInside("10.0.0.2", UDP, Packets.udp(2, i, 3), passIn(UDP, Packets.udp(2, port, 3)));
            now += 1000;
        }
        assertEquals(free, pool.available(), 64, "but for what is sent, and not yet looked for");
    }

    /** More senders than there are ports: one that goes on sending keeps its own, one that is silent loses it. */
    @Test
    void whoSendsKeepsItsPort() {
        findGateway();
        byte[] silent = Packets.udp(1, 2, 3);
        byte[] busy = Packets.udp(2, 2, 3);
        int portOfSilent = port(passOut(UDP, "10.0.0.2", silent), UDP, silent, 0);
        int portOfBusy = port(passOut(UDP, "10.0.0.2", busy), UDP, busy, 0);
        for (int i = 0; i < 62_000; i += 31) {
            now += 1000;
            for (int j = i; j < i + 31; j++) {
                byte[] other = Packets.udp(j, 2, 3);
                inside.arrive(Packets.ip(INSIDE, CLIENT, UDP, 64, "10.0.0.3", SERVER, other));
            }
            byte[] again = Packets.udp(2, 2, 3);
            List<byte[]> sent = passOut(UDP, "10.0.0.2", again);
            assertEquals(portOfBusy, port(List.of(sent.getLast()), UDP, again, 0), i + " others");
        }
        assertArrivesInside("10.0.0.2", UDP, Packets.udp(2, 2, 3), passIn(UDP, Packets.udp(2, portOfBusy, 3)));
        assertEquals(3, passIn(UDP, Packets.udp(2, portOfSilent, 3)).getFirst()[33], "10.0.0.3 has it meanwhile");
    }
}
