package ixy4j.apps.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.model.wire.Frames;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.spi.Spaces;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of frames that were sent, by a clock and a queue of the test. */
class ReturnsTest {
    private static final long S100 = 100_000_000_000L;

    private long now = 500;
    private final PacketPool pool = PacketPool.create(64, Spaces.VIRTUAL);
    private final Deque<byte[]> coming = new ArrayDeque<>();
    private final Returns returns = new Returns(this::receive, pool.batch(8), () -> now);

    @AfterEach
    void close() {
        pool.close();
    }

    private int receive(PacketBatch batch) {
        int before = batch.size();
        while (batch.size() < 8 && !coming.isEmpty()) {
            batch.add(coming.poll());
        }
        return batch.size() - before;
    }

    private void send(int frames) {
        returns.sent(frames, returns.now());
    }

    private void come(long... sequences) {
        for (long sequence : sequences) {
            returns.came(sequence, returns.now());
        }
    }

    private void assertCounts(long lost, long reordered, long duplicates, long late, long foreign) {
        assertEquals(lost, returns.lost(), "lost");
        assertEquals(reordered, returns.reordered(), "reordered");
        assertEquals(duplicates, returns.duplicates(), "duplicates");
        assertEquals(late, returns.late(), "late");
        assertEquals(foreign, returns.foreign(), "foreign");
    }

    @Test
    void whatComesBackInOrderIsNotLost() {
        send(3);
        assertCounts(3, 0, 0, 0, 0);
        now += 1000;
        come(0, 1);
        now += 1000;
        come(2);
        assertCounts(0, 0, 0, 0, 0);
        assertEquals(new Latency(3, 1000, 1000, 2000, 2000, 2000, 2000), returns.latency());
    }

    @Test
    void nothingThatComesIsNoLatency() {
        send(3);
        assertEquals(new Latency(0, 0, 0, 0, 0, 0, 0), returns.latency());
        assertEquals("no latency: no frame came back", returns.latency().toString());
    }

    /** By RFC 4737: those that come behind one that was sent later; who jumps ahead is in order. */
    @Test
    void whoIsOvertakenIsReordered() {
        send(6);
        come(1, 0, 4, 2, 3, 5);
        assertCounts(0, 3, 0, 0, 0);
    }

    @Test
    void whatComesTwiceIsADuplicate() {
        send(3);
        come(0, 0, 1, 1, 1, 0);
        assertCounts(1, 0, 4, 0, 0);
        assertEquals(2, returns.latency().frames());
    }

    @Test
    void whatWasNeverSentIsForeign() {
        send(3);
        come(3, -1, Long.MAX_VALUE, Long.MIN_VALUE, 2);
        assertCounts(2, 0, 0, 0, 4);
    }

    /** A place is used again for a later frame, which the old one must not be taken for. */
    @Test
    void whatComesAfterAWholeWindowIsLate() {
        for (int i = 0; i < Returns.WINDOW; i += 1024) {
            send(1024);
        }
        come(0);
        send(2);
        come(1, Returns.WINDOW + 1, 2);
        assertCounts(Returns.WINDOW - 1, 1, 0, 1, 0);
    }

    @Test
    void anotherBeginning() {
        send(5);
        come(1, 1, 0);
        returns.begin(5);
        assertCounts(0, 0, 0, 0, 0);
        send(3);
        come(2, 4, 6, 5); // 2 and 4 are of before
        assertCounts(1, 1, 0, 0, 2);
        assertEquals(2, returns.latency().frames());
    }

    @Test
    void theLongestIsAHundredSeconds() {
        send(1);
        now += 200_000_000_000L;
        come(0);
        assertEquals(new Latency(1, S100, S100, S100, S100, S100, S100), returns.latency());
    }

    /** A number is that of a frame whose payload is whole, whatever is in its headers. */
    @Test
    void framesAreKnownByTheirPayload() {
        MemorySegment frame = Arena.ofAuto().allocate(Frames.MAX_LENGTH, 8);
        send(10);
        for (int i = 0; i < 4; i++) {
            Frames.writeUdp(frame.address(), 100, i, i);
            byte[] bytes = frame.asSlice(0, 100).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
            bytes[22] = 63; // TTL
            bytes[99] += (byte) (i == 1 ? 1 : 0);
            coming.add(bytes);
        }
        coming.add(new byte[60]);
        assertEquals(5, returns.receive());
        assertCounts(7, 0, 0, 0, 2);
        assertEquals(0, returns.receive());
    }
}
