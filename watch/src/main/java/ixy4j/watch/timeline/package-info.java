/**
 * What happened to cards, as data: a {@link ixy4j.watch.timeline.Timeline} of {@link ixy4j.watch.timeline.Moment}s, each with the
 * {@link ixy4j.watch.timeline.Change}s that it made to a {@link ixy4j.watch.timeline.State}, old and new, so that it can be read
 * forwards and backwards. {@link ixy4j.watch.timeline.Document} writes it as JSON.
 */
package ixy4j.watch.timeline;
