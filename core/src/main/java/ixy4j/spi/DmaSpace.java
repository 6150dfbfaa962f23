package ixy4j.spi;

/**
 * Addresses by which cards reach memory. Cards behind one translation share one, and what is mapped for one of them, all of
 * them can reach. Methods are called by any thread.
 */
public interface DmaSpace extends DmaTarget {
    /** That of cards that nothing translates for: physical addresses. */
    DmaSpace PHYSICAL = new DmaSpace() {
        @Override
        public boolean needsPhysicalAddresses() {
            return true;
        }

        @Override
        public String toString() {
            return "physical addresses";
        }
    };

    /** Memory can be made for a space, even if there is no card in it yet. */
    @Override
    default DmaSpace dmaSpace() {
        return this;
    }

    /** Whether IOVAs must be physical addresses, because nothing between the card and memory translates them. */
    default boolean needsPhysicalAddresses() {
        return false;
    }

    /**
     * Whether a card could go past it and use physical addresses instead, as virtio cards of a hypervisor do unless they say
     * otherwise (Virtio 1.2, 6: VIRTIO_F_ACCESS_PLATFORM).
     */
    default boolean canBeBypassed() {
        return false;
    }

    /** Whether memory must be a file, because its card is played by another process, which is to be handed that. */
    default boolean needsFile() {
        return false;
    }

    /** The last IOVA that can be used, at least 2^36 - 1: some translations have 39 bits, and some more. */
    default long lastIova() {
        return (1L << 48) - 1;
    }

    /**
     * The first IOVA from one on, a multiple of a page, at which so many bytes in a row can be used; -1 if there is none: some
     * translations leave regions out.
     */
    default long findIova(long from, long bytes) {
        return bytes - 1 <= lastIova() - from ? from : -1;
    }

    /** Lets cards reach this memory, until {@link #unmap} or the end of the space; no action if nothing translates. */
    default void map(DmaMemory memory) {}

    /** Takes memory away from cards, whose queues do not use it any more. Memory that is not mapped is ignored. */
    default void unmap(DmaMemory memory) {}
}
