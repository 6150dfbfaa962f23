package ixy4j.model.wire;

import ixy4j.memory.RawMemory;

/** The classic format, which {@link PcapFormat} has, too. */
record PcapLayout(boolean nanoseconds) implements CaptureLayout {
    static final int LONGEST = 262_144; // as tcpdump says: nothing is cut

    private static final int SECOND = 1_000_000_000;

    @Override
    public int begin(long address) {
        RawMemory.setInt(address, nanoseconds ? PcapFormat.NANOSECONDS : PcapFormat.MICROSECONDS);
        RawMemory.setInt(address + 4, PcapFormat.VERSION);
        RawMemory.setLong(address + 8, 0);
        RawMemory.setInt(address + 16, LONGEST);
        RawMemory.setInt(address + 20, PcapFormat.ETHERNET);
        return PcapFormat.HEADER;
    }

    @Override
    public int header() {
        return PcapFormat.HEADER;
    }

    @Override
    public int frame() {
        return PcapFormat.RECORD;
    }

    @Override
    public int size(int length) {
        return PcapFormat.RECORD + length;
    }

    @Override
    public int sizeOf(long record) {
        return size(RawMemory.getInt(record + 8));
    }

    @Override
    public void write(long record, int length, long time) {
        RawMemory.setInt(record, (int) (time / SECOND));
        RawMemory.setInt(record + 4, (int) (time % SECOND) / (nanoseconds ? 1 : 1_000));
        RawMemory.setInt(record + 8, length);
        RawMemory.setInt(record + 12, length);
    }
}
