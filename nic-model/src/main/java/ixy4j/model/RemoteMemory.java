package ixy4j.model;

import java.util.function.BooleanSupplier;

/**
 * Memory of a driver that cannot be mapped here, only asked for: DMA by message (vfio-user Protocol Specification,
 * VFIO_USER_DMA_READ, VFIO_USER_DMA_WRITE). Called by the thread that plays the card, which waits for the answer.
 *
 * <p>While it waits, the card may be reset or a range unmapped. So each call comes with the question whether it is still
 * wanted, which is asked before each message, in order with what else the owner is sent, and before each touch of our
 * memory. Once the answer is no, it stays so.
 */
public interface RemoteMemory {
    /** What has become of a transfer. */
    enum Outcome {
        DONE,
        /** The owner does not give or take these bytes, or does not answer: a mistake of the driver, or of its machine. */
        REFUSED,
        /** It was no longer wanted, or the owner is gone: nobody's mistake. */
        ENDED
    }

    /** Reads bytes from an IOVA to an address of ours. */
    Outcome read(long iova, long to, int length, BooleanSupplier wanted);

    /** Writes bytes from an address of ours to an IOVA. */
    Outcome write(long iova, long from, int length, BooleanSupplier wanted);
}
