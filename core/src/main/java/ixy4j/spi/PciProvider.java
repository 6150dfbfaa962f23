package ixy4j.spi;

/**
 * A way to cards that are not in sysfs, found by {@link java.util.ServiceLoader}: addresses of the form scheme:target.
 */
public interface PciProvider {
    /** What stands before the first colon of its addresses. */
    String scheme();

    /**
     * Finds the card.
     *
     * @param address one of this scheme; options that this way does not take are the driver's
     *     ({@link PciFunction#options})
     * @throws IllegalArgumentException if something in the address is not as it should be, naming it
     */
    PciFunction open(Address address);
}
