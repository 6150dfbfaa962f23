package ixy4j.watch.live;

import ixy4j.model.CardTotals;
import ixy4j.model.i82599.Card;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.watch.server.Show;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Heading;
import ixy4j.watch.timeline.State;
import ixy4j.watch.timeline.Timeline;
import ixy4j.watch.timeline.Who;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * Emulated cards that another process drives: each access to a register with what it changed, and between those what the cards
 * did. A driver waits at each access as long as a look at its card takes. Of what it does again and again the first times are shown,
 * and of one that never comes to rest some accesses; the others are counted.
 */
public final class TraceShow implements Show, AutoCloseable {
    private static final long PERIOD = 50; // ms from one look at all cards to the next
    private static final int KEPT = 150_000; // changes
    private static final long ALIVE = 500_000_000; // ns, after which an access is shown whatever it is
    private static final double BURST = 20_000; // moments, as many as Linux's ixgbe makes when it brings a card up
    private static final double SUSTAINED = 100; // moments a second, of a driver that goes on and on

    private final List<TracedCard> cards;
    private final Queue<Change.Mistake> mistakes = new ConcurrentLinkedQueue<>(); // told by who has a card's lock
    private final Timeline timeline;
    private final long start = System.nanoTime();
    private final Thread thread =
            Thread.ofPlatform().name("ixy4j-watch").daemon().unstarted(this::run);
    private State state; // guarded by this, as all that follows
    private double credit = BURST; // moments
    private long credited = start; // when that was, by System.nanoTime
    private long shown = start; // when an access was shown last, by System.nanoTime
    private final RepeatedAccesses rounds = new RepeatedAccesses();
    private long skipped; // accesses that were not shown, since others like them were
    private Accesses pending; // of which the last may not have had its effect yet; null if there are none
    private boolean closed;

    /** Begins to watch cards, each with its name. */
    public TraceShow(List<String> names, List<Card> watched) {
        cards = IntStream.range(0, watched.size())
                .mapToObj(i -> new TracedCard(i, names.get(i), watched.get(i)))
                .toList();
        timeline = new Timeline(
                new Heading(
                        "Cards that another process drives",
                        Heading.Source.TRACE,
                        cards.stream().map(TracedCard::info).toList(),
                        0,
                        0,
                        List.of()),
                KEPT);
        state = timeline.heading().before();
        for (TracedCard card : cards) {
            card.tellMistakes(mistakes::add);
        }
        add(Who.CARD, -1, "What there is when the watch begins", 0, List.of(), cards, true);
        thread.start();
    }

    @Override
    public Timeline timeline() {
        return timeline;
    }

    /** To be told of each access to a card's registers. */
    public RegisterObserver observer(int card) {
        return new RegisterObserver() {
            @Override
            public void read(int offset, int value) {
                access(card, false, offset, value);
            }

            @Override
            public void write(int offset, int value) {
                access(card, true, offset, value);
            }
        };
    }

    private synchronized void access(int card, boolean writes, int offset, int value) {
        boolean again = rounds.goOnWith(card, writes, offset);
        if (closed || (pending != null && pending.add(card, writes, offset, value))) {
            return;
        }
        flush();
        long now = System.nanoTime();
        credit = Math.min(BURST, credit + (now - credited) * SUSTAINED / 1e9);
        credited = now;
        if ((again && now - shown < ALIVE) || credit < 1) {
            skipped++;
            return;
        }
        credit--;
        shown = now;
        pending = new Accesses(card, now - start, writes, offset, value);
    }

    /** Shows what was done, with what it changed. */
    private void flush() {
        if (pending != null) {
            Accesses done = pending;
            pending = null;
            String what = done.sentence() + (skipped == 0 ? "" : " (" + skipped + " accesses before it are not shown)");
            skipped = 0;
            add(Who.DRIVER, done.card, what, done.nanos, done.changes(), List.of(cards.get(done.card)), false);
        }
    }

    private void run() {
        try {
            Accesses seen = null;
            while (sleep()) {
                seen = look(seen);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean sleep() throws InterruptedException {
        long due = System.nanoTime() + PERIOD * 1_000_000;
        for (long left = PERIOD; !closed && left > 0; left = (due - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return !closed;
    }

    /** Looks at all cards; accesses that were there at the last look, too, are not waited for. */
    private synchronized Accesses look(Accesses before) {
        if (pending != null && pending.equals(before)) {
            flush();
        }
        if (pending == null) {
            for (TracedCard card : cards) {
                CardTotals last = card.takeTotals();
                CardTotals now = card.totals();
                String what = TracedCard.sentence(last, now);
                add(
                        Who.CARD,
                        card.number(),
                        what,
                        System.nanoTime() - start,
                        card.moved(last, now),
                        List.of(card),
                        true);
            }
        }
        return pending;
    }

    private void add(
            Who who, int card, String what, long nanos, List<Change> done, List<TracedCard> lookedAt, boolean all) {
        State next = state.copy();
        lookedAt.forEach(one -> one.look(next, all));
        List<Change> changes = new ArrayList<>(done);
        changes.addAll(
                state.changesTo(next, cards.stream().map(TracedCard::offsets).toList()));
        for (Change.Mistake mistake = mistakes.poll(); mistake != null; mistake = mistakes.poll()) {
            changes.add(mistake);
        }
        if (!changes.isEmpty() || timeline.next() == 0) {
            timeline.add(nanos, who, card, what, null, changes);
        }
        state = next;
    }

    /** Watches no more, and keeps what it has seen. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                flush();
            }
            closed = true;
            notifyAll();
        }
        timeline.end();
    }
}
