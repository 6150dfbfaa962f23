package ixy4j.vfiouser;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bodies of messages, each in one place for both ends (specification, one section a command); of those that have data
 * of any length behind them, their front. In several, the first 4 bytes are {@code argsz}: how many the sender has room
 * for; the answer has there what it would have needed. It is {@link #room} of what came, and their own size in what is
 * written here, unless said otherwise.
 *
 * <pre>
 * VERSION                 Version and the JSON of Capabilities; the answer alike
 * DMA_MAP                 DmaMap, and 0 or 1 files; nothing back
 * DMA_UNMAP               DmaUnmap; the same back
 * DEVICE_GET_INFO         DeviceInfo; the same back
 * DEVICE_GET_REGION_INFO  RegionInfo; the same back, and capabilities
 * DEVICE_GET_IRQ_INFO     IrqInfo; the same back
 * DEVICE_SET_IRQS         IrqSet and data, and 0 to count files; nothing back
 * REGION_READ             RegionAccess; the same back, and the data
 * REGION_WRITE            RegionAccess and the data; RegionAccess back
 * DMA_READ                DmaAccess; the same back, and the data
 * DMA_WRITE               DmaAccess and the data; DmaAccess back
 * DEVICE_RESET            nothing; nothing back
 * </pre>
 */
public sealed interface Body {
    /** Bytes of it, without data. */
    int bytes();

    /** Writes them. */
    void write(ByteBuffer to);

    /** A new buffer with this at its start, and with room for data, where it is positioned. */
    default ByteBuffer withRoom(int data) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes() + data).order(ByteOrder.LITTLE_ENDIAN);
        write(buffer);
        return buffer;
    }

    /** A new buffer with this alone, positioned at its end. */
    default ByteBuffer toBuffer() {
        return withRoom(0);
    }

    /** The {@code argsz} of a body that begins with one and was not read yet. */
    static int room(ByteBuffer from) {
        return from.getInt(from.position());
    }

    /** u16 major, u16 minor; the JSON with a NUL. */
    record Version(int major, int minor) implements Body {
        /** Without the JSON. */
        public static final int BYTES = 4;

        /** Reads it, and leaves the JSON. */
        public static Version read(ByteBuffer from) {
            return new Version(Short.toUnsignedInt(from.getShort()), Short.toUnsignedInt(from.getShort()));
        }

        @Override
        public int bytes() {
            return BYTES;
        }

        @Override
        public void write(ByteBuffer to) {
            to.putShort((short) major).putShort((short) minor);
        }
    }

    /**
     * u32 argsz, u32 flags, u64 offset, u64 IOVA, u64 size.
     *
     * @param flags {@link Protocol#DMA_READABLE}, {@link Protocol#DMA_WRITABLE}
     * @param offset in the file that comes with it
     */
    record DmaMap(int flags, long offset, long iova, long size) implements Body {
        /** Of it. */
        public static final int BYTES = 32;

        /** Reads it. */
        public static DmaMap read(ByteBuffer from) {
            from.getInt();
            return new DmaMap(from.getInt(), from.getLong(), from.getLong(), from.getLong());
        }

        @Override
        public int bytes() {
            return BYTES;
        }

        @Override
        public void write(ByteBuffer to) {
            to.putInt(BYTES).putInt(flags).putLong(offset).putLong(iova).putLong(size);
        }
    }

    /**
     * u32 argsz, u32 flags, u64 IOVA, u64 size.
     *
     * @param flags 0, or {@link Protocol#DMA_UNMAP_ALL}
     */
    record DmaUnmap(int flags, long iova, long size) implements Body {
        /** Of it. */
        public static final int BYTES = 24;

        /** Reads it. */
        public static DmaUnmap read(ByteBuffer from) {
            from.getInt();
            return new DmaUnmap(from.getInt(), from.getLong(), from.getLong());
        }

        @Override
        public int bytes() {
            return BYTES;
        }

        @Override
        public void write(ByteBuffer to) {
            to.putInt(BYTES).putInt(flags).putLong(iova).putLong(size);
        }
    }

    /**
     * u32 argsz, u32 flags, u32 regions, u32 interrupt indexes; a question has 0 in all but the first.
     *
     * @param flags {@link Protocol#DEVICE_RESETS}, {@link Protocol#DEVICE_PCI}
     */
    record DeviceInfo(int flags, int regions, int interrupts) implements Body {
        /** Of it. */
        public static final int BYTES = 16;

        /** What is asked. */
        public static final DeviceInfo QUESTION = new DeviceInfo(0, 0, 0);

        /** Reads it. */
        public static DeviceInfo read(ByteBuffer from) {
            from.getInt();
            return new DeviceInfo(from.getInt(), from.getInt(), from.getInt());
        }

        @Override
        public int bytes() {
            return BYTES;
        }

        @Override
        public void write(ByteBuffer to) {
            to.putInt(BYTES).putInt(flags).putInt(regions).putInt(interrupts);
        }
    }

    /**
     * u32 argsz, u32 flags, u32 index, u32 offset of capabilities, u64 size, u64 offset.
     *
     * @param room argsz: with capabilities an answer is longer than this record
     * @param flags {@link Protocol#REGION_READABLE} and its like
     * @param capabilities where in the body the first one is, 0 where there is none
     * @param size bytes of the region, 0 where there is none
     * @param offset of the region in files that come along
     */
    record RegionInfo(int room, int flags, int index, int capabilities, long size, long offset) implements Body {
        /** Without capabilities. */
        public static final int BYTES = 32;

        /** What is asked about a region. */
        public static RegionInfo question(int index, int room) {
            return new RegionInfo(room, 0, index, 0, 0, 0);
        }

        /** Reads it. */
        public static RegionInfo read(ByteBuffer from) {
            return new RegionInfo(
                    from.getInt(), from.getInt(), from.getInt(), from.getInt(), from.getLong(), from.getLong());
        }

        @Override
        public int bytes() {
            return BYTES;
        }

        @Override
        public void write(ByteBuffer to) {
            to.putInt(room).putInt(flags).putInt(index).putInt(capabilities);
            to.putLong(size).putLong(offset);
        }
    }

    /**
     * u32 argsz, u32 flags, u32 index, u32 count.
     *
     * @param flags {@link Protocol#IRQ_EVENTFD} and its like
     */
    record IrqInfo(int flags, int index, int count) implements Body {
        /** Of it. */
        public static final int BYTES = 16;

        /** Reads it. */
        public static IrqInfo read(ByteBuffer from) {
            from.getInt();
            return new IrqInfo(from.getInt(), from.getInt(), from.getInt());
        }

        @Override
        public int bytes() {
            return BYTES;
        }

        @Override
        public void write(ByteBuffer to) {
            to.putInt(BYTES).putInt(flags).putInt(index).putInt(count);
        }
    }

    /**
     * u32 argsz, u32 flags, u32 index, u32 start, u32 count; data.
     *
     * @param flags {@link Protocol#IRQ_DATA_NONE} or its like, and {@link Protocol#IRQ_MASK} or its like
     */
    record IrqSet(int flags, int index, int start, int count) implements Body {
        /** Without data. */
        public static final int BYTES = 20;

        /** Reads it, and leaves the data. */
        public static IrqSet read(ByteBuffer from) {
            from.getInt();
            return new IrqSet(from.getInt(), from.getInt(), from.getInt(), from.getInt());
        }

        @Override
        public int bytes() {
            return BYTES;
        }

        @Override
        public void write(ByteBuffer to) {
            to.putInt(BYTES).putInt(flags).putInt(index).putInt(start).putInt(count);
        }
    }

    /**
     * u64 offset, u32 region, u32 count; data.
     *
     * @param count bytes of data
     */
    record RegionAccess(long offset, int region, int count) implements Body {
        /** Without data, which is there. */
        public static final int BYTES = 16;

        /** Where the offset is, to change it in a message that is made already. */
        public static final int OFFSET = 0;

        /** Where the region is, likewise. */
        public static final int REGION = 8;

        /** Reads it, and leaves the data. */
        public static RegionAccess read(ByteBuffer from) {
            return new RegionAccess(from.getLong(), from.getInt(), from.getInt());
        }

        @Override
        public int bytes() {
            return BYTES;
        }

        @Override
        public void write(ByteBuffer to) {
            to.putLong(offset).putInt(region).putInt(count);
        }
    }

    /**
     * u64 IOVA, u64 count; data.
     *
     * @param count bytes of data
     */
    record DmaAccess(long iova, long count) implements Body {
        /** Without data. */
        public static final int BYTES = 16;

        /** Reads it, and leaves the data. */
        public static DmaAccess read(ByteBuffer from) {
            return new DmaAccess(from.getLong(), from.getLong());
        }

        @Override
        public int bytes() {
            return BYTES;
        }

        @Override
        public void write(ByteBuffer to) {
            to.putLong(iova).putLong(count);
        }
    }
}
