package ixy4j.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Numbers in packets of a batch, big-endian, as on the wire. Arguments and errors are those of
 * {@link PacketBatch#address(int, int, int)}.
 */
public final class NetworkOrder {
    @SuppressWarnings("restricted") // the batch has checked each address
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private NetworkOrder() {}

    public static short getShort(PacketBatch batch, int packet, int offset) {
        return ALL.get(SHORT, batch.address(packet, offset, Short.BYTES));
    }

    public static void setShort(PacketBatch batch, int packet, int offset, short value) {
        ALL.set(SHORT, batch.address(packet, offset, Short.BYTES), value);
    }

    public static int getInt(PacketBatch batch, int packet, int offset) {
        return ALL.get(INT, batch.address(packet, offset, Integer.BYTES));
    }

    public static void setInt(PacketBatch batch, int packet, int offset, int value) {
        ALL.set(INT, batch.address(packet, offset, Integer.BYTES), value);
    }

    public static long getLong(PacketBatch batch, int packet, int offset) {
        return ALL.get(LONG, batch.address(packet, offset, Long.BYTES));
    }

    public static void setLong(PacketBatch batch, int packet, int offset, long value) {
        ALL.set(LONG, batch.address(packet, offset, Long.BYTES), value);
    }
}
