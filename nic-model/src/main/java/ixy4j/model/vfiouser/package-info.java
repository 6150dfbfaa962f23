/**
 * The server of the vfio-user protocol: it plays any {@link ixy4j.model.EmulatedCard} for a driver in another process.
 * {@link ixy4j.model.vfiouser.VfioUserServer} is where to start. "Specification" is as in {@code ixy4j.vfiouser}.
 */
package ixy4j.model.vfiouser;
