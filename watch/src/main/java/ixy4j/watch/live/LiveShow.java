package ixy4j.watch.live;

import ixy4j.IxyException;
import ixy4j.packet.PacketPool;
import ixy4j.watch.server.Show;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Heading;
import ixy4j.watch.timeline.Owner;
import ixy4j.watch.timeline.State;
import ixy4j.watch.timeline.Timeline;
import ixy4j.watch.timeline.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The cards of a command that runs. A thread of its own looks at them some twenty times a second, at rings as a whole, now and then
 * at counters, and less often at all; it takes at most a twentieth of a processor, and nothing is kept up for it on the way of a
 * packet.
 */
public final class LiveShow implements Show, AutoCloseable {
    private static final long PERIOD = 50_000_000; // ns from one look to the next, at least
    private static final long LONGEST = 1_000_000_000; // ns from one look to the next, at most
    private static final int SHARE = 20; // of its time that it sleeps for the time that a look took
    private static final int COUNTING =
            5; // each of so many looks is at counters: they are read through the driver's registers
    private static final int DEEP = 10; // each of so many looks is at all
    private static final int KEPT = 100_000; // changes

    private final List<LiveCard> cards;
    private final Timeline timeline;
    private final Thread thread =
            Thread.ofPlatform().name("ixy4j-watch").daemon().unstarted(this::run);
    private final long start = System.nanoTime();
    private State state;
    private boolean closed; // guarded by this

    /** Begins to look at cards, whose queues are open; it ends before they are closed. */
    public LiveShow(String title, List<Watched> watched) {
        cards = IntStream.range(0, watched.size())
                .mapToObj(i -> new LiveCard(i, watched.get(i)))
                .toList();
        boolean onePool = watched.stream().map(Watched::pool).distinct().count() == 1;
        timeline = new Timeline(
                new Heading(
                        title,
                        Heading.Source.LIVE,
                        cards.stream().map(LiveCard::info).toList(),
                        onePool && hasRings() ? watched.getFirst().pool().capacity() : 0,
                        PacketPool.BUFFER_SIZE,
                        List.of()),
                KEPT);
        state = timeline.heading().before();
        thread.start();
    }

    private boolean hasRings() {
        return cards.stream().anyMatch(card -> !card.info().rings().isEmpty());
    }

    @Override
    public Timeline timeline() {
        return timeline;
    }

    private void run() {
        try {
            long took = 0;
            for (int i = 0; sleep(Math.clamp(SHARE * took, PERIOD, LONGEST)); i++) {
                long before = System.nanoTime();
                look(i % DEEP == 0, i % COUNTING == 0);
                took = System.nanoTime() - before;
            }
        } catch (IxyException | IllegalStateException e) {
            timeline.add(
                    System.nanoTime() - start,
                    Who.SAMPLE,
                    -1,
                    "No more can be seen: " + e.getMessage(),
                    null,
                    List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            timeline.end();
        }
    }

    private synchronized boolean sleep(long nanos) throws InterruptedException {
        long due = System.nanoTime() + nanos;
        for (long left = nanos; !closed && left > 0; left = due - System.nanoTime()) {
            wait(Math.max(1, left / 1_000_000));
        }
        return !closed;
    }

    private void look(boolean all, boolean counting) {
        State next = state.copy();
        if (all) {
            for (int i = 0; i < next.buffers(); i++) {
                next.setOwner(i, Owner.POOL); // or in a batch: nobody but the packet thread knows
            }
        }
        cards.forEach(card -> card.look(all, next));
        if (counting) {
            cards.forEach(card -> card.count(next));
        }
        List<Change> seen =
                state.changesTo(next, cards.stream().map(LiveCard::offsets).toList());
        List<Change> changes = new ArrayList<>(moved(seen));
        changes.addAll(seen);
        if (!changes.isEmpty()) {
            timeline.add(System.nanoTime() - start, Who.SAMPLE, -1, sentence(changes), null, changes);
        }
        state = next;
    }

    private static List<Change> moved(List<Change> seen) {
        List<Change> moved = new ArrayList<>();
        for (Change change : seen) {
            if (change instanceof Change.Count count && count.name().endsWith("x_packets")) {
                moved.add(new Change.Moved(count.card(), count.name().equals("rx_packets"), count.now() - count.old()));
            }
        }
        return moved;
    }

    private static String sentence(List<Change> changes) {
        long received = 0;
        long sent = 0;
        for (Change change : changes) {
            if (change instanceof Change.Moved moved) {
                received += moved.received() ? moved.frames() : 0;
                sent += moved.received() ? 0 : moved.frames();
            }
        }
        return received + sent == 0
                ? "No frame has moved"
                : "Since the last look, " + received + " frames were received and " + sent + " sent";
    }

    /** Looks no more: when this returns, cards and pools may be closed. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // a look is short, and memory must not go before its end
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
