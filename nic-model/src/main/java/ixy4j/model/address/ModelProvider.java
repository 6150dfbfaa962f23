package ixy4j.model.address;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.model.ModelFunction;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.registers.RegisterFile;
import ixy4j.model.wire.WireSpec;
import ixy4j.spi.Address;
import ixy4j.spi.DeviceProvider;
import ixy4j.spi.PciFunction;

/**
 * Emulated cards by address: {@code model:N}, with N from 0 to 63, and any of these options:
 *
 * <table>
 * <caption>Options</caption>
 * <tr><td>{@code wire=SPEC}</td><td>what it is plugged into, see {@link WireSpec};
 *     {@code generator} where it is not given</td></tr>
 * <tr><td>{@code fault=LIST}</td><td>what is broken, with commas between: of the card see
 *     {@link ixy4j.model.i82599.CardFaults.Kind} ({@code reset-hangs}, {@code lost-writeback=1/100}), of the
 *     wire see {@link ixy4j.model.wire.FaultyWire} ({@code corrupt=1/1000}, {@code flap=500ms/2s})</td></tr>
 * <tr><td>{@code mac=02:00:00:00:00:01}</td><td>its address; otherwise 02:82:59:90:00:N, N as two hexadecimal
 *     digits</td></tr>
 * <tr><td>{@code mode=running|stepped}</td><td>whether it runs by itself; otherwise the {@code step()} of the
 *     card that {@link OpenPorts#card(int)} finds is called by hand</td></tr>
 * <tr><td>{@code mistakes=count|stop}</td><td>what happens at a mistake of the driver; running cards count, stepped ones
 *     stop</td></tr>
 * <tr><td>{@code strict=on|off}</td><td>whether descriptors are compared with what was handed over; off where it is
 *     running</td></tr>
 * <tr><td>{@code spread=N}</td><td>frames go to N receive queues in turn, which the real card cannot do</td></tr>
 * </table>
 *
 * For example {@code model:0?wire=pcap:in.pcap,out.pcap&fault=error-bit=1/100}.
 */
public final class ModelProvider implements DeviceProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ModelProvider() {}

    /**
     * The card of an address, for callers with another use for it than to open it as a PCI function: it belongs to the caller,
     * {@link OpenPorts} does not know it, and nothing plays it before {@link Card#start}.
     *
     * @param address {@code model:N}, with options or without, which are all for the model
     * @param name for messages
     * @throws IllegalArgumentException if the address is wrong
     * @throws ixy4j.IxyException if the machine refuses its wire
     */
    public static Card card(Address address, String name) {
        ModelAddress parsed = ModelAddress.read(address);
        return OpenPorts.card(parsed, parsed.options().withName(name));
    }

    /**
     * Reads an address for callers who hand it on to another process: makes no card, and leaves the machine alone.
     *
     * @throws IllegalArgumentException if the address is wrong, or the wire in it
     */
    public static void check(Address address) {
        WireSpec.read(ModelAddress.read(address).wire());
    }

    @Override
    public String scheme() {
        return "model";
    }

    @Override
    public Device open(Address address, DeviceOptions options) {
        return Device.open(function(address), options);
    }

    /** The card of an address, as the PCI function that it is: made when that is claimed. */
    public static PciFunction function(Address address) {
        ModelAddress parsed = ModelAddress.read(address);
        ModelFunction function = new ModelFunction(
                parsed.text(),
                Card.IDENTITY,
                () -> OpenPorts.open(parsed),
                card -> OpenPorts.close(parsed.port(), card));
        // Reading the table of registers takes longer than all else here: begun now, on another processor.
        Thread.ofPlatform().name("ixy4j-registers").daemon().start(RegisterFile::prepare);
        return function;
    }
}
