package ixy4j.learn;

import static ixy4j.ixgbe.Registers.*;
import static ixy4j.learn.Bench.difference;
import static ixy4j.learn.Bench.frame;
import static ixy4j.learn.Bench.require;

import ixy4j.course.Driver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stages 4 and 5: one receive descriptor, and then a ring of them. */
final class RxChecks {
    private static final int RING = 8;
    private static final int LONGEST = 1514;

    private RxChecks() {}

    static void first(Trial trial) {
        Bench bench = trial.bench();
        openFirst(bench);
        bench.passed("receive is switched on, with a ring of 8 descriptors, of which the card has one");
        Driver driver = bench.driver();
        byte[] early = bench.call(4, driver::receiveFirst);
        require(
                early == null,
                "nothing has arrived, but receiveFirst() returned " + (early == null ? "" : early.length + " bytes")
                        + ": a descriptor is filled when DD, bit 0 of its word at 8, is 1 (datasheet 7.1.6.2)");
        bench.passed("nothing is received before something arrives");
        receiveFirst(bench, 60);
        bench.passed("a frame of 60 bytes is received");
        Bench other = trial.bench();
        openFirst(other);
        receiveFirst(other, LONGEST);
        bench.passed("a frame of 1514 bytes is received");
    }

    private static void openFirst(Bench bench) {
        bench.startLinks();
        bench.run(4, bench.driver()::openReceive);
        bench.settle();
        checkRing(bench.port());
        int tail = bench.port().register(RDT);
        require(
                tail == 1,
                "RDT[0] (datasheet 8.2.3.8.5) is " + tail
                        + ", but descriptor 0 alone is to be the card's: it works on those"
                        + " from the head, 0, up to, not including, the tail");
    }

    private static void checkRing(Bench.Port port) {
        require(
                (port.register(RXDCTL) & RXDCTL_ENABLE) != 0,
                "RXDCTL[0].ENABLE (bit 25, datasheet 8.2.3.8.6) is 0: the receive queue is not switched on");
        int bytes = port.register(RDLEN);
        require(
                bytes == RING * 16,
                "RDLEN[0] (datasheet 8.2.3.8.3) is " + bytes + ", but 8 descriptors of 16 bytes have 128");
        require(
                (port.register(RXCTRL) & RXCTRL_RXEN) != 0,
                "RXCTRL.RXEN (datasheet 8.2.3.8.10) is 0: the card takes nothing from the wire");
        require(
                (port.register(SRRCTL) & SRRCTL_DROP_EN) == 0,
                "SRRCTL[0].DROP_EN (bit 28, datasheet 8.2.3.8.7) is 1: frames that find no descriptor would be dropped, and here"
                        + " they are to wait");
    }

    private static void receiveFirst(Bench bench, int length) {
        byte[] frame = frame(bench.port(), length, length);
        bench.port().wire.arrive(List.of(frame));
        bench.settle();
        byte[] found = bench.call(4, bench.driver()::receiveFirst);
        require(
                found != null,
                "a frame of " + length + " bytes has arrived, but receiveFirst() returned null: " + why(bench.port()));
        require(
                found.length == length,
                "receiveFirst() returned " + found.length + " bytes of a frame of " + length
                        + ": its length is in bits 47:32 of the word at 8 (datasheet 7.1.6.2)");
        if (!Arrays.equals(frame, found)) {
            throw new Wrong("receiveFirst() returned another frame than the one that arrived: "
                    + difference(frame, found) + "; the frame begins at the buffer's first byte (datasheet 7.1.6.1)");
        }
    }

    /** What keeps a frame from being seen. */
    private static String why(Bench.Port port) {
        int srrctl = port.register(SRRCTL);
        if ((srrctl & SRRCTL_DESCTYPE) != SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER) {
            return "SRRCTL[0] (datasheet 8.2.3.8.7) is 0x" + Integer.toHexString(srrctl)
                    + ", with DESCTYPE (bits 27:25) 0: the card writes legacy descriptors, which have their bits elsewhere;"
                    + " 1 is advanced with one buffer";
        } else if ((srrctl & SRRCTL_BSIZEPACKET) != 2) {
            return "SRRCTL[0] (datasheet 8.2.3.8.7) has BSIZEPACKET " + (srrctl & SRRCTL_BSIZEPACKET)
                    + " KiB, and a frame that is longer needs more than one descriptor; a buffer of 2 KiB holds each";
        } else if (port.register(RDH) == port.register(RDT)) {
            return "the card has filled what it was handed: DD is bit 0 of the word at 8 (datasheet 7.1.6.2)";
        }
        return "RDH[0] is " + port.register(RDH) + " and RDT[0] " + port.register(RDT)
                + "; is DD, bit 0 of the descriptor's word at 8, looked at (datasheet 7.1.6.2)?";
    }

    static void ring(Trial trial) {
        Bench bench = trial.bench();
        bench.openReceive();
        int tail = bench.port().register(RDT);
        require(
                tail == RING - 1,
                "RDT[0] (datasheet 8.2.3.8.5) is " + tail
                        + " after fillReceive(), but it is to be 7: the card works on the"
                        + " descriptors from the head, 0, up to, not including, the tail, and one of 8 stays free (7.1.9)");
        checkBuffers(bench.port());
        bench.passed("the card has 7 of 8 descriptors, each with a buffer of its own");
        int seed = 0;
        for (int i = 0; i < 20; i++) {
            receiveAll(bench, seed++, 1);
        }
        bench.passed("20 frames are received one by one, past the end of the ring");
        for (int i = 0; i < 10; i++) {
            receiveAll(bench, seed, RING - 1);
            seed += RING - 1;
        }
        bench.passed("70 frames are received, 7 at a time");
        receiveMany(bench, seed, 100);
        bench.passed("100 frames are received that arrive at once");
    }

    /** Of those descriptors that are the card's. */
    private static void checkBuffers(Bench.Port port) {
        int size = (port.register(SRRCTL) & SRRCTL_BSIZEPACKET) << 10;
        for (int i = 0; i < RING - 1; i++) {
            for (int j = 0; j < i; j++) {
                long distance = Math.abs(port.buffer(RDBAL, i) - port.buffer(RDBAL, j));
                require(
                        distance >= size,
                        "the buffers of descriptors " + j + " and " + i + " are " + distance
                                + " bytes apart, but SRRCTL[0].BSIZEPACKET says that each has " + size
                                + ": a frame would be written over another one (datasheet 8.2.3.8.7)");
            }
        }
    }

    /** So many frames arrive, and then they are received. */
    private static void receiveAll(Bench bench, int seed, int count) {
        List<byte[]> frames = Bench.frames(bench.port(), seed, count);
        bench.port().wire.arrive(frames);
        bench.settle();
        for (int i = 0; i < count; i++) {
            byte[] found = bench.call(5, bench.driver()::receive);
            if (found == null) {
                throw new Wrong(
                        "frame " + (seed + i + 1) + " has arrived, but receive() returned null: " + stopped(bench));
            }
            compare(frames.get(i), found, seed + i, frames);
        }
        bench.settle();
        byte[] more = bench.call(5, bench.driver()::receive);
        require(
                more == null,
                "all frames were received, but receive() returned one more of "
                        + (more == null ? "" : more.length)
                        + " bytes: a descriptor that goes back to the card must have its word at 8"
                        + " cleared, and next must move on (datasheet 7.1.6.1)");
    }

    private static void receiveMany(Bench bench, int seed, int count) {
        List<byte[]> frames = Bench.frames(bench.port(), seed, count);
        bench.port().wire.arrive(frames);
        List<byte[]> found = new ArrayList<>();
        for (int calls = 0; found.size() < count; calls++) {
            bench.settle();
            byte[] frame = bench.call(5, bench.driver()::receive);
            if (frame != null) {
                compare(frames.get(found.size()), frame, seed + found.size(), frames);
                found.add(frame);
            }
            require(
                    calls < 10 * count,
                    "of " + count + " frames that arrived at once " + found.size() + " were received: "
                            + stopped(bench));
        }
    }

    private static String stopped(Bench bench) {
        int head = bench.port().register(RDH);
        int tail = bench.port().register(RDT);
        return head == tail
                ? "RDH[0] and RDT[0] are both " + tail
                        + ", so the card has no descriptor left: hand each back once it is"
                        + " received, by the tail (datasheet 7.1.9, 8.2.3.8.5)"
                : "RDH[0] is " + head + " and RDT[0] " + tail
                        + ": is the next descriptor the one that was looked at, and DD"
                        + " its bit 0 (datasheet 7.1.6.2)?";
    }

    private static void compare(byte[] wanted, byte[] found, int number, List<byte[]> arrived) {
        if (Arrays.equals(wanted, found)) {
            return;
        }
        boolean isOther = arrived.stream().anyMatch(frame -> Arrays.equals(frame, found));
        throw new Wrong("frame " + (number + 1) + " was to come next, but receive() returned "
                + (isOther
                        ? "another one that arrived: frames come in the order of the ring, each in a buffer of its own"
                        : "something else: " + difference(wanted, found)
                                + "; was the buffer given back before the frame was copied, or is it used twice?")
                + " (datasheet 7.1.9)");
    }
}
