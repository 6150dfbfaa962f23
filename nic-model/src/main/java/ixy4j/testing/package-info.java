/**
 * Cards for tests of packet applications: {@link ixy4j.testing.TestCard} is fed frames and hands out frames.
 *
 * <pre>{@code
 * try (TestCard card = TestCard.open();
 *         PacketPool pool = Devices.pool(32, card.device())) {
 *     RxQueue rx = card.device().rxQueue(0, pool);
 *     TxQueue tx = card.device().txQueue(0, pool);
 *     card.arrive(new byte[100]);
 *     PacketBatch batch = pool.batch(32);
 *     rx.receive(batch); // from here on as an application does
 *     batch.set8(0, 99, 7);
 *     tx.transmit(batch);
 *     assertEquals(7, card.sent().getFirst()[99]);
 * }
 * }</pre>
 */
package ixy4j.testing;
