package ixy4j.examples;

import static ixy4j.examples.Packets.BROADCAST;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.Device;
import ixy4j.Devices;
import ixy4j.packet.PacketPool;
import ixy4j.testing.TestCard;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BridgeTest {
    private static final long A = 0x0200_0000_000aL; // stations
    private static final long B = 0x0200_0000_000bL;
    private static final long SECOND = 1_000_000_000;

    private final List<TestCard> cards =
            Stream.generate(TestCard::open).limit(3).toList();
    private final Device[] devices = cards.stream().map(TestCard::device).toArray(Device[]::new);
    private final PacketPool pool = Devices.pool(192, devices);
    private final Bridge bridge = new Bridge(List.of(devices), pool);
    private long now = 1_000 * SECOND;

    @AfterEach
    void close() {
        pool.close();
        cards.forEach(TestCard::close);
    }

    /** Lets a frame come to a port, and checks at which others it leaves. */
    private void assertForwards(int from, byte[] frame, Integer... to) {
        cards.get(from).arrive(frame);
        bridge.turn(now);
        for (int port = 0; port < 3; port++) {
            List<byte[]> sent = cards.get(port).sent();
            assertEquals(List.of(to).contains(port) ? 1 : 0, sent.size(), "port " + port);
            for (byte[] one : sent) {
                assertArrayEquals(frame, one);
            }
        }
    }

    @Test
    void learnsWhereAStationIs() {
        assertForwards(0, Packets.frame(B, A, 100), 1, 2);
        assertForwards(1, Packets.frame(A, B, 1514), 0);
        assertForwards(0, Packets.frame(B, A, 60), 1);
        assertForwards(2, Packets.frame(B, A, 60), 1); // it has moved
        assertForwards(1, Packets.frame(A, B, 60), 2);
    }

    @Test
    void floodsGroups() {
        assertForwards(1, Packets.frame(A, B, 60), 0, 2);
        assertForwards(0, Packets.frame(BROADCAST, A, 60), 1, 2);
        assertForwards(2, Packets.frame(0x0100_5e00_0001L, A, 60), 0, 1);
        assertForwards(0, Packets.frame(BROADCAST, BROADCAST, 60), 1, 2); // from no station
        assertForwards(2, Packets.frame(B, A, 60), 1);
    }

    @Test
    void keepsBackWhatIsThereAlreadyOrForItself() {
        assertForwards(0, Packets.frame(BROADCAST, A, 60), 1, 2);
        assertForwards(0, Packets.frame(A, B, 60));
        assertForwards(1, Packets.frame(0x0180_c200_0000L, A, 60));
        assertForwards(1, Packets.frame(0x0180_c200_000fL, A, 60));
        assertForwards(1, Packets.frame(0x0180_c200_0010L, A, 60), 0, 2);
    }

    @Test
    void forgetsAStationOfWhichItHearsNothing() {
        assertForwards(0, Packets.frame(BROADCAST, A, 60), 1, 2);
        now += 299 * SECOND;
        assertForwards(1, Packets.frame(A, B, 60), 0);
        now += 2 * SECOND;
        assertForwards(1, Packets.frame(A, B, 60), 0, 2);
        assertForwards(0, Packets.frame(B, A, 60), 1);
        assertForwards(1, Packets.frame(A, B, 60), 0);
    }

    /** Some meet in a place of the table, and their frames are flooded: each goes where it should, perhaps elsewhere, too. */
    @Test
    void hasRoomForManyStations() {
        for (int i = 0; i < 1000; i++) {
            cards.get(i % 3).arrive(Packets.frame(BROADCAST, A + i, 60));
            bridge.turn(now);
            cards.forEach(TestCard::sent);
        }
        int flooded = 0;
        for (int i = 0; i < 1000; i++) {
            cards.get((i + 1) % 3).arrive(Packets.frame(A + i, B + 2000, 60));
            bridge.turn(now);
            assertEquals(1, cards.get(i % 3).sent().size());
            flooded += cards.get((i + 2) % 3).sent().size();
        }
        assertEquals(0, flooded, "addresses in a row do not meet");
    }

    @Test
    void nothingIsLostWhereTwoSendToOne() {
        assertForwards(2, Packets.frame(A, B, 60), 0, 1);
        for (int i = 0; i < 32; i++) {
            cards.get(0).arrive(Packets.frame(B, A, 60));
            cards.get(1).arrive(Packets.frame(B, A, 60));
        }
        bridge.turn(now);
        assertEquals(64, cards.get(2).sent().size());
    }

    @Test
    void aBurstThatIsFloodedNeedsNoMoreThanThePool() {
        byte[][] burst =
                Stream.generate(() -> Packets.frame(B, A, 60)).limit(200).toArray(byte[][]::new);
        int free = pool.available();
        cards.getFirst().arrive(burst);
        int[] sent = new int[3];
        for (int turn = 0; turn < 10; turn++) {
            bridge.turn(now);
            for (int port = 0; port < 3; port++) {
                sent[port] += cards.get(port).sent().size();
            }
        }
        assertArrayEquals(new int[] {0, 200, 200}, sent);
        assertEquals(free, pool.available(), 64, "but for what is sent, and not yet looked for");
    }
}
