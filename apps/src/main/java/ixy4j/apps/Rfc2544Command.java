package ixy4j.apps;

import ixy4j.Device;
import ixy4j.Devices;
import ixy4j.IxyException;
import ixy4j.apps.rfc2544.Methods;
import ixy4j.apps.rfc2544.Notes;
import ixy4j.apps.rfc2544.Plan;
import ixy4j.apps.rfc2544.ResultPage;
import ixy4j.apps.rfc2544.SizeResult;
import ixy4j.apps.rfc2544.Tester;
import ixy4j.apps.rfc2544.Trial;
import ixy4j.apps.traffic.Pace;
import ixy4j.packet.PacketPool;
import ixy4j.watch.live.Watched;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ixy rfc2544}: what a device between two cards can do. */
@Command(
        name = "rfc2544",
        description = {
            "Measures what a device between two cards can do, by RFC 2544.",
            "Frames go out on the first card, through the device, and come in on the second: throughput without loss,"
                    + " latency at that rate, loss against rate, and the longest burst."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: ./ixy rfc2544 0000:03:00.0 0000:03:00.1 --page result.html",
            "Example: ./ixy rfc2544 xdp:eth1 xdp:eth2 --sizes 64,1518 --trial 60"
        })
final class Rfc2544Command implements Callable<Integer> {
    private static final int LEAST = 64; // bytes of a frame
    private static final int MOST = 1518;

    @Mixin
    private RunOptions options;

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "BYTES",
            description =
                    "Frame lengths, here with FCS as the RFC has them, 64 to 1518; 64,128,256,512,1024,1280,1518 without it.")
    private List<Integer> sizes = List.of(64, 128, 256, 512, 1024, 1280, 1518);

    @Option(
            names = "--tests",
            split = ",",
            paramLabel = "TEST",
            description = "Which of throughput,latency,loss,back-to-back; without it, all.")
    private Set<String> tests =
            Stream.of(Plan.Test.values()).map(Plan.Test::toString).collect(Collectors.toSet());

    @Option(
            names = "--trial",
            paramLabel = "SECONDS",
            description = "How long a trial is, 0.1 to 3600; ${DEFAULT-VALUE}. The RFC asks for 60.")
    private double trial = 2;

    @Option(
            names = "--most",
            paramLabel = "MPPS",
            description = "The highest rate; without it, what the link carries and this machine can send.")
    private Double most;

    @Option(
            names = "--resolution",
            paramLabel = "PERCENT",
            description = "How exact rates are, of the highest, 0.01 to 10; ${DEFAULT-VALUE}.")
    private double resolution = 0.5;

    @Option(
            names = "--loss",
            paramLabel = "PERCENT",
            description = "What may be lost where nothing should be, 0 to 10; ${DEFAULT-VALUE}, as the RFC has it.")
    private double tolerance;

    @Option(
            names = "--tries",
            paramLabel = "N",
            description =
                    "Try a rate up to N times before it is too high, 1 to 100; ${DEFAULT-VALUE}, as the RFC has it.")
    private int tries = 1;

    @Option(names = "--page", paramLabel = "FILE", description = "Also write an HTML page with charts.")
    private Path page;

    @Parameters(arity = "1..*", paramLabel = "CARD", description = "Where frames go out, and where they come in.")
    private List<String> addresses;

    @Spec
    private CommandSpec spec;

    private final List<SizeResult> results = new ArrayList<>();
    private long dropped; // by our own cards

    @Override
    public Integer call() throws InterruptedException {
        checkAll();
        String started = LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT));
        long start = System.nanoTime();
        try (Device out = options.open(addresses.getFirst());
                Device in = options.open(addresses.getLast());
                PacketPool outPool = PacketPool.create(options.ring + options.batch, out);
                PacketPool inPool = Devices.pool(options.batch, in)) {
            CardTester tester = new CardTester(options, out, outPool, in, inPool);
            options.awaitLinks(out, in);
            checkLink(out);
            checkLink(in);
            List<List<String>> facts = facts(out, in);
            try (WatchPage _ = options.watch("rfc2544", List.of(new Watched(out, outPool), new Watched(in, inPool)))) {
                measure(tester, out.linkSpeed());
            } finally { // what is there is shown, whatever ended it
                show((System.nanoTime() - start) / 1e9);
                if (page != null && !results.isEmpty()) {
                    ResultFile.write(page, ResultPage.of(results, commandLine(), started, notes(), facts));
                }
            }
        }
        return 0;
    }

    private static void checkLink(Device card) {
        if (card.linkSpeed() == 0 && !StopSignal.isRequested()) {
            throw new IxyException(card.address() + " has no link, so there is nothing to measure");
        }
    }

    private void measure(Tester tester, int mbit) {
        double cap = most == null ? Trial.FLAT_OUT : most;
        Plan.Wire wire = size -> mbit == 0 ? Trial.FLAT_OUT : Trial.wireRate(mbit, size);
        Methods methods = new Methods(
                tester, new Plan(wanted(), trial, cap, wire, resolution / 100, tolerance, tries), this::tell);
        try {
            tester.run(sizes.getFirst(), cap, Long.MAX_VALUE, 1); // the JVM warms up
            for (int size : sizes) {
                results.add(methods.measure(size));
            }
        } catch (Tester.Ended e) {
            if (methods.unfinished() != null) {
                results.add(methods.unfinished());
            }
        }
    }

    private void tell(Plan.Test test, Trial done) {
        dropped += done.dropped();
        if (!options.quiet) {
            Output.OUT.offer(options.json ? Rfc2544Lines.json(test, done) : Rfc2544Lines.text(test, done));
        }
    }

    private void show(double seconds) {
        if (options.json) {
            Output.OUT.print(Rfc2544Lines.json(results, seconds));
            return;
        }
        Output.OUT.print(results.isEmpty() ? "ended before one size was measured" : '\n' + Rfc2544Lines.table(results));
        if (!results.isEmpty()) {
            Output.OUT.print(ResultPage.LEGEND);
            notes().forEach(Output.OUT::print);
        }
        Output.OUT.print(String.format(Locale.ROOT, "%.1f s", seconds));
    }

    private List<String> notes() {
        return Notes.of(results, resolution / 100, dropped, trial);
    }

    private List<List<String>> facts(Device out, Device in) {
        return List.of(
                List.of("out", out.address() + ", " + out.linkSpeed() + " Mbit/s"),
                List.of("in", in.address() + ", " + in.linkSpeed() + " Mbit/s"),
                List.of("direction", "one: out to in"),
                List.of("trial", Numbers.plain(trial) + " s"),
                List.of("resolution", Numbers.plain(resolution) + "% of the highest rate"),
                List.of("tolerated loss", Numbers.plain(tolerance) + "%"),
                List.of("tries", Integer.toString(tries)),
                List.of("batch", Integer.toString(options.batch)),
                List.of("Java", System.getProperty("java.version")),
                List.of("processors", Integer.toString(Runtime.getRuntime().availableProcessors())));
    }

    private String commandLine() {
        return "./ixy " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    private Set<Plan.Test> wanted() {
        Set<Plan.Test> wanted = EnumSet.noneOf(Plan.Test.class);
        for (Plan.Test test : Plan.Test.values()) {
            if (tests.contains(test.toString())) {
                wanted.add(test);
            }
        }
        for (String test : tests) {
            if (wanted.stream().noneMatch(one -> one.toString().equals(test))) {
                throw new IllegalArgumentException(
                        "--tests takes throughput, latency, loss and back-to-back, not '" + test + "'");
            }
        }
        return wanted;
    }

    private void checkAll() {
        wanted();
        if (sizes.isEmpty() || tests.isEmpty()) {
            throw new IllegalArgumentException("--sizes and --tests take one at least, and commas only between two");
        }
        for (int size : sizes) {
            if (size < LEAST || size > MOST) {
                throw new IllegalArgumentException("--sizes takes 64 to 1518 bytes, not " + size);
            }
        }
        checkSizes();
        Numbers.check("--trial", trial, 0.1, 3600, " seconds");
        Numbers.check("--resolution", resolution, 0.01, 10, " percent");
        Numbers.check("--loss", tolerance, 0, 10, " percent");
        Numbers.check("--tries", tries, 1, 100, "");
        Numbers.check("--most", most, Pace.MIN, Pace.MAX, " Mpps");
        options.checkPolls("rfc2544");
        if (options.seconds != Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "rfc2544 ends by itself: --trial, not --seconds, says how long a trial is");
        }
        if (addresses.size() != 2 || addresses.getFirst().equals(addresses.getLast())) {
            throw new IllegalArgumentException(
                    "rfc2544 takes two different cards, not '" + String.join("' and '", addresses) + "'");
        }
        if (page != null) {
            ResultFile.check(page);
        }
    }

    /** A chart has them from left to right. */
    private void checkSizes() {
        for (int i = 1; i < sizes.size(); i++) {
            if (sizes.get(i) <= sizes.get(i - 1)) {
                throw new IllegalArgumentException("--sizes takes them from the smallest to the largest, not "
                        + sizes.get(i) + " after " + sizes.get(i - 1));
            }
        }
    }
}
