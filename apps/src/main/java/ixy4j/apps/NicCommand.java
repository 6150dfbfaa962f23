package ixy4j.apps;

import ixy4j.model.vfiouser.RegisterObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./ixy nic}: emulated cards for other processes. */
@Command(
        name = "nic",
        description = {
            "Plays an 82599 for another process, by vfio-user.",
            "That is a virtual machine (QEMU 10.1 or newer), or our driver at the",
            "address vfio-user:PATH. Runs until Ctrl-C; clients come and go."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Wires and faults are those of model: addresses (docs/model.md).",
            "",
            "Example: ./ixy nic --socket /tmp/nic.sock --wire generator,rate=0.1",
            "Two cards with a cable between them: ./ixy nic --socket /tmp/a.sock",
            "--wire cross:x --socket /tmp/b.sock --wire cross:x"
        })
final class NicCommand implements Callable<Integer> {
    private static final long LOOK = 200_000_000; // ns from one look at the cards to the next

    @ArgGroup(exclusive = false, multiplicity = "1..*")
    private List<ServedCard.Options> cards;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Write each access of a driver to a register to this file; - for the terminal.")
    private String trace;

    @Option(
            names = "--watch",
            description = "Serve a page that shows the cards at each access of a driver to a register.")
    private boolean watch;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = "At the end, write a page that plays what was seen of the cards to this file.")
    private Path record;

    @Override
    public Integer call() throws InterruptedException {
        List<ServedCard> served = new ArrayList<>();
        try (TraceFile file = trace == null ? null : new TraceFile(trace)) {
            try (NicWatch seen = new NicWatch(watch, record)) {
                for (ServedCard.Options options : cards) {
                    RegisterObserver observer =
                            file == null ? RegisterObserver.NONE : file.observer(options.socket, cards.size() > 1);
                    served.add(ServedCard.open(options, served.size(), seen.observer(served.size(), observer)));
                }
                seen.begin(
                        cards.stream()
                                .map(options -> Path.of(options.socket)
                                        .getFileName()
                                        .toString()
                                        .replaceFirst("\\.sock$", ""))
                                .toList(),
                        served.stream().map(ServedCard::card).toList());
                while (!StopSignal.await(LOOK)) {
                    for (ServedCard card : served) {
                        card.look();
                    }
                }
            } finally {
                StopSignal.request(); // also if no signal came: nobody waits any more for the reader of the trace
                ServedCard.close(served);
            }
        } finally {
            served.forEach(ServedCard::summary);
        }
        return 0;
    }
}
