package ixy4j.model;

/**
 * What an emulated card moved since it was made, whatever its driver read or reset.
 *
 * @param received frames written to buffers of the driver
 * @param sent frames of the driver that went out
 * @param dropped frames that arrived for the driver and found no room: no descriptor, no queue, a full packet buffer
 */
public record CardTotals(long received, long sent, long dropped) {}
