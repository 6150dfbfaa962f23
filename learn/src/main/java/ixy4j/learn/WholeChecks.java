package ixy4j.learn;

import static ixy4j.ixgbe.Registers.*;
import static ixy4j.learn.Bench.require;

import ixy4j.course.Answers;
import ixy4j.course.Counts;
import ixy4j.course.Driver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stages 9 to 11: counters, forwarding, and a host that answers. */
final class WholeChecks {
    private static final int FCS = 4;
    private static final int LONGEST = 1514;
    private static final long EARLIER = 0x3_f000_0000L; // bytes: more than 32 bits have, with the highest of those set
    private static final int MOST = 200; // frames that are forwarded at most: more are the same ones again
    private static final int OVERFLOW = 1000; // frames: more than the packet buffer and the ring hold

    private WholeChecks() {}

    // ---- 9

    static void counters(Trial trial) {
        Bench bench = trial.bench();
        bench.openBoth();
        Bench.Port port = bench.port();
        check("before any frame", new Counts(0, 0, 0, 0, 0), count(bench));
        receive(bench, 5, 60);
        send(bench, 3, 100);
        Counts first = new Counts(5, 5L * (60 + FCS), 3, 3L * (100 + FCS), 0);
        check("after 5 frames of 60 bytes received and 3 of 100 sent", first, count(bench));
        bench.passed("frames and bytes are counted");
        check("when asked again, without another frame", first, count(bench));
        bench.passed("what was counted stays, though reading clears the registers");
        receive(bench, 2, LONGEST);
        Counts second = new Counts(7, first.receivedBytes() + 2L * (LONGEST + FCS), 3, first.sentBytes(), 0);
        check("after 2 more of 1514 bytes", second, count(bench));
        bench.passed("what comes later is added");
        long[] earlier = {EARLIER};
        port.card.addToReads(register -> pair(register, earlier));
        Counts third = new Counts(7, second.receivedBytes() + EARLIER, second.sent(), second.sentBytes(), 0);
        check("after " + EARLIER + " more bytes", third, count(bench));
        check("when asked again", third, count(bench));
        bench.passed("bytes are counted in 36 bits, of two registers");
        for (int i = 0; i < OVERFLOW; i++) {
            port.wire.arrive(List.of(Bench.frame(port, LONGEST, i)));
        }
        bench.settle();
        long missed = port.model().totals().dropped();
        Counts last = count(bench);
        require(
                last.missed() == missed,
                "the card had no room for " + missed + " of " + OVERFLOW + " frames, but count() has " + last.missed()
                        + " missed: they are in MPC[0], and in QPRDC[0] if the queue drops (datasheet 8.2.3.23)");
        bench.passed("frames that are missed are counted");
    }

    /** What GORCL and GORCH read more, until the second is read. */
    private static int pair(int register, long[] earlier) {
        long more = earlier[0];
        if (register == GORCH) {
            earlier[0] = 0;
            return (int) (more >>> 32);
        }
        return register == GORCL ? (int) more : 0;
    }

    private static Counts count(Bench bench) {
        Counts counts = bench.call(9, bench.driver()::count);
        require(counts != null, "count() returned null");
        return counts;
    }

    private static void check(String when, Counts wanted, Counts found) {
        check(when, "received", wanted.received(), found.received(), "GPRC");
        check(when, "receivedBytes", wanted.receivedBytes(), found.receivedBytes(), "GORCL and GORCH");
        check(when, "sent", wanted.sent(), found.sent(), "GPTC");
        check(when, "sentBytes", wanted.sentBytes(), found.sentBytes(), "GOTCL and GOTCH");
        check(when, "missed", wanted.missed(), found.missed(), "MPC[0]");
    }

    private static void check(String when, String what, long wanted, long found, String where) {
        require(
                wanted == found,
                when + ", " + what + " is " + found + " and should be " + wanted + ": " + where
                        + " (datasheet 8.2.3.23)" + hint(wanted, found));
    }

    private static String hint(long wanted, long found) {
        if (found < wanted && (wanted - found) % (1L << 32) == 0) {
            return "; the upper 4 of 36 bits are in the second register, or a 32-bit number was taken for a signed one";
        }
        if (found > wanted) {
            return "; reading the second register of a pair clears both, so the first alone is counted again";
        }
        return found == 0 || found < wanted ? "; reading clears, so what is read is to be added up" : "";
    }

    private static void receive(Bench bench, int count, int length) {
        for (int i = 0; i < count; i++) {
            bench.port().wire.arrive(List.of(Bench.frame(bench.port(), length, i)));
            bench.settle();
            byte[] frame = bench.call(5, bench.driver()::receive);
            require(frame != null, "a frame has arrived, but receive() returned null: see stage 5 (datasheet 7.1.9)");
        }
    }

    private static void send(Bench bench, int count, int length) {
        for (int i = 0; i < count; i++) {
            byte[] frame = Bench.frame(bench.port(), length, i);
            boolean taken = bench.call(7, () -> bench.driver().transmit(frame));
            require(taken, "the ring is not full, but transmit() refused a frame: see stage 7 (datasheet 7.2.3.3)");
            bench.settle();
        }
    }

    // ---- 10

    static void forward(Trial trial) {
        Bench bench = trial.bench(2);
        bench.openBoth();
        Bench.Port left = bench.port(0);
        Bench.Port right = bench.port(1);
        forward(bench, left, right, 30, 3);
        bench.passed("30 frames come out of the other card, as they were");
        right.wire.take(false);
        List<byte[]> frames = Bench.frames(left, 100, 60);
        left.wire.arrive(frames);
        for (int i = 0; i < 40; i++) {
            forward(bench, left, right);
        }
        right.wire.take(true);
        List<byte[]> out = drain(bench, left, right);
        lost(frames, out);
        bench.passed("60 frames wait for a cable that takes nothing for a while, and none is lost or sent twice");
        List<byte[]> back = Bench.frames(right, 500, 20);
        right.wire.arrive(back);
        frames = Bench.frames(left, 600, 20);
        left.wire.arrive(frames);
        for (int i = 0; i < 60; i++) {
            forward(bench, left, right);
            forward(bench, right, left);
        }
        lost(frames, right.wire.sent());
        lost(back, left.wire.sent());
        bench.passed("both directions at once");
    }

    private static void forward(Bench bench, Bench.Port from, Bench.Port to, int count, int each) {
        List<byte[]> all = new ArrayList<>();
        List<byte[]> out = new ArrayList<>();
        for (int i = 0; i < count; i += each) {
            List<byte[]> frames = Bench.frames(from, i, each);
            from.wire.arrive(frames);
            all.addAll(frames);
            forward(bench, from, to);
            out.addAll(to.wire.sent());
        }
        out.addAll(drain(bench, from, to));
        lost(all, out);
    }

    private static void forward(Bench bench, Bench.Port from, Bench.Port to) {
        bench.settle();
        bench.run(10, () -> from.driver().forward(to.driver()));
        bench.settle();
    }

    private static List<byte[]> drain(Bench bench, Bench.Port from, Bench.Port to) {
        List<byte[]> out = new ArrayList<>();
        for (int idle = 0; idle < 20 && out.size() < MOST; idle++) {
            forward(bench, from, to);
            List<byte[]> sent = to.wire.sent();
            out.addAll(sent);
            idle = sent.isEmpty() ? idle : 0;
        }
        return out;
    }

    private static void lost(List<byte[]> in, List<byte[]> out) {
        for (int i = 0; i < in.size(); i++) {
            byte[] wanted = in.get(i);
            long times =
                    out.stream().filter(frame -> Arrays.equals(frame, wanted)).count();
            require(
                    times > 0,
                    "frame " + (i + 1) + " of " + in.size()
                            + " was lost: what transmit() refuses is to be kept, and offered again before anything else is"
                            + " received (datasheet 7.2.3.3)");
            require(
                    times == 1,
                    "frame " + (i + 1) + " of " + in.size() + " went out " + times
                            + " times: once it was taken, it is to be forgotten (datasheet 7.2.3.3)");
        }
        BatchChecks.compare(in, out, "forwarded");
    }

    // ---- 11

    static void ping(Trial trial) {
        Bench bench = trial.bench();
        bench.openBoth();
        Bench.Port port = bench.port();
        Driver driver = port.driver();
        byte[] mac = bench.call(11, driver::macAddress);
        require(
                Arrays.equals(mac, port.mac()),
                "macAddress() says " + Frames.text(mac) + ", but the card's address is " + Frames.text(port.mac())
                        + ": RAL[0] has its first 4 bytes, the first in bits 7:0, RAH[0] the other 2 (datasheet 8.2.3.7.8,"
                        + " 8.2.3.7.9)");
        bench.passed("the card's address is read");
        int filters = port.register(FCTRL);
        bench.run(11, driver::acceptBroadcasts);
        int now = port.register(FCTRL);
        require(
                (now & FCTRL_BAM) != 0,
                "FCTRL.BAM (bit 10, datasheet 8.2.3.7.1) is 0: the card drops broadcasts, and a request for an address (ARP)"
                        + " is one");
        require(
                (now & (FCTRL_UPE | FCTRL_MPE) & ~filters) == 0,
                "FCTRL is 0x" + Integer.toHexString(now)
                        + ": broadcasts are wanted, and not what is for others (UPE, MPE;" + " datasheet 8.2.3.7.1)");
        bench.passed("broadcasts are received");
        Answers host = new Answers(port.mac(), Frames.HOST);
        answer(bench, host, Frames.arpRequest(), "a request for its Ethernet address (ARP)");
        bench.passed("it says who it is");
        for (int i = 1; i <= 20; i++) {
            answer(bench, host, Frames.echoRequest(port.mac(), i, 10 * i), "echo request " + i);
        }
        bench.passed("20 pings are answered");
        answerMany(bench, host);
        bench.passed("and more that come at once, with others between");
    }

    private static void answer(Bench bench, Answers host, byte[] question, String what) {
        bench.port().wire.arrive(List.of(question));
        bench.settle();
        bench.run(11, () -> bench.driver().answer(host));
        bench.settle();
        List<byte[]> sent = bench.port().wire.sent();
        require(
                sent.size() == 1,
                what + " has arrived, and " + sent.size()
                        + " frames went out where one answer was wanted: receive what is"
                        + " there, and transmit what host.to(frame) returns, unless that is null (datasheet 7.1, 7.2)");
        BatchChecks.compare(List.of(host.to(question)), sent, "answered");
    }

    private static void answerMany(Bench bench, Answers host) {
        Bench.Port port = bench.port();
        for (int i = 0; i < 20; i++) {
            List<byte[]> wanted = new ArrayList<>();
            for (int j = 0; j < 3; j++) {
                byte[] question = Frames.echoRequest(port.mac(), 3 * i + j, 40);
                port.wire.arrive(List.of(Bench.frame(port, 60, i), question));
                wanted.add(host.to(question));
            }
            bench.settle();
            bench.run(11, () -> bench.driver().answer(host));
            bench.settle();
            List<byte[]> sent = port.wire.sent();
            require(
                    sent.size() == wanted.size(),
                    "3 questions have arrived with 3 other frames between, but answer() has sent " + sent.size()
                            + " answers: it is to take all frames that are there, and to drop those that host.to(frame) has"
                            + " no answer to (datasheet 7.1.9)");
            BatchChecks.compare(wanted, sent, "answered");
        }
    }
}
