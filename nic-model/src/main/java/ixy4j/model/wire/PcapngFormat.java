package ixy4j.model.wire;

import ixy4j.memory.RawMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * The format of Wireshark (draft-ietf-opsawg-pcapng): blocks, some with a frame, others with what is to be known of the
 * interface that it was captured at, and many that say nothing to us. Sections follow one another, each in its own byte
 * order and with interfaces of its own.
 *
 * <pre>
 * block:  0  type                        section header:  8  1a2b3c4d in the section's byte order
 *         4  length of the whole block                   12  version: 1, any
 *         8  ...                         interface:       8  link type (2 bytes)
 *        -4  the length again                            12  longest record, 0: any
 *                                                        16  options: code, length (2 bytes each), value, ...
 * enhanced packet: 8  interface          packet (old): 8  interface (2 bytes)        simple packet:  8  original length
 *                 12  time (upper, lower)             12  as an enhanced packet has                 12  frame
 *                 20  captured length
 *                 24  original length
 *                 28  frame, filled to 4 bytes, and options
 * </pre>
 */
final class PcapngFormat extends CaptureFormat {
    private static final int SECTION = 0x0a0d_0d0a; // the same in either byte order
    private static final int INTERFACE = 1;
    private static final int PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int ORDER = 0x1a2b_3c4d;
    private static final int LEAST = 12; // bytes of a block
    private static final int LONGEST = 128 << 20; // Wireshark's limit; a greater number is garbage

    private static final int PACKET_FLAGS = 2; // options
    private static final int TIME_RESOLUTION = 9;
    private static final int FCS_LENGTH = 13;
    private static final int TIME_OFFSET = 14;

    private static final Interface UNKNOWN = new Interface(-1, 0, 0, new PcapngTime((byte) 6, 0));

    /** Where frames were captured: the length of an FCS behind each, and the longest record, 0 for any. */
    private record Interface(int linkType, int fcs, long longest, PcapngTime clock) {}

    private final List<Interface> interfaces = new ArrayList<>();

    PcapngFormat(CaptureBytes bytes) {
        super(bytes);
        if (bytes.available(LEAST) < LEAST || !isSection()) {
            throw bytes.error("is a pcapng file that ends, or has nonsense, in its first " + LEAST + " bytes");
        }
    }

    static boolean begins(CaptureBytes bytes) {
        return bytes.available(4) >= 4 && RawMemory.getInt(bytes.address()) == SECTION;
    }

    @Override
    boolean nanoseconds() {
        return true; // a later interface may have them
    }

    @Override
    boolean next() {
        while (true) {
            bytes.skip(length);
            length = 0;
            if (!findBlock()) {
                return false;
            }
            final int type = number(0);
            if (type == INTERFACE) {
                interfaces.add(readInterface());
            } else if (type == SIMPLE_PACKET) {
                readSimplePacket();
                return true;
            } else if (hasPacket(type)) {
                readPacket(type);
                return true;
            }
        }
    }

    /** Whether there is one more block, which may be the start of a section, and makes sense. */
    private boolean findBlock() {
        final int there = bytes.available(LEAST);
        if (there < LEAST) {
            return there > 0 && truncated();
        }
        final boolean section = number(0) == SECTION;
        if (section && !isSection()) {
            return garbage("a section of a byte order that does not exist");
        }
        final long size = unsigned(4);
        if (size < least(number(0)) || size > LONGEST || size % 4 != 0) {
            return garbage("a block of " + size + " bytes");
        }
        final int looked = (int) Math.min(size, CaptureBytes.WINDOW);
        if (bytes.available(looked) < looked) {
            return hasPacket(number(0)) && truncated();
        }
        if (looked == size && unsigned(looked - 4) != size) {
            return garbage("a block of " + size + " bytes, or of " + unsigned(looked - 4));
        }
        if (section) {
            interfaces.clear();
            if (half(12) != 1) {
                return garbage("a section of version " + half(12) + '.' + half(14) + ", not 1");
            }
        }
        length = size;
        return true;
    }

    private static int least(int type) {
        return switch (type) {
            case SECTION -> 28;
            case INTERFACE -> 20;
            case SIMPLE_PACKET -> 16;
            default -> hasPacket(type) ? 32 : LEAST;
        };
    }

    private static boolean hasPacket(int type) {
        return type == ENHANCED_PACKET || type == PACKET || type == SIMPLE_PACKET;
    }

    /** Whether a section header has a byte order, which counts from now on. */
    private boolean isSection() {
        final int order = RawMemory.getInt(bytes.address() + 8);
        swapped = order == Integer.reverseBytes(ORDER);
        return swapped || order == ORDER;
    }

    private Interface readInterface() {
        final int fcsOption = option(FCS_LENGTH, 1, 16);
        final int resolution = option(TIME_RESOLUTION, 1, 16);
        final int offset = option(TIME_OFFSET, 8, 16);
        return new Interface(
                half(8),
                fcsOption == 0 ? 0 : (signed(fcsOption) & 0xff) / 8, // it is in bits
                unsigned(12),
                new PcapngTime(resolution == 0 ? 6 : signed(resolution), offset == 0 ? 0 : number64(offset)));
    }

    private void readPacket(int type) {
        final Interface from = at(type == PACKET ? half(8) : number(8));
        frameOffset = 28;
        captured = Math.min(unsigned(20), length - 32);
        original = unsigned(24);
        linkType = from.linkType;
        time = from.clock.nanos(unsigned(12) << 32 | unsigned(16));
        fcs = from.fcs;
        final int flags = option(PACKET_FLAGS, 4, frameOffset + (int) (captured + 3 & -4));
        if (flags != 0 && (number(flags) >>> 5 & 15) != 0) {
            fcs = number(flags) >>> 5 & 15; // this frame knows better than its interface
        }
    }

    /** It has no time: the one of the frame before is as good as any. */
    private void readSimplePacket() {
        final Interface from = at(0);
        frameOffset = 12;
        original = unsigned(8);
        captured = Math.min(from.longest == 0 ? original : Math.min(original, from.longest), length - 16);
        linkType = from.linkType;
        fcs = from.fcs;
    }

    private Interface at(int index) {
        return index >= 0 && index < interfaces.size() ? interfaces.get(index) : UNKNOWN;
    }

    /** Where the value of an option of this length is, if the block has it among those from an offset on; else 0. */
    private int option(int code, int bytesOfValue, int from) {
        final long end = Math.min(length, CaptureBytes.WINDOW) - 4;
        for (int at = from; at + 4 <= end && half(at) != 0; at += 4 + (half(at + 2) + 3 & -4)) {
            if (half(at) == code && half(at + 2) == bytesOfValue && at + 4 + bytesOfValue <= end) {
                return at + 4;
            }
        }
        return 0;
    }

    private byte signed(int offset) {
        return RawMemory.getByte(bytes.address() + offset);
    }

    private long number64(int offset) {
        final long value = RawMemory.getLong(bytes.address() + offset);
        return swapped ? Long.reverseBytes(value) : value;
    }
}
