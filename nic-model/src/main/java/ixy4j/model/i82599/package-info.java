/**
 * The emulated 82599. {@link ixy4j.model.i82599.Card} is where to start: it has the rounds, and parts that receive, transmit,
 * count, filter and interrupt, which share a {@code Board}. Sections in this package and those below it are of the "Intel
 * 82599 10 GbE Controller Datasheet".
 */
package ixy4j.model.i82599;
