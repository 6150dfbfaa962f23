package ixy4j.learn;

import static ixy4j.ixgbe.Registers.*;
import static ixy4j.learn.Bench.require;

import ixy4j.course.Driver;
import ixy4j.model.InterruptLines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stages 12 and 13: two queues, and an interrupt. */
final class BonusChecks {
    private static final int RING = 8;
    private static final int FLOWS = 64;
    private static final int LEAST = FLOWS / 8; // flows that a queue gets where hashes are spread

    private BonusChecks() {}

    // ---- 12

    static void queues(Trial trial) {
        Bench bench = trial.bench();
        bench.startLinks();
        Driver driver = bench.driver();
        bench.run(12, driver::openQueues);
        bench.settle();
        checkQueues(bench.port());
        bench.passed("two receive queues are switched on, each with a full ring");
        int[] queueOf = new int[FLOWS];
        int[] flows = new int[2];
        for (int flow = 0; flow < FLOWS; flow++) {
            queueOf[flow] = arrive(bench, flow);
            flows[queueOf[flow]]++;
        }
        require(
                flows[0] >= LEAST && flows[1] >= LEAST,
                "of " + FLOWS + " flows " + flows[0] + " came to queue 0 and " + flows[1] + " to queue 1: "
                        + why(bench.port()));
        bench.passed("flows are divided between both");
        for (int flow = 0; flow < FLOWS; flow++) {
            int queue = arrive(bench, flow);
            require(
                    queue == queueOf[flow],
                    "flow " + flow + " came to queue " + queueOf[flow] + " and then to queue " + queue
                            + ": what decides is a hash, which is the same each time unless key or table change (datasheet"
                            + " 7.1.2.8)");
        }
        bench.passed("a flow stays in its queue");
    }

    private static void checkQueues(Bench.Port port) {
        for (int queue = 0; queue < 2; queue++) {
            int place = 0x40 * queue;
            require(
                    (port.register(RXDCTL + place) & RXDCTL_ENABLE) != 0,
                    "RXDCTL[" + queue
                            + "].ENABLE (bit 25, datasheet 8.2.3.8.6) is 0: this receive queue is not switched"
                            + " on");
            int tail = port.register(RDT + place);
            require(
                    tail == RING - 1,
                    "RDT[" + queue + "] (datasheet 8.2.3.8.5) is " + tail
                            + ", but it is to be 7, all descriptors but one");
        }
        int iova = port.register(RDBAL);
        require(
                iova != port.register(RDBAL + 0x40),
                "RDBAL[0] and RDBAL[1] are the same: each queue needs a ring of its own" + " (datasheet 8.2.3.8.1)");
    }

    /** A datagram of a flow arrives; to which queue. */
    private static int arrive(Bench bench, int flow) {
        Bench.Port port = bench.port();
        byte[] frame = Frames.datagram(port.mac(), 1000 + 7 * flow);
        port.wire.arrive(List.of(frame));
        bench.settle();
        int found = -1;
        for (int queue = 0; queue < 2; queue++) {
            int number = queue;
            byte[] received = bench.call(12, () -> bench.driver().receive(number));
            require(
                    received == null || (found < 0 && Arrays.equals(frame, received)),
                    "a datagram has arrived, but receive(" + queue
                            + ") returned something else, or it came twice: each queue"
                            + " has a ring, buffers and a next descriptor of its own (datasheet 7.1.9)");
            found = received == null ? found : queue;
        }
        require(
                found >= 0,
                "a datagram has arrived, but neither receive(0) nor receive(1) returned it: RDH[0] is "
                        + port.register(RDH) + ", RDT[0] " + port.register(RDT) + ", RDH[1] "
                        + port.register(RDH + 0x40) + ", RDT[1] "
                        + port.register(RDT + 0x40) + " (datasheet 7.1.9)");
        return found;
    }

    private static String why(Bench.Port port) {
        int mode = port.register(MRQC);
        int key = 0;
        for (int i = 0; i < 10; i++) {
            key |= port.register(RSSRK + 4 * i);
        }
        int table = 0;
        for (int i = 0; i < 32; i++) {
            table |= port.register(RETA + 4 * i);
        }
        if ((mode & MRQC_MRQE) != MRQC_MRQE_RSS) {
            return "MRQC is 0x" + Integer.toHexString(mode)
                    + ", with MRQE (bits 3:0) 0: RSS is off (datasheet 8.2.3.7.12)";
        } else if ((mode & MRQC_UDPIPV4) == 0) {
            return "MRQC.UDPIPV4 (bit 22) is 0: ports are not hashed, and these differ by them alone (datasheet 8.2.3.7.12)";
        } else if (key == 0) {
            return "RSSRK is all 0, and so is each hash (datasheet 8.2.3.7.14)";
        } else if (table == 0) {
            return "RETA is all 0, so each hash leads to queue 0 (datasheet 8.2.3.7.15)";
        }
        return "RETA has 128 entries of a byte each, of which half are to be 0 and half 1, and RSSRK is to be of random bits"
                + " (datasheet 8.2.3.7.14, 8.2.3.7.15)";
    }

    // ---- 13

    static void interrupt(Trial trial) {
        Bench bench = trial.bench();
        Bench.Port port = bench.port();
        Vectors vectors = new Vectors();
        port.model().setInterrupts(vectors);
        bench.openReceive();
        bench.run(13, bench.driver()::openInterrupt);
        bench.settle();
        require(vectors.take().isEmpty(), "nothing has arrived, but an interrupt was sent (datasheet 7.3)");
        for (int i = 0; i < 5; i++) {
            arrive(bench, vectors, 3 * i, 1);
        }
        bench.passed("a frame raises an interrupt, each time");
        for (int i = 0; i < 5; i++) {
            arrive(bench, vectors, 100 + 5 * i, 5);
        }
        bench.passed("several frames are received after one");
    }

    private static void arrive(Bench bench, Vectors vectors, int seed, int count) {
        Bench.Port port = bench.port();
        List<byte[]> frames = Bench.frames(port, seed, count);
        port.wire.arrive(frames);
        bench.settle();
        List<Integer> sent = vectors.take();
        require(!sent.isEmpty(), "a frame has arrived, but no interrupt was sent: " + silent(port));
        require(
                sent.stream().allMatch(vector -> vector == 0),
                "the interrupt was sent as vector " + sent.getFirst()
                        + " in place of 0: the low bits of IVAR[0] (datasheet"
                        + " 8.2.3.5.16) have the vector of receive queue 0");
        List<byte[]> found = bench.call(13, bench.driver()::interrupted);
        require(found != null, "interrupted() returned null in place of a list");
        require(
                found.size() >= count,
                count + " frames have arrived and raised an interrupt, but interrupted() returned " + found.size()
                        + ": nothing tells of the others any more, so take all that are there (datasheet 7.3.1.2)");
        BatchChecks.compare(frames, found, "received");
        bench.settle();
        require(
                (port.register(EICS) & 1) == 0,
                "EICR still has bit 0, the cause of this interrupt, after interrupted(): with EIAC bit 0 it clears itself when"
                        + " the interrupt is sent (datasheet 8.2.3.5.5)");
        require(
                (port.register(EIMS) & 1) != 0,
                "EIMS bit 0 is 0 after interrupted(): the next frame will raise no interrupt (datasheet 8.2.3.5.3)");
        require(
                vectors.take().isEmpty() || count > 1,
                "all frames were received, but one more interrupt was sent (datasheet" + " 7.3)");
    }

    private static String silent(Bench.Port port) {
        int entry = port.register(IVAR);
        if ((entry & IVAR_RX0_VALID) == 0) {
            return "IVAR[0] is 0x" + Integer.toHexString(entry)
                    + ", with INT_Alloc_val[0] (bit 7) 0: the queue has no vector (datasheet 8.2.3.5.16)";
        } else if ((port.register(EIMS) & (1 << (entry & IVAR_RX0))) == 0) {
            return "EIMS is 0x" + Integer.toHexString(port.register(EIMS)) + ", so vector " + (entry & IVAR_RX0)
                    + " is masked (datasheet 8.2.3.5.3)";
        } else if ((port.register(GPIE) & GPIE_MULTIPLE_MSIX) == 0) {
            return "GPIE.Multiple_MSIX (bit 4) is 0: there is one vector for all (datasheet 8.2.3.5.18)";
        }
        return "GPIE, IVAR, EIMS or EITR keep it (datasheet 7.3.1)";
    }

    /** The far end of interrupts. */
    private static final class Vectors implements InterruptLines {
        private List<Integer> sent = new ArrayList<>();

        List<Integer> take() {
            List<Integer> taken = sent;
            sent = new ArrayList<>();
            return taken;
        }

        @Override
        public void message(int vector) {
            sent.add(vector);
        }

        @Override
        public void pin(boolean asserted) {
            if (asserted) {
                sent.add(-1);
            }
        }

        @Override
        public Mode mode() {
            return Mode.MSIX;
        }
    }
}
