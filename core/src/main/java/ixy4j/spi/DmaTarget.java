package ixy4j.spi;

/** A card as memory sees it: something that reads and writes buffers by IOVA. */
public interface DmaTarget {
    /** Where its IOVAs lead to memory. */
    DmaSpace dmaSpace();
}
