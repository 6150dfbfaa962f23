/** What the ways to a PCI card of this machine have in common: its configuration space, and its BARs. */
package ixy4j.pci;
