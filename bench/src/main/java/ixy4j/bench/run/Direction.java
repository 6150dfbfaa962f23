package ixy4j.bench.run;

import ixy4j.packet.PacketBatch;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;

/** Forwards in one direction as {@code ./ixy fwd} does, and now and then takes the time of each stage. */
final class Direction {
    private final RxQueue in;
    private final TxQueue out;
    private final PacketBatch batch;
    private final Application application;

    // Of the turns that were timed and in which frames came:
    private long packets;
    private long turns;
    private long receiveNanos;
    private long applicationNanos;
    private long transmitNanos;

    Direction(RxQueue in, TxQueue out, PacketBatch batch, Application application) {
        this.in = in;
        this.out = out;
        this.batch = batch;
        this.application = application;
    }

    /** Moves one batch; what finds no room goes first the next time. How many were received or sent. */
    int forward() {
        final PacketBatch batch = this.batch;
        final int kept = batch.size();
        final int came = in.receive(batch);
        if (came > 0) {
            application.work(batch, kept);
        }
        return came + (batch.size() > 0 ? out.transmit(batch) : 0);
    }

    /** How many wait for room. */
    int kept() {
        return batch.size();
    }

    /** What it receives from. */
    RxQueue in() {
        return in;
    }

    /** Does the same by the clock. */
    void forwardTimed() {
        final PacketBatch batch = this.batch;
        final int kept = batch.size();
        final long start = System.nanoTime();
        final int received = in.receive(batch);
        final long afterReceive = System.nanoTime();
        if (received > 0) {
            application.work(batch, kept);
        }
        final long afterWork = System.nanoTime();
        if (batch.size() > 0) {
            out.transmit(batch);
        }
        final long end = System.nanoTime();
        if (received > 0) {
            packets += received;
            turns++;
            receiveNanos += afterReceive - start;
            applicationNanos += afterWork - afterReceive;
            transmitNanos += end - afterWork;
        }
    }

    /** Forgets what was timed. */
    void forget() {
        packets = 0;
        turns = 0;
        receiveNanos = 0;
        applicationNanos = 0;
        transmitNanos = 0;
    }

    long packets() {
        return packets;
    }

    long turns() {
        return turns;
    }

    long receiveNanos() {
        return receiveNanos;
    }

    long applicationNanos() {
        return applicationNanos;
    }

    long transmitNanos() {
        return transmitNanos;
    }
}
