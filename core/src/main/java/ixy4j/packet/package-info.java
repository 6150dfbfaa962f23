/**
 * Reading and writing the headers of packets, without an object for any of them: each class has static methods for one
 * kind of header, which take a batch, the index of a packet in it, and the offset of the header's first byte. Numbers are
 * unsigned, addresses of IPv4 in the lower 32 bits of a {@code long}, those of Ethernet in the lower 48.
 *
 * <p>{@code isWhole} is asked first: it says in one call whether the header and all that it announces lie in the packet,
 * so that a parser cannot run past it. What the other methods are then asked for is there. Without that question, what
 * lies behind the end of a packet is an {@link IndexOutOfBoundsException}, as everywhere in a batch.
 *
 * <pre>{@code
 * int ip = Ethernet.payload(batch, i);
 * if (Ethernet.payloadType(batch, i) == Ipv4.ETHER_TYPE && Ipv4.isWhole(batch, i, ip)
 *         && Ipv4.protocol(batch, i, ip) == Udp.PROTOCOL) {
 *     int udp = Ipv4.payload(batch, i, ip);
 *     if (Udp.isWhole(batch, i, ip, udp) && Udp.destinationPort(batch, i, udp) == 7) {
 *         ...
 * }</pre>
 */
package ixy4j.packet;
