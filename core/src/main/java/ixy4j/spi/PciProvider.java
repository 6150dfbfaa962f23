package ixy4j.spi;

/** A way to cards that are not in sysfs, found by {@link java.util.ServiceLoader}: addresses of the form scheme:rest. */
public interface PciProvider {
    /** What stands before the first colon of its addresses. */
    String scheme();

    /**
     * Finds the card.
     *
     * @throws IllegalArgumentException if the address is not well-formed, naming the part that is not
     * @throws ixy4j.IxyException if there is no such card
     */
    PciFunction open(String address);
}
