/**
 * A scene that is played step by step: two emulated cards, our driver of each, and a forwarder between them. A step is one
 * access of the driver to a register, one call of a queue, one round of a card, or a frame that arrives on a wire.
 */
package ixy4j.watch.scene;
