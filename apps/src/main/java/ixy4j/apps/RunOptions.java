package ixy4j.apps;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.IdleStrategy;
import ixy4j.IxyException;
import ixy4j.linux.Affinity;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.spi.Address;
import ixy4j.sysfs.Binding;
import ixy4j.watch.live.Watched;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that all commands that move packets take. */
final class RunOptions {
    @Option(names = "--seconds", paramLabel = "N", description = "Stop after N seconds; without it, on Ctrl-C.")
    double seconds = Double.POSITIVE_INFINITY;

    @Option(names = "--batch", paramLabel = "N", description = "Packets in a batch, 1 to 4096; ${DEFAULT-VALUE}.")
    int batch = 32;

    @Option(
            names = "--ring",
            paramLabel = "N",
            description = "Descriptors in a ring, a power of two, 64 to 4096; ${DEFAULT-VALUE}.")
    int ring = 512;

    @Option(names = "--cpu", paramLabel = "N", description = "Keep the packet thread on this processor.")
    Integer cpu; // null for any

    @Option(
            names = "--wait",
            paramLabel = "WAY",
            description =
                    "While no frame comes, the packet thread polls (poll), sleeps until one comes (interrupt), or polls for a"
                            + " while and then sleeps (adaptive). Without it adaptive, or poll if a card has no interrupts;"
                            + " pktgen only polls.")
    String wait; // null for what is best

    @Option(
            names = "--moderation",
            paramLabel = "MICROS",
            description = "The least time between two interrupts of a receive queue, 0 to 1000 µs; ${DEFAULT-VALUE}.")
    int moderation;

    @Option(names = "--force", description = "Take a card even if the kernel's network stack uses it.")
    boolean force;

    @Option(names = "--reconnect", description = "Wait for the back end of a vhost-user card if it goes away.")
    boolean reconnect;

    @Option(names = "--watch", description = "Serve a page that shows the cards as they run.")
    boolean watch;

    @Option(names = "--quiet", description = "Print the summary only.")
    boolean quiet;

    @Option(
            names = "--json",
            description =
                    "Print JSON, an object a line: one for each card and second (dump: for each frame), and a last one with the"
                            + " totals.")
    boolean json;

    /**
     * Opens a card.
     *
     * @throws StopSignal.Stopped if the command is told to end meanwhile
     */
    Device open(String address) {
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("--seconds takes a number above 0, not " + Numbers.plain(seconds));
        }
        if (batch < 1 || batch > 4096) {
            throw new IllegalArgumentException("--batch takes 1 to 4096, not " + batch);
        }
        checkWait();
        if (cpu != null) {
            tryProcessor();
        }
        Address parsed = Address.parse(address);
        boolean waits = reconnect && parsed.scheme().equals("vhost-user") && !parsed.has("reconnect");
        Address card = waits ? parsed.with("reconnect") : parsed;
        DeviceOptions wanted =
                DeviceOptions.DEFAULT.withRingSize(ring).withForce(force).withModeration(moderation);
        Device device = StopSignal.untilStopped(() -> Device.open(card, wanted));
        if (card.isPci() && device.dmaSpace().needsPhysicalAddresses()) {
            noteIommu(card);
        }
        return device;
    }

    /** The page that shows cards, with their queues open, as they run; null unless it is asked for. */
    WatchPage watch(String command, PacketPool pool, Device... devices) {
        return watch(
                command,
                Stream.of(devices).map(device -> new Watched(device, pool)).toList());
    }

    /** The same of cards that have a pool each. */
    WatchPage watch(String command, List<Watched> cards) {
        return watch ? WatchPage.of("./ixy " + command, cards) : null;
    }

    /** What a thread does that receives from these queues, and finds nothing. */
    IdleStrategy idle(RxQueue... queues) {
        return switch (wait) {
            case null -> moderation == 0 ? adaptiveOrPoll(queues) : IdleStrategy.adaptive(queues);
            case "poll" -> IdleStrategy.poll();
            case "interrupt" -> IdleStrategy.interrupt(queues);
            default -> IdleStrategy.adaptive(queues);
        };
    }

    private static IdleStrategy adaptiveOrPoll(RxQueue... queues) {
        try {
            return IdleStrategy.adaptive(queues);
        } catch (IxyException e) {
            return IdleStrategy.poll(); // one has no interrupts
        }
    }

    private void checkWait() {
        if (wait != null && !List.of("poll", "interrupt", "adaptive").contains(wait)) {
            throw new IllegalArgumentException("--wait takes poll, interrupt or adaptive, not " + wait);
        }
        if (moderation != 0 && "poll".equals(wait)) {
            throw new IllegalArgumentException(
                    "--moderation " + moderation + " is for who waits for interrupts, not polls");
        }
    }

    /** A command that receives nothing has nothing to wait for. */
    void checkPolls(String command) {
        checkWait();
        if (moderation != 0) {
            throw new IllegalArgumentException(
                    "--moderation is for commands that wait for frames: " + command + " polls");
        }
        if (wait != null && !wait.equals("poll")) {
            throw new IllegalArgumentException(
                    "--wait " + wait + " is for commands that wait for frames: " + command + " polls");
        }
    }

    /** A card that could be kept to the memory of its program, and is not. */
    private static void noteIommu(Address card) {
        String address = new Binding(card).address();
        if (new Binding(card).group() != null) {
            Output.ERR.print(
                    "ixy: " + address + " is driven by physical addresses, as if this machine had no IOMMU: after"
                            + " ./ixy bind " + address + ", it can reach the memory of its program only");
        }
    }

    /** A processor that may not be used is refused before a card is touched. */
    private void tryProcessor() {
        try {
            CompletableFuture.runAsync(() -> Affinity.pin(cpu), task -> new Thread(task).start())
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IllegalArgumentException refused ? refused : e;
        }
    }

    /** Waits for links, all together at most 10 s; if one does not come, says so and goes on. */
    void awaitLinks(Device... devices) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        for (Device device : devices) {
            while (!hasLink(device) && !StopSignal.await(0)) {
                if (System.nanoTime() - deadline > 0) {
                    Output.ERR.print("ixy: " + device.address()
                            + " has no link after 10 s: going on without; check cable and transceiver");
                    break;
                }
            }
        }
    }

    private static boolean hasLink(Device device) {
        try {
            return StopSignal.untilStopped(() -> device.awaitLink(10)) != 0;
        } catch (StopSignal.Stopped e) {
            return false; // the totals are still to come
        }
    }
}
