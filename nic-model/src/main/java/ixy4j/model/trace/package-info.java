/**
 * Accesses of a driver to the registers of an 82599 as lines that can be read: {@link ixy4j.model.trace.RegisterTrace}.
 */
package ixy4j.model.trace;
