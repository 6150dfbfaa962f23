package ixy4j.model;

/**
 * A register of PCI configuration space that a kind of card has behind the header: 4 bytes.
 *
 * @param offset of it
 * @param value what it is after a reset
 * @param writable bits that software changes by writing them
 * @param cleared bits that software clears by writing ones
 */
public record ConfigRegister(int offset, int value, int writable, int cleared) {
    /** One that software can change. */
    public ConfigRegister(int offset, int value, int writable) {
        this(offset, value, writable, 0);
    }

    /** One that only the card changes. */
    public ConfigRegister(int offset, int value) {
        this(offset, value, 0, 0);
    }
}
