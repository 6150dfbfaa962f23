package ixy4j.bench.run;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.ixgbe.IxgbeDriver;
import ixy4j.model.address.ModelProvider;
import ixy4j.spi.Address;
import ixy4j.spi.Bar;
import ixy4j.spi.PciFunction;
import ixy4j.vfiouser.VfioUserProvider;

/** Two cards by their addresses; whoever is at the other end of their wires makes the traffic. */
final class GivenBed implements Bed {
    private final Address[] addresses;
    private final TappedFunction[] functions = new TappedFunction[2];
    private final Device[] devices = new Device[2];

    GivenBed(Order order) {
        addresses = order.cards().stream().map(Address::parse).toArray(Address[]::new);
        DeviceOptions options = DeviceOptions.DEFAULT.withRingSize(order.setup().ring());
        try {
            for (int i = 0; i < 2; i++) {
                PciFunction function = function(addresses[i]);
                functions[i] = function == null ? null : new TappedFunction(function);
                devices[i] = function == null ? Device.open(addresses[i], options) : Device.open(functions[i], options);
            }
            for (Device device : devices) {
                if (device.awaitLink(10_000) == 0) {
                    throw new IllegalStateException(
                            device.address() + " has no link after 10 s: check cable and transceiver");
                }
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The PCI function of an address, null if it is none. */
    private static PciFunction function(Address address) {
        if (address.isPci()) {
            return PciFunction.open(address);
        }
        return switch (address.scheme()) {
            case "model" -> ModelProvider.function(address);
            case "vfio-user" -> VfioUserProvider.function(address);
            default -> null;
        };
    }

    @Override
    public Device card(int index) {
        return devices[index];
    }

    @Override
    public Bar bar(int index) {
        if (functions[index] == null || !new IxgbeDriver().drives(functions[index].id())) {
            throw new IllegalArgumentException(
                    addresses[index] + " is no 82599: these rings are for that card, only the driver's are for others");
        }
        return functions[index].tapped();
    }

    @Override
    public long forwarded() {
        return devices[0].stats().txPackets() + devices[1].stats().txPackets();
    }

    @Override
    public String complaint() {
        for (Device device : devices) {
            long broken = device.stats().rxBroken() + device.stats().deviceErrors();
            if (broken > 0) {
                return device.address() + " had " + broken + " broken frames or errors";
            }
        }
        return null;
    }

    @Override
    public void close() {
        for (int i = 0; i < 2; i++) {
            if (devices[i] != null) {
                devices[i].close();
            } else if (functions[i] != null) {
                functions[i].close();
            }
        }
    }
}
