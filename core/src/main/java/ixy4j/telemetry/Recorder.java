package ixy4j.telemetry;

import ixy4j.Device;
import ixy4j.DeviceStats;
import ixy4j.IxyException;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final long NONE = Long.MIN_VALUE; // which tools of the recorder show as N/A

    private static final Map<Device, Last> LAST = new ConcurrentHashMap<>();
    private static final Set<Device> GONE = ConcurrentHashMap.newKeySet(); // of which somebody was told
    private static final Map<Device, List<QueueCounts>> LAST_QUEUES = new ConcurrentHashMap<>();

    static {
        FlightRecorder.addPeriodicEvent(CardCounters.class, Recorder::count);
        FlightRecorder.addPeriodicEvent(
                QueueCounters.class, () -> Telemetry.open().forEach(Recorder::countQueues));
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

    @Name("ixy4j.QueueCounters")
    @Label("Queue Counters")
    @Category("ixy4j")
    @Description("What a queue of a card counted since it was last asked")
    @Period("1 s")
    @StackTrace(false)
    static final class QueueCounters extends Event {
        @Label("Card")
        String card;

        @Label("Direction")
        String direction;

        @Label("Queue")
        int queue;

        @Label("Frames")
        long packets;

        @Label("Bytes")
        @Description("Only of queues that count them")
        @DataAmount
        long bytes;

        @Label("Dropped Frames")
        long dropped;

        @Label("Wake-ups")
        @Description("System calls by which the queue had the kernel go on; of interfaces by AF_XDP")
        long wakeups;
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

    static void closed(Device device, List<QueueCounts> queues) {
        DeviceStats stats = device.stats();
        GONE.remove(device);
        countLast(device, stats, queues);
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
                Last now = new Last(device.stats(), device.linkSpeed());
                count(device, now);
                Telemetry.link(device, now.speed);
            } catch (IxyException e) {
                if (GONE.add(device)) {
                    Log.warning(e.getMessage()); // once, although the card says it each time
                }
            } catch (IllegalStateException e) {
                // it was closed just now
            }
        }
    }

    // What was counted last, and that a card is open, do not change while one of these runs. They ask no card: whoever
    // closes
    // one has its lock.

    private static synchronized void count(Device device, Last now) {
        if (!Telemetry.open().contains(device)) {
            return; // it was closed just now, and all of it counted
        }
        Last before = LAST.put(device, now);
        count(device.address(), now.stats, before == null ? DeviceStats.NONE : before.stats);
        if (before == null || before.speed != now.speed) {
            LinkChange change = new LinkChange();
            change.card = device.address();
            change.speed = now.speed;
            change.commit();
        }
    }

    private static synchronized void countQueues(Device device) {
        List<QueueCounts> now = Telemetry.queues(device);
        if (!now.isEmpty()) {
            count(device.address(), now, LAST_QUEUES.put(device, now));
        }
    }

    /** Also what came since a second was last over, so that the events of a card have all that it counted. */
    private static synchronized void countLast(Device device, DeviceStats stats, List<QueueCounts> queues) {
        Last before = LAST.remove(device);
        count(device.address(), stats, before == null ? DeviceStats.NONE : before.stats);
        count(device.address(), queues, LAST_QUEUES.remove(device));
    }

    private static void count(String card, DeviceStats now, DeviceStats old) {
        CardCounters event = new CardCounters();
        event.card = card;
        event.rxPackets = now.rxPackets() - old.rxPackets();
        event.rxBytes = now.rxBytes() - old.rxBytes();
        event.txPackets = now.txPackets() - old.txPackets();
        event.txBytes = now.txBytes() - old.txBytes();
        event.commit();
        drops(card, "missed", now.rxMissed() - old.rxMissed());
        drops(card, "crc error", now.rxCrcErrors() - old.rxCrcErrors());
        drops(card, "received wrong length", now.rxWrongLength() - old.rxWrongLength());
        drops(card, "broken", now.rxBroken() - old.rxBroken());
        drops(card, "pool empty", now.rxPoolEmpty() - old.rxPoolEmpty());
        drops(card, "unread", now.rxUnread() - old.rxUnread());
        drops(card, "sent wrong length", now.txWrongLength() - old.txWrongLength());
        drops(card, "unsent", now.txUnsent() - old.txUnsent());
    }

    private static void count(String card, List<QueueCounts> now, List<QueueCounts> before) {
        for (int i = 0; i < now.size(); i++) {
            count(card, now.get(i), before == null ? QueueCounts.NONE : before.get(i));
        }
    }

    private static void count(String card, QueueCounts now, QueueCounts before) {
        QueueCounters event = new QueueCounters();
        event.card = card;
        event.direction = now.direction();
        event.queue = now.queue();
        event.packets = now.packets() - before.packets();
        event.bytes = since(now.bytes(), before.bytes());
        event.dropped = now.dropped() - before.dropped();
        event.wakeups = since(now.wakeups(), before.wakeups());
        event.commit();
    }

    private static long since(long now, long before) {
        return now == Counted.UNKNOWN ? NONE : now - Math.max(0, before); // unknown before it was opened
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
