package ixy4j.intel;

import ixy4j.Device;
import ixy4j.IxyException;
import ixy4j.telemetry.Log;
import java.util.Locale;

/** What can be wrong with a card, or with what is asked of it. */
public final class IntelTrouble {
    /** A card has forgotten what it was told when it was opened. */
    public static final class WasReset extends IxyException {
        private static final long serialVersionUID = 1L;

        /** With its message. */
        public WasReset(String message) {
            super(message);
        }
    }

    private IntelTrouble() {}

    /**
     * Asked with each look at a card's counters: it does not tell of a reset in any other way.
     *
     * @param isSet whether a bit is set that is set when the card is opened, and that nothing clears but a reset
     * @param bit register and bit, for the message
     * @throws WasReset if it is not
     */
    public static void checkNotReset(Device card, boolean isSet, String bit) {
        if (!isSet) {
            throw new WasReset(card.address() + " was reset, by itself or by somebody else: " + bit
                    + " reads 0, which was set when it was opened, so nothing moves any more; open it again, and look"
                    + " whether another driver or program uses it");
        }
    }

    /** Has a card count a last time, for those who ask later. That it was reset is no reason why it should not close. */
    static void countLast(Device card) {
        try {
            card.stats();
        } catch (WasReset e) {
            Log.debug(e.getMessage());
        }
    }

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
