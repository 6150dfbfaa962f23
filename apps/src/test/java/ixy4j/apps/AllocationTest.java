package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import ixy4j.Device;
import ixy4j.memory.PacketPool;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forwarding allocates nothing. */
class AllocationTest {
    private static final long WARM_UP = 4_000_000;
    private static final long PACKETS = 10_000_000;
    private static final int TURNS = 50_000; // in one measurement
    private static final int CONSTANT =
            4096; // bytes in all: the compiler may still change its mind, once, but no packet takes any

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
        try (Device left = Device.open("model:40");
                Device right = Device.open("model:41");
                PacketPool pool = PacketPool.create(4 * 512 + 32, left, right)) {
            Forwarder forwarder = new Forwarder(left, right, pool, 32, true);
            while (sent(left, right) < WARM_UP) {
                measure(forwarder);
            }
            long start = sent(left, right);
            long bytes = 0;
            int measurements = 0;
            while (sent(left, right) - start < PACKETS) {
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
