package ixy4j.apps;

import ixy4j.Device;
import ixy4j.Devices;
import ixy4j.IdleStrategy;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.watch.frame.Expression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ixy dump}: shows frames, or writes them to a file. */
@Command(
        name = "dump",
        description = {
            "Takes the frames that arrive and shows them, a line each, as tcpdump does, or writes them to a capture file."
                    + " Nobody else gets them: what is taken from an interface does not reach the kernel.",
            "EXPRESSION chooses some: host, net, port, portrange, proto, ether, vlan, ip, ip6, arp, tcp, udp, icmp, icmp6,"
                    + " src, dst, broadcast, multicast, less, greater, with and, or, not and brackets, as in"
                    + " pcap-filter(7)."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: ./ixy dump xdp:eth0",
            "Example: ./ixy dump 'xdp:eth0?match=udp:53' -v",
            "Example: ./ixy dump model:0 'not port 53' --write /tmp/out.pcapng --count 1000"
        })
final class DumpCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options;

    @Option(names = "-v", description = "Also show what the headers of Ethernet and IP have.")
    private boolean verbose;

    @Option(names = "-x", description = "Also show all bytes.")
    private boolean hex;

    @Option(names = "--count", paramLabel = "N", description = "Stop when N frames were shown or written.")
    private long count = Long.MAX_VALUE;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Write them to FILE, and show none: pcapng if it ends in .pcapng, pcap otherwise; nanoseconds"
                    + " in both.")
    private Path file;

    @Option(
            names = "--rotate",
            paramLabel = "LIMIT",
            description =
                    "Begin another file, FILE with .1, .2 and so on before its ending, when it would have more bytes"
                            + " than this (100M; K, M or G), or its first frame came so long ago (60s; s, m or h).")
    private String rotate;

    @Parameters(index = "0", paramLabel = "CARD", description = "The address of a card.")
    private String address;

    @Parameters(index = "1..*", paramLabel = "EXPRESSION", description = "Which frames; without it, all.")
    private List<String> expression = List.of();

    @Override
    public Integer call() throws InterruptedException {
        Expression.Choice choice;
        String text = String.join(" ", expression).replaceAll("\\s", " ");
        try {
            choice = Expression.parse(text);
        } catch (Expression.Wrong e) {
            Output.ERR.print("ixy: " + e.getMessage() + "\n  " + text + "\n  " + " ".repeat(e.place()) + '^');
            return 2;
        }
        if (count < 1) {
            throw new IllegalArgumentException("--count takes a number above 0, not " + count);
        }
        Rotation rotation = rotation();
        try (Reporter reporter = Reporter.atTheEnd(options);
                Dump dump = dump(choice, rotation);
                Device device = options.open(address);
                PacketPool pool = Devices.pool(options.batch, device)) {
            RxQueue queue = device.rxQueue(0, pool);
            dump.receiveFrom(queue, pool.batch(options.batch));
            dump.addCounts(reporter);
            try (IdleStrategy idle = options.idle(queue);
                    WatchPage _ = options.watch("dump", pool, device)) {
                options.awaitLinks(device);
                reporter.begin(device);
                PacketThread.run(options, dump, idle, reporter);
            }
        }
        return 0;
    }

    private Dump dump(Expression.Choice choice, Rotation rotation) {
        if (file != null) {
            return new DumpFile(choice, count, file, rotation);
        }
        return options.quiet ? new Dump(choice, count) : new DumpLines(choice, count, verbose, hex, options.json);
    }

    /** Checks what is about files, and what is not. */
    private Rotation rotation() {
        if (file == null) {
            if (rotate != null) {
                throw new IllegalArgumentException("--rotate " + rotate + " is for files: --write says which");
            }
            return Rotation.NONE;
        }
        if (verbose || hex) {
            throw new IllegalArgumentException(
                    (verbose ? "-v" : "-x") + " is for frames that are shown, and --write " + file + " shows none");
        }
        if (file.toString().equals("-")) {
            throw new IllegalArgumentException(
                    "--write takes the name of a file, not -: /dev/stdout is the standard output");
        }
        if (rotate != null && Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "--rotate " + rotate + " is for regular files, and " + file + " is none");
        }
        return rotate == null ? Rotation.NONE : Rotation.parse(rotate);
    }
}
