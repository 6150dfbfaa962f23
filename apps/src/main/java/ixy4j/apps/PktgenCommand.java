package ixy4j.apps;

import ixy4j.Device;
import ixy4j.IdleStrategy;
import ixy4j.model.wire.Frames;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.TxQueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ixy pktgen}: the generator. */
@Command(
        name = "pktgen",
        description = "Sends UDP frames with sequence numbers.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./ixy pktgen 0000:03:00.0 --size 128 --rate 1.5 --seconds 10"})
final class PktgenCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options;

    @Option(names = "--size", paramLabel = "BYTES", description = "Frame length without FCS, 60 to 1514; default 60.")
    private int size = Frames.MIN_LENGTH;

    @Option(
            names = "--rate",
            paramLabel = "MPPS",
            description = "Millions of frames a second, 0.000001 to 1000; without it, as fast as can be.")
    private Double rate;

    @Option(names = "--count", paramLabel = "N", description = "Stop after N frames.")
    private long count = Long.MAX_VALUE;

    @Option(
            names = "--check",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Number each frame, so that sink can check it; with --no-check, the same one goes again and again.")
    private boolean check;

    @Parameters(paramLabel = "CARD", description = "The address of a card.")
    private String address;

    private long begun; // frames that were put into a batch
    private final MemorySegment frame = Arena.ofAuto().allocate(Frames.MAX_LENGTH, Long.BYTES);
    private long handedOver;
    private Pace pace; // null: none

    @Override
    public Integer call() throws InterruptedException {
        if (size < Frames.MIN_LENGTH || size > Frames.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "--size takes " + Frames.MIN_LENGTH + " to " + Frames.MAX_LENGTH + " bytes, not " + size);
        }
        if (rate != null) {
            Pace.check(rate); // before a card is touched
        }
        options.checkPolls("pktgen");
        if (count < 1) {
            throw new IllegalArgumentException("--count takes a number above 0, not " + count);
        }
        try (Reporter reporter = Reporter.of(options);
                Device device = options.open(address);
                PacketPool pool = PacketPool.create(options.ring + options.batch, device)) {
            TxQueue queue = device.txQueue(0, pool);
            PacketBatch batch = pool.batch(options.batch);
            options.awaitLinks(device);
            reporter.add("frames", () -> handedOver);
            if (!check) {
                fill(pool);
            }
            reporter.begin(device);
            pace = rate == null ? null : new Pace(rate, System::nanoTime); // from now on
            PacketThread.run(options, () -> turn(queue, batch), IdleStrategy.poll(), reporter);
        }
        return 0;
    }

    /** Puts the frame into all buffers: nobody else writes to them. */
    private void fill(PacketPool pool) {
        Frames.writeUdp(frame.address(), size, 0);
        List<PacketBatch> batches = new ArrayList<>();
        while (pool.available() > 0) {
            PacketBatch batch = pool.batch(Math.min(4096, pool.available()));
            for (int packet = batch.add(size); packet >= 0; packet = batch.add(size)) {
                batch.write(packet, 0, frame, 0, size);
            }
            batches.add(batch);
        }
        batches.forEach(PacketBatch::free);
    }

    /** Fills a batch and sends what there is room for; what is left of it goes with the next. */
    private int turn(TxQueue queue, PacketBatch batch) {
        long allowed = Math.min(count - begun, pace == null ? Long.MAX_VALUE : pace.allowed());
        long first = begun;
        while (allowed > 0 && batch.size() < options.batch) {
            int packet = batch.add(size);
            if (packet < 0) {
                break;
            }
            if (check) {
                Frames.writeUdp(frame.address(), size, begun);
                batch.write(packet, 0, frame, 0, size);
            }
            begun++;
            allowed--;
        }
        if (pace != null) {
            pace.spend(begun - first);
        }
        handedOver += queue.transmit(batch);
        return handedOver < count ? 1 : PacketThread.Step.DONE;
    }
}
