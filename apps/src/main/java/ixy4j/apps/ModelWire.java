package ixy4j.apps;

import ixy4j.model.Card;
import ixy4j.model.OpenPorts;
import java.util.function.LongSupplier;

/** The wires of emulated cards of this process. */
final class ModelWire {
    private ModelWire() {}

    /** Whether the card of an address is an emulated one of this process. */
    static boolean isAt(String address) {
        return address.startsWith("model:");
    }

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
