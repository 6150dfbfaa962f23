package ixy4j.apps;

import ixy4j.Device;
import ixy4j.Devices;
import ixy4j.IdleStrategy;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ixy reply}: a host that answers. */
@Command(
        name = "reply",
        description = "Answers ARP, neighbor discovery, ping and ping6, and sends back what comes to UDP port 7.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: ./ixy reply 'xdp:eth0?match=host:10.0.0.2' --ip 10.0.0.2/24"})
final class ReplyCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options;

    @Option(
            names = "--ip",
            paramLabel = "ADDRESS/BITS",
            required = true,
            description = "An address that it has, with its net, of IPv4 or IPv6; several times for several.")
    private List<String> addresses;

    @Parameters(paramLabel = "CARD", description = "The address of a card.")
    private String address;

    @Override
    public Integer call() throws InterruptedException {
        Host[] hosts = addresses.stream().map(Host::parse).toArray(Host[]::new);
        try (Reporter reporter = Reporter.of(options);
                Device device = options.open(address);
                PacketPool pool = Devices.pool(options.batch, device)) {
            RxQueue queue = device.rxQueue(0, pool);
            Replier replier = new Replier(
                    device.macAddress().bits(), hosts, queue, device.txQueue(0, pool), pool.batch(options.batch));
            addCounts(reporter, replier);
            try (IdleStrategy idle = options.idle(queue);
                    WatchPage _ = options.watch("reply", pool, device)) {
                options.awaitLinks(device);
                reporter.begin(device);
                PacketThread.run(options, replier, idle, reporter);
            }
        }
        return 0;
    }

    private static void addCounts(Reporter reporter, Replier replier) {
        reporter.add("arp", () -> replier.arp);
        reporter.add("neighbor", () -> replier.neighbor);
        reporter.add("icmp", () -> replier.icmp);
        reporter.add("icmp6", () -> replier.icmp6);
        reporter.add("udp", () -> replier.udp);
        reporter.add("ignored", () -> replier.ignored);
        reporter.addLoss("wrong_checksum", () -> replier.wrongChecksum);
        reporter.addLoss("no_room_to_answer", () -> replier.noRoom);
    }
}
