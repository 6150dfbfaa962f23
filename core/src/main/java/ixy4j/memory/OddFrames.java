package ixy4j.memory;

/** For drivers: what becomes of packets that are too short or too long to be sent as they are. Not for each packet. */
public final class OddFrames {
    static final int SHORTEST = 60; // of an Ethernet, without FCS
    static final int LONGEST = 1514; // without VLAN tag

    private static final int TYPE = 12; // where the header has it
    private static final short VLAN = (short) 0x8100;
    private static final int VLAN_TAG = 4;

    private OddFrames() {}

    /**
     * Closes the holes of a batch, and gives packets back to the pool that a card cannot send: longer than
     * {@code longest} bytes and their VLAN tag.
     *
     * @return how many they were
     */
    public static int drop(PacketBatch batch, int longest) {
        batch.compact();
        int size = batch.size();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            int id = batch.ids()[i];
            int length = batch.lengths()[i];
            if (length > longest && length > longest + tag(batch, i)) {
                batch.pool().free(id);
            } else {
                batch.ids()[kept] = id;
                batch.lengths()[kept++] = length;
            }
        }
        batch.resize(kept);
        return size - kept;
    }

    private static int tag(PacketBatch batch, int packet) {
        return NetworkOrder.getShort(batch, packet, TYPE) == VLAN ? VLAN_TAG : 0;
    }

    /**
     * Lengthens packets of fewer than {@code shortest} bytes to that, with zeros, so that nothing that was in their
     * buffers before gets out.
     */
    public static void fill(PacketBatch batch, int shortest) {
        for (int i = 0; i < batch.size(); i++) {
            int length = batch.lengths()[i];
            if (length < shortest) {
                batch.lengths()[i] = shortest;
                NarrowMemory.segment(batch.address(i, length, shortest - length), shortest - length)
                        .fill((byte) 0);
            }
        }
    }
}
