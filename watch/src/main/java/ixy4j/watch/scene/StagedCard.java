package ixy4j.watch.scene;

import ixy4j.MacAddress;
import ixy4j.intel.QueueLook;
import ixy4j.ixgbe.Registers;
import ixy4j.model.CardTotals;
import ixy4j.model.Mistakes;
import ixy4j.model.ModelFunction;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardFaults;
import ixy4j.model.i82599.CardOptions;
import ixy4j.packet.PacketPool;
import ixy4j.spi.Bar;
import ixy4j.spi.PciFunction;
import ixy4j.watch.look.CardLooker;
import ixy4j.watch.look.Links;
import ixy4j.watch.look.View;
import ixy4j.watch.look.WatchedRegisters;
import ixy4j.watch.timeline.CardInfo;
import ixy4j.watch.timeline.CardState;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Chip;
import ixy4j.watch.timeline.RingPlace;
import ixy4j.watch.timeline.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A card of a scene with its wire, what arrives there, and who looks at it. */
final class StagedCard implements AutoCloseable {
    /** The numbers of its rings. */
    static final int RX = 0;

    static final int TX = 1;

    private static final int FCS = 4;

    private final int number;
    private final SceneWire wire = new SceneWire();
    private final SceneFrames source;
    private final Card card;
    private final CardInfo info;
    private final CardLooker looker;
    private final List<String> mistakes = new ArrayList<>(); // since they were last taken

    StagedCard(int number, Set<Breakage> broken) {
        this.number = number;
        MacAddress mac = new MacAddress(CardOptions.STEPPED.mac().bits() + number);
        CardFaults faults = CardFaults.NONE;
        for (Breakage one : broken) {
            faults = one.addTo(faults);
        }
        card = new Card(
                wire,
                CardOptions.STEPPED
                        .withName("model:" + number)
                        .withMac(mac)
                        .withPolicy(Mistakes.Policy.COUNT)
                        .withFaults(faults));
        card.mistakes().tell(mistakes::add);
        source = new SceneFrames(mac.bits(), number + 1);
        info = new CardInfo(
                "model:" + number,
                Chip.I82599,
                mac.toString(),
                List.of(RingPlace.of82599(true, 0), RingPlace.of82599(false, 0)));
        looker = new CardLooker(number, info, Integer.MAX_VALUE, WatchedRegisters.ofEmulated());
    }

    int number() {
        return number;
    }

    CardInfo info() {
        return info;
    }

    SceneWire wire() {
        return wire;
    }

    SceneFrames source() {
        return source;
    }

    int[] offsets() {
        return looker.offsets();
    }

    CardTotals totals() {
        return card.totals();
    }

    /** Its registers, past the gate. */
    Bar bar() {
        return card.bar();
    }

    PciFunction function(Gate gate, DriverMistakes mistakes) {
        return new GatedFunction(new ModelFunction(info.name(), card), number, gate, mistakes);
    }

    void step() {
        card.step();
    }

    void look(Consumer<View> action) {
        card.look(view -> action.accept(View.of(view)));
    }

    /** Looks at all there is to see of it, and puts that where what was there before is. */
    void look(View view, List<QueueLook> queues, PacketPool pool, State now) {
        looker.look(view, queues, pool, now);
        CardState state = now.card(number);
        state.setLink(Links.of82599(view.register(Registers.LINKS), state.link()));
        count(view, state.counts());
    }

    private void count(View view, Map<String, Long> counts) {
        CardTotals totals = card.totals();
        counts.put("rx_packets", totals.received());
        counts.put("rx_bytes", unsigned(view, Registers.QBRC_L) + FCS * unsigned(view, Registers.QPRC));
        counts.put("tx_packets", totals.sent());
        counts.put("tx_bytes", unsigned(view, Registers.GOTCL));
        counts.put("dropped", totals.dropped());
        counts.put("faulty", totals.faulty());
        counts.put("filtered", totals.filtered());
        counts.put("lost", totals.lost());
    }

    private static long unsigned(View view, int register) {
        return Integer.toUnsignedLong(view.register(register));
    }

    /** The mistakes that it named since this was last called. */
    List<Change> takeMistakes(Supplier<String> docs) {
        List<Change> taken = new ArrayList<>();
        for (String sentence : mistakes) {
            taken.add(new Change.Mistake(number, sentence, docs.get()));
        }
        mistakes.clear();
        return taken;
    }

    @Override
    public void close() {
        card.close();
    }
}
