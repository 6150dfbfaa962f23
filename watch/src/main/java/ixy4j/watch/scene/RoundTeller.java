package ixy4j.watch.scene;

import ixy4j.ixgbe.Registers;
import ixy4j.model.CardTotals;
import ixy4j.watch.look.Words;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Place;
import ixy4j.watch.timeline.RingField;
import java.util.List;
import java.util.StringJoiner;

/** Says in a sentence what a card did in a round. */
final class RoundTeller {
    private RoundTeller() {}

    /** What it did, by what it moved in all before and after, and by what changed. */
    static String sentence(CardTotals before, CardTotals after, List<Change> changes) {
        if (hasLostItsRings(changes)) {
            return "The card has no ring any more: its registers are as after a reset";
        }
        StringJoiner text = new StringJoiner(", and ", "The card ", "").setEmptyValue("The card finds nothing to do");
        add(text, after.sent() - before.sent(), "sends ", "");
        long received = after.received() - before.received();
        add(text, received, "writes ", received == 1 ? " to the buffer of a descriptor" : " to buffers of descriptors");
        add(text, after.dropped() - before.dropped(), "drops ", ", for which it has no descriptor");
        add(text, after.faulty() - before.faulty(), "drops ", " with a wrong FCS or length");
        add(text, after.filtered() - before.filtered(), "leaves ", " alone, for another address");
        for (Change change : changes) {
            if (change instanceof Change.Link link) {
                text.add(link.now() == 0 ? "has lost its link" : "has a link of " + link.now() + " Mbit/s");
            }
        }
        if (text.length() == "The card finds nothing to do".length() && hasState(changes)) {
            text.add(changed(changes));
        }
        return text.toString();
    }

    private static boolean hasLostItsRings(List<Change> changes) {
        return changes.stream()
                .anyMatch(change ->
                        change instanceof Change.Ring ring && ring.field() == RingField.SIZE && ring.now() == 0);
    }

    private static void add(StringJoiner text, long frames, String verb, String rest) {
        if (frames > 0) {
            text.add(verb + Words.frames(frames) + rest);
        }
    }

    private static boolean hasState(List<Change> changes) {
        return changes.stream().anyMatch(change -> !(change instanceof Change.Move));
    }

    private static String changed(List<Change> changes) {
        boolean writesBack = changes.stream().anyMatch(Change.Desc.class::isInstance);
        if (writesBack) {
            return "writes descriptors back";
        }
        List<String> registers = changes.stream()
                .filter(Change.Reg.class::isInstance)
                .map(change -> Registers.name(((Change.Reg) change).offset()))
                .limit(3)
                .toList();
        return registers.isEmpty() ? "goes on" : "goes on: " + String.join(", ", registers) + " changed";
    }

    /** What arrived. */
    static String arrival(Change.Move move) {
        return move.to() == Place.CARD
                ? "A frame arrives at the port: " + move.frame().text()
                : "A frame is lost on the wire: " + move.frame().text();
    }
}
