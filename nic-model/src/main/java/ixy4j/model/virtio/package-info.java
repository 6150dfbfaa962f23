/**
 * An emulated virtio network device made of objects, for tests of the driver: {@link ixy4j.model.virtio.VirtioCard}.
 */
package ixy4j.model.virtio;
