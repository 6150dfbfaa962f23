package ixy4j.apps;

import ixy4j.model.EmulatedCard;
import ixy4j.model.address.OpenPorts;
import java.util.function.LongSupplier;

/** The wires of emulated cards of this process. */
final class ModelWire {
    private ModelWire() {}

    /** Does {@link #tellRemark(EmulatedCard)} for an open card. */
    static void tellRemark(String address) {
        tellRemark(OpenPorts.card(address).orElseThrow());
    }

    /** Says what its user should know of the wire of a card, if there is anything: as all that is no result, on standard error. */
    static void tellRemark(EmulatedCard card) {
        String remark = card.wire().remark();
        if (!remark.isEmpty()) {
            Output.ERR.print("ixy: " + remark);
        }
    }

    /** How many frames the wire of an open card lost; to be asked after its close too. */
    static LongSupplier lost(String address) {
        EmulatedCard card = OpenPorts.card(address).orElseThrow();
        return () -> card.totals().lost();
    }
}
