package ixy4j.xdp;

import ixy4j.Device;
import ixy4j.DeviceContract;
import ixy4j.DeviceOptions;
import ixy4j.DeviceStats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver of AF_XDP at one end of a veth pair of the kernel's, whose other end a packet socket has. */
@ParameterizedClass
@ValueSource(strings = {"native", "generic"})
final class XdpContractTest extends DeviceContract {
    // ns in which nothing happens: nothing is on its way. What is, is in the hands of the kernel's soft interrupts,
    // which
    // a busy machine puts off for tenths of a second.
    private static final long QUIET = 500_000_000;
    private static final long PATIENCE = 10_000_000_000L; // ns for what must come
    private static final int LONGEST = 1518;

    private final String mode;
    private Veth veth;

    XdpContractTest(String mode) {
        this.mode = mode;
    }

    @AfterEach
    void unplug() {
        if (veth != null) {
            veth.close();
        }
    }

    @Override
    protected boolean isExact() {
        return false; // the kernel sends at once
    }

    @Override
    protected Bench open(DeviceOptions options) {
        return open(options, 1);
    }

    @Override
    protected Bench openSpreading(DeviceOptions options) {
        return open(options, options.rxQueues());
    }

    private Bench open(DeviceOptions options, int queues) {
        if (veth == null) {
            veth = new Veth(queues);
            if (queues > 1) {
                Veth.run("ip link set " + veth.peer + " mtu 1500");
            }
        }
        FarEnd end = queues > 1 ? new SpreadingEnd(veth.peer, queues) : new PacketSocket(veth.peerIndex());
        return new XdpBench(veth, end, "xdp:" + veth.name + "?mode=" + mode, options);
    }

    private static final class XdpBench implements Bench {
        private final FarEnd wire;
        private final XdpDevice device;
        private final Veth veth;
        private long taken;
        private long arrived;

        XdpBench(Veth veth, FarEnd wire, String address, DeviceOptions options) {
            this.veth = veth;
            taken = veth.sent();
            this.wire = wire;
            try {
                device = (XdpDevice) Device.open(address, options);
            } catch (RuntimeException | Error e) {
                wire.close();
                throw e;
            }
        }

        @Override
        public Device device() {
            return device;
        }

        @Override
        public void arrive(byte[] frame) {
            arrived += wire.send(frame) && frame.length <= LONGEST ? 1 : 0; // the interface takes no longer ones
        }

        /** Until all that was sent to it has been counted, or no more comes: it was for others, or nobody takes any. */
        @Override
        public void settle() {
            long came = -1;
            long last = System.nanoTime();
            while (came < arrived && System.nanoTime() - last < QUIET) {
                DeviceStats stats = device.stats();
                long now = stats.rxPackets() + stats.rxMissed() + device.pending();
                last = now > came ? System.nanoTime() : last;
                came = now;
                LockSupport.parkNanos(20_000);
            }
        }

        /** As many as the interface has counted: whatever it sends comes to the other end, which is a moment later. */
        @Override
        public List<byte[]> sent() {
            List<byte[]> frames = new ArrayList<>();
            long last = System.nanoTime();
            while (taken < veth.sent() && System.nanoTime() - last < PATIENCE) {
                List<byte[]> more = wire.received();
                frames.addAll(more);
                taken += more.size();
                last = more.isEmpty() ? last : System.nanoTime();
            }
            return frames;
        }

        @Override
        public void close() {
            device.close();
            wire.close();
        }
    }
}
