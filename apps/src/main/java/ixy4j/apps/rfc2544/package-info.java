/** What a device between two cards can do, measured as RFC 2544 says: the methods, and what came out. */
package ixy4j.apps.rfc2544;
