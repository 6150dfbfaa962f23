package ixy4j.packet;

import ixy4j.memory.RawMemory;

/** What becomes of packets that are too short or too long to be sent as they are. Not for each packet. */
final class OddFrames {
    static final int SHORTEST = 60; // of an Ethernet, without FCS
    static final int LONGEST = 1514; // without VLAN tag

    private OddFrames() {}

    /** See {@link PacketQueue#dropLong}. */
    static int drop(PacketBatch batch, int longest) {
        batch.compact();
        int before = batch.size;
        for (int i = 0; i < before; i++) {
            int length = batch.length(i);
            if (length > longest && length > longest + (Ethernet.isTagged(batch, i) ? Ethernet.TAG : 0)) {
                batch.drop(i);
            }
        }
        batch.compact();
        return before - batch.size;
    }

    /** See {@link PacketQueue#fillShort}. So nothing gets out that was in their buffers before. */
    static void fill(PacketBatch batch, int shortest) {
        for (int i = 0; i < batch.size; i++) {
            int length = batch.length(i);
            if (length < shortest) {
                if (shortest > PacketPool.room(batch.buffers[i])) {
                    batch.moveToFront(i);
                }
                batch.setLength(i, shortest);
                RawMemory.fill(batch.address(i, length, shortest - length), shortest - length, (byte) 0);
            }
        }
    }
}
