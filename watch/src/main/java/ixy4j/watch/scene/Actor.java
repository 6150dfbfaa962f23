package ixy4j.watch.scene;

import ixy4j.watch.timeline.Who;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who can do the next step.
 *
 * @param who it is
 * @param card of two, whose it is
 */
record Actor(Who who, int card) {
    private static final Actor DRIVER = new Actor(Who.DRIVER, -1);
    private static final List<Actor> CARDS = List.of(new Actor(Who.CARD, 0), new Actor(Who.CARD, 1));
    private static final List<Actor> WIRES = List.of(new Actor(Who.WIRE, 0), new Actor(Who.WIRE, 1));

    /** Whose turn it is while cards are opened: the driver's, then each card's, and again. */
    static Actor inTurn(int turn) {
        return turn % 3 == 0 ? DRIVER : CARDS.get(turn % 3 - 1);
    }

    /** Whose turn it is while frames move: as it comes, so that rings run full and empty. More arrive at the first card. */
    static Actor byChance(SplittableRandom random) {
        int drawn = random.nextInt(24);
        return drawn < 5
                ? WIRES.get(0)
                : drawn < 8 ? WIRES.get(1) : drawn < 12 ? CARDS.get(0) : drawn < 16 ? CARDS.get(1) : DRIVER;
    }

    /** The driver, or a card, each in turn. */
    static Actor of(Who who, int turn) {
        return who == Who.DRIVER ? DRIVER : CARDS.get(turn % 2);
    }
}
