/**
 * Packets, in batches: what carries them, and what is in them. A {@link ixy4j.packet.PacketPool} has the memory; an
 * {@link ixy4j.packet.RxQueue} fills a {@link ixy4j.packet.PacketBatch}, and a {@link ixy4j.packet.TxQueue} empties it; a
 * {@link ixy4j.packet.PacketChannel} hands packets to another thread. A pool, its batches and the queues that use it belong to
 * one thread, and nothing of this allocates while packets move.
 *
 * <p>Headers are read and written without an object for any of them: {@link ixy4j.packet.Ethernet},
 * {@link ixy4j.packet.Ipv4} and the others have static methods, which take a batch, the index of a packet in it, and the offset
 * of the header's first byte, in bytes from the start of the frame. Numbers are unsigned, of as many bits as the field has;
 * what does not fit is cut off. Addresses of IPv4 are in the lower 32 bits of a {@code long}, those of Ethernet in the lower
 * 48, the first byte on the wire uppermost.
 *
 * <p>{@code isWhole} is asked first: it says in one call whether the header and all that it announces lie in the packet,
 * so that a parser cannot run past it. What the other methods are then asked for is there. Without that question, what
 * lies behind the end of a packet is an {@link java.lang.IndexOutOfBoundsException}, as everywhere in a batch. A packet that
 * was dropped has no bytes, so it is never whole.
 *
 * <p>A program that counts a million frames, and which of them are UDP for port 7, whole:
 *
 * <pre>{@code
 * import ixy4j.*;
 * import ixy4j.packet.*;
 *
 * class CountEchoes {
 *     public static void main(String[] cards) {
 *         try (Device card = Device.open(cards[0]);
 *                 PacketPool pool = Devices.pool(32, card)) {
 *             RxQueue queue = card.rxQueue(0, pool);
 *             PacketBatch batch = pool.batch(32);
 *             int frames = 0;
 *             int echoes = 0;
 *             while (frames < 1_000_000) {
 *                 queue.receive(batch);
 *                 for (int i = 0; i < batch.size(); i++) {
 *                     echoes += isEcho(batch, i) ? 1 : 0;
 *                 }
 *                 frames += batch.free();
 *             }
 *             System.out.println(echoes + " of " + frames + " frames");
 *         }
 *     }
 *
 *     static boolean isEcho(PacketBatch batch, int i) {
 *         if (!Ethernet.isWhole(batch, i) || Ethernet.payloadType(batch, i) != Ipv4.ETHER_TYPE) {
 *             return false;
 *         }
 *         int ip = Ethernet.payload(batch, i);
 *         if (!Ipv4.isWhole(batch, i, ip) || Ipv4.protocol(batch, i, ip) != Udp.PROTOCOL) {
 *             return false;
 *         }
 *         int udp = Ipv4.payload(batch, i, ip);
 *         return Udp.isWhole(batch, i, ip, udp) && Udp.destinationPort(batch, i, udp) == 7;
 *     }
 * }
 * }</pre>
 */
package ixy4j.packet;
