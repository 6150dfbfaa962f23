package ixy4j.telemetry;

import ixy4j.Device;
import ixy4j.DeviceStats;
import ixy4j.IxyException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** Writes events. Loaded only once the recorder runs. */
final class Recorder {
    private static final long SHORTEST_WAIT = 1_000_000; // ns; at high rates there are too many shorter ones

    private static final Map<Device, Last> LAST = new ConcurrentHashMap<>();

    static {
        FlightRecorder.addPeriodicEvent(CardCounters.class, Recorder::count);
    }

    /** How a card was when it was last looked at. */
    private record Last(DeviceStats stats, int speed) {}

    private Recorder() {}

    @Name("ixy4j.CardOpened")
    @Label("Card Opened")
    @Category("ixy4j")
    static final class CardOpened extends Event {
        @Label("Card")
        String card;

        @Label("Descriptors")
        @Description("Of all its queues")
        int descriptors;
    }

    @Name("ixy4j.CardClosed")
    @Label("Card Closed")
    @Category("ixy4j")
    static final class CardClosed extends Event {
        @Label("Card")
        String card;

        @Label("Received Frames")
        long rxPackets;

        @Label("Sent Frames")
        long txPackets;

        @Label("Dropped Frames")
        long dropped;
    }

    @Name("ixy4j.CardCounters")
    @Label("Card Counters")
    @Category("ixy4j")
    @Description("What a card counted since it was last asked")
    @Period("1 s")
    @StackTrace(false)
    static final class CardCounters extends Event {
        @Label("Card")
        String card;

        @Label("Received Frames")
        long rxPackets;

        @Label("Received Bytes")
        @DataAmount
        long rxBytes;

        @Label("Sent Frames")
        long txPackets;

        @Label("Sent Bytes")
        @DataAmount
        long txBytes;
    }

    @Name("ixy4j.Drops")
    @Label("Dropped Frames")
    @Category("ixy4j")
    @Description("Frames that were dropped since the card was last asked, for one reason")
    @StackTrace(false)
    static final class Drops extends Event {
        @Label("Card")
        String card;

        @Label("Reason")
        String reason;

        @Label("Frames")
        long frames;
    }

    @Name("ixy4j.LinkChange")
    @Label("Link Change")
    @Category("ixy4j")
    @StackTrace(false)
    static final class LinkChange extends Event {
        @Label("Card")
        String card;

        @Label("Speed")
        @Description("In Mbit/s, 0 without a link")
        int speed;
    }

    @Name("ixy4j.Wait")
    @Label("Wait for Frames")
    @Category("ixy4j")
    @StackTrace(false)
    static final class Wait extends Event {
        @Label("Time")
        @Timespan(Timespan.NANOSECONDS)
        long nanos;

        @Label("Woken")
        @Description(
                "By an interrupt, or by a program; otherwise since a second was over, or frames had come meanwhile")
        boolean woken;
    }

    static void opened(Device device) {
        CardOpened event = new CardOpened();
        event.card = device.address();
        event.descriptors = device.descriptors();
        event.commit();
    }

    static void closed(Device device) {
        LAST.remove(device);
        DeviceStats stats = device.stats();
        CardClosed event = new CardClosed();
        event.card = device.address();
        event.rxPackets = stats.rxPackets();
        event.txPackets = stats.txPackets();
        event.dropped = stats.rxDropped() + stats.txDropped();
        event.commit();
    }

    static void slept(long since, boolean woken) {
        Wait event = new Wait();
        event.nanos = System.nanoTime() - since;
        event.woken = woken;
        if (event.nanos >= SHORTEST_WAIT) {
            event.commit();
        }
    }

    /** Called by a thread of the recorder's. */
    private static void count() {
        for (Device device : Telemetry.open()) {
            try {
                count(device, new Last(device.stats(), device.linkSpeed()));
            } catch (IxyException | IllegalStateException e) {
                // it is gone, or was closed just now: whoever uses it finds out
            }
        }
    }

    private static void count(Device device, Last now) {
        Last before = LAST.put(device, now);
        DeviceStats old = before == null ? DeviceStats.NONE : before.stats;
        CardCounters event = new CardCounters();
        event.card = device.address();
        event.rxPackets = now.stats.rxPackets() - old.rxPackets();
        event.rxBytes = now.stats.rxBytes() - old.rxBytes();
        event.txPackets = now.stats.txPackets() - old.txPackets();
        event.txBytes = now.stats.txBytes() - old.txBytes();
        event.commit();
        drops(event.card, "missed", now.stats.rxMissed() - old.rxMissed());
        drops(event.card, "crc error", now.stats.rxCrcErrors() - old.rxCrcErrors());
        drops(event.card, "received wrong length", now.stats.rxWrongLength() - old.rxWrongLength());
        drops(event.card, "broken", now.stats.rxBroken() - old.rxBroken());
        drops(event.card, "pool empty", now.stats.rxPoolEmpty() - old.rxPoolEmpty());
        drops(event.card, "unread", now.stats.rxUnread() - old.rxUnread());
        drops(event.card, "sent wrong length", now.stats.txWrongLength() - old.txWrongLength());
        drops(event.card, "unsent", now.stats.txUnsent() - old.txUnsent());
        if (before == null || before.speed != now.speed) {
            LinkChange change = new LinkChange();
            change.card = event.card;
            change.speed = now.speed;
            change.commit();
        }
    }

    private static void drops(String card, String reason, long frames) {
        if (frames > 0) {
            Drops event = new Drops();
            event.card = card;
            event.reason = reason;
            event.frames = frames;
            event.commit();
        }
    }
}
