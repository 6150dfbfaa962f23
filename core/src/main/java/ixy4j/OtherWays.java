package ixy4j;

import ixy4j.spi.Address;
import ixy4j.spi.DeviceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** The ways to cards that are not in sysfs. */
final class OtherWays {
    private OtherWays() {}

    static Device open(Address address, DeviceOptions options) {
        List<String> schemes = new ArrayList<>();
        for (DeviceProvider provider : ServiceLoader.load(DeviceProvider.class, OtherWays.class.getClassLoader())) {
            if (address.scheme().equals(provider.scheme())) {
                return provider.open(address, options);
            }
            schemes.add(provider.scheme());
        }
        if (address.scheme().equals("model")) {
            throw new IllegalArgumentException(
                    "'" + address + "' is an emulated card, and those are in ixy4j-nic-model, which"
                            + " is not on the class or module path: add its jar (Maven: ixy4j:ixy4j-nic-model)");
        }
        throw new IllegalArgumentException(
                "'" + address + "' is not the address of a card: one looks like 0000:03:00.0, or begins with "
                        + String.join(": or ", schemes.stream().sorted().toList()) + ":");
    }
}
