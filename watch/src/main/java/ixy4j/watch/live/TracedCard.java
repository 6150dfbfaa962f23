package ixy4j.watch.live;

import ixy4j.ixgbe.Registers;
import ixy4j.model.CardTotals;
import ixy4j.model.i82599.Card;
import ixy4j.watch.look.CardLooker;
import ixy4j.watch.look.Links;
import ixy4j.watch.look.View;
import ixy4j.watch.look.WatchedRegisters;
import ixy4j.watch.look.Words;
import ixy4j.watch.timeline.CardInfo;
import ixy4j.watch.timeline.CardState;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Chip;
import ixy4j.watch.timeline.RingPlace;
import ixy4j.watch.timeline.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An emulated card of which the driver is not ours, and how it is looked at. */
final class TracedCard {
    private static final int QUEUES = 2; // of each kind that are shown
    private static final int MOST_FRAMES = 64; // of a ring
    private static final String DOCS = "watch.md#what-the-card-says";

    private final int number;
    private final Card card;
    private final CardInfo info;
    private final CardLooker looker;
    private CardTotals totals; // when they were taken last

    TracedCard(int number, String name, Card card) {
        this.number = number;
        this.card = card;
        totals = card.totals();
        List<RingPlace> rings = new ArrayList<>();
        for (int queue = 0; queue < QUEUES; queue++) {
            rings.add(RingPlace.of82599(true, queue));
            rings.add(RingPlace.of82599(false, queue));
        }
        info = new CardInfo(name, Chip.I82599, card.mac().toString(), rings);
        looker = new CardLooker(number, info, MOST_FRAMES, WatchedRegisters.ofEmulated());
    }

    int number() {
        return number;
    }

    CardInfo info() {
        return info;
    }

    int[] offsets() {
        return looker.offsets();
    }

    CardTotals totals() {
        return card.totals();
    }

    /** What it had moved when this was called last. */
    CardTotals takeTotals() {
        CardTotals taken = totals;
        totals = card.totals();
        return taken;
    }

    void tellMistakes(Consumer<Change.Mistake> to) {
        card.mistakes().tell(sentence -> to.accept(new Change.Mistake(number, sentence, DOCS)));
    }

    /** Looks at registers and rings, and if need be at descriptors and frames. */
    void look(State now, boolean all) {
        card.look(seen -> {
            View view = View.of(seen);
            if (all) {
                looker.look(view, List.of(), null, now);
            } else {
                looker.lookBriefly(view, List.of(), now);
            }
            CardState state = now.card(number);
            state.setLink(Links.of82599(view.register(Registers.LINKS), state.link()));
            count(state.counts());
        });
    }

    private void count(Map<String, Long> counts) {
        CardTotals now = card.totals();
        counts.put("rx_packets", now.received());
        counts.put("tx_packets", now.sent());
        counts.put("dropped", now.dropped());
        counts.put("faulty", now.faulty());
        counts.put("filtered", now.filtered());
        counts.put("lost", now.lost());
    }

    List<Change> moved(CardTotals before, CardTotals now) {
        List<Change> moved = new ArrayList<>();
        if (now.received() > before.received()) {
            moved.add(new Change.Moved(number, true, now.received() - before.received()));
        }
        if (now.sent() > before.sent()) {
            moved.add(new Change.Moved(number, false, now.sent() - before.sent()));
        }
        return moved;
    }

    static String sentence(CardTotals before, CardTotals now) {
        long received = now.received() - before.received();
        long sent = now.sent() - before.sent();
        if (received + sent == 0) {
            return "The card goes on";
        }
        String written = received == 0 ? "" : " has written " + Words.frames(received) + " to buffers";
        String gone = sent == 0 ? "" : " has sent " + Words.frames(sent);
        return "The card" + written + (received == 0 || sent == 0 ? "" : " and") + gone;
    }
}
