package ixy4j.bench.run;

import ixy4j.model.wire.CheckingSink;
import ixy4j.model.wire.Generator;
import ixy4j.model.wire.Wire;

/**
 * What two cards in memory are plugged into: wires that make the traffic and check each frame that comes out, or tell how
 * long it took.
 */
final class Wires {
    private final Wire[] wires = new Wire[2];
    private final Residence residence; // null if nobody asks how long frames take

    Wires(Order order) {
        residence = order.what() == Order.What.LATENCY || order.what() == Order.What.WAITING ? new Residence() : null;
        for (int i = 0; i < 2; i++) {
            wires[i] = wire(order, i == 0 || order.setup().bothWays());
        }
    }

    private Wire wire(Order order, boolean sends) {
        int size = order.setup().size();
        if (residence != null) {
            return new StampedWire(size, order.mpps(), sends && order.mpps() >= 0, residence);
        }
        if (order.setup().device() != Setup.Cards.MODEL) {
            return new LightWire(size, sends, order.setup().touch().added());
        }
        return sends ? new Generator(size, order.mpps(), 0, false) : new CheckingSink(-1, false);
    }

    /** The wire of a card. */
    Wire wire(int card) {
        return wires[card];
    }

    /** A card is about to play: its wire is told what time it is. */
    void tick(int card) {
        if (wires[card] instanceof StampedWire stamped) {
            stamped.tick(System.nanoTime());
        }
    }

    /** How long frames took; null if nobody asked. */
    Residence residence() {
        return residence;
    }

    /** Frames that came out of both, so far. */
    long frames() {
        return frames(wires[0]) + frames(wires[1]);
    }

    private static long frames(Wire wire) {
        return switch (wire) {
            case StampedWire stamped -> stamped.frames();
            case LightWire light -> light.frames();
            case Generator generator -> generator.sink().frames();
            case CheckingSink sink -> sink.frames();
            default -> 0;
        };
    }

    /** What is wrong with what came out, in one line; null if nothing is. */
    String complaint() {
        for (int i = 0; i < 2; i++) {
            String wrong = switch (wires[i]) {
                case StampedWire stamped -> stamped.invalid() > 0 ? stamped.invalid() + " invalid" : null;
                case LightWire light -> light.wrong() > 0 ? light.wrong() + " not as they should be" : null;
                case Generator generator -> wrong(generator.sink());
                case CheckingSink sink -> wrong(sink);
                default -> null;
            };
            if (wrong != null) {
                return "frames that came out of card " + i + " were wrong: " + wrong;
            }
        }
        return null;
    }

    /** Lost frames are no fault where cards drop what a forwarder is too slow for. */
    private static String wrong(CheckingSink sink) {
        return sink.invalid() + sink.late() > 0 ? sink.toString() : null;
    }
}
