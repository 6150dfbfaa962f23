package ixy4j.model.i82599;

import ixy4j.MacAddress;
import ixy4j.model.Mistakes;

/**
 * How to make an emulated card.
 *
 * @param name for messages
 * @param mac its own address
 * @param policy what happens at a mistake of the driver
 * @param strict whether descriptors are compared with what they were when the tail handed them over; costs time
 * @param spread how many receive queues frames go to in turn: not what a card does, but a way to try several queues
 * @param faults what is broken about it
 */
public record CardOptions(
        String name, MacAddress mac, Mistakes.Policy policy, boolean strict, int spread, CardFaults faults) {
    /** For tests: stops at the first mistake, looks closely, works. */
    public static final CardOptions STEPPED = new CardOptions(
            "model", new MacAddress(0x02_82_59_90_00_00L), Mistakes.Policy.STOP, true, 1, CardFaults.NONE);

    /** For demonstrations and measurements: counts mistakes and goes on. */
    public static final CardOptions RUNNING =
            new CardOptions("model", STEPPED.mac, Mistakes.Policy.COUNT, false, 1, CardFaults.NONE);

    /** Checks the ranges. */
    public CardOptions {
        mac.checkOwn();
        if (spread < 1 || spread > Board.QUEUES) {
            throw new IllegalArgumentException("frames go to 1 to " + Board.QUEUES + " queues, not " + spread);
        }
    }

    /** The same with another name. */
    public CardOptions withName(String other) {
        return new CardOptions(other, mac, policy, strict, spread, faults);
    }

    /** The same with another address. */
    public CardOptions withMac(MacAddress other) {
        return new CardOptions(name, other, policy, strict, spread, faults);
    }

    /** The same with another policy. */
    public CardOptions withPolicy(Mistakes.Policy other) {
        return new CardOptions(name, mac, other, strict, spread, faults);
    }

    /** The same, strict or not. */
    public CardOptions withStrict(boolean on) {
        return new CardOptions(name, mac, policy, on, spread, faults);
    }

    /** The same with frames going to {@code queues} queues in turn. */
    public CardOptions withSpread(int queues) {
        return new CardOptions(name, mac, policy, strict, queues, faults);
    }

    /** The same with other faults. */
    public CardOptions withFaults(CardFaults other) {
        return new CardOptions(name, mac, policy, strict, spread, other);
    }
}
