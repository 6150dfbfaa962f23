package ixy4j.apps;

import ixy4j.Device;
import ixy4j.DeviceStats;
import ixy4j.IdleStrategy;
import ixy4j.apps.rfc2544.Tester;
import ixy4j.apps.rfc2544.Trial;
import ixy4j.apps.traffic.FrameSizes;
import ixy4j.apps.traffic.NumberedFrames;
import ixy4j.apps.traffic.Pace;
import ixy4j.apps.traffic.Returns;
import ixy4j.apps.traffic.Sender;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.TxQueue;

/** Sends streams on one card, and takes what comes to another: both ends of a device that is tested. */
final class CardTester implements Tester {
    private static final int FCS = 4; // bytes

    private final RunOptions options;
    private final Device out;
    private final Device in;
    private final TxQueue queue;
    private final PacketBatch batch;
    private final Returns returns;
    private long next = Returns.anyNumber(); // of a frame: none is there twice

    /**
     * Opens a queue of each card.
     *
     * @param outPool of the first card, {@code inPool} of the second; both have room for a batch
     */
    CardTester(RunOptions options, Device out, PacketPool outPool, Device in, PacketPool inPool) {
        this.options = options;
        this.out = out;
        this.in = in;
        this.queue = out.txQueue(0, outPool);
        this.batch = outPool.batch(options.batch);
        this.returns = new Returns(in.rxQueue(0, inPool), inPool.batch(options.batch), System::nanoTime);
    }

    @Override
    public Trial run(int size, double mpps, long frames, double seconds) {
        long droppedBefore = dropped();
        batch.free(); // what a trial left that had no time
        returns.begin(next);
        NumberedFrames source = new NumberedFrames(FrameSizes.always(size - FCS), 1, next);
        Pace pace = mpps == Trial.FLAT_OUT
                ? null
                : Pace.withoutCatchingUp(Math.max(Pace.MIN, mpps), options.batch, System::nanoTime);
        Sender sender = new Sender(queue, batch, options.batch, source, pace, frames);
        RoundTrip trip = new RoundTrip(sender, returns);
        try {
            PacketThread.run(options.cpu, seconds, trip, IdleStrategy.poll(), () -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ended();
        }
        if (StopSignal.isRequested()) {
            throw new Ended();
        }
        next += sender.handedOver();
        return new Trial(
                size,
                mpps,
                trip.offered(),
                sender.handedOver(),
                returns.lost(),
                dropped() - droppedBefore,
                returns.reordered(),
                returns.duplicates(),
                returns.latency());
    }

    /** Frames that the tester's own cards did not send, or had no room for; what the device damaged is not their fault. */
    private long dropped() {
        DeviceStats stats = in.stats();
        return out.stats().txDropped() + stats.rxMissed() + stats.rxPoolEmpty() + stats.rxUnread();
    }
}
