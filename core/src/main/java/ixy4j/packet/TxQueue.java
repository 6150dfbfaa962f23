package ixy4j.packet;

import ixy4j.DeviceStats;

/** A transmit queue of a card, for one thread. */
public interface TxQueue extends AutoCloseable {
    /**
     * Takes frames from the front of a batch, as many as the ring has room for, and hands them to the card; never waits.
     * What it does not take stays in the batch: to be kept, or freed. Buffers go back to the pool when the card is done
     * with them, which is looked for here, so up to 31 stay with the card until more follow; a virtio device, or an
     * interface by AF_XDP, is also asked for them by an empty batch.
     *
     * <p>A frame that the card cannot send counts as taken, and is dropped and counted in
     * {@link DeviceStats#txWrongLength}: one of more bytes than 1514 on an 82599, or 1856 on a virtio device, or than the
     * MTU says of that, if it has one, or of an interface; 4 more with a VLAN tag. A short frame is filled with zeros to what the card's medium needs.
     *
     * @return how many were taken
     * @throws IllegalArgumentException if the batch is of another pool than this queue
     * @throws IllegalStateException if the queue is closed
     */
    int transmit(PacketBatch batch);

    /**
     * Stops this queue, and returns its buffers to the pool; by any thread, at any time, and more than once. A virtio device
     * stops as a whole. A call that is under way ends as any other, or with an exception. What is no queue of a card, such as
     * one of a test, need not stop anything.
     */
    @Override
    default void close() {}
}
