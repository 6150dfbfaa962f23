package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.model.CardTotals;
import ixy4j.model.i82599.registers.RegisterFile;
import ixy4j.model.wire.Counter;
import java.util.Arrays;

/**
 * The counters that this card counts (datasheet 8.2.3.23). Sizes are those on the wire: from the destination address to
 * the FCS. Reading clears, and nothing that is counted between a read and the clearing is lost. A counter that is full
 * stays so.
 */
final class Statistics {
    private static final long MAX_32 = 0xffff_ffffL;
    private static final long MAX_36 = 0xf_ffff_ffffL;
    private static final long NOT_SEEN = -1;
    private static final int SETS = 16; // of queue counters

    // Places in the array below.
    private static final int CRC_ERRORS = 0;
    private static final int MISSED = 1;
    static final int LENGTH_ERRORS = 2;
    static final int UNDERSIZE = 3;
    static final int FRAGMENTS = 4;
    static final int OVERSIZE = 5;
    static final int JABBER = 6;
    private static final int RX_ALL = 7;
    private static final int RX_ALL_BYTES = 8;
    private static final int RX_UNFILTERED = 9;
    private static final int RX_UNFILTERED_BYTES = 10;
    private static final int RX_GOOD = 11;
    private static final int RX_GOOD_BYTES = 12;
    private static final int RX_BROADCAST = 13;
    private static final int RX_MULTICAST = 14;
    private static final int RX_DMA = 15;
    private static final int RX_DMA_BYTES = 16;
    private static final int RX_SIZES = 17;
    private static final int TX_GOOD = 23;
    private static final int TX_GOOD_BYTES = 24;
    private static final int TX_BROADCAST = 25;
    private static final int TX_MULTICAST = 26;
    private static final int TX_DMA = 27;
    private static final int TX_DMA_BYTES = 28;
    private static final int TX_ALL = 29;
    private static final int TX_SIZES = 30;
    private static final int RX_QUEUE = 36;
    private static final int RX_QUEUE_BYTES = RX_QUEUE + SETS;
    private static final int RX_QUEUE_DROPS = RX_QUEUE_BYTES + SETS;
    private static final int TX_QUEUE = RX_QUEUE_DROPS + SETS;
    private static final int TX_QUEUE_BYTES = TX_QUEUE + SETS;
    static final int CHECKSUM_ERRORS = TX_QUEUE_BYTES + SETS;
    private static final int COUNTERS = CHECKSUM_ERRORS + 1;

    private final RegisterFile registers;
    private final long[] counts = new long[COUNTERS];
    private final long[] seen = new long[COUNTERS]; // of a pair whose low word was read: what it was then
    private final byte[] rxSet = new byte[Board.QUEUES];
    private final byte[] txSet = new byte[Board.QUEUES];

    // Since the card was made: neither reading nor a reset clears them.
    private final Counter received = new Counter();
    private final Counter sent = new Counter();
    private final Counter dropped = new Counter();
    private final Counter faulty = new Counter();
    private final Counter filtered = new Counter();
    private final Counter lost = new Counter();

    Statistics(RegisterFile registers) {
        Arrays.fill(seen, NOT_SEEN);
        this.registers = registers;
        single(CRCERRS, CRC_ERRORS);
        single(MPC, MISSED, 1);
        single(RLEC, LENGTH_ERRORS);
        single(RUC, UNDERSIZE);
        single(RFC, FRAGMENTS);
        single(ROC, OVERSIZE);
        single(RJC, JABBER);
        single(XEC, CHECKSUM_ERRORS);
        single(TPR, RX_ALL);
        pair(TORL, TORH, RX_ALL_BYTES);
        single(RXNFGPC, RX_UNFILTERED);
        pair(RXNFGBCL, RXNFGBCH, RX_UNFILTERED_BYTES);
        single(GPRC, RX_GOOD);
        pair(GORCL, GORCH, RX_GOOD_BYTES);
        single(BPRC, RX_BROADCAST);
        single(MPRC, RX_MULTICAST);
        single(RXDGPC, RX_DMA);
        pair(RXDGBCL, RXDGBCH, RX_DMA_BYTES);
        sizes(RX_SIZES, PRC64, PRC127, PRC255, PRC511, PRC1023, PRC1522);
        single(GPTC, TX_GOOD);
        pair(GOTCL, GOTCH, TX_GOOD_BYTES);
        single(BPTC, TX_BROADCAST);
        single(MPTC, TX_MULTICAST);
        single(TXDGPC, TX_DMA);
        pair(TXDGBCL, TXDGBCH, TX_DMA_BYTES);
        single(TPT, TX_ALL);
        sizes(TX_SIZES, PTC64, PTC127, PTC255, PTC511, PTC1023, PTC1522);
        single(QPRC, RX_QUEUE);
        pair(QBRC_L, QBRC_H, RX_QUEUE_BYTES);
        single(QPRDC, RX_QUEUE_DROPS);
        single(QPTC, TX_QUEUE);
        pair(QBTC_L, QBTC_H, TX_QUEUE_BYTES);
        registers.onWrite(RQSMR, (index, old, next, written) -> map(rxSet, index, next));
        registers.onWrite(TQSM, (index, old, next, written) -> map(txSet, index, next));
    }

    /** Sets all to 0, and maps all queues to the first set. */
    void reset() {
        Arrays.fill(counts, 0);
        Arrays.fill(seen, NOT_SEEN);
        Arrays.fill(rxSet, (byte) 0);
        Arrays.fill(txSet, (byte) 0);
    }

    private void single(int register, int counter) {
        single(register, counter, SETS);
    }

    /** A counter of 32 bits; of an array of registers, those beyond {@code count} stay 0. */
    private void single(int register, int counter, int count) {
        registers.onRead(register, (index, value) -> index < count ? take(counter + index) : 0);
        registers.onLook(register, (index, value) -> index < count ? (int) counts[counter + index] : 0);
        registers.onWrite(register, (index, old, next, written) -> index < count ? put(counter + index, next) : 0);
    }

    private void sizes(int counter, int... sizeRegisters) {
        for (int i = 0; i < sizeRegisters.length; i++) {
            single(sizeRegisters[i], counter + i);
        }
    }

    private int take(int counter) {
        long count = Math.min(counts[counter], MAX_32);
        counts[counter] = 0;
        return (int) count;
    }

    /** Only some can be written (RC_W); of the others the next value is the old one, 0. */
    private int put(int counter, int next) {
        if (next != 0) {
            counts[counter] = Integer.toUnsignedLong(next);
        }
        return 0;
    }

    /** A counter of 36 bits: the low word is read first, and reading the high word clears what both have shown. */
    private void pair(int low, int high, int counter) {
        registers.onRead(low, (index, value) -> {
            seen[counter + index] = Math.min(counts[counter + index], MAX_36);
            return (int) seen[counter + index];
        });
        registers.onRead(high, (index, value) -> takeHigh(counter + index));
        registers.onLook(low, (index, value) -> (int) counts[counter + index]);
        registers.onLook(high, (index, value) -> (int) (counts[counter + index] >>> 32));
    }

    private int takeHigh(int counter) {
        long shown = seen[counter] != NOT_SEEN ? seen[counter] : Math.min(counts[counter], MAX_36);
        counts[counter] -= shown == MAX_36 ? counts[counter] : shown;
        seen[counter] = NOT_SEEN;
        return (int) (shown >>> 32);
    }

    /** Four queues in a word, four bits each. */
    private static int map(byte[] sets, int index, int next) {
        for (int i = 0; i < 4; i++) {
            sets[4 * index + i] = (byte) (next >>> (8 * i) & SETS - 1);
        }
        return next;
    }

    /** What was moved since the card was made, with what the wire lost; for any thread. */
    CardTotals totals(long undelivered) {
        return new CardTotals(
                received.get(), sent.get(), dropped.get(), faulty.get(), filtered.get(), lost.get() + undelivered);
    }

    /** Counts one event. */
    void count(int counter) {
        counts[counter]++;
    }

    /** A frame found no room in the packet buffer. */
    void missed() {
        counts[MISSED]++;
        dropped.add(1);
    }

    /** Frames were in the packet buffer when a reset, or the end of the card, emptied it. */
    void forgotten(int frames) {
        dropped.add(frames);
    }

    /** A frame came that is not received, as it has an error. */
    void faulty() {
        faulty.add(1);
    }

    /** A frame came that was not for the driver. */
    void filtered(boolean bad) {
        (bad ? faulty : filtered).add(1);
    }

    /** A frame came while the port was down, where no counter of the card sees it. */
    void lost() {
        lost.add(1);
    }

    /** A frame has a wrong FCS, and is not too short: one that is too long, which RJC counts as well, is among these. */
    void badFcs() {
        counts[CRC_ERRORS]++;
    }

    /** A frame came, whatever is wrong with it. */
    void arrived(int size) {
        counts[RX_ALL]++;
        counts[RX_ALL_BYTES] += size;
    }

    /** It has no error. */
    void errorFree(int size) {
        counts[RX_UNFILTERED]++;
        counts[RX_UNFILTERED_BYTES] += size;
        counts[RX_SIZES + sizeClass(size)]++;
    }

    /**
     * It passed the filters. The card's counters of good frames include those that find no room in the packet buffer, and
     * those of multicasts include broadcasts, unlike what the datasheet says (comments in Linux's ixgbe_update_stats).
     */
    void passed(long firstBytes, int size) {
        counts[RX_GOOD]++;
        counts[RX_GOOD_BYTES] += size;
        if ((firstBytes & 1) != 0) {
            counts[RX_MULTICAST]++;
            if (AddressFilter.isBroadcast(firstBytes)) {
                counts[RX_BROADCAST]++;
            }
        }
    }

    /** It was written to the buffers of a queue, {@code bytes} of it. */
    void delivered(int queue, int bytes) {
        received.add(1);
        counts[RX_DMA]++;
        counts[RX_DMA_BYTES] += bytes;
        int set = rxSet[queue];
        counts[RX_QUEUE + set]++;
        counts[RX_QUEUE_BYTES + set] += bytes;
    }

    /** Its queue is disabled, or drops and had no descriptor for it. */
    void dropped(int queue) {
        dropped.add(1);
        counts[RX_QUEUE_DROPS + rxSet[queue]]++;
    }

    /** A frame of a queue went out; {@code size} with its FCS. */
    void transmitted(int queue, long firstBytes, int size) {
        sent.add(1);
        counts[TX_GOOD]++;
        counts[TX_ALL]++;
        counts[TX_DMA]++;
        counts[TX_GOOD_BYTES] += size;
        counts[TX_DMA_BYTES] += size;
        counts[TX_SIZES + sizeClass(size)]++;
        int set = txSet[queue];
        counts[TX_QUEUE + set]++;
        counts[TX_QUEUE_BYTES + set] += size;
        if ((firstBytes & 1) != 0) {
            counts[AddressFilter.isBroadcast(firstBytes) ? TX_BROADCAST : TX_MULTICAST]++;
        }
    }

    /** 0 up to 64 bytes, then one for each power of two, 5 from 1024 on. */
    private static int sizeClass(int size) {
        return size <= 64 ? 0 : Math.min(26 - Integer.numberOfLeadingZeros(size), 5);
    }
}
