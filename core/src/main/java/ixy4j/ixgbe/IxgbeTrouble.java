package ixy4j.ixgbe;

import ixy4j.IxyException;
import ixy4j.spi.Bar;
import java.util.Locale;

/** What can be wrong with a card, or with what is asked of it. */
final class IxgbeTrouble {
    private IxgbeTrouble() {}

    static IxyException timeout(String address, Bar bar, int register, int mask, int wanted) {
        return new IxyException(String.format(
                Locale.ROOT,
                "%s does not answer: register %s should have become 0x%x under mask 0x%x within a second, but reads 0x%x;"
                        + " reset the machine, or try another slot or card",
                address,
                Registers.name(register),
                wanted,
                mask,
                bar.get32(register)));
    }
}
