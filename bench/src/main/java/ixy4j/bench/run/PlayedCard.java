package ixy4j.bench.run;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.bench.card.MemoryIxgbe;
import ixy4j.bench.card.MemoryVirtio;
import ixy4j.model.ModelFunction;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.wire.Wire;
import ixy4j.spi.Bar;
import ixy4j.virtio.VirtioDevice;
import ixy4j.virtio.VirtioOptions;

/** A card of this process, which a thread of ours plays. */
abstract class PlayedCard implements AutoCloseable {
    /** A card that is not open yet. */
    static PlayedCard of(Setup.Cards kind, int index, Wire wire, boolean interrupts) {
        return switch (kind) {
            case IXGBE -> new Ixgbe("memory:" + index, wire);
            case MODEL -> new Model("model:" + index, wire);
            case VIRTIO_SPLIT -> new Virtio("memory:" + index, wire, false, interrupts);
            case VIRTIO_PACKED -> new Virtio("memory:" + index, wire, true, interrupts);
            case GIVEN -> throw new IllegalArgumentException("given cards are played by others");
        };
    }

    /** One round; whether there was anything to do. */
    abstract boolean play();

    /** One round in which nothing moves. */
    abstract void rest();

    /** The driver's side, once somebody plays. */
    abstract Device open(DeviceOptions options);

    /**
     * Its registers.
     *
     * @throws IllegalArgumentException if it is no 82599
     */
    abstract Bar bar();

    /** What the driver did wrong, in one line; null if nothing. */
    String complaint() {
        return null;
    }

    /** When nobody plays it any more, and its device is closed. */
    @Override
    public abstract void close();

    private static final class Ixgbe extends PlayedCard {
        private final MemoryIxgbe card;

        Ixgbe(String address, Wire wire) {
            card = new MemoryIxgbe(address, wire);
        }

        @Override
        boolean play() {
            return card.play();
        }

        @Override
        void rest() {
            card.rest();
        }

        @Override
        Device open(DeviceOptions options) {
            return Device.open(card, options);
        }

        @Override
        Bar bar() {
            return card.bar(0);
        }

        @Override
        public void close() {
            card.free();
        }
    }

    private static final class Model extends PlayedCard {
        private final Card card;
        private final TappedFunction function;

        Model(String address, Wire wire) {
            card = new Card(wire, CardOptions.RUNNING.withName(address));
            function = new TappedFunction(new ModelFunction(address, card));
        }

        @Override
        boolean play() {
            return card.step();
        }

        @Override
        void rest() {
            card.step(); // it has to be played to be opened, and its wire sends what it sends
        }

        @Override
        Device open(DeviceOptions options) {
            return Device.open(function, options);
        }

        @Override
        Bar bar() {
            return function.tapped();
        }

        @Override
        String complaint() {
            return card.mistakes().count() == 0
                    ? null
                    : "the driver made a mistake: " + card.mistakes().messages().getFirst();
        }

        @Override
        public void close() {
            card.close();
        }
    }

    private static final class Virtio extends PlayedCard {
        private final MemoryVirtio card;

        Virtio(String address, Wire wire, boolean packed, boolean interrupts) {
            card = new MemoryVirtio(address, wire, packed, interrupts);
        }

        @Override
        boolean play() {
            return card.play();
        }

        @Override
        void rest() {
            // nobody waits for its rounds
        }

        @Override
        Device open(DeviceOptions options) {
            return VirtioDevice.open(card, VirtioOptions.NONE, options);
        }

        @Override
        Bar bar() {
            throw new IllegalArgumentException("a virtio device is no 82599: only the driver's rings are for it");
        }

        @Override
        public void close() {
            // with its device
        }
    }
}
