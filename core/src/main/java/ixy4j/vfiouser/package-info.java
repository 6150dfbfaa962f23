/**
 * The vocabulary of the vfio-user protocol, for both of its ends: a client, which is a driver or a virtual machine, and a
 * server, which plays a PCI device. "Specification" in this package is the vfio-user Protocol Specification of
 * libvfio-user, version 0.0 of the protocol; numbers that it takes over are those of Linux's include/uapi/linux/vfio.h.
 *
 * <p>Everything is little-endian. A message is a {@link ixy4j.vfiouser.Header} of 16 bytes and a body, whose structures
 * {@link ixy4j.vfiouser.Body} lays out; open files go along with the first byte of the header.
 * {@link ixy4j.vfiouser.Messages} sends and receives them, {@link ixy4j.vfiouser.Capabilities} are what the two ends tell
 * one another in the first one, {@link ixy4j.vfiouser.Json} reads those.
 */
package ixy4j.vfiouser;
