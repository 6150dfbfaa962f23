package ixy4j.memory;

/** A card as memory sees it: something that reads and writes buffers by IOVA. */
public interface DmaTarget {
    /** Whether IOVAs must be physical addresses, because nothing between the card and memory translates them. */
    boolean needsPhysicalAddresses();

    /** Whether memory must be a file, because its card is played by another process, which is to be handed that. */
    default boolean needsFile() {
        return false;
    }

    /** Lets the card reach this memory, until {@link #unmap} or the card's close; no action where nothing translates. */
    default void map(DmaMemory memory) {}

    /** Takes memory from the card, which first stops each queue that uses it. Memory that is not mapped is ignored. */
    default void unmap(DmaMemory memory) {}
}
