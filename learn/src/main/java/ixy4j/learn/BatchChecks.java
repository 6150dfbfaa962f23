package ixy4j.learn;

import static ixy4j.intel.Descriptors.TX_RS;
import static ixy4j.ixgbe.Registers.*;
import static ixy4j.learn.Bench.difference;
import static ixy4j.learn.Bench.require;

import ixy4j.ixgbe.Registers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stage 8: several frames at a time. */
final class BatchChecks {
    private static final int RING = 8;
    private static final int GROUP = 4; // descriptors of which one asks for a report

    private BatchChecks() {}

    static void batch(Trial trial) {
        Bench bench = trial.bench();
        bench.openBoth();
        receive(bench);
        transmit(bench);
        Bench many = trial.bench();
        many.openBoth();
        transmitMany(many);
        receiveMany(many);
    }

    private static void receive(Bench bench) {
        List<byte[]> frames = Bench.frames(bench.port(), 0, 6);
        require(
                receive(bench, 4).isEmpty(),
                "nothing has arrived, but receiveBatch(4) returned frames (datasheet 7.1.6.2)");
        bench.port().wire.arrive(frames);
        bench.settle();
        List<byte[]> found = new ArrayList<>(receive(bench, 4));
        require(
                found.size() == 4,
                "6 frames have arrived, but receiveBatch(4) returned " + found.size()
                        + ": as many as there are, but 4 at most");
        found.addAll(receive(bench, 4));
        require(found.size() == 6, "6 frames have arrived, but two calls of receiveBatch(4) returned " + found.size());
        compare(frames, found, "received");
        bench.passed("receiveBatch() has the frames, and writes the tail once");
    }

    private static List<byte[]> receive(Bench bench, int most) {
        int from = bench.log().size();
        List<byte[]> frames = bench.call(8, () -> bench.driver().receiveBatch(most));
        require(frames != null, "receiveBatch() returned null in place of a list");
        checkTail(bench, from, RDT, "receiveBatch()", frames.size());
        return frames;
    }

    private static void checkTail(Bench bench, int from, int register, String method, int frames) {
        long writes = bench.log().since(from).stream()
                .filter(access -> access.writes(register))
                .count();
        String name = Registers.name(register);
        require(
                writes <= 1,
                method + " wrote " + name + " " + writes + " times for " + frames
                        + " frames: each write goes all the way to the card, so write the last value once at the end"
                        + " (datasheet 8.2.3.8.5, 8.2.3.9.9)");
    }

    private static void transmit(Bench bench) {
        Bench.Port port = bench.port();
        port.wire.take(false);
        List<byte[]> frames = Bench.frames(port, 20, 10);
        int from = bench.log().size();
        int sent = bench.call(8, () -> bench.driver().transmitBatch(frames));
        checkTail(bench, from, TDT, "transmitBatch()", sent);
        require(
                sent == RING - 1,
                "transmitBatch() was given 10 frames with an empty ring, and says " + sent
                        + ": there is room for 7 of them (datasheet 7.2.3.3)");
        int reports = 0;
        for (int i = 0; i < RING - 1; i++) {
            reports += (port.descriptor(TDBAL, i) & TX_RS) != 0 ? 1 : 0;
        }
        require(
                reports <= (RING - 1) / GROUP + 1,
                reports
                        + " of 7 descriptors have RS (bit 27, datasheet 7.2.3.2.4): one of four is enough, and spares the card"
                        + " the other write-backs (datasheet 7.2.3.5.1)");
        port.wire.take(true);
        bench.settle();
        compare(frames.subList(0, sent), port.wire.sent(), "sent");
        bench.passed("transmitBatch() takes what there is room for, writes the tail once, and asks for few reports");
    }

    private static void transmitMany(Bench bench) {
        Bench.Port port = bench.port();
        List<byte[]> frames = Bench.frames(port, 0, 120);
        List<byte[]> sent = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < 400 && next < frames.size(); i++) {
            List<byte[]> batch = frames.subList(next, Math.min(next + 1 + i % 5, frames.size()));
            next += bench.call(8, () -> bench.driver().transmitBatch(batch));
            bench.settle();
            sent.addAll(port.wire.sent());
        }
        require(
                next == frames.size(),
                "after " + next
                        + " frames transmitBatch() takes no more, though all were sent: a descriptor without RS is"
                        + " never written back, but DD in a later one says that it is done, too (datasheet 7.2.3.5.1)");
        compare(frames, sent, "sent");
        bench.passed("120 frames go out in batches of 1 to 5");
    }

    private static void receiveMany(Bench bench) {
        List<byte[]> frames = Bench.frames(bench.port(), 0, 120);
        bench.port().wire.arrive(frames);
        List<byte[]> found = new ArrayList<>();
        for (int i = 0; i < 400 && found.size() < frames.size(); i++) {
            bench.settle();
            found.addAll(receive(bench, 1 + i % 7));
        }
        compare(frames, found, "received");
        bench.passed("120 frames are received in batches of 1 to 7");
    }

    static void compare(List<byte[]> wanted, List<byte[]> found, String how) {
        for (int i = 0; i < wanted.size(); i++) {
            byte[] frame = i < found.size() ? found.get(i) : null;
            if (!Arrays.equals(wanted.get(i), frame)) {
                throw new Wrong("frame " + (i + 1) + " of " + wanted.size() + " was not " + how + " as it should be: "
                        + difference(wanted.get(i), frame) + " (datasheet 7.1.9, 7.2.3.3)");
            }
        }
        require(
                found.size() == wanted.size(),
                found.size() + " frames were " + how + " where there are " + wanted.size() + ": some of them twice");
    }
}
