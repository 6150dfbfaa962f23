package ixy4j.apps;

import ixy4j.model.Card;
import ixy4j.model.OpenPorts;
import java.util.function.LongSupplier;

/** The wire of an emulated card of this process. Not loaded by who drives others, and with it nothing of the emulation. */
final class ModelWire {
    private ModelWire() {}

    /** What its user should know of the wire of an open card; empty where there is nothing. */
    static String remark(String address) {
        return OpenPorts.card(address).map(card -> card.wire().remark()).orElse("");
    }

    /** How many frames the wire of an open card lost; to be asked after its close too. */
    static LongSupplier lost(String address) {
        Card card = OpenPorts.card(address).orElseThrow();
        return () -> card.totals().lost();
    }
}
