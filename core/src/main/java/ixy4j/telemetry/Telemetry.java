package ixy4j.telemetry;

import ixy4j.Device;
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
    private static final Set<Device> OPEN = ConcurrentHashMap.newKeySet();

    private Telemetry() {}

    /** A card was opened. */
    public static void opened(Device device) {
        OPEN.add(device);
        if (isRecording()) {
            Recorder.opened(device);
        }
        if (JMX) {
            Beans.register(device);
        }
    }

    /** It was closed; may be told more than once, and of one that was never opened. */
    public static void closed(Device device) {
        if (!OPEN.remove(device)) {
            return;
        }
        if (isRecording()) {
            Recorder.closed(device);
        }
        if (JMX) {
            Beans.remove(device);
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

    static Set<Device> open() {
        return OPEN;
    }
}
