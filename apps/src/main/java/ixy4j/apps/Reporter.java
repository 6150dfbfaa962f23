package ixy4j.apps;

import ixy4j.Device;
import ixy4j.DeviceStats;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Prints what the cards do: each second a line a card, and totals at the end. */
abstract class Reporter {
    private final boolean quiet;
    private final Port[] ports;
    private final long start = System.nanoTime();
    private final Map<String, Long> extras = new LinkedHashMap<>();
    private final Set<String> losses = new HashSet<>();

    Reporter(boolean quiet, Port... ports) {
        this.quiet = quiet;
        this.ports = ports;
    }

    /** The reporter that the options ask for. */
    static Reporter of(RunOptions options, Device... devices) {
        Port[] ports = Stream.of(devices).map(Port::new).toArray(Port[]::new);
        return options.json ? new JsonReporter(options.quiet, ports) : new TextReporter(options.quiet, ports);
    }

    /** A figure of the command's own for the totals. */
    void add(String name, long value) {
        extras.put(name, value);
    }

    /** One of frames that were lost, 0 where all went well. */
    void addLoss(String name, long value) {
        add(name, value);
        losses.add(name);
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

    /** All is over. */
    void summary() {
        double seconds = (System.nanoTime() - start) / 1e9;
        for (Port port : ports) {
            port.next();
            Port.Rates mean = Port.Rates.of(DeviceStats.NONE, port.stats(), port.lost(), seconds);
            printTotals(port, mean);
        }
        printEnd(seconds, extras);
    }

    abstract void print(String address, Port.Rates rates);

    abstract void printTotals(Port port, Port.Rates mean);

    abstract void printEnd(double seconds, Map<String, Long> extras);
}
