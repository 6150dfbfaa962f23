package ixy4j.model.wire;

import java.util.Locale;

/**
 * The classic format, with microseconds or nanoseconds, in either byte order (draft-ietf-opsawg-pcap).
 *
 * <pre>
 *  0  magic: a1b2c3d4 with microseconds, a1b23c4d with nanoseconds    record:  0  seconds
 *  4  version: 2, 4 (2 bytes each)                                             4  micro- or nanoseconds
 *  8  time zone, accuracy: not used                                            8  bytes captured
 * 16  longest record: not used, many writers get it wrong                     12  bytes that the frame had
 * 20  link type, in the upper 16 bits what is known of the FCS                16  the bytes captured
 * </pre>
 *
 * A patched libpcap of 1999 wrote the magic a1b2cd34, and 8 more bytes before the captured ones.
 */
final class PcapFormat extends CaptureFormat {
    static final int MICROSECONDS = 0xa1b2_c3d4;
    static final int NANOSECONDS = 0xa1b2_3c4d;
    static final int HEADER = 24;
    static final int RECORD = 16;
    static final int VERSION = 4 << 16 | 2; // 2.4, as 4 bytes in the file's order

    private static final int PATCHED = 0xa1b2_cd34;
    private static final int FCS_KNOWN = 1 << 26; // then the upper four bits are its length, in 2 bytes

    private final boolean nanoseconds;

    PcapFormat(CaptureBytes bytes) {
        super(bytes);
        final int there = bytes.available(HEADER);
        if (there < HEADER) {
            throw bytes.error("is " + there + " bytes long, but the header of a pcap file has " + HEADER);
        }
        swapped = !isMagic(number(0));
        final int magic = number(0);
        if (!isMagic(magic)) {
            throw bytes.error(noCapture(Integer.reverseBytes(magic)));
        }
        nanoseconds = magic == NANOSECONDS;
        if (half(4) != 2 || half(6) != 4) {
            throw bytes.error("offset 4 has version " + half(4) + '.' + half(6) + ", not 2.4");
        }
        final int about = number(20);
        linkType = about & 0xffff;
        if (linkType != ETHERNET) {
            throw bytes.error("offset 20 has link type " + LinkTypes.show(linkType) + ", not 1, Ethernet");
        }
        fcs = (about & FCS_KNOWN) == 0 ? 0 : (about >>> 28) * 2;
        frameOffset = magic == PATCHED ? RECORD + 8 : RECORD;
        length = HEADER; // to be passed before the first record
    }

    private static boolean isMagic(int number) {
        return number == MICROSECONDS || number == NANOSECONDS || number == PATCHED;
    }

    /** What the file is by its first bytes, little-endian. */
    private static String noCapture(int magic) {
        final String packer = switch (magic) {
            case 0xfd2f_b528 -> "zstd";
            case 0x587a_37fd -> "xz";
            case 0x184d_2204 -> "lz4";
            default -> (magic & 0xff_ffff) == 0x68_5a42 ? "bzip2" : null;
        };
        return packer != null
                ? "is compressed by " + packer + ": unpack it first; only gzip is read as it is"
                : String.format(
                        Locale.ROOT,
                        "is no capture: offset 0 has %08x, not %08x or %08x (pcap), 0a0d0d0a (pcapng) or 1f8b (gzip)",
                        magic,
                        MICROSECONDS,
                        NANOSECONDS);
    }

    @Override
    boolean nanoseconds() {
        return nanoseconds;
    }

    @Override
    boolean next() {
        bytes.skip(length);
        length = 0;
        final int there = bytes.available(frameOffset);
        if (there < frameOffset) {
            return there > 0 && truncated();
        }
        captured = unsigned(8);
        original = unsigned(12);
        if (captured > LONGEST_RECORD) {
            return garbage("the length " + captured);
        }
        length = frameOffset + captured;
        time = unsigned(0) * 1_000_000_000 + unsigned(4) * (nanoseconds ? 1 : 1_000);
        return bytes.available((int) length) >= length || truncated();
    }
}
