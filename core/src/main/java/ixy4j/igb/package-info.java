/** The drivers for Intel's 82576 and its virtual functions. */
package ixy4j.igb;
