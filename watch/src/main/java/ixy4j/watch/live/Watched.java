package ixy4j.watch.live;

import ixy4j.Device;
import ixy4j.packet.PacketPool;

/**
 * A card of a command.
 *
 * @param device open, and open until nobody watches any more
 * @param pool that its queues use, which is closed later, too
 */
public record Watched(Device device, PacketPool pool) {}
