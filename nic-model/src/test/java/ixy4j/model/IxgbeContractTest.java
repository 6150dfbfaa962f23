package ixy4j.model;

import ixy4j.Device;
import ixy4j.DeviceContract;
import ixy4j.DeviceOptions;
import ixy4j.ixgbe.IxgbeDriver;
import java.util.ArrayList;
import java.util.List;

/** The 82599 driver on the emulated card, stepped by hand, which stops at the driver's first mistake. */
final class IxgbeContractTest extends DeviceContract {
    @Override
    protected Bench open(DeviceOptions options) {
        return new ModelBench(options, 1);
    }

    @Override
    protected Bench openSpreading(DeviceOptions options) {
        return new ModelBench(options, options.rxQueues());
    }

    private static final class ModelBench implements Bench {
        private final TestWire wire = new TestWire();
        private final Card card;
        private final Device device;

        ModelBench(DeviceOptions options, int spread) {
            card = new Card(wire, CardOptions.STEPPED.withSpread(spread));
            device = new IxgbeDriver().open(new ModelFunction("model:0", card), options);
            for (int i = 0; device.linkSpeed() == 0 && i < 1000; i++) {
                card.step(); // a link takes time to come
            }
        }

        @Override
        public Device device() {
            return device;
        }

        @Override
        public void arrive(byte[] frame) {
            wire.arrive(frame);
        }

        @Override
        public void settle() {
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
            card.close();
        }
    }
}
