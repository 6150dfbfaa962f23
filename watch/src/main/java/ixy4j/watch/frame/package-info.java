/**
 * What is in a frame, for people: which frames an expression chooses ({@link ixy4j.watch.frame.Expression}), and the line that
 * says what one is ({@link ixy4j.watch.frame.Line}). Both are as tcpdump has them, whose decisions a test compares.
 */
package ixy4j.watch.frame;
