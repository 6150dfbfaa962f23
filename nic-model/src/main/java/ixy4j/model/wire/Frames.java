package ixy4j.model.wire;

import ixy4j.memory.RawMemory;

/**
 * The frames that generators send and sinks check: UDP in IPv4 in Ethernet, numbered, with right checksums and a
 * payload that follows from the number, so that a frame tells on its own whether all of it arrived.
 *
 * <pre>
 *  0  Ethernet: to 02:00:00:00:00:02, from 02:00:00:00:00:01, type 0800
 * 14  IPv4: 198.18.x.y to 198.18.0.2 (addresses for benchmarks, RFC 2544), don't fragment, TTL 64, right checksum
 * 34  UDP: port p to 9 (discard), right checksum
 * 42  sequence number, 8 bytes
 * 50  pattern: 8 bytes after 8 bytes, each a mix of sequence number and offset; the last ones cut at the frame's end
 * </pre>
 *
 * In flow f, x is f mod 256, y is 1 + 2 &lfloor;f / 16384&rfloor;, and p is 49152 + f mod 16384: no two are alike.
 *
 * <p>Numbers are big-endian. Lengths are without FCS. Addresses are absolute and not checked.
 */
public final class Frames {
    /** The shortest frame of an Ethernet in bytes, without FCS. */
    public static final int MIN_LENGTH = 60;

    /** The longest frame of an Ethernet without jumbo frames in bytes, without FCS. */
    public static final int MAX_LENGTH = 1514;

    /** Where the sequence number is. */
    public static final int SEQUENCE_OFFSET = 42;

    /** How many flows there are. */
    public static final int FLOWS = 1 << 20;

    private static final int UDP_OFFSET = 34;
    private static final int PROTOCOL_OFFSET = 23;
    private static final int UDP = 17;
    private static final int UDP_CHECKSUM_OFFSET = 40;
    private static final int PATTERN_OFFSET = 50;
    private static final int PORT_BITS = 14;
    private static final int PORT_MASK = (1 << PORT_BITS) - 1; // above 49152

    // The first 40 bytes as five numbers, so that five stores write them, of flow 0; 0 if the frame's length decides.
    private static final long WORD_0 = 0x0200_0000_0002_0200L; // to, the first 2 bytes of from
    private static final long WORD_8 = 0x0000_0001_0800_4500L; // the rest of from, type, version 4, 20 bytes of header
    private static final long WORD_16 = 0x0000_0000_4000_4011L; // total length, id, don't fragment, TTL, protocol
    private static final long WORD_24 = 0x0000_c612_0001_c612L; // IP checksum, source, the first half of destination
    private static final long WORD_32 = 0x0002_c000_0009_0000L; // the other half, ports, UDP length
    private static final long BYTE_1 = 0x00ff_0000_0000_0000L; // the one that each hop of an ixy forwarder adds 1 to

    // What the checksums cover and no frame changes: the IP header; the pseudo header (addresses, protocol) and ports.
    private static final long IP_SUM = 0x4500 + halves(WORD_16) + halves(WORD_24) + 0x0002;
    private static final long UDP_SUM = halves(WORD_24) + 0x0011 + halves(WORD_32);

    private Frames() {}

    /**
     * Writes a frame of flow 0.
     *
     * @param address where its first byte is to be
     * @param length {@link #MIN_LENGTH} to {@link #MAX_LENGTH} bytes
     * @param sequence any number
     */
    public static void writeUdp(long address, int length, long sequence) {
        writeUdp(address, length, sequence, 0);
    }

    /**
     * Writes a frame of a flow.
     *
     * @param flow 0 to {@link #FLOWS} - 1
     */
    public static void writeUdp(long address, int length, long sequence, int flow) {
        checkLength(length);
        int host = host(flow);
        int port = flow & PORT_MASK;
        put(address, WORD_0);
        put(address + 8, WORD_8);
        put(address + 16, word16(length));
        put(address + 24, word24(length, host));
        put(address + 32, word32(length, port));
        put(address + SEQUENCE_OFFSET, sequence);
        long sum = udpSum(length, sequence, host, port);
        final int rest = length - PATTERN_OFFSET & 7;
        if (rest > 0) {
            // Before the whole words, since it is written with zeros in front, where the last of them comes.
            int cut = 64 - 8 * rest;
            long word = pattern(sequence, length - rest) >>> cut;
            put(address + length - 8, word);
            sum += halves(word << cut);
        }
        for (int offset = PATTERN_OFFSET; offset <= length - 8; offset += 8) {
            long word = pattern(sequence, offset);
            put(address + offset, word);
            sum += halves(word);
        }
        RawMemory.setShort(address + UDP_CHECKSUM_OFFSET, Short.reverseBytes(udpChecksum(sum)));
    }

    /** The sequence number of a frame of at least {@link #MIN_LENGTH} bytes. */
    public static long sequence(long address) {
        return get(address + SEQUENCE_OFFSET);
    }

    /**
     * Whether these are the bytes that {@link #writeUdp} wrote, headers, checksums and pattern. Byte 1 may be any: a
     * forwarder in the manner of ixy adds 1 to it to have touched the frame.
     */
    public static boolean valid(long address, int length) {
        if (!looksValid(address, length)) {
            return false;
        }
        final long word24 = get(address + 24);
        final long word32 = get(address + 32);
        final int host = (int) (word24 >>> 16) & 0xffff;
        final int port = (int) (word32 >>> 32) & PORT_MASK;
        if ((get(address) & ~BYTE_1) != WORD_0
                || get(address + 8) != WORD_8
                || host != host(flow(host, port))
                || word24 != word24(length, host)
                || word32 != word32(length, port)) {
            return false;
        }
        final long sequence = sequence(address);
        long sum = udpSum(length, sequence, host, port);
        long difference = 0;
        final int rest = length - PATTERN_OFFSET & 7;
        if (rest > 0) {
            int cut = 64 - 8 * rest;
            long word = pattern(sequence, length - rest) >>> cut << cut;
            difference = get(address + length - 8) << cut ^ word;
            sum += halves(word);
        }
        for (int offset = PATTERN_OFFSET; offset <= length - 8; offset += 8) {
            long word = pattern(sequence, offset);
            difference |= get(address + offset) ^ word;
            sum += halves(word);
        }
        return difference == 0
                && Short.reverseBytes(RawMemory.getShort(address + UDP_CHECKSUM_OFFSET)) == udpChecksum(sum);
    }

    /**
     * Whether sequence number and pattern are those that {@link #writeUdp} wrote, behind whatever headers of UDP in IPv4 of
     * the same length: those of a frame that was answered, routed or translated are others.
     */
    public static boolean hasPayload(long address, int length) {
        if (length < MIN_LENGTH
                || length > MAX_LENGTH
                || (get(address + 8) & 0xffff_ff00L) != 0x0800_4500L
                || RawMemory.getByte(address + PROTOCOL_OFFSET) != UDP) {
            return false;
        }
        final long sequence = sequence(address);
        long difference = 0;
        final int rest = length - PATTERN_OFFSET & 7;
        if (rest > 0) {
            int cut = 64 - 8 * rest;
            difference = get(address + length - 8) << cut ^ pattern(sequence, length - rest) >>> cut << cut;
        }
        for (int offset = PATTERN_OFFSET; offset <= length - 8; offset += 8) {
            difference |= get(address + offset) ^ pattern(sequence, offset);
        }
        return difference == 0;
    }

    /** {@link #valid(long, int)}, and it has passed this number of ixy forwarders (modulo 256). */
    public static boolean valid(long address, int length, int hops) {
        return valid(address, length) && RawMemory.getByte(address + 1) == (byte) hops;
    }

    /** A quick look: a length that we send, and an IPv4 header that says UDP and this length. */
    public static boolean looksValid(long address, int length) {
        return length >= MIN_LENGTH && length <= MAX_LENGTH && get(address + 16) == word16(length);
    }

    /**
     * Fills a frame shorter than {@link #MIN_LENGTH} with zeros up to it, as every sender on an Ethernet does, as far
     * as there is room.
     *
     * @return its length then
     */
    public static int pad(long address, int length, int room) {
        int padded = Math.max(length, Math.min(room, MIN_LENGTH));
        RawMemory.fill(address + length, padded - length, (byte) 0);
        return padded;
    }

    static void checkLength(int length) {
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a frame has " + MIN_LENGTH + " to " + MAX_LENGTH + " bytes, not " + length);
        }
    }

    private static long word16(int length) {
        return WORD_16 | (length - 14L) << 48;
    }

    /** The last two bytes of the address that a flow is from. */
    private static int host(int flow) {
        return (flow & 0xff) << 8 | 1 + (flow >>> PORT_BITS << 1);
    }

    /** The flow whose they are, if they are any's. */
    private static int flow(int host, int port) {
        return (host & 0x7f) >>> 1 << PORT_BITS | port;
    }

    private static long word24(int length, int host) {
        return (WORD_24 + ((host - 1L) << 16)) | (long) (~fold(IP_SUM + length - 14 + host - 1) & 0xffff) << 48;
    }

    private static long word32(int length, int port) {
        return (WORD_32 + ((long) port << 32)) | (length - UDP_OFFSET);
    }

    private static long pattern(long sequence, int offset) {
        return (sequence + ((long) offset << 40)) * 0x9e37_79b9_7f4a_7c15L;
    }

    /** What the UDP checksum adds up, but for the pattern; the UDP length counts twice, in pseudo header and header. */
    private static long udpSum(int length, long sequence, int host, int port) {
        return UDP_SUM + host - 1 + port + 2L * (length - UDP_OFFSET) + halves(sequence);
    }

    private static short udpChecksum(long sum) {
        int checksum = ~fold(sum) & 0xffff;
        return (short) (checksum == 0 ? 0xffff : checksum); // 0 would mean: no checksum (RFC 768)
    }

    // A checksum is a sum of 16-bit numbers modulo 65535 (RFC 1071). 65536 is 1 there, so a wider number is worth as
    // much as the sum of its 16-bit parts, and may be added as a whole, or, without overflow, as its two halves.
    private static long halves(long word) {
        return (word & 0xffff_ffffL) + (word >>> 32);
    }

    private static int fold(long sum) {
        long half = halves(sum); // at most 1_ffff_fffe
        long quarter = (half & 0xffff) + (half >>> 16 & 0xffff) + (half >>> 32); // at most 1_fffe
        return (int) ((quarter & 0xffff) + (quarter >>> 16));
    }

    private static void put(long address, long word) {
        RawMemory.setLong(address, Long.reverseBytes(word));
    }

    private static long get(long address) {
        return Long.reverseBytes(RawMemory.getLong(address));
    }
}
