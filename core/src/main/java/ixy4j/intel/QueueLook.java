package ixy4j.intel;

/**
 * What can be seen of a queue from its driver's side.
 *
 * @param receives whether it is a receive queue
 * @param index its number
 * @param queue itself
 */
public record QueueLook(boolean receives, int index, AdvancedQueue queue) {
    /** Where the driver looks next: at the descriptor that it takes next, or of which it frees the buffer next. */
    public int next() {
        return queue instanceof AdvancedTxQueue tx ? tx.clean : queue.next;
    }

    /** The first descriptor that the driver has not filled; of a receive queue, as {@link #next}. */
    public int end() {
        return queue.next;
    }

    /** Descriptors in its ring. */
    public int size() {
        return queue.slots.length;
    }

    /**
     * The buffer behind a descriptor, as {@link ixy4j.packet.PacketQueue} counts them; of a transmit queue it has one from
     * {@link #next} up to, not including, {@link #end}.
     */
    public int buffer(int descriptor) {
        return queue.slots[descriptor];
    }
}
