/**
 * The way to a card through the kernel's VFIO (Documentation/driver-api/vfio.rst): a group of functions that the IOMMU can tell
 * from others is opened as a file, by an ordinary user who owns that; the card reaches the memory that was mapped for it and no
 * other. Structures and numbers are those of include/uapi/linux/vfio.h, groups with a type 1 IOMMU.
 */
package ixy4j.vfio;
