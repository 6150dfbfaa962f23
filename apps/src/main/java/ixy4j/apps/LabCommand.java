package ixy4j.apps;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stands here for {@code ./ixy help}: the launcher runs the lab, by {@code lab/lab}, which reads these options. */
@Command(
        name = "lab",
        description = {
            "Boots a virtual machine with network cards, and gives a shell in it.",
            "The guest has the files of this machine; what it writes is gone at the end."
        },
        footer = {
            "",
            "CARD: KIND[,wire=WIRE][,queues=N][,mac=MAC]",
            "Kinds: virtio-legacy, virtio-transitional, virtio, virtio-packed, e1000,",
            "e1000e, igb, ixgbe. The last is an 82599 that ./ixy nic emulates.",
            "Wires:",
            "  pair             a cable to the next card with this wire: first and second,",
            "                   third and fourth; behind an odd last one is nothing;",
            "                   this is the wire if none is named",
            "  stream:PATH      connects to a Unix socket; each frame has 4 bytes in front",
            "                   with its length, big-endian",
            "  tap:NAME         a TAP interface of this machine; takes queues=N",
            "  vhost-user:PATH  a back end for a virtio card, which listens on that Unix",
            "                   socket; takes queues=N",
            "Wires of ixgbe, which also takes fault=LIST, both as ./ixy nic has them:",
            "  pair             a cable to the next card of kind ixgbe with this wire",
            "  tap:NAME, pcap:IN,OUT, generator[,OPTIONS], sink, none",
            "  vfio-user:PATH   the card of a ./ixy nic that listens on that Unix socket",
            "igb and ixgbe need QEMU 8 and 10.1. Where the one on the PATH is older,",
            "the lab fetches a newer one from Debian, and keeps it in its cache.",
            "",
            "Example: ./ixy lab --nic virtio-legacy --nic e1000e -- ./ixy devices"
        },
        mixinStandardHelpOptions = true)
final class LabCommand implements Runnable {
    @Option(
            names = "--nic",
            paramLabel = "CARD",
            description = "A network card; the first is eth0. May be repeated. Without any: four of kind virtio.")
    List<String> cards;

    @Option(names = "--memory", paramLabel = "MIB", description = "The guest's memory, 256 MiB of it huge pages; 1536.")
    int memory = 1536;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            description = "The guest's processors; 1. With more, JVMs now and then die in QEMU 7.2.")
    int processors = 1;

    @Option(names = "--iommu", description = "The guest has an IOMMU, so that vfio-pci can take its cards.")
    boolean iommu;

    @Parameters(
            paramLabel = "-- COMMAND",
            description = "Runs this in place of the shell, without input, and ends with its exit code.")
    List<String> command;

    @Override
    public void run() {
        throw new IllegalArgumentException("the lab is started by the launcher: ./ixy lab");
    }
}
