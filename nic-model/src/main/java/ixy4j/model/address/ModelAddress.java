package ixy4j.model.address;

import ixy4j.MacAddress;
import ixy4j.model.Mistakes;
import ixy4j.model.i82599.CardFaults;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.wire.WireFaults;
import ixy4j.spi.Address;

/**
 * An address of an emulated card, read.
 *
 * @param text as typed
 * @param port its number
 * @param wire what it is plugged into, as {@link ixy4j.model.wire.WireSpec} has it
 * @param wireFaults what is broken about the wire, null for nothing
 * @param running whether the card runs by itself
 * @param options of the card
 */
record ModelAddress(String text, int port, Address wire, WireFaults wireFaults, boolean running, CardOptions options) {
    private static final int LAST_PORT = 63;
    private static final int MOST_QUEUES = 64; // that a device is opened with

    /** Reads an address; its options are at {@link ModelProvider}. */
    static ModelAddress read(Address address) {
        int port = port(address);
        Address.Options given = address.options();
        Address wire = given.inner("wire", "generator");
        Address.Options broken = given.list("fault");
        CardFaults faults = CardFaults.read(broken);
        WireFaults wireFaults = WireFaults.read(broken);
        broken.end();
        MacAddress mac = given.mac("mac");
        boolean running = given.choice("mode", "running", "running", "stepped").equals("running");
        CardOptions base = running ? CardOptions.RUNNING : CardOptions.STEPPED;
        CardOptions options = new CardOptions(
                "model:" + port,
                mac == null ? new MacAddress(base.mac().bits() + port) : mac,
                policy(given, base.policy()),
                given.choice("strict", base.strict() ? "on" : "off", "on", "off")
                        .equals("on"),
                (int) given.number("spread", 1, MOST_QUEUES, 1),
                faults);
        given.end();
        return new ModelAddress(address.toString(), port, wire, wireFaults, running, options);
    }

    /** The number in an address, whatever its options are. */
    static int port(Address address) {
        return (int) address.targetNumber("port", 0, LAST_PORT);
    }

    private static Mistakes.Policy policy(Address.Options given, Mistakes.Policy otherwise) {
        return switch (given.choice("mistakes", "", "stop", "count")) {
            case "stop" -> Mistakes.Policy.STOP;
            case "count" -> Mistakes.Policy.COUNT;
            default -> otherwise;
        };
    }
}
