package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import ixy4j.Device;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.vfiouser.ServerEvents;
import ixy4j.model.vfiouser.VfioUserServer;
import ixy4j.model.wire.WireSpec;
import ixy4j.packet.PacketPool;
import ixy4j.spi.Address;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forwarding allocates nothing. */
class AllocationTest {
    private static final long WARM_UP = 4_000_000;
    private static final long PACKETS = 10_000_000;
    private static final int TURNS = 50_000; // in one measurement
    // bytes in all: the compiler may still change its mind, once, but no packet takes any
    private static final int CONSTANT = 4096;

    private static final ServerEvents QUIET = line -> {
        throw new AssertionError(line);
    };

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long sent(Device left, Device right) {
        return left.stats().txPackets() + right.stats().txPackets();
    }

    /** Bytes that this thread allocates in some turns. */
    private long measure(Forwarder forwarder) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < TURNS; i++) {
            forwarder.turn();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    @Timeout(120)
    void tenMillionPacketsAllocateNothing() {
        forward("model:40", "model:41", PACKETS);
    }

    /** The server is of this process, but its threads are not counted; that of posted tails is, in tests of its own. */
    @Test
    @Timeout(120)
    void norDoPacketsOfCardsBehindASocket(@TempDir Path folder) {
        String left = folder.resolve("a").toString();
        String right = folder.resolve("b").toString();
        try (Card first = new Card(
                        WireSpec.open(Address.parseInner("--wire", "wire", "generator")), CardOptions.RUNNING);
                Card second = new Card(
                        WireSpec.open(Address.parseInner("--wire", "wire", "generator")), CardOptions.RUNNING)) {
            first.start();
            second.start();
            try (VfioUserServer one = new VfioUserServer(left, first, QUIET, RegisterObserver.NONE);
                    VfioUserServer other = new VfioUserServer(right, second, QUIET, RegisterObserver.NONE)) {
                forward("vfio-user:" + one.path(), "vfio-user:" + other.path(), PACKETS / 2);
            }
        }
    }

    private void forward(String one, String other, long wanted) {
        try (Device left = Device.open(one);
                Device right = Device.open(other);
                PacketPool pool = PacketPool.create(4 * 512 + 32, left, right)) {
            Forwarder forwarder = new Forwarder(left, right, pool, 32, true);
            while (sent(left, right) < WARM_UP) {
                measure(forwarder);
            }
            long start = sent(left, right);
            long bytes = 0;
            int measurements = 0;
            while (sent(left, right) - start < wanted) {
                bytes += measure(forwarder);
                measurements++;
            }
            long packets = sent(left, right) - start;
            String text = bytes + " bytes for " + packets + " packets in " + measurements + " measurements";
            System.out.println("forwarding allocates " + text);
            assertTrue(bytes <= CONSTANT, text);
        }
    }
}
