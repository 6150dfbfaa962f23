package ixy4j.apps;

import ixy4j.Device;
import ixy4j.Devices;
import ixy4j.IdleStrategy;
import ixy4j.packet.PacketPool;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ixy fwd}: the forwarder. */
@Command(
        name = "fwd",
        description = "Forwards between two cards, both ways; without addresses, between two emulated ones.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./ixy fwd 0000:03:00.0 0000:04:00.0", "Example: ./ixy fwd --seconds 5"})
final class ForwardCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options;

    @Option(
            names = "--touch",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Add 1 to the second byte of each frame, as ixy does; on unless --no-touch.")
    private boolean touch;

    @Parameters(arity = "0..2", paramLabel = "CARD", description = "Two addresses of cards.")
    private List<String> addresses = List.of("model:0", "model:1");

    private int notForwarded;

    @Override
    public Integer call() throws InterruptedException {
        if (addresses.size() != 2 || addresses.get(0).equals(addresses.get(1))) {
            throw new IllegalArgumentException(
                    "fwd takes two different cards, not '" + String.join("' and '", addresses) + "'");
        }
        try (Reporter reporter = Reporter.of(options);
                Device left = options.open(addresses.get(0));
                Device right = options.open(addresses.get(1));
                PacketPool pool = Devices.pool(2 * options.batch, left, right)) {
            Forwarder forwarder = new Forwarder(left, right, pool, options.batch, touch);
            try (IdleStrategy idle = options.idle(forwarder.queues());
                    WatchPage _ = options.watch("fwd", pool, left, right)) {
                options.awaitLinks(left, right);
                reporter.addLoss("not_forwarded", () -> notForwarded);
                reporter.begin(left, right);
                PacketThread.run(options, forwarder, idle, reporter);
            } finally {
                notForwarded = forwarder.kept(); // before the pool's close, which empties the batches
            }
        }
        return 0;
    }
}
