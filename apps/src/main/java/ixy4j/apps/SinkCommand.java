package ixy4j.apps;

import ixy4j.Device;
import ixy4j.Devices;
import ixy4j.IdleStrategy;
import ixy4j.model.wire.Frames;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ixy sink}: counts and checks. */
@Command(
        name = "sink",
        description = "Counts the frames that arrive, and checks the sequence numbers that pktgen puts in.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./ixy sink 0000:04:00.0 --seconds 10"})
final class SinkCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options;

    @Option(
            names = "--check",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Read each frame, whole, and check that it is pktgen's and the next one; on unless --no-check.")
    private boolean check;

    @Parameters(paramLabel = "CARD", description = "The address of a card.")
    private String address;

    private long checked;
    private long missing;
    private long disordered;
    private long invalid;
    private final MemorySegment frame = Arena.ofAuto().allocate(PacketPool.ROOM, Long.BYTES);
    private long next = -1; // the sequence number that is due, -1 before the first

    @Override
    public Integer call() throws InterruptedException {
        try (Reporter reporter = Reporter.of(options);
                Device device = options.open(address);
                PacketPool pool = Devices.pool(options.batch, device)) {
            RxQueue queue = device.rxQueue(0, pool);
            PacketBatch batch = pool.batch(options.batch);
            try (IdleStrategy idle = options.idle(queue);
                    WatchPage _ = options.watch("sink", pool, device)) {
                options.awaitLinks(device);
                addCounts(reporter);
                reporter.begin(device);
                PacketThread.run(options, check ? () -> turn(queue, batch) : () -> drop(queue, batch), idle, reporter);
            }
        }
        return 0;
    }

    private void addCounts(Reporter reporter) {
        if (check) {
            reporter.add("checked", () -> checked);
            reporter.add("missing", () -> missing);
            reporter.add("out_of_order", () -> disordered);
            reporter.add("not_of_pktgen", () -> invalid);
        }
    }

    private static int drop(RxQueue queue, PacketBatch batch) {
        queue.receive(batch);
        return batch.free();
    }

    private int turn(RxQueue queue, PacketBatch batch) {
        queue.receive(batch);
        for (int i = 0; i < batch.size(); i++) {
            int length = batch.length(i);
            batch.read(i, 0, frame, 0, length);
            if (length >= Frames.MIN_LENGTH && Frames.valid(frame.address(), length)) {
                check(Frames.sequence(frame.address()));
            } else {
                invalid++;
            }
        }
        return batch.free();
    }

    private void check(long sequence) {
        checked++;
        if (next < 0 || sequence == next) {
            next = sequence + 1;
        } else if (sequence > next) {
            missing += sequence - next;
            next = sequence + 1;
        } else {
            disordered++; // counted as missing before
        }
    }
}
