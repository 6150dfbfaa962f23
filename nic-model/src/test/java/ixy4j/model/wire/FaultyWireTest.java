package ixy4j.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.memory.RawMemory;
import ixy4j.spi.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultyWireTest {
    private static final long MS = 1_000_000;

    private final long memory = Memory.allocate(2048);
    private final long good = Memory.allocate(2048);
    private long now = Long.MAX_VALUE - 100 * MS; // nanoTime may wrap

    private FaultyWire faulty(String faults, long count) {
        return new FaultyWire(new Generator(100, 0, count, true), read(faults), () -> now);
    }

    @Test
    void startsTheWireInside() {
        FaultyWire wire = new FaultyWire(new Generator(100, 1000, 1, true), read("seed=3"));
        assertEquals(0, wire.receive(memory, 2048));
        wire.start();
        assertEquals(100, wire.receive(memory, 2048));
        wire.close();
    }

    @Test
    void withoutFaultsItIsTheWireInside() {
        FaultyWire wire = faulty("seed=3", 1000);
        for (int i = 0; i < 1000; i++) {
            assertEquals(100, wire.receive(memory, 2048));
            assertTrue(wire.transmit(memory, 100));
        }
        assertTrue(wire.exhausted());
        assertTrue(wire.waits());
        assertEquals(10_000, wire.linkSpeed());
        Generator inner = (Generator) wire.inner();
        assertEquals(1000, inner.sink().frames());
        assertEquals(0, inner.sink().invalid() + inner.sink().lost() + wire.corrupted() + wire.lost() + wire.flaps());
        wire.close();
    }

    /** A full account at first, then as many as the rate has, however the time goes by. */
    @Test
    void aLimitIsOneOfRate() {
        FaultyWire wire = faulty("limit=0.01", 0);
        assertEquals(FaultyWire.AT_ONCE, arrivals(wire, 1000));
        now += 100_000; // a frame's time
        assertEquals(1, arrivals(wire, 10));
        int arrived = 0;
        for (int i = 0; i < 100_000; i++) { // a second of 100,000 frames
            now += 10_000;
            arrived += arrivals(wire, 1);
        }
        assertEquals(10_000, arrived, 1);
        now += 60_000 * MS;
        assertEquals(FaultyWire.AT_ONCE, arrivals(wire, 1000));
        assertEquals(wire.lost(), wire.undelivered());
        assertEquals(((Generator) wire.inner()).sent(), wire.lost() + 2 * FaultyWire.AT_ONCE + 1 + arrived);
    }

    private int arrivals(FaultyWire wire, int frames) {
        int arrived = 0;
        for (int i = 0; i < frames; i++) {
            arrived += wire.receive(memory, 2048) > 0 ? 1 : 0;
        }
        return arrived;
    }

    @Test
    void aCorruptedFrameHasOneWrongBitAndSaysSo() {
        FaultyWire wire = faulty("corrupt=1/1", 1000);
        for (int i = 0; i < 1000; i++) {
            assertEquals(100 | Wire.BAD_FCS, wire.receive(memory, 2048));
            Frames.writeUdp(good, 100, i);
            int bits = 0;
            for (int at = 0; at < 100; at++) {
                bits += Integer.bitCount((RawMemory.getByte(memory + at) ^ RawMemory.getByte(good + at)) & 0xff);
            }
            assertEquals(1, bits, "frame " + i);
        }
        assertEquals(1000, wire.corrupted());
    }

    @Test
    void sharesAreAboutRightAndTheSeedRepeatsThem() {
        String faults = "corrupt=1/100,lose=1/50,seed=";
        assertEquals(history(faults + 7), history(faults + 7));
        assertNotEquals(history(faults + 7), history(faults + 8));
        FaultyWire wire = faulty(faults + 7, 100_000);
        int arrived = 0;
        while (!wire.exhausted()) {
            arrived += wire.receive(memory, 2048) > 0 ? 1 : 0;
        }
        assertEquals(100_000, arrived + wire.lost());
        assertEquals(wire.lost(), wire.undelivered());
        assertTrue(wire.lost() > 1700 && wire.lost() < 2300, wire.toString());
        assertTrue(wire.corrupted() > 800 && wire.corrupted() < 1200, wire.toString());
    }

    private String history(String faults) {
        FaultyWire wire = faulty(faults, 2000);
        StringBuilder history = new StringBuilder();
        while (!wire.exhausted()) {
            int result = wire.receive(memory, 2048);
            history.append(result == 0 ? 'l' : result == 100 ? '.' : 'c');
        }
        return history.toString();
    }

    @Test
    void whereAllAreLostNoneArrivesAndNothingHangs() {
        FaultyWire wire = faulty("lose=1/1", 0);
        for (int i = 0; i < 100; i++) {
            assertEquals(0, wire.receive(memory, 2048));
        }
        assertEquals(100, wire.lost());
    }

    @Test
    void theLinkIsDownAtTheEndOfEachPeriod() {
        FaultyWire wire = faulty("flap=500ms/2s", 0);
        for (int period = 0; period < 5; period++) {
            assertUp(wire);
            assertEquals(period, wire.flaps());
            now += 1500 * MS - 1;
            assertUp(wire);
            now += 1;
            assertDown(wire);
            assertEquals(period + 1, wire.flaps());
            now += 500 * MS - 1;
            assertDown(wire);
            now += 1;
        }
        assertEquals(0, ((Generator) wire.inner()).lost() + wire.lost(), "a wire that waits loses nothing");
    }

    @Test
    void theLinkGoesDownAfterSoManyFramesOfBothDirections() {
        FaultyWire wire = faulty("flap=10ms/4", 0);
        for (int round = 1; round <= 3; round++) {
            assertUp(wire); // a frame each way
            assertUp(wire);
            assertEquals(round, wire.flaps());
            assertDown(wire);
            now += 10 * MS - 1;
            assertDown(wire);
            now += 1;
        }
    }

    private void assertUp(FaultyWire wire) {
        assertEquals(10_000, wire.linkSpeed());
        assertEquals(100, wire.receive(memory, 2048));
        assertTrue(wire.transmit(memory, 100));
    }

    private void assertDown(FaultyWire wire) {
        assertEquals(0, wire.linkSpeed());
        assertEquals(0, wire.receive(memory, 2048));
        assertFalse(wire.transmit(memory, 100));
    }

    @Test
    void whileTheLinkIsDownFramesOfAWireThatDoesNotWaitAreLost() {
        Wire[] ends = Crossover.pair();
        FaultyWire wire = new FaultyWire(ends[1], read("flap=1s/2s"), () -> now);
        assertSame(ends[1], wire.inner());
        assertTrue(ends[0].transmit(memory, 60));
        now += 1000 * MS;
        assertEquals(0, wire.receive(memory, 2048));
        assertEquals(1, wire.lost());
        now += 1000 * MS;
        assertEquals(0, wire.receive(memory, 2048));
        wire.close();
        ends[0].close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''              | there is an empty fault: there are corrupt, lose, flap, limit, seed",
                "corrupt         | corrupt should be a share of frames such as 1/1000",
                "break=1/2       | there is no fault break: there are corrupt, lose, flap, limit, seed",
                "corrupt=1       | corrupt=1 should be a share of frames such as 1/1000",
                "corrupt=1/0     | corrupt=1/0 should be a share of frames such as 1/1000",
                "lose=3/2        | lose=3/2 should be a share of frames such as 1/1000",
                "lose=-1/2       | lose=-1/2 should be a share of frames such as 1/1000",
                "lose=1/2,lose=1/3 | lose should be there once",
                "seed=x          | seed=x should be a whole number from 0 to 999999999999999999",
                "flap=1s/1s      | flap=1s/1s should be a time down and a longer period, such as 500ms/2s, or frames, such as 500ms/1000",
                "limit=0         | limit=0 should be a rate in Mpps, 0.000001 to 1000",
                "limit=1001      | limit=1001 should be a rate in Mpps, 0.000001 to 1000",
                "limit=fast      | limit=fast should be a rate in Mpps, 0.000001 to 1000",
                "flap=0ms/1s     | flap=0ms/1s should be a time down and a longer period, such as 500ms/2s, or frames, such as 500ms/1000",
                "flap=1/5        | flap=1/5 should be a time down and a longer period, such as 500ms/2s, or frames, such as 500ms/1000",
                "flap=1s/0       | flap=1s/0 should be a time down and a longer period, such as 500ms/2s, or frames, such as 500ms/1000"
            })
    void whatIsWrongIsSaidInOneLine(String faults, String message) {
        assertEquals(
                "--fault '" + faults + "': " + message,
                assertThrows(IllegalArgumentException.class, () -> read(faults)).getMessage());
    }

    private static WireFaults read(String text) {
        Address.Options list = Address.Options.parseList("--fault", "fault", text);
        WireFaults faults = WireFaults.read(list);
        list.end();
        return faults;
    }
}
