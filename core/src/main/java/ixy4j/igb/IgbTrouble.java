package ixy4j.igb;

import ixy4j.IxyException;
import ixy4j.intel.IntelTrouble;

/** What can be wrong with a virtual function. */
final class IgbTrouble {
    private IgbTrouble() {}

    static IxyException noAnswer(String address) {
        return new IxyException(
                address + " is a virtual function, and the driver of its physical function did not answer within"
                        + " a second: that needs Linux's igb, and its interface up (ip link set IFACE up)");
    }

    static IxyException wasReset(String address) {
        return new IntelTrouble.WasReset(
                address + " is a virtual function, and the driver of its physical function has reset it: open it"
                        + " again, when the interface of that is up");
    }

    static IxyException refused(String address, String what) {
        return new IxyException(address + " is a virtual function, and the driver of its physical function refused "
                + what + ": what it allows is set there (ip link set IFACE vf N ...)");
    }

    static IxyException neverPromiscuous(String address) {
        return new IxyException(
                address + " is a virtual function, which receives frames for its own address and for groups:"
                        + " it cannot be promiscuous");
    }
}
