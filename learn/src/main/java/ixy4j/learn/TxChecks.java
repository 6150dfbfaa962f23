package ixy4j.learn;

import static ixy4j.intel.Descriptors.TX_DD;
import static ixy4j.ixgbe.Registers.*;
import static ixy4j.learn.Bench.difference;
import static ixy4j.learn.Bench.frame;
import static ixy4j.learn.Bench.require;

import ixy4j.course.Driver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stages 6 and 7: the transmit ring, and how its descriptors come back. */
final class TxChecks {
    private static final int RING = 8;
    private static final int FEW = 3; // frames, some of an odd length

    private TxChecks() {}

    static void send(Trial trial) {
        Bench bench = trial.bench();
        bench.startLinks();
        Bench.Port port = bench.port();
        int from = bench.log().size();
        bench.run(6, bench.driver()::openTransmit);
        boolean awaited = bench.log().since(from).stream()
                .anyMatch(access -> access.reads(TXDCTL) && (access.value() & TXDCTL_ENABLE) != 0);
        bench.settle();
        require(
                (port.register(DMATXCTL) & DMATXCTL_TE) != 0,
                "DMATXCTL.TE (datasheet 8.2.3.9.2) is 0: the card sends nothing");
        require(
                (port.register(TXDCTL) & TXDCTL_ENABLE) != 0,
                "TXDCTL[0].ENABLE (bit 25, datasheet 8.2.3.9.10) is 0: the transmit queue is not switched on");
        require(
                awaited,
                "openTransmit() did not wait until TXDCTL[0].ENABLE (bit 25, datasheet 8.2.3.9.10) read 1: before that the tail"
                        + " must not be written (4.6.8.1)");
        int bytes = port.register(TDLEN);
        require(
                bytes == RING * 16,
                "TDLEN[0] (datasheet 8.2.3.9.7) is " + bytes + ", but 8 descriptors of 16 bytes have 128");
        bench.passed("transmit is switched on, with a ring of 8 descriptors");
        int[] lengths = {60, 1514, 61, 999};
        for (int i = 0; i < lengths.length; i++) {
            sendOne(bench, i, lengths[i]);
        }
        bench.passed("frames of 60 to 1514 bytes go out, one after the other");
        List<byte[]> frames = Bench.frames(port, 10, 3);
        frames.forEach(frame -> bench.run(6, () -> bench.driver().send(frame)));
        bench.settle();
        compare(frames, port.wire.sent(), 4);
        bench.passed("three go out in order");
    }

    private static void sendOne(Bench bench, int number, int length) {
        Bench.Port port = bench.port();
        byte[] frame = frame(port, length, number);
        bench.run(6, () -> bench.driver().send(frame));
        bench.settle();
        List<byte[]> sent = port.wire.sent();
        require(
                !sent.isEmpty(),
                "send() was called with frame " + (number + 1) + ", but nothing went out: " + why(port));
        compare(List.of(frame), sent, number);
        require(
                (port.descriptor(TDBAL, number) & TX_DD) != 0,
                "frame " + (number + 1) + " went out, but the card did not write descriptor " + number
                        + " back: without RS (bit 27, datasheet 7.2.3.2.4) nobody learns that it is done");
    }

    private static String why(Bench.Port port) {
        int head = port.register(TDH);
        int tail = port.register(TDT);
        return "TDH[0] is " + head + " and TDT[0] " + tail
                + (head == tail
                        ? ": the tail is behind the last descriptor that is the card's, so it moves by one for each frame"
                                + " (datasheet 7.2.3.3, 8.2.3.9.9)"
                        : ": does the frame's descriptor have EOP (bit 24, datasheet 7.2.3.2.4)?");
    }

    private static void compare(List<byte[]> wanted, List<byte[]> sent, int first) {
        for (int i = 0; i < wanted.size(); i++) {
            byte[] found = i < sent.size() ? sent.get(i) : null;
            if (!Arrays.equals(wanted.get(i), found)) {
                throw new Wrong(
                        "frame " + (first + i + 1) + " did not go out as it was given: "
                                + difference(wanted.get(i), found)
                                + "; each descriptor needs a buffer of its own, and the length of its frame (datasheet 7.2.3.2.4)");
            }
        }
        require(
                sent.size() == wanted.size(),
                sent.size() + " frames went out, where " + wanted.size()
                        + " were given: the tail handed over a descriptor"
                        + " that has an old frame (datasheet 8.2.3.9.9)");
    }

    static void clean(Trial trial) {
        Bench bench = trial.bench();
        bench.openTransmit();
        Bench.Port port = bench.port();
        Driver driver = bench.driver();
        int none = bench.call(7, driver::clean);
        require(none == 0, "nothing was sent, but clean() says " + none + " (datasheet 7.2.3.5)");
        port.wire.take(false);
        List<byte[]> first = Bench.frames(port, 0, RING - 1);
        for (int i = 0; i < first.size(); i++) {
            byte[] frame = first.get(i);
            if (i < FEW) {
                bench.run(6, () -> driver.send(frame));
            } else if (i == FEW) {
                checkEarly(bench);
            }
            require(
                    i < FEW || transmit(bench, frame),
                    "the ring has " + i
                            + " frames, but transmit() refused one more: a ring of 8 has room for 7 (datasheet"
                            + " 7.2.3.3)");
        }
        boolean eighth = transmit(bench, frame(port, 60, 99));
        require(
                !eighth,
                "the ring has 7 frames, and transmit() took another one: then head and tail would be equal, as in an empty"
                        + " ring, so one descriptor stays free (datasheet 7.2.3.3)");
        bench.passed("a ring that is full takes no more than 7 frames");
        port.wire.take(true);
        bench.settle();
        compare(first, port.wire.sent(), 0);
        int back = bench.call(7, driver::clean);
        require(
                back == RING - 1,
                "7 frames were sent, but clean() says " + back
                        + ": DD is bit 32 of a descriptor's word at 8, and each of"
                        + " them asked for it by RS (datasheet 7.2.3.5)");
        int again = bench.call(7, driver::clean);
        require(
                again == 0,
                "clean() has taken back all 7 descriptors, and says " + again + " when called again: each comes"
                        + " back once (datasheet 7.2.3.5)");
        bench.passed("what was sent is taken back, once");
        sendMany(bench, 7);
        bench.passed("100 frames go through the ring, each as it was");
    }

    private static void checkEarly(Bench bench) {
        bench.settle();
        int early = bench.call(7, bench.driver()::clean);
        require(
                early == 0,
                "the cable takes nothing, so no frame was sent, but clean() says " + early
                        + ": DD, bit 32 of the word at 8, says that one was (datasheet 7.2.3.2.4)");
    }

    private static boolean transmit(Bench bench, byte[] frame) {
        return bench.call(7, () -> bench.driver().transmit(frame));
    }

    private static void sendMany(Bench bench, int from) {
        Bench.Port port = bench.port();
        List<byte[]> sent = new ArrayList<>();
        List<byte[]> frames = Bench.frames(port, from, 100);
        int next = 0;
        for (int i = 0; i < 1000 && next < frames.size(); i++) {
            port.wire.take(i % 3 == 2); // so that the ring is full now and then
            next += transmit(bench, frames.get(next)) ? 1 : 0;
            bench.settle();
            sent.addAll(port.wire.sent());
        }
        require(
                next == frames.size(),
                "after " + (from + next) + " frames transmit() takes no more, though all were sent: is clean() called"
                        + " before it says that there is no room (datasheet 7.2.3.5)?");
        port.wire.take(true);
        bench.settle();
        sent.addAll(port.wire.sent());
        compare(frames, sent, from);
    }
}
