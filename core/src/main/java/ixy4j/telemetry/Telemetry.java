package ixy4j.telemetry;

import ixy4j.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.FlightRecorder;

/**
 * Which cards are open, for those who watch the JVM. To load the recorder or a bean server takes a tenth of a second, so both
 * are left alone until somebody has started the one, or asked for the other by {@code -Dixy4j.jmx=true}. Safe for all threads; none of it
 * is on the path of a packet.
 */
public final class Telemetry {
    private static final boolean JMX = Boolean.getBoolean("ixy4j.jmx");
    private static final Map<Device, Queues> OPEN = new ConcurrentHashMap<>();
    private static final Map<Device, Integer> LINKS = new ConcurrentHashMap<>(); // as they were last seen

    /** Of a card; null is a queue that was not opened yet. Of one that just is, a thread that asks sees all, or zeros. */
    private record Queues(List<Counted> rx, List<Counted> tx) {}

    private Telemetry() {}

    /**
     * A card was opened.
     *
     * @param rx its receive queues, by number; null for one that is not made before it is opened, and then put there
     * @param tx its transmit queues
     */
    public static void opened(Device device, Counted[] rx, Counted... tx) {
        Queues queues = new Queues(Arrays.asList(rx), Arrays.asList(tx)); // which show what is put there later
        OPEN.put(device, queues);
        Log.debug(
                device.address(),
                ": opened by ",
                device.getClass().getSimpleName(),
                ", receive queues: ",
                rx.length,
                ", transmit queues: ",
                tx.length);
        if (isRecording()) {
            Recorder.opened(device);
        }
        if (JMX) {
            Beans.register(device, queues.rx, queues.tx);
        }
    }

    /** It was closed; may be told more than once, and of one that was never opened. */
    public static void closed(Device device) {
        Queues queues = OPEN.remove(device);
        if (queues == null) {
            return;
        }
        LINKS.remove(device);
        Log.debug(device.address(), ": closed");
        if (isRecording()) {
            Recorder.closed(device, counts(queues));
        }
        if (JMX) {
            Beans.remove(device);
        }
    }

    /** Somebody looked at a card's link: its speed in Mbit/s, 0 without one. */
    public static void link(Device device, int speed) {
        if (OPEN.containsKey(device)) {
            Integer before = LINKS.put(device, speed);
            if (before == null || before != speed) {
                Log.debug(device.address(), ": link, ", speed, " Mbit/s");
            }
        }
    }

    /** Whether somebody has started the recorder. */
    public static boolean isRecording() {
        return FlightRecorder.isInitialized();
    }

    /** A thread that had no frames slept, from a time of {@link System#nanoTime} on; only while recording. */
    public static void slept(long since, boolean woken) {
        Recorder.slept(since, woken);
    }

    /** What each queue of a card has counted, receive queues first; nothing of a card that is closed. */
    public static List<QueueCounts> queues(Device device) {
        Queues queues = OPEN.get(device);
        return queues == null ? List.of() : counts(queues);
    }

    private static List<QueueCounts> counts(Queues queues) {
        List<QueueCounts> counts = new ArrayList<>();
        add(counts, "rx", queues.rx);
        add(counts, "tx", queues.tx);
        return counts;
    }

    private static void add(List<QueueCounts> counts, String direction, List<Counted> queues) {
        for (int i = 0; i < queues.size(); i++) {
            counts.add(QueueCounts.of(direction, i, queues.get(i)));
        }
    }

    static Set<Device> open() {
        return OPEN.keySet();
    }
}
