package ixy4j.model;

/**
 * What a kind of card says of itself in PCI configuration space.
 *
 * @param id device id in the upper half, vendor id in the lower one, as the register at 0 has them
 * @param classCode class, subclass and interface
 * @param revision of the card
 * @param subsystem device id and vendor id of the board
 * @param registerBytes bytes of BAR 0
 * @param messageBytes bytes of BAR 4, the tables of MSI-X
 * @param vectors messages of MSI-X
 */
public record PciIdentity(
        int id, int classCode, int revision, int subsystem, int registerBytes, int messageBytes, int vectors) {
    /** Class and revision, as the register at 8 has them. */
    public int classAndRevision() {
        return classCode << 8 | revision;
    }
}
