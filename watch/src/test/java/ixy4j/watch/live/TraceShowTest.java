package ixy4j.watch.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.ixgbe.Registers;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.vfiouser.RegisterObserver;
import ixy4j.model.wire.Generator;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Moment;
import ixy4j.watch.timeline.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accesses of a driver that is not ours. */
class TraceShowTest {
    private final Card card = new Card(new Generator(60, 0, 1, false), CardOptions.RUNNING);

    /** As a server does it. */
    private void write(RegisterObserver observer, int offset, int value) {
        observer.write(offset, value);
        card.bar().set32(offset, value);
    }

    private void read(RegisterObserver observer, int offset) {
        observer.read(offset, card.bar().get32(offset));
    }

    @Test
    void eachAccessHasWhatItChanged() {
        try (card) {
            TraceShow show = new TraceShow(List.of("a"), List.of(card));
            RegisterObserver observer = show.observer(0);
            write(observer, Registers.FCTRL, Registers.FCTRL_BAM);
            read(observer, Registers.STATUS);
            for (int i = 0; i < 128; i++) {
                write(observer, Registers.MTA + 4 * i, 0);
            }
            write(observer, 0x00001, 7); // a mistake
            show.close();
            List<Moment> moments = show.timeline().moments();
            Moment filter = find(moments, "The driver writes FCTRL: 0x00000400, BAM");
            assertTrue(filter.changes().contains(new Change.Reg(0, Registers.FCTRL, 0, Registers.FCTRL_BAM)));
            assertTrue(filter.changes().stream().anyMatch(Change.Read.class::isInstance), "with the read of STATUS");
            find(moments, "The driver writes 0x00000000 to 128 registers of MTA");
            assertTrue(moments.stream()
                    .flatMap(moment -> moment.changes().stream())
                    .anyMatch(change -> change instanceof Change.Mistake mistake
                            && mistake.sentence().contains("0x00001")));
            State state = show.timeline().heading().before();
            moments.forEach(state::apply);
            assertEquals(Registers.FCTRL_BAM, state.card(0).registers().get(Registers.FCTRL));
        }
    }

    private static Moment find(List<Moment> moments, String what) {
        return moments.stream()
                .filter(moment -> moment.what().equals(what))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(moments.stream().map(Moment::what).toList()));
    }

    @Test
    @Timeout(60)
    void aDriverThatNeverRestsIsCountedInTheEnd() {
        try (card;
                TraceShow show = new TraceShow(List.of("a"), List.of(card))) {
            RegisterObserver observer = show.observer(0);
            boolean told = false;
            for (int i = 0; !told; i++) {
                read(observer, i % 2 == 0 ? Registers.EIMS : Registers.CTRL);
                told = i % 1000 == 0
                        && show.timeline().moments().stream()
                                .anyMatch(moment -> moment.what().endsWith("accesses before it are not shown)"));
            }
            assertTrue(show.timeline().next() < 1000, "few are shown");
        }
    }
}
