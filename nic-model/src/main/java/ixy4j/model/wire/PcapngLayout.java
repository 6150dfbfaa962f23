package ixy4j.model.wire;

import ixy4j.memory.RawMemory;

/**
 * The newer format, which {@link PcapngFormat} has, too (draft-ietf-opsawg-pcapng): a section with one interface of Ethernet,
 * whose clock ticks in nanoseconds, and an enhanced packet block for each frame.
 */
record PcapngLayout() implements CaptureLayout {
    private static final int SECTION = 0x0a0d_0d0a;
    private static final int SECTION_BYTES = 28;
    private static final int ORDER = 0x1a2b_3c4d;
    private static final int INTERFACE = 1;
    private static final int INTERFACE_BYTES = 32; // with one option and the end of all
    private static final int RESOLUTION = 9 | 1 << 16; // the option's code, and its length
    private static final int NANOSECONDS = 9; // a power of 10, negative
    private static final int PACKET = 6;
    private static final int FRAME = 28;

    @Override
    public int begin(long address) {
        RawMemory.setInt(address, SECTION);
        RawMemory.setInt(address + 4, SECTION_BYTES);
        RawMemory.setInt(address + 8, ORDER);
        RawMemory.setInt(address + 12, 1); // version 1.0
        RawMemory.setLong(address + 16, -1); // its length is not known
        RawMemory.setInt(address + 24, SECTION_BYTES);
        final long one = address + SECTION_BYTES;
        RawMemory.setInt(one, INTERFACE);
        RawMemory.setInt(one + 4, INTERFACE_BYTES);
        RawMemory.setInt(one + 8, PcapFormat.ETHERNET);
        RawMemory.setInt(one + 12, PcapLayout.LONGEST);
        RawMemory.setInt(one + 16, RESOLUTION);
        RawMemory.setInt(one + 20, NANOSECONDS);
        RawMemory.setInt(one + 24, 0); // the end of the options
        RawMemory.setInt(one + 28, INTERFACE_BYTES);
        return header();
    }

    @Override
    public int header() {
        return SECTION_BYTES + INTERFACE_BYTES;
    }

    @Override
    public int frame() {
        return FRAME;
    }

    @Override
    public int size(int length) {
        return FRAME + (length + 3 & -4) + 4;
    }

    @Override
    public int sizeOf(long record) {
        return RawMemory.getInt(record + 4);
    }

    @Override
    public void write(long record, int length, long time) {
        final int size = size(length);
        RawMemory.setInt(record, PACKET);
        RawMemory.setInt(record + 4, size);
        RawMemory.setInt(record + 8, 0); // its interface
        RawMemory.setInt(record + 12, (int) (time >>> 32));
        RawMemory.setInt(record + 16, (int) time);
        RawMemory.setInt(record + 20, length);
        RawMemory.setInt(record + 24, length);
        for (int i = FRAME + length; i < size - 4; i++) {
            RawMemory.setByte(record + i, (byte) 0);
        }
        RawMemory.setInt(record + size - 4, size);
    }
}
