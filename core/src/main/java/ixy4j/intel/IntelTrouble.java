package ixy4j.intel;

import ixy4j.IxyException;
import java.util.Locale;

/** What can be wrong with a card, or with what is asked of it. */
public final class IntelTrouble {
    private IntelTrouble() {}

    static IxyException timeout(String address, String register, int value, int mask, int wanted) {
        return new IxyException(String.format(
                Locale.ROOT,
                "%s does not answer: register %s should have become 0x%x under mask 0x%x within a second, but reads 0x%x;"
                        + " reset the machine, or try another slot or card",
                address,
                register,
                wanted,
                mask,
                value));
    }

    /** More queues are wanted than the card has. */
    public static IllegalArgumentException tooManyQueues(String address, int wanted, int has) {
        return new IllegalArgumentException(
                address + " has " + has + " queues each way, not " + wanted + ": take fewer");
    }
}
