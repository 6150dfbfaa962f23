package ixy4j.bench.ring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.bench.run.Setup;
import ixy4j.packet.PacketPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackBuffersTest {
    /** Rings that hold all buffers wait for one another for ever. */
    @ParameterizedTest
    @ValueSource(ints = {64, 512, 1024, 4096})
    void thereAreAsManyAsRingsAndBatchesHoldHoweverFarApartTheyAre(int ring) {
        Setup setup = Setup.DEFAULT.by(RingKind.STRIDE_2_KIB).withRing(ring).withBatch(64);
        try (PacketPool pool = PacketPool.create(setup.poolSize())) {
            int available = StackBuffers.of2Kib(pool).available();
            assertTrue(available >= 4 * ring + 2 * 64, available + " buffers for rings of " + ring);
        }
    }
}
