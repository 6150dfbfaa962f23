/**
 * Cards that somebody drives, as they run: {@link ixy4j.watch.live.LiveShow} looks at those of a command now and then,
 * {@link ixy4j.watch.live.TraceShow} at emulated ones at each access of their driver, which is another process.
 */
package ixy4j.watch.live;
