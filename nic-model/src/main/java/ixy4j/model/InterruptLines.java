package ixy4j.model;

/**
 * Where an emulated card sends its interrupts. Called under the card's lock, by whoever plays it or writes its registers,
 * so an implementation does not wait and does not call the card.
 */
public interface InterruptLines {
    /** Nobody listens. */
    InterruptLines NONE = new InterruptLines() {
        @Override
        public void message(int vector) {
            // nobody
        }

        @Override
        public void pin(boolean asserted) {
            // nobody
        }
    };

    /** Sends the message of an MSI-X vector, 0 to 63 (datasheet 7.3.2.3); of MSI there is vector 0 alone. */
    void message(int vector);

    /** The level of the pin (INTA) from now on; told when it changes. */
    void pin(boolean asserted);

    /**
     * Whether the driver has MSI-X on in PCI configuration space, MSI, or neither and so the pin. Interrupts are sent
     * that way.
     */
    default Mode mode() {
        return Mode.PIN;
    }

    /** The ways to send interrupts. */
    enum Mode {
        /** INTA, a level. */
        PIN,
        /** One message. */
        MSI,
        /** Up to 64 messages, chosen by IVAR. */
        MSIX
    }
}
