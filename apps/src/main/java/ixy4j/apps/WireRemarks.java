package ixy4j.apps;

import ixy4j.model.OpenPorts;

/** What wires of emulated cards have to say to their users. Not loaded by who drives others. */
final class WireRemarks {
    private WireRemarks() {}

    /** Prints that of an open card, if there is any, such as what of a capture is not played. */
    static void print(String address) {
        OpenPorts.card(address)
                .map(card -> card.wire().remark())
                .filter(remark -> !remark.isEmpty())
                .ifPresent(remark -> System.err.println("ixy: " + remark));
    }
}
