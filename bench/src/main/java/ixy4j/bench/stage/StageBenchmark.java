package ixy4j.bench.stage;

import ixy4j.bench.run.Application;
import ixy4j.bench.run.Setup.Touch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a packet costs in each stage, in batches of 32 on rings of 512. A stage cannot run alone: what is received has to
 * go somewhere. So each method says what else is in it, and the report subtracts that.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StageBenchmark {
    static final int BATCH = 32;
    private static final int RING = 512;

    private final Application checked = Application.of(Touch.CHECKED);
    private final Application raw = Application.of(Touch.RAW);
    private MemoryCard card;
    private BufferQueue buffers;

    /** For JMH. */
    public StageBenchmark() {}

    @Setup
    public void open() {
        card = new MemoryCard(RING, BATCH);
        buffers = new BufferQueue(card.pool, BATCH);
    }

    @TearDown
    public void close() {
        card.batch.free();
        card.close();
    }

    /** Buffer management: a batch of buffers out of the pool, and back. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int buffers() {
        return buffers.exchange();
    }

    /** Receive, the card's stores, and the batch freed. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int receive() {
        card.arrive(BATCH);
        int count = card.rx.receive(card.batch);
        card.batch.free();
        return check(count);
    }

    /** Receive, the application, transmit, and the card's stores: all that a forwarder does in one direction. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int forward() {
        card.arrive(BATCH);
        card.rx.receive(card.batch);
        checked.work(card.batch, 0);
        int count = card.tx.transmit(card.batch);
        card.send();
        return check(count);
    }

    /** The same without the application. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int forwardUntouched() {
        card.arrive(BATCH);
        card.rx.receive(card.batch);
        int count = card.tx.transmit(card.batch);
        card.send();
        return check(count);
    }

    /** The same with the application's reads and writes unchecked. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int forwardUnchecked() {
        card.arrive(BATCH);
        card.rx.receive(card.batch);
        raw.work(card.batch, 0);
        int count = card.tx.transmit(card.batch);
        card.send();
        return check(count);
    }

    /** A benchmark in which frames get stuck would measure nothing. */
    private static int check(int count) {
        if (count != BATCH) {
            throw new IllegalStateException(count + " frames of " + BATCH + " were moved");
        }
        return count;
    }

    /** The card's stores alone: what the device in memory costs. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void device() {
        card.arrive(BATCH);
    }
}
