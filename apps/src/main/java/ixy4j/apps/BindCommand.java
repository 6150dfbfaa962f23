package ixy4j.apps;

import ixy4j.spi.Address;
import ixy4j.sysfs.Binding;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ixy bind}: hands cards to vfio-pci, so that programs reach them through the IOMMU. */
@Command(
        name = "bind",
        description =
                "Hands cards to the kernel's driver vfio-pci, so that programs reach them through the IOMMU. As root.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./ixy bind 0000:03:00.0 --user alice"})
final class BindCommand implements Runnable {
    @Parameters(arity = "1..*", paramLabel = "ADDRESS", description = "PCI addresses of cards.")
    List<String> addresses;

    @Option(names = "--user", paramLabel = "NAME", description = "Who may use them; without it, root alone.")
    String user;

    @Option(names = "--force", description = "Even if the kernel's network stack uses them.")
    boolean force;

    @Override
    public void run() {
        UserPrincipal owner = user == null ? null : Binding.user(user);
        for (String text : addresses) {
            Binding binding = new Binding(pci(text));
            String before = binding.bind(force);
            StringBuilder line = new StringBuilder(binding.address())
                    .append(": driver vfio-pci, before: ")
                    .append(before)
                    .append(", IOMMU group ")
                    .append(binding.group());
            if (owner != null) {
                line.append(", ")
                        .append(binding.giveTo(owner))
                        .append(" belongs to ")
                        .append(user);
            }
            Output.OUT.print(line.toString());
        }
        for (String text : addresses) { // only now, since they may be each other's companions
            Binding binding = new Binding(pci(text));
            if (!binding.companions().isEmpty()) {
                Output.OUT.print(binding.address() + ": its group also has " + String.join(", ", binding.companions())
                        + ": programs get it only if these are bound to vfio-pci or to no driver");
            }
        }
    }

    /** A PCI address without options. */
    static Address pci(String text) {
        Address address = Address.parse(text);
        if (!address.isPci()) {
            throw new IllegalArgumentException("'" + text + "' is not a PCI address: one looks like 0000:03:00.0");
        }
        address.options().end();
        return address;
    }
}
