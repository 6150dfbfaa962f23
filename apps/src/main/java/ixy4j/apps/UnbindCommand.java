package ixy4j.apps;

import ixy4j.sysfs.Binding;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ./ixy unbind}: gives cards back to the drivers that had them before {@code ./ixy bind}. */
@Command(
        name = "unbind",
        description = "Gives cards back to the drivers of the kernel that had them before ./ixy bind. As root.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./ixy unbind 0000:03:00.0"})
final class UnbindCommand implements Runnable {
    @Parameters(arity = "1..*", paramLabel = "ADDRESS", description = "PCI addresses of cards.")
    List<String> addresses;

    @Override
    public void run() {
        for (String text : addresses) {
            Binding binding = new Binding(BindCommand.pci(text));
            Output.OUT.print(binding.address() + ": driver " + binding.giveBack());
        }
    }
}
