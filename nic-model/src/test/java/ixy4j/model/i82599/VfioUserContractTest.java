package ixy4j.model.i82599;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.Device;
import ixy4j.DeviceContract;
import ixy4j.DeviceOptions;
import ixy4j.ixgbe.IxgbeDriver;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.vfiouser.VfioUserServer;
import ixy4j.spi.Address;
import ixy4j.spi.PciFunction;
import ixy4j.vfiouser.PostedTails;
import ixy4j.vfiouser.VfioUserProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
            return VfioUserProvider.function(Address.parse("vfio-user:" + path));
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
            List<String> refusals = Collections.synchronizedList(new ArrayList<>());
            String path = folder.resolve("card" + benches++).toString();
            VfioUserServer server = new VfioUserServer(path, card, refusals::add, RegisterObserver.NONE);
            try {
                Device device = new IxgbeDriver().open(connect(path), options);
                return new ServerBench(wire, card, server, refusals, device);
            } catch (RuntimeException | Error e) {
                server.close();
                card.close();
                throw e;
            }
        }
    }

    private static final class ServerBench extends SteppedBench {
        private final VfioUserServer server;
        private final List<String> refusals;

        ServerBench(TestWire wire, Card card, VfioUserServer server, List<String> refusals, Device device) {
            super(wire, card, device);
            this.server = server;
            this.refusals = refusals;
        }

        @Override
        public void settle() {
            device().linkSpeed(); // tails arrive before it is answered
            super.settle();
        }

        @Override
        public void close() {
            device().close(); // twice is no harm, and the server outlives it
            server.close();
            super.close();
            assertEquals(List.of(), refusals);
        }
    }
}
