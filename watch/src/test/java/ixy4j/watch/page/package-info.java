/** The page in a browser, used as a reader uses it. */
package ixy4j.watch.page;
