package ixy4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.Device;
import ixy4j.DeviceContract;
import ixy4j.DeviceOptions;
import ixy4j.ixgbe.IxgbeDriver;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.vfiouser.ServerEvents;
import ixy4j.model.vfiouser.VfioUserServer;
import ixy4j.pci.PciFunction;
import ixy4j.vfiouser.PostedTails;
import ixy4j.vfiouser.VfioUserProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The 82599 driver on the emulated card behind a socket, which is stepped by hand and stops at the first mistake. */
final class VfioUserContractTest {
    /** With tails in memory that the server shares. */
    @Nested
    final class SharedTails extends Contract {
        @Override
        PciFunction connect(String path) {
            return new VfioUserProvider().open("vfio-user:" + path);
        }
    }

    /** With tails that are sent. */
    @Nested
    final class SentTails extends Contract {
        @Override
        PciFunction connect(String path) {
            return PostedTails.open(path);
        }
    }

    /** With nothing shared: the card asks for descriptors and frames. */
    @Nested
    final class ByMessages extends Contract {
        @Override
        PciFunction connect(String path) {
            return PostedTails.openWithoutFiles(path);
        }
    }

    abstract static class Contract extends DeviceContract {
        @TempDir
        private Path folder;

        private int benches;

        abstract PciFunction connect(String path);

        @Override
        protected Bench open(DeviceOptions options) {
            return bench(options, 1);
        }

        @Override
        protected Bench openSpreading(DeviceOptions options) {
            return bench(options, options.rxQueues());
        }

        private Bench bench(DeviceOptions options, int spread) {
            TestWire wire = new TestWire();
            Card card = new Card(wire, CardOptions.STEPPED.withSpread(spread));
            Refusals refusals = new Refusals();
            String path = folder.resolve("card" + benches++).toString();
            VfioUserServer server = new VfioUserServer(path, card, refusals, RegisterObserver.NONE);
            try {
                return new ServerBench(wire, card, server, refusals, new IxgbeDriver().open(connect(path), options));
            } catch (RuntimeException | Error e) {
                server.close();
                card.close();
                throw e;
            }
        }
    }

    /** What the server had to refuse: nothing. */
    private static final class Refusals implements ServerEvents {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void connected() {
            // as it should
        }

        @Override
        public void disconnected(String why) {
            // as it should
        }

        @Override
        public synchronized void refused(String line) {
            lines.add(line);
        }

        synchronized List<String> lines() {
            return List.copyOf(lines);
        }
    }

    private record ServerBench(TestWire wire, Card card, VfioUserServer server, Refusals refusals, Device device)
            implements DeviceContract.Bench {
        ServerBench {
            for (int i = 0; device.linkSpeed() == 0 && i < 1000; i++) {
                card.step(); // a link takes time to come
            }
        }

        @Override
        public void arrive(byte[] frame) {
            wire.arrive(frame);
        }

        @Override
        public void settle() {
            device.linkSpeed(); // tails arrive before it is answered
            for (int i = 0; card.step(); i++) {
                if (i > 100_000) {
                    throw new AssertionError("the card never comes to rest");
                }
            }
        }

        @Override
        public List<byte[]> sent() {
            List<byte[]> sent = new ArrayList<>(wire.sent);
            wire.sent.clear();
            return sent;
        }

        @Override
        public void close() {
            device.close();
            server.close();
            card.close();
            assertEquals(List.of(), refusals.lines());
        }
    }
}
