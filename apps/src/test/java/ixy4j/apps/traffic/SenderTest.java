package ixy4j.apps.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.model.wire.Frames;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.spi.Spaces;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a sender hands to its card, by a queue and a clock of the test. */
class SenderTest {
    private long now;
    private int room = Integer.MAX_VALUE; // of the card, for frames
    private final PacketPool pool = PacketPool.create(64, Spaces.VIRTUAL);
    private final List<byte[]> sent = new ArrayList<>();

    @AfterEach
    void close() {
        pool.close();
    }

    private int transmit(PacketBatch batch) {
        batch.compact();
        int count = Math.min(room, batch.size());
        for (int i = 0; i < count; i++) {
            sent.add(batch.toArray(i));
        }
        room -= count;
        for (int i = 0; i < count; i++) {
            batch.drop(i);
        }
        batch.compact();
        return count;
    }

    private Sender sender(FrameSource source, Pace pace, long count) {
        return new Sender(this::transmit, pool.batch(8), 8, source, pace, count);
    }

    @Test
    void numbersFollowEachOtherWhateverTheCardHasRoomFor() {
        Sender sender = sender(new NumberedFrames(FrameSizes.always(60), 1), null, 100);
        for (int turn = 0; !sender.isDone(); turn++) {
            room = turn % 5;
            int before = sent.size();
            int went = sender.turn();
            assertEquals(sent.size() - before, went);
        }
        assertEquals(100, sender.handedOver());
        assertEquals(100, sent.size());
        for (int i = 0; i < 100; i++) {
            assertEquals(i, ByteBuffer.wrap(sent.get(i)).getLong(Frames.SEQUENCE_OFFSET));
        }
    }

    @Test
    void aPaceIsKept() {
        Sender sender = sender(new NumberedFrames(FrameSizes.always(60), 1), Pace.even(1, 8, () -> now), 1000);
        assertEquals(1, sender.turn());
        assertEquals(0, sender.turn());
        now += 3000;
        assertEquals(3, sender.turn());
        now += 1_000_000;
        assertEquals(8, sender.turn(), "a batch");
        assertFalse(sender.isDone());
    }

    @Test
    void imixHasItsShares() {
        Sender sender = sender(new NumberedFrames(FrameSizes.IMIX, 1), null, 1200);
        while (!sender.isDone()) {
            sender.turn();
        }
        Map<Integer, Integer> sizes = new HashMap<>();
        sent.forEach(frame -> sizes.merge(frame.length, 1, Integer::sum));
        assertEquals(Map.of(60, 700, 590, 400, 1514, 100), sizes);
        sent.forEach(SenderTest::assertValid);
    }

    @Test
    void flowsComeInTurn() {
        Sender sender = sender(new NumberedFrames(FrameSizes.always(80), 300), null, 900);
        while (!sender.isDone()) {
            sender.turn();
        }
        Set<Long> sources = new HashSet<>();
        for (int i = 0; i < 900; i++) {
            assertValid(sent.get(i));
            boolean isNew = sources.add(source(sent.get(i)));
            assertEquals(i < 300, isNew, "frame " + i);
            assertEquals(source(sent.get(i % 300)), source(sent.get(i)), "frame " + i);
        }
    }

    private static long source(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        return (long) bytes.getInt(26) << 16 | (bytes.getShort(34) & 0xffff);
    }

    private static void assertValid(byte[] frame) {
        MemorySegment copy = java.lang.foreign.Arena.ofAuto().allocate(frame.length, 8);
        copy.copyFrom(MemorySegment.ofArray(frame));
        assertTrue(Frames.valid(copy.address(), frame.length));
    }

    @Test
    void theSameFrameIsInAllBuffers() {
        Sender sender = sender(new SameFrame(77, pool), null, 200);
        while (!sender.isDone()) {
            sender.turn();
        }
        assertEquals(200, sent.size());
        for (byte[] frame : sent) {
            assertEquals(77, frame.length);
            assertValid(frame);
            assertEquals(0, ByteBuffer.wrap(frame).getLong(Frames.SEQUENCE_OFFSET));
        }
    }
}
