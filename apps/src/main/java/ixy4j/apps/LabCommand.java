package ixy4j.apps;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** The options of {@code ./ixy lab}. The launcher has them read here, and runs the lab by {@code lab/lab}. */
@Command(
        name = "lab",
        description = {
            "Boots a virtual machine with network cards, and gives a shell in it.",
            "The guest has the files of this machine; what it writes is gone at the end."
        },
        footer = {
            "",
            "CARD: KIND[,wire=WIRE][,queues=N][,vectors=N][,mac=MAC]",
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
            "vectors=N: how many interrupt vectors (MSI-X) a virtio card has.",
            "igb and ixgbe need QEMU 8 and 10.1. Where the one on the PATH is older,",
            "the lab fetches a newer one from Debian, and keeps it in its cache.",
            "",
            "Example: ./ixy lab --nic virtio-legacy --nic e1000e -- ./ixy devices"
        },
        mixinStandardHelpOptions = true)
final class LabCommand implements Runnable {
    private static final int LEAST_MEMORY = 512; // MiB
    private static final int MOST_MEMORY = 1 << 20;
    private static final int MOST_PROCESSORS = 64;
    private static final int SLOTS = 24; // 1 to 24: the lab's own cards are above
    private static final String ALL = "; ./ixy lab --help has all options";

    @Option(
            names = "--nic",
            paramLabel = "CARD",
            description = "A network card; the first is eth0. May be repeated. Without any: four of kind virtio.")
    List<String> cards = new ArrayList<>();

    @Option(names = "--memory", paramLabel = "MIB", description = "The guest's memory, 256 MiB of it huge pages; 1536.")
    int memory = 1536;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            description = "The guest's processors; 1. With more, JVMs now and then die in QEMU 7.2.")
    int processors = 1;

    @Option(names = "--iommu", description = "The guest has an IOMMU, so that vfio-pci can take its cards.")
    boolean iommu;

    @Option(
            names = "--monitor",
            paramLabel = "PATH",
            description =
                    "QEMU's monitor listens on this Unix socket; \"set_link wire1 off\" pulls the first card's cable.")
    String monitor = "";

    @Option(
            names = "--watch",
            description = "Serve a page that shows what the guest's drivers do with the cards of kind ixgbe.")
    boolean watch;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "At the end, write a page that plays what they did with them to this file.")
    String record = "";

    @Parameters(
            paramLabel = "-- COMMAND",
            description = "Runs this in place of the shell, without input, and ends with its exit code.")
    List<String> command = new ArrayList<>();

    @Override
    public void run() {
        throw new IllegalArgumentException("the lab is started by the launcher: ./ixy lab");
    }

    /**
     * What the launcher evaluates, given what the user has typed: either {@code help}, or all settings, among them
     * {@code options}, the number of words in front of the command. The command itself stays with the launcher: its words
     * need not be text that Java can read.
     *
     * @throws IllegalArgumentException for wrong use
     */
    static String settings(List<String> words) {
        int dashes = words.indexOf("--");
        LabCommand read = new LabCommand();
        if (!read.parse(dashes < 0 ? words : words.subList(0, dashes))) {
            return new ShellSettings("\n").set("help", "yes").toString();
        }
        if (dashes == words.size() - 1 && dashes >= 0) {
            throw new IllegalArgumentException("-- needs a command behind it; without both, the lab gives a shell");
        }
        return read.settings(dashes < 0 ? words.size() : dashes + 1);
    }

    /** Whether there is more to do than to help. */
    private boolean parse(List<String> options) {
        try {
            ParseResult parsed =
                    new CommandLine(this).setExpandAtFiles(false).parseArgs(options.toArray(String[]::new));
            if (parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested()) {
                return false;
            }
        } catch (ParameterException e) {
            throw new IllegalArgumentException(oneLine(e.getMessage()) + ALL, e);
        }
        if (!command.isEmpty()) {
            throw new IllegalArgumentException(
                    "lab takes no '" + oneLine(command.getFirst()) + "' here: a command comes behind --" + ALL);
        }
        check("--memory", memory, LEAST_MEMORY, MOST_MEMORY);
        check("--cpus", processors, 1, MOST_PROCESSORS);
        return true;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(option + " takes " + least + " to " + most + ", not '" + value + "'");
        }
    }

    private String settings(int options) {
        // two cables, and forwarding between the second and the third card joins the first and the fourth
        List<String> wanted = cards.isEmpty() ? Collections.nCopies(4, "virtio") : cards;
        List<LabCard> read = wanted.stream().map(LabCard::read).toList();
        checkWatched(read);
        return new ShellSettings("\n")
                .set("options", options)
                .set("memory", memory)
                .set("cpus", processors)
                .set("iommu", iommu ? "yes" : "")
                .set("monitor", monitor)
                .set("watch", watch ? "yes" : "")
                .set("record", record)
                .set("shared", read.stream().anyMatch(LabCard::sharesMemory) ? "yes" : "")
                .set("cards", String.join("\n", lines(read)))
                .toString();
    }

    private void checkWatched(List<LabCard> cards) {
        String option = watch ? "--watch" : "--record";
        if ((watch || !record.isEmpty()) && cards.stream().noneMatch(LabCard::isEmulated)) {
            throw new IllegalArgumentException(
                    option + " is for cards of kind ixgbe that the lab emulates, and there is none: add --nic ixgbe");
        }
        if (!record.equals(oneLine(record))) {
            throw new IllegalArgumentException(
                    "--record takes the name of a file in one line, not '" + oneLine(record) + "'");
        }
    }

    /** A line for each card. */
    private static List<String> lines(List<LabCard> cards) {
        List<String> lines = new ArrayList<>();
        int slot = 1;
        for (LabCard card : cards) {
            if (slot > SLOTS) {
                throw new IllegalArgumentException("there is no slot for the " + cards.size() + " cards: there are "
                        + SLOTS + ", and an igb takes two");
            }
            lines.add(card.settings(lines.size() + 1, slot, cable(cards, lines.size())));
            slot += card.slots();
        }
        return lines;
    }

    /** The number of the cable of a card, 0 if it has none: first and second have one, and an odd last one has none. */
    private static int cable(List<LabCard> cards, int index) {
        LabCard card = cards.get(index);
        long before = cards.subList(0, index).stream().filter(card::pairsWith).count();
        long all = cards.stream().filter(card::pairsWith).count();
        return card.isPaired() && (before % 2 == 1 || before + 1 < all) ? (int) before / 2 + 1 : 0;
    }
}
