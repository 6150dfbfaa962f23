/**
 * What emulated cards are plugged into: {@link ixy4j.model.wire.Wire}, and those that there are, by
 * {@link ixy4j.model.wire.WireSpec}; with the frames that they make and check, and memory of one's own to have them in.
 */
package ixy4j.model.wire;
