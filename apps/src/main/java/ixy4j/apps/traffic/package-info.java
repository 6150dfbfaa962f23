/** What generators send, how fast, and what becomes of it. */
package ixy4j.apps.traffic;
