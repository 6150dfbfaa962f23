package ixy4j.model.address;

import ixy4j.IxyException;
import ixy4j.linux.Cleanup;
import ixy4j.model.CardThread;
import ixy4j.model.EmulatedCard;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.wire.FaultyWire;
import ixy4j.model.wire.Wire;
import ixy4j.model.wire.WireSpec;
import ixy4j.spi.Address;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The cards of this process that were opened by address. */
public final class OpenPorts {
    private static final Map<Integer, EmulatedCard> CARDS = new HashMap<>();

    private OpenPorts() {}

    /** The card of {@code model:port}, if it is open: to look at its wire or the mistakes of its driver, or to step it. */
    public static Optional<EmulatedCard> card(int port) {
        synchronized (CARDS) {
            return Optional.ofNullable(CARDS.get(port));
        }
    }

    /** The same by its address, with options or without. */
    public static Optional<EmulatedCard> card(String address) {
        return card(ModelAddress.port(Address.parse(address)));
    }

    static Card open(ModelAddress address) {
        synchronized (CARDS) {
            if (CARDS.containsKey(address.port())) {
                throw new IxyException(address.text() + " is in use: port " + address.port()
                        + " of the model is open already, take another number");
            }
            Card card = card(address, address.options());
            try {
                CARDS.put(address.port(), card);
                if (address.running()) {
                    CardThread.add(card);
                }
                return card;
            } catch (RuntimeException | Error e) {
                Cleanup.after(e, () -> close(address.port(), card));
                throw e;
            }
        }
    }

    /** A card on the wire of an address. */
    static Card card(ModelAddress address, CardOptions options) {
        Wire wire = wire(address);
        try {
            return new Card(wire, options);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, wire::close);
            throw e;
        }
    }

    private static Wire wire(ModelAddress address) {
        Wire wire = WireSpec.open(address.wire());
        if (address.wireFaults() == null) {
            return wire;
        }
        try {
            return new FaultyWire(wire, address.wireFaults());
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, wire::close);
            throw e;
        }
    }

    static void close(int port, EmulatedCard card) {
        Cleanup.run(card::close, () -> forget(port));
    }

    private static void forget(int port) {
        synchronized (CARDS) {
            CARDS.remove(port);
        }
    }
}
