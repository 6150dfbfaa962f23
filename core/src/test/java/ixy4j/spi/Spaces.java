package ixy4j.spi;

/** Places for memory of tests that need no card. */
public final class Spaces {
    /** Ordinary memory, as for a card behind something that translates. */
    public static final DmaSpace VIRTUAL = new DmaSpace() {};

    private Spaces() {}
}
