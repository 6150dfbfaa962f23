package ixy4j.model.wire;

import ixy4j.IxyException;
import ixy4j.memory.RawMemory;

/**
 * A format of captures: finds one record after another in the bytes of a file, and throws nothing while it does but that
 * the thread is interrupted ({@link CaptureBytes#available}).
 */
abstract sealed class CaptureFormat permits PcapFormat, PcapngFormat {
    /** The link type of Ethernet, the only one that a card can take. */
    static final int ETHERNET = 1;

    /** The longest record in bytes that any program captures by itself (tcpdump's limit); a greater number is garbage. */
    static final int LONGEST_RECORD = 262_144;

    final CaptureBytes bytes;
    boolean swapped; // numbers are big-endian

    // Of the record that next() has found; it stands at the start of the bytes, and all of it is there.
    int frameOffset; // from there to the frame
    long captured; // bytes of the frame that are there
    long original; // bytes that the frame had
    int fcs; // the last so many of those are its FCS
    int linkType;
    long time; // nanoseconds since 1970
    long length; // of the whole record

    private String garbage; // null: all that there is can be understood
    private boolean truncated;

    CaptureFormat(CaptureBytes bytes) {
        this.bytes = bytes;
    }

    /**
     * The format of a file, which stands at its first record then.
     *
     * @throws IxyException if it is none that we know
     */
    static CaptureFormat of(CaptureBytes bytes) {
        if (bytes.available(4) == 0) {
            throw bytes.error(bytes.trouble() == null ? "is empty" : "is no capture: " + bytes.trouble());
        }
        return PcapngFormat.begins(bytes) ? new PcapngFormat(bytes) : new PcapFormat(bytes);
    }

    /** Goes on to the next record; false at the end. */
    abstract boolean next();

    /** Whether the times are finer than microseconds. */
    abstract boolean nanoseconds();

    /** Nothing can be found from here on, since there is no record but something else; the result of {@link #next}. */
    final boolean garbage(String what) {
        garbage = "offset " + bytes.offset() + " has no record, but " + what;
        return false;
    }

    /** The file ends in the middle of a record; the result of {@link #next}. */
    final boolean truncated() {
        truncated = true;
        return false;
    }

    /** Whether the end came in the middle of a record: the capture is still being written, or its writer was killed. */
    final boolean isTruncated() {
        return truncated;
    }

    /** Why nothing was found from some place on, null if the end was that of the capture. */
    final String trouble() {
        return garbage != null ? garbage : bytes.trouble();
    }

    /** 4 bytes at an offset from where the bytes are. */
    final int number(int offset) {
        final int value = RawMemory.getInt(bytes.address() + offset);
        return swapped ? Integer.reverseBytes(value) : value;
    }

    final long unsigned(int offset) {
        return Integer.toUnsignedLong(number(offset));
    }

    /** 2 bytes. */
    final int half(int offset) {
        final short value = RawMemory.getShort(bytes.address() + offset);
        return (swapped ? Short.reverseBytes(value) : value) & 0xffff;
    }
}
