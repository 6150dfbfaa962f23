/**
 * How a card is looked at, whoever drives it: a {@link ixy4j.watch.look.View} has registers and memory, and a
 * {@link ixy4j.watch.look.CardLooker} makes of them rings, descriptors and the frames behind them.
 */
package ixy4j.watch.look;
