package ixy4j.model;

/**
 * What an emulated card moved since it was made, whatever its driver read or reset. What came to it is received, dropped,
 * faulty, filtered or lost.
 *
 * @param received frames written to buffers of the driver
 * @param sent frames of the driver that went out
 * @param dropped frames that arrived for the driver and found no room: no descriptor, no queue, a full packet buffer, or
 *     one that a reset or the end of the card emptied
 * @param faulty frames that the card did not receive for their FCS or length
 * @param filtered good frames that were not for the driver
 * @param lost frames that came while the port was down, and those that the wire lost, in either direction
 */
public record CardTotals(long received, long sent, long dropped, long faulty, long filtered, long lost) {}
