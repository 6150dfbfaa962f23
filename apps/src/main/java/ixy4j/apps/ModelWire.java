package ixy4j.apps;

import ixy4j.model.Card;
import ixy4j.model.OpenPorts;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The wire of an emulated card of this process. Not loaded by who drives others, and with it nothing of the emulation. */
final class ModelWire {
    private static final Pattern ADDRESS = Pattern.compile("model:(\\d{1,2}).*");

    private ModelWire() {}

    /** How many frames it lost, of an open card; to be asked after its close too. */
    static LongSupplier lost(String address) {
        Matcher matcher = ADDRESS.matcher(address);
        Card card = matcher.matches()
                ? OpenPorts.card(Integer.parseInt(matcher.group(1))).orElse(null)
                : null;
        return card == null ? () -> 0 : () -> card.totals().lost();
    }
}
