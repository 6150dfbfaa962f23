/**
 * The library: opening network cards, and what is true of a whole card. {@link ixy4j.Device#open} takes a card by its address,
 * {@link ixy4j.Devices} several at once; {@link ixy4j.Stop} ends a program in good order. Packets, and the queues that carry
 * them, are in {@link ixy4j.packet}; what brings another kind of card is in {@link ixy4j.spi}.
 *
 * <p>A program that forwards from one card to another until Ctrl-C, whole:
 *
 * <pre>{@code
 * import ixy4j.*;
 * import ixy4j.packet.*;
 *
 * class Forward {
 *     public static void main(String[] cards) {
 *         try (Stop stop = Stop.onSignals();
 *                 Devices devices = Devices.open(cards[0], cards[1]);
 *                 PacketPool pool = devices.pool(32)) {
 *             RxQueue rx = devices.get(0).rxQueue(0, pool);
 *             TxQueue tx = devices.get(1).txQueue(0, pool);
 *             PacketBatch batch = pool.batch(32);
 *             while (!stop.isRequested()) {
 *                 rx.receive(batch); // behind what is still in it
 *                 tx.transmit(batch); // what finds no room stays in it
 *             }
 *             System.out.println(devices.get(1).stats());
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Errors of use are {@link java.lang.IllegalArgumentException}, {@link java.lang.IllegalStateException} and
 * {@link java.lang.IndexOutOfBoundsException}; those of the machine are {@link ixy4j.IxyException}. A null reference is a
 * {@link java.lang.NullPointerException} everywhere. What happens to a single frame is never an exception: it is counted in
 * {@link ixy4j.DeviceStats}.
 */
package ixy4j;
