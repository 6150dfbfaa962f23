/** What cards compute over frames, whatever their kind: FCS, checksums, and the hash of RSS. */
package ixy4j.model.frame;
