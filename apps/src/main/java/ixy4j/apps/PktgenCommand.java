package ixy4j.apps;

import ixy4j.Device;
import ixy4j.Devices;
import ixy4j.IdleStrategy;
import ixy4j.apps.traffic.CapturedFrames;
import ixy4j.apps.traffic.FrameSizes;
import ixy4j.apps.traffic.FrameSource;
import ixy4j.apps.traffic.NumberedFrames;
import ixy4j.apps.traffic.Pace;
import ixy4j.apps.traffic.Returns;
import ixy4j.apps.traffic.SameFrame;
import ixy4j.apps.traffic.Sender;
import ixy4j.model.wire.Frames;
import ixy4j.packet.PacketPool;
import ixy4j.watch.live.Watched;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ixy pktgen}: the generator. */
@Command(
        name = "pktgen",
        description = "Sends UDP frames with sequence numbers, or a capture; measures what comes back.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: ./ixy pktgen 0000:03:00.0 --size 128 --rate 1.5 --seconds 10",
            "Example: ./ixy pktgen xdp:eth1 --from web.pcapng.gz --speed 2 --loop 0",
            "Example: ./ixy pktgen 0000:03:00.0 0000:03:00.1 --rate 1 --latency --seconds 5"
        })
final class PktgenCommand implements Callable<Integer> {
    private static final int MOST_IN_A_BURST = 100_000;

    @Mixin
    private RunOptions options;

    @Option(names = "--size", paramLabel = "BYTES", description = "Frame length without FCS, 60 to 1514; default 60.")
    private Integer size;

    @Option(names = "--imix", description = "Frames of 60, 590 and 1514 bytes, 7 to 4 to 1.")
    private boolean imix;

    @Option(
            names = "--flows",
            paramLabel = "N",
            description = "Send N flows in turn, 1 to 1048576, each from an address and port of its own; default 1.")
    private Integer flows;

    @Option(
            names = "--rate",
            paramLabel = "MPPS",
            description = "Millions of frames a second, 0.000001 to 1000; without it, as fast as can be.")
    private Double rate;

    @Option(
            names = "--burst",
            paramLabel = "N",
            description =
                    "Keep the rate by N frames at once, 1 to 100000, and pauses; without it frames are spread evenly.")
    private Integer burst;

    @Option(names = "--count", paramLabel = "N", description = "Stop after N frames.")
    private long count = Long.MAX_VALUE;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Send the frames of a capture: pcap or pcapng, packed by gzip or not.")
    private Path from;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            description =
                    "How much faster than they were captured: 0.001 to 1000, or max for as fast as can be; default 1.")
    private String speed;

    @Option(names = "--loop", paramLabel = "N", description = "Send the capture N times, 0 for no end; default 1.")
    private Long loop;

    @Option(
            names = "--latency",
            description =
                    "Receive what comes back, on the second card if there is one, and measure how long that takes.")
    private boolean latency;

    @Option(
            names = "--check",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Number each frame, so that sink can check it; with --no-check, the same one goes again and again.")
    private boolean check;

    @Parameters(
            arity = "1..*",
            paramLabel = "CARD",
            description = "The address of a card, and with --latency of the one where frames come back.")
    private List<String> addresses;

    private boolean toldTooLong;
    private long first; // number; with --latency one of this run, so that frames of others are known

    @Override
    public Integer call() throws InterruptedException {
        checkAll();
        double factor = factor(); // before a card is touched
        first = latency ? Returns.anyNumber() : 0;
        List<Device> devices = new ArrayList<>();
        try (Reporter reporter = Reporter.of(options);
                CapturedFrames captured = from == null ? null : open(factor, reporter);
                Device device = options.open(addresses.getFirst());
                Device second = addresses.size() == 1 ? null : options.open(addresses.getLast());
                PacketPool pool = pool(device, second)) {
            devices.add(device);
            if (second != null) {
                devices.add(second);
            }
            FrameSource source = captured != null ? captured : source(pool);
            if (latency) {
                measure(reporter, source, pool, devices);
            } else {
                send(reporter, source, pool, devices);
            }
        }
        return 0;
    }

    /** For sending; where frames come back on the same card, also for these: an interface's queue has one memory. */
    private PacketPool pool(Device device, Device second) {
        return latency && second == null
                ? Devices.pool(2 * options.batch, device)
                : PacketPool.create(options.ring + options.batch, device);
    }

    private void send(Reporter reporter, FrameSource source, PacketPool pool, List<Device> devices)
            throws InterruptedException {
        Sender sender = prepare(reporter, source, pool, devices);
        try (WatchPage _ = options.watch("pktgen", pool, devices.getFirst())) {
            run(
                    () -> {
                        int went = sender.turn();
                        return sender.isDone() ? PacketThread.Step.DONE : went;
                    },
                    sender,
                    reporter,
                    devices.getFirst());
        }
    }

    private void measure(Reporter reporter, FrameSource source, PacketPool pool, List<Device> devices)
            throws InterruptedException {
        Device in = devices.getLast();
        try (PacketPool second = devices.size() == 1 ? null : Devices.pool(options.batch, in)) {
            PacketPool inPool = second == null ? pool : second;
            Returns returns = new Returns(in.rxQueue(0, inPool), inPool.batch(options.batch), System::nanoTime);
            returns.begin(first);
            Sender sender = prepare(reporter, source, pool, devices);
            reporter.add("lost", returns::lost);
            reporter.add("out_of_order", returns::reordered);
            reporter.add("duplicates", returns::duplicates);
            reporter.addLoss("late", returns::late);
            reporter.addLoss("of_others", returns::foreign);
            reporter.addLatency(returns::latency);
            List<Watched> cards = devices.size() == 1
                    ? List.of(new Watched(in, pool))
                    : List.of(new Watched(devices.getFirst(), pool), new Watched(in, inPool));
            try (WatchPage _ = options.watch("pktgen", cards)) {
                run(new RoundTrip(sender, returns), sender, reporter, devices.getFirst());
            }
        }
    }

    private void run(PacketThread.Step step, Sender sender, Reporter reporter, Device device)
            throws InterruptedException {
        Stall stall = new Stall(addresses.getFirst(), count, burst == null ? 0 : burst / (rate * 1e6));
        boolean hasOtherEnd = count == Long.MAX_VALUE || options.seconds != Double.POSITIVE_INFINITY || from != null;
        PacketThread.run(options.cpu, options.seconds, step, IdleStrategy.poll(), () -> {
            reporter.second();
            tellTooLong(device);
            if (!hasOtherEnd) {
                stall.second(sender.handedOver());
            }
        });
        tellTooLong(device); // within a second
    }

    /** All that comes before the first frame; the pace begins with its end. */
    private Sender prepare(Reporter reporter, FrameSource source, PacketPool pool, List<Device> devices)
            throws InterruptedException {
        Device[] all = devices.toArray(Device[]::new);
        Device device = devices.getFirst();
        var queue = device.txQueue(0, pool);
        options.awaitLinks(all);
        reporter.begin(all);
        Pace pace = pace();
        Sender sender = new Sender(queue, pool.batch(options.batch), options.batch, source, pace, count);
        reporter.add("frames", sender::handedOver);
        if (pace != null) {
            reporter.addLoss("too_late_to_send", pace::missed);
        }
        return sender;
    }

    private Pace pace() {
        if (rate == null) {
            return null;
        }
        return burst == null
                ? Pace.even(rate, options.batch, System::nanoTime)
                : Pace.inBursts(rate, burst, System::nanoTime);
    }

    private FrameSource source(PacketPool pool) {
        int length = size == null ? Frames.MIN_LENGTH : size;
        return check
                ? new NumberedFrames(
                        imix ? FrameSizes.IMIX : FrameSizes.always(length), flows == null ? 1 : flows, first)
                : new SameFrame(length, pool);
    }

    private CapturedFrames open(double factor, Reporter reporter) {
        long turns = loop == null ? 1 : loop == 0 ? CapturedFrames.FOR_EVER : loop;
        CapturedFrames captured =
                StopSignal.untilStopped(() -> new CapturedFrames(from, factor, turns, System::nanoTime));
        captured.remarks().forEach(remark -> Output.ERR.print("ixy: " + remark));
        reporter.addRemark(() -> waiting(captured.left()));
        reporter.addLoss("passed_over", captured::passedOver);
        reporter.addLoss("longer_than_a_buffer", captured::tooLong);
        return captured;
    }

    /** Said beside what moves, so that a pause of the capture does not look like a hang; empty if it is short. */
    private static String waiting(long nanos) {
        return nanos < 1_000_000_000 ? "" : "next frame of the capture in " + nanos / 1_000_000_000 + " s";
    }

    /** Says once that a card does not send some frames of a capture: only the card knows how long they may be. */
    private void tellTooLong(Device device) {
        if (from != null && !toldTooLong && device.stats().txWrongLength() > 0) {
            toldTooLong = true;
            Output.ERR.print("ixy: " + device.address()
                    + " drops those frames of the capture that are longer than it sends: its MTU and 14 bytes");
        }
    }

    private double factor() {
        if (speed == null) {
            return rate == null ? 1 : CapturedFrames.FLAT_OUT;
        }
        if (speed.equals("max")) {
            return CapturedFrames.FLAT_OUT;
        }
        double factor = speed.matches("\\d{1,9}(\\.\\d{1,9})?") ? Double.parseDouble(speed) : 0;
        if (!(factor >= 0.001 && factor <= 1000)) {
            throw new IllegalArgumentException("--speed takes 0.001 to 1000, or max, not " + speed);
        }
        return factor;
    }

    private void checkAll() {
        Numbers.check("--size", size, Frames.MIN_LENGTH, Frames.MAX_LENGTH, " bytes");
        Numbers.check("--flows", flows, 1, Frames.FLOWS, "");
        Numbers.check("--burst", burst, 1, MOST_IN_A_BURST, " frames");
        Numbers.check("--rate", rate, Pace.MIN, Pace.MAX, " Mpps");
        options.checkPolls("pktgen");
        if (count < 1) {
            throw new IllegalArgumentException("--count takes a number above 0, not " + count);
        }
        if (loop != null && loop < 0) {
            throw new IllegalArgumentException("--loop takes 0 or a number of times, not " + loop);
        }
        apart("--from", from != null, "--size", size != null, "--imix", imix, "--flows", flows != null);
        apart("--from", from != null, "--no-check", !check, "--latency", latency);
        apart("--no-check", !check, "--imix", imix, "--flows", flows != null, "--latency", latency);
        apart("--size", size != null, "--imix", imix);
        apart("--rate", rate != null, "--speed", speed != null);
        needs("--burst", burst != null, "--rate", rate != null);
        needs("--speed", speed != null, "--from", from != null);
        needs("--loop", loop != null, "--from", from != null);
        if (addresses.size() > 2) {
            throw new IllegalArgumentException("pktgen takes one card, or two with --latency, not " + addresses.size());
        }
        if (addresses.size() == 2 && !latency) {
            throw new IllegalArgumentException(
                    "pktgen sends on one card; a second one, " + addresses.getLast() + ", is for --latency");
        }
        if (addresses.size() == 2 && addresses.getFirst().equals(addresses.getLast())) {
            throw new IllegalArgumentException(
                    "the two cards are the same, " + addresses.getFirst() + ": name it once");
        }
    }

    /** Names of options behind the first, each with whether it is given: none of them goes with it. */
    private static void apart(String name, boolean given, Object... others) {
        for (int i = 0; given && i < others.length; i += 2) {
            if ((boolean) others[i + 1]) {
                throw new IllegalArgumentException(name + " and " + others[i] + " do not go together: leave out one");
            }
        }
    }

    private static void needs(String name, boolean given, String other, boolean otherGiven) {
        if (given && !otherGiven) {
            throw new IllegalArgumentException(name + " is for " + other + ", which is missing");
        }
    }
}
