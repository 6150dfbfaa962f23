/**
 * What any emulated card is: {@link ixy4j.model.EmulatedCard}, whom it reports to ({@link ixy4j.model.Mistakes},
 * {@link ixy4j.model.InterruptLines}), how it reaches memory ({@link ixy4j.model.Iommu}), the thread that plays it, and the
 * PCI function that leads a driver to it. Nothing here knows a kind of card.
 */
package ixy4j.model;
