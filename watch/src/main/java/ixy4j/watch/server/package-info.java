/**
 * The page: {@link ixy4j.watch.server.WatchServer} serves it to browsers of this machine, {@link ixy4j.watch.server.Recording}
 * writes it into one file with what happened.
 */
package ixy4j.watch.server;
