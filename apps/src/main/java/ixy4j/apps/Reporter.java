package ixy4j.apps;

import ixy4j.Device;
import ixy4j.DeviceStats;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Prints what the cards do: each second a line a card, and totals at the end. */
abstract class Reporter {
    private final boolean quiet;
    private final Port[] ports;
    private final long start = System.nanoTime();
    private final Map<String, Long> extras = new LinkedHashMap<>();

    Reporter(boolean quiet, Port... ports) {
        this.quiet = quiet;
        this.ports = ports;
    }

    /** The reporter that the options ask for; what there is to say about the cards' wires is said before. */
    static Reporter of(RunOptions options, Device... devices) {
        Stream.of(devices)
                .map(Device::address)
                .filter(address -> address.startsWith("model:"))
                .forEach(WireRemarks::print);
        Port[] ports = Stream.of(devices).map(Port::new).toArray(Port[]::new);
        return options.json ? new JsonReporter(options.quiet, ports) : new TextReporter(options.quiet, ports);
    }

    /** A figure of the command's own for the totals. */
    void add(String name, long value) {
        extras.put(name, value);
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
            Port.Rates mean = Port.Rates.of(DeviceStats.NONE, port.stats(), seconds);
            printTotals(port, mean);
        }
        printEnd(seconds, extras);
    }

    abstract void print(String address, Port.Rates rates);

    abstract void printTotals(Port port, Port.Rates mean);

    abstract void printEnd(double seconds, Map<String, Long> extras);
}
