package ixy4j.model.i82599;

import ixy4j.DeviceContract;
import ixy4j.DeviceOptions;
import ixy4j.ixgbe.IxgbeDriver;
import ixy4j.model.ModelFunction;

/** The 82599 driver on the emulated card, stepped by hand, which stops at the driver's first mistake. */
final class IxgbeContractTest extends DeviceContract {
    @Override
    protected Bench open(DeviceOptions options) {
        return bench(options, 1);
    }

    @Override
    protected Bench openSpreading(DeviceOptions options) {
        return bench(options, options.rxQueues());
    }

    private static Bench bench(DeviceOptions options, int spread) {
        TestWire wire = new TestWire();
        Card card = new Card(wire, CardOptions.STEPPED.withSpread(spread));
        return new SteppedBench(wire, card, new IxgbeDriver().open(new ModelFunction("model:0", card), options));
    }
}
