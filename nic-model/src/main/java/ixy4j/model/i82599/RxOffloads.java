package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.memory.RawMemory;
import ixy4j.model.frame.Checksums;
import ixy4j.model.frame.Crc;

/**
 * What the card finds out about a received frame for its driver: the kind of packet, whether checksums are right (datasheet
 * 7.1.11), the hash and queue of RSS. The results are those of the last frame.
 *
 * <p>A card looks at each frame; this one does so once the driver has written RXCSUM or switched on RSS, as drivers do that
 * want to know. For one that does not, frames are emulated a quarter faster.
 */
final class RxOffloads {
    // Bits of the second word of an advanced descriptor (7.1.6.2).
    static final long UDPCS = 1L << 4;
    static final long L4CS = 1L << 5;
    static final long IPCS = 1L << 6;
    static final long UDPV = 1L << 10;
    static final long TCPE = 1L << 30;
    static final long IPE = 1L << 31;

    private static final int TYPE_SHIFT = 4;
    private static final int IDENTIFICATION_SHIFT = 32;
    private static final int FRAGMENT_SUM_SHIFT = 48;
    private static final int PROTOCOL_UDP = 17;

    private final Board board;
    private final PacketParser packet = new PacketParser();
    private final Rss rss;
    private boolean wanted; // what is found out, since RXCSUM was written
    private long status;
    private long firstWord;
    private int queue;

    RxOffloads(Board board) {
        this.board = board;
        rss = new Rss(board.registers, board.mistakes);
        board.registers.onWrite(RXCSUM, (index, old, next, written) -> {
            wanted = true;
            return next;
        });
    }

    /** Registers were reset. */
    void reset() {
        wanted = false;
        rss.reset();
    }

    /** How frames are spread over queues. */
    Rss rss() {
        return rss;
    }

    /** Bits to set in the second word of the frame's last descriptor. */
    long status() {
        return status;
    }

    /** The first word of its descriptors. */
    long firstWord() {
        return firstWord;
    }

    /** The queue that it goes to. */
    int queue() {
        return queue;
    }

    /** Forgets the last frame, for one that is not looked at. */
    void skip() {
        status = 0;
        firstWord = 0;
        queue = 0;
    }

    /**
     * Looks at a frame without errors.
     *
     * @param header bytes of its Ethernet header, with a VLAN tag if there is one
     */
    void take(long frame, int length, int header) {
        skip();
        if (wanted || rss.isOn()) {
            look(frame, length, header);
        }
    }

    private void look(long frame, int length, int header) {
        final PacketParser packet = this.packet;
        packet.parse(frame, length, header);
        final int type = packet.type;
        if (type != 0) {
            if ((type & PacketParser.IPV4) != 0) {
                checkHeader();
            }
            if ((type & (PacketParser.TCP | PacketParser.UDP)) != 0) {
                checkTransport();
            } else if ((type & PacketParser.SCTP) != 0) {
                checkSctp();
            }
            if ((status & (IPE | TCPE)) != 0) {
                board.statistics.count(Statistics.CHECKSUM_ERRORS);
            }
        }
        firstWord = (long) type << TYPE_SHIFT | fragmentOrHash();
    }

    private void checkHeader() {
        boolean right = Checksums.fold(Checksums.sum(packet.network, packet.networkLength)) == Checksums.RIGHT;
        status |= right ? IPCS : IPCS | IPE;
    }

    /** TCP and UDP, with what they take from the IP header; not UDP that says that it has no checksum. */
    private void checkTransport() {
        final PacketParser packet = this.packet;
        int length = packet.transportLength;
        boolean udp = (packet.type & PacketParser.UDP) != 0;
        if (udp) {
            int own = Checksums.getShort(packet.transport + 4);
            if (own < 8 || own > length || RawMemory.getShort(packet.transport + 6) == 0) {
                return;
            }
            length = own;
        }
        boolean four = (packet.type & PacketParser.IPV4) != 0;
        long addresses = four ? Checksums.sum(packet.network + 12, 8) : Checksums.sum(packet.network + 8, 32);
        long pseudo = addresses + Checksums.of(length) + Checksums.of(packet.protocol);
        boolean right = Checksums.fold(pseudo + Checksums.sum(packet.transport, length)) == Checksums.RIGHT;
        status |= L4CS | (udp ? UDPCS : 0) | (right ? 0 : TCPE);
    }

    private void checkSctp() {
        long place = packet.transport + 8;
        int sent = RawMemory.getInt(place);
        RawMemory.setInt(place, 0);
        boolean right = Crc.SCTP.of(packet.transport, packet.transportLength) == sent;
        RawMemory.setInt(place, sent);
        status |= right ? L4CS : L4CS | TCPE;
    }

    /** RXCSUM.PCSD says which of the two has the upper half of the word (8.2.3.7.5); the lowest bits are RSS's. */
    private long fragmentOrHash() {
        int control = board.registers.get(RXCSUM);
        boolean hashed = rss.isOn();
        if (hashed) {
            rss.take(packet);
            queue = rss.queue();
        }
        if ((control & RXCSUM_PCSD) != 0) {
            return hashed ? rss.type() | (long) rss.hash() << 32 : 0;
        }
        return (control & RXCSUM_IPPCSE) != 0 && packet.fragment && (packet.type & PacketParser.IPV4) != 0
                ? fragment()
                : 0;
    }

    /** The sum and number of a fragment, for a driver that puts UDP together again (7.1.11.1). */
    private long fragment() {
        int bytes = Math.max(0, Checksums.getShort(packet.network + 2) - packet.networkLength);
        int sum = Checksums.of(Checksums.fold(Checksums.sum(packet.transport, bytes)));
        boolean first = (Checksums.getShort(packet.network + 6) & 0x1fff) == 0;
        status |= UDPCS;
        if (first && packet.protocol == PROTOCOL_UDP && RawMemory.getShort(packet.transport + 6) != 0) {
            status |= UDPV;
        }
        return (long) sum << FRAGMENT_SUM_SHIFT | (long) Checksums.getShort(packet.network + 4) << IDENTIFICATION_SHIFT;
    }
}
