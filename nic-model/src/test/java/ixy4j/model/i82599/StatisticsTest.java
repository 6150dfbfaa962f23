package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.model.Mistakes;
import ixy4j.model.i82599.registers.RegisterFile;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final long UNICAST = 0x0000_0090_5982_02L;
    private static final long BROADCAST = -1;
    private static final long MULTICAST = 0x0000_0100_5e00_01L;

    private final RegisterFile registers = new RegisterFile(new Mistakes("card", Mistakes.Policy.STOP));
    private final Statistics statistics = new Statistics(registers);

    private long pair(int low, int high) {
        return Integer.toUnsignedLong(registers.read(low)) | Integer.toUnsignedLong(registers.read(high)) << 32;
    }

    @Test
    void readingClears() {
        statistics.passed(UNICAST, 64);
        statistics.passed(UNICAST, 128);
        assertEquals(2, registers.read(GPRC));
        assertEquals(0, registers.read(GPRC));
        assertEquals(192, pair(GORCL, GORCH));
        assertEquals(0, pair(GORCL, GORCH));
    }

    @Test
    void byteCountersHave36Bits() {
        for (int i = 0; i < 5; i++) {
            statistics.delivered(0, 0x7000_0000);
        }
        assertEquals(5 * 0x7000_0000L, pair(QBRC_L, QBRC_H));
        assertEquals(5 * 0x7000_0000L, pair(RXDGBCL, RXDGBCH));
        for (int i = 0; i < 33; i++) {
            statistics.delivered(0, Integer.MAX_VALUE);
        }
        assertEquals(0xf_ffff_ffffL, pair(QBRC_L, QBRC_H), "stays at its maximum");
        assertEquals(0, pair(QBRC_L, QBRC_H));
    }

    @Test
    void nothingIsLostBetweenTheWordsOfAPair() {
        statistics.arrived(1000);
        assertEquals(1000, registers.read(TORL));
        statistics.arrived(64);
        assertEquals(0, registers.read(TORH));
        assertEquals(64, pair(TORL, TORH));
        assertEquals(0, registers.read(TORL));
        statistics.arrived(64); // between a low word of 0 and the high word
        assertEquals(0, registers.read(TORH));
        assertEquals(64, pair(TORL, TORH));
    }

    @Test
    void thePairOnlyClearsWithItsHighWord() {
        statistics.arrived(500);
        assertEquals(500, registers.read(TORL));
        assertEquals(500, registers.read(TORL));
        assertEquals(500, pair(TORL, TORH));
        assertEquals(0, pair(TORL, TORH));
    }

    @Test
    void sizesIncludeTheFcs() {
        int[] sizes = {64, 65, 127, 128, 255, 256, 511, 512, 1023, 1024, 1518, 9000};
        for (int size : sizes) {
            statistics.errorFree(size);
            statistics.transmitted(0, UNICAST, size);
        }
        int[] expected = {1, 2, 2, 2, 2, 3};
        int[] rx = {PRC64, PRC127, PRC255, PRC511, PRC1023, PRC1522};
        int[] tx = {PTC64, PTC127, PTC255, PTC511, PTC1023, PTC1522};
        for (int i = 0; i < 6; i++) {
            assertEquals(expected[i], registers.read(rx[i]));
            assertEquals(expected[i], registers.read(tx[i]));
        }
    }

    @Test
    void receivedMulticastsIncludeBroadcastsAndSentOnesDoNot() {
        for (long first : new long[] {UNICAST, MULTICAST, BROADCAST}) {
            statistics.passed(first, 64);
            statistics.transmitted(0, first, 64);
        }
        assertEquals(2, registers.read(MPRC));
        assertEquals(1, registers.read(BPRC));
        assertEquals(1, registers.read(MPTC));
        assertEquals(1, registers.read(BPTC));
        assertEquals(3, registers.read(GPTC));
        assertEquals(3, registers.read(TPT));
        assertEquals(3 * 64, pair(GOTCL, GOTCH));
    }

    @Test
    void queuesCountInTheSetThatTheyAreMappedTo() {
        registers.write(RQSMR, 0x0102_0305); // queues 0 to 3: sets 5, 3, 2, 1
        registers.write(TQSM + 4 * 31, 0x0f00_0000); // queue 127: set 15
        statistics.delivered(1, 60);
        statistics.dropped(3);
        statistics.delivered(4, 61);
        statistics.transmitted(127, UNICAST, 64);
        assertEquals(1, registers.read(QPRC + 0x40 * 3));
        assertEquals(60, pair(QBRC_L + 0x40 * 3, QBRC_H + 0x40 * 3));
        assertEquals(1, registers.read(QPRDC + 0x40));
        assertEquals(1, registers.read(QPRC));
        assertEquals(1, registers.read(QPTC_LEGACY + 0x40 * 15), "by its alias");
        assertEquals(0, registers.read(QPTC + 4 * 15), "the same register");
        assertEquals(64, pair(QBTC_L + 8 * 15, QBTC_H + 8 * 15));
    }

    @Test
    void sizeCountersCanBeWritten() {
        registers.write(PRC64, 7);
        statistics.errorFree(64);
        assertEquals(8, registers.read(PRC64));
        registers.write(GPRC, 7);
        assertEquals(0, registers.read(GPRC));
    }

    @Test
    void aFullCounterStaysSo() {
        registers.write(PRC64, -1);
        statistics.errorFree(64);
        assertEquals(-1, registers.read(PRC64));
    }
}
