package ixy4j.apps;

import ixy4j.Device;
import ixy4j.DeviceStats;
import ixy4j.apps.traffic.Latency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Prints what the cards do: each second a line a card, and totals when it is closed. It is opened before the cards, so that it
 * is closed after them, whatever ends the run, and has what they sent last.
 */
abstract class Reporter implements AutoCloseable {
    private final boolean quiet;
    private Port[] ports; // null before the beginning
    private long start;
    private final Map<String, LongSupplier> extras = new LinkedHashMap<>();
    private final Set<String> losses = new HashSet<>();
    private Supplier<Latency> latency = () -> null; // none is measured
    private Supplier<String> remark = () -> "";

    Reporter(boolean quiet) {
        this.quiet = quiet;
    }

    /** The reporter that the options ask for. */
    static Reporter of(RunOptions options) {
        return options.json ? new JsonReporter(options.quiet) : new TextReporter(options.quiet, Output.OUT);
    }

    /** One for a command whose output is something else: totals only, and for people on the standard error. */
    static Reporter atTheEnd(RunOptions options) {
        return options.json ? new JsonReporter(true) : new TextReporter(true, Output.ERR);
    }

    /** Packets move from now on between these cards; what there is to say about their wires is said before. */
    void begin(Device... devices) {
        for (Device device : devices) {
            if (Port.isEmulated(device)) {
                ModelWire.tellRemark(device.address());
            }
        }
        ports = Stream.of(devices).map(Port::new).toArray(Port[]::new);
        start = System.nanoTime();
    }

    /** A figure of the command's own for the totals, to be asked for at the end. */
    void add(String name, LongSupplier value) {
        extras.put(name, value);
    }

    /** One of frames that were lost, 0 if all went well. */
    void addLoss(String name, LongSupplier value) {
        add(name, value);
        losses.add(name);
    }

    /** How long frames are on their way, to be asked for at the end. */
    void addLatency(Supplier<Latency> value) {
        latency = value;
    }

    /** What people are told beside the figures of a second, empty if there is nothing to tell; to be asked for each second. */
    void addRemark(Supplier<String> value) {
        remark = value;
    }

    /** What there is to tell now. */
    final String remark() {
        return remark.get();
    }

    /** Whether a figure is one of frames that were lost. */
    final boolean isLoss(String name) {
        return losses.contains(name);
    }

    /** The second is over. */
    void second() {
        for (Port port : ports) {
            Port.Rates rates = port.next();
            if (!quiet) {
                print(port.address(), rates);
            }
        }
    }

    /** All is over, well or not: prints the totals, if anything has begun. */
    @Override
    public void close() {
        if (ports == null) {
            return;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        for (Port port : ports) {
            port.last();
            Port.Rates mean = Port.Rates.of(DeviceStats.NONE, port.stats(), port.lost(), seconds);
            printTotals(port, mean);
        }
        printEnd(seconds, extras, latency.get());
    }

    abstract void print(String address, Port.Rates rates);

    abstract void printTotals(Port port, Port.Rates mean);

    /** @param latency null if none was measured */
    abstract void printEnd(double seconds, Map<String, LongSupplier> extras, Latency latency);
}
