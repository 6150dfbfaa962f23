package ixy4j.model.virtio;

import ixy4j.DeviceContract;
import ixy4j.DeviceOptions;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The virtio driver on emulated devices of all kinds, each of which stops at the driver's first mistake. */
@ParameterizedClass
@EnumSource
final class VirtioContractTest extends DeviceContract {
    private final VirtioKind kind;

    VirtioContractTest(VirtioKind kind) {
        this.kind = kind;
    }

    private VirtioCardOptions card() {
        return kind.options(System.nanoTime());
    }

    @Override
    protected Bench open(DeviceOptions options) {
        return new VirtioBench(card(), options);
    }

    @Override
    protected Bench openSpreading(DeviceOptions options) {
        return new VirtioBench(card().pairs(options.rxQueues()).spread(), options);
    }
}
