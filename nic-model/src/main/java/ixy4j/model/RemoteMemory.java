package ixy4j.model;

/**
 * Memory of a driver that cannot be mapped here, only asked for: DMA by message (vfio-user Protocol Specification,
 * VFIO_USER_DMA_READ, VFIO_USER_DMA_WRITE). Called by the thread that plays the card, which waits for the answer.
 */
public interface RemoteMemory {
    /** Reads bytes from an IOVA to an address of ours; false where its owner does not give them. */
    boolean read(long iova, long to, int length);

    /** Writes bytes from an address of ours to an IOVA; false where its owner does not take them. */
    boolean write(long iova, long from, int length);
}
