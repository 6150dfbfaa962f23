package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static ixy4j.model.i82599.TestDriver.SRRCTL_ADVANCED;
import static ixy4j.model.i82599.TestDriver.SRRCTL_DROP;
import static ixy4j.model.i82599.TestDriver.frame;
import static ixy4j.model.i82599.TestDriver.frameTo;
import static ixy4j.model.i82599.TestDriver.length;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.memory.RawMemory;
import ixy4j.model.CardTotals;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverTest {
    private static final int EOP_DD = 3;
    private static final long RXE = 1L << 29;
    private static final long PIF = 1L << 7;

    private TestDriver driver = new TestDriver();

    private TestDriver open(int srrctl, int given) {
        driver.start();
        driver.openRx(0, 64, srrctl);
        driver.giveRx(0, 0, given);
        return driver;
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aFrameIsWrittenToTheFirstBufferWithItsStatus() {
        open(SRRCTL_ADVANCED, 8);
        byte[] frame = frame(60, 7);
        driver.wire.arrive(frame);
        assertTrue(driver.card.step());
        assertEquals(EOP_DD | 60L << 32, driver.rxStatus(0, 0));
        assertArrayEquals(frame, driver.received(0, 0));
        assertEquals(1, driver.bar.get32(RDH));
        assertEquals(8, driver.bar.get32(RDT));
        assertFalse(driver.card.step());
        assertEquals(0, driver.rxStatus(0, 1));
    }

    @Test
    void framesFollowOneAnotherRoundTheRing() {
        open(SRRCTL_ADVANCED, 63);
        for (int i = 0; i < 300; i++) {
            byte[] frame = frame(60 + i % 500, i);
            driver.wire.arrive(frame);
            driver.card.step();
            assertEquals(EOP_DD, driver.rxStatus(0, i % 64) & 0xffff_ffffL);
            assertArrayEquals(frame, driver.received(0, i % 64));
            driver.giveRx(0, i + 63, 1);
        }
        assertEquals(300, driver.bar.get32(GPRC));
        assertEquals(300, driver.bar.get32(QPRC));
    }

    @Test
    void theDescriptorBeforeTheTailIsTheLastOneUsed() {
        open(SRRCTL_ADVANCED, 2);
        for (int i = 0; i < 3; i++) {
            driver.wire.arrive(frame(60, i));
        }
        driver.card.step();
        assertEquals(EOP_DD, driver.rxStatus(0, 1) & 3);
        assertEquals(0, driver.rxStatus(0, 2));
        assertEquals(2, driver.bar.get32(RDH));
    }

    @Test
    void aQueueThatDropsCountsWhatItDrops() {
        open(SRRCTL_ADVANCED | SRRCTL_DROP, 2);
        for (int i = 0; i < 5; i++) {
            driver.wire.arrive(frame(60, i));
        }
        driver.card.step();
        driver.giveRx(0, 2, 4);
        driver.card.step();
        assertEquals(0, driver.rxStatus(0, 2), "nothing waited");
        assertEquals(3, driver.bar.get32(QPRDC));
        assertEquals(0, driver.bar.get32(MPC));
        assertEquals(2, driver.bar.get32(QPRC));
        assertEquals(5, driver.bar.get32(GPRC), "all that passed the filters");
    }

    @Test
    void framesWaitInThePacketBufferUntilThatIsFull() {
        driver.start();
        driver.bar.set32(RXPBSIZE, 1 << 10); // 1 KiB
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        for (int i = 0; i < 20; i++) {
            driver.wire.arrive(frame(100, i));
        }
        driver.card.step();
        driver.card.step();
        assertEquals(0, driver.wire.left());
        assertEquals(11, driver.bar.get32(MPC), "9 frames of 100 bytes, with 8 each, fit in 1024");
        driver.giveRx(0, 0, 20);
        driver.card.step();
        assertEquals(9, driver.bar.get32(QPRC));
        assertArrayEquals(frame(100, 8), driver.received(0, 8));
        assertEquals(0, driver.bar.get32(QPRDC));
    }

    @Test
    void fromAWireThatWaitsNoMoreIsTakenThanFits() {
        open(SRRCTL_ADVANCED | SRRCTL_DROP, 3);
        driver.wire.waits = true;
        for (int i = 0; i < 5; i++) {
            driver.wire.arrive(frame(60, i));
        }
        driver.card.step();
        assertEquals(2, driver.wire.left());
        driver.giveRx(0, 3, 1);
        driver.card.step();
        assertEquals(1, driver.wire.left());
        assertEquals(4, driver.bar.get32(QPRC));
        assertEquals(0, driver.bar.get32(QPRDC));
    }

    @Test
    void aFrameThatIsLongerThanABufferSpansDescriptors() {
        driver.start();
        driver.openRx(0, 64, 1 | 1 << 25); // 1 KiB
        driver.giveRx(0, 0, 2);
        byte[] frame = frame(1500, 3);
        driver.wire.arrive(frame);
        driver.wire.arrive(frame(1024, 4));
        driver.card.step();
        assertEquals(1, driver.rxStatus(0, 0) & 3, "no EOP");
        assertEquals(1024, length(driver.rxStatus(0, 0)));
        assertEquals(EOP_DD, driver.rxStatus(0, 1) & 3);
        assertEquals(476, length(driver.rxStatus(0, 1)));
        assertArrayEquals(frame, TestDriver.join(driver.received(0, 0), driver.received(0, 1)));
        driver.giveRx(0, 2, 1);
        driver.card.step();
        assertEquals(EOP_DD, driver.rxStatus(0, 2) & 3, "just one descriptor");
    }

    @Test
    void aFrameWaitsUntilThereAreDescriptorsForAllOfIt() {
        driver.start();
        driver.openRx(0, 64, 1 | 1 << 25);
        driver.giveRx(0, 0, 1);
        driver.wire.arrive(frame(1500, 3));
        driver.card.step();
        assertEquals(0, driver.rxStatus(0, 0));
        driver.giveRx(0, 1, 1);
        driver.card.step();
        assertEquals(EOP_DD, driver.rxStatus(0, 1) & 3);
    }

    @Test
    void anFcsThatIsNotStrippedIsThatOfTheFrame() {
        for (int i = 0; i < 3; i++) {
            driver.card.step();
        }
        driver.bar.clearFlags(HLREG0, 2);
        driver.bar.set32(RDRXCTL, (driver.bar.get32(RDRXCTL) & ~(0x1f << 17) & ~2) | 3 << 25);
        driver.bar.setFlags(RXCTRL, 1);
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.giveRx(0, 0, 4);
        byte[] frame = frame(100, 5);
        driver.wire.arrive(frame);
        driver.card.step();
        assertEquals(104, length(driver.rxStatus(0, 0)));
        byte[] received = driver.received(0, 0);
        assertArrayEquals(frame, Arrays.copyOf(received, 100));
        CRC32 crc = new CRC32();
        crc.update(frame);
        assertEquals((int) crc.getValue(), RawMemory.getInt(driver.rxBuffer(0) + 100));
        assertEquals(104, driver.bar.get32(QBRC_L));
    }

    @Test
    void aWrongFcsIsCountedAndTheFrameDropped() {
        open(SRRCTL_ADVANCED, 4);
        driver.wire.arriveBad(frame(60, 1));
        driver.wire.arrive(frame(60, 2));
        driver.card.step();
        assertArrayEquals(frame(60, 2), driver.received(0, 0));
        assertEquals(1, driver.bar.get32(CRCERRS));
        assertEquals(1, driver.bar.get32(GPRC));
        assertEquals(2, driver.bar.get32(TPR));
        assertEquals(128, driver.bar.get32(TORL));
        assertEquals(1, driver.bar.get32(RXNFGPC));
        assertEquals(1, driver.bar.get32(PRC64));
    }

    @Test
    void badFramesAreStoredWhereThatIsAskedFor() {
        open(SRRCTL_ADVANCED, 4);
        driver.bar.setFlags(FCTRL, 2); // SBP
        driver.wire.arriveBad(frame(60, 1));
        driver.card.step();
        assertEquals(EOP_DD | RXE | 60L << 32, driver.rxStatus(0, 0));
        assertEquals(1, driver.bar.get32(CRCERRS));
        assertEquals(0, driver.bar.get32(GPRC));
    }

    @Test
    void framesOfWrongSizesAreCountedAndDropped() {
        open(SRRCTL_ADVANCED, 16);
        driver.wire.arrive(frame(59, 1));
        driver.wire.arriveBad(frame(59, 1));
        driver.wire.arrive(frame(1514, 1));
        driver.wire.arrive(frame(1515, 1));
        driver.wire.arriveBad(frame(1515, 1));
        byte[] tagged = frame(1518, 1);
        tagged[12] = (byte) 0x81;
        driver.wire.arrive(tagged);
        tagged = Arrays.copyOf(tagged, 1519);
        driver.wire.arrive(tagged);
        driver.card.step();
        assertEquals(1, driver.bar.get32(RUC));
        assertEquals(1, driver.bar.get32(RFC));
        assertEquals(2, driver.bar.get32(ROC));
        assertEquals(1, driver.bar.get32(RJC));
        assertEquals(1, driver.bar.get32(CRCERRS), "all of 64 bytes and more whose FCS is wrong");
        assertEquals(2, driver.bar.get32(GPRC));
        assertEquals(new CardTotals(2, 0, 0, 5, 0, 0), driver.card.totals());
        assertEquals(1514, length(driver.rxStatus(0, 0)));
        assertEquals(1518, length(driver.rxStatus(0, 1)));
    }

    /** What the wire had to cut is never taken for a whole frame. */
    @Test
    void aFrameLongerThanThePacketBufferTakesIsTooLongWhateverTheLimit() {
        open(SRRCTL_ADVANCED, 16);
        driver.bar.set32(MAXFRS, 0xffff << 16);
        driver.bar.setFlags(HLREG0, 4);
        driver.wire.arrive(frame(20_000, 1));
        driver.card.step();
        assertEquals(1, driver.bar.get32(ROC));
        assertEquals(1, driver.card.totals().faulty());
    }

    @Test
    void framesForOthersAreFilteredAndNotLost() {
        open(SRRCTL_ADVANCED, 16);
        driver.bar.clearFlags(FCTRL, 3 << 8);
        byte[] other = frame(60, 1);
        other[5] ^= 1;
        driver.wire.arrive(other);
        driver.card.step();
        assertEquals(1, driver.bar.get32(RXNFGPC));
        assertEquals(0, driver.bar.get32(GPRC));
        assertEquals(new CardTotals(0, 0, 0, 0, 1, 0), driver.card.totals());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatAResetOrTheEndFindsInThePacketBufferWasDropped(boolean end) {
        open(SRRCTL_ADVANCED & ~SRRCTL_DROP_EN, 4); // waits for descriptors
        for (int i = 0; i < 10; i++) {
            driver.wire.arrive(frame(60, i));
        }
        driver.card.step();
        CardTotals before = driver.card.totals();
        assertEquals(0, before.dropped());
        for (int i = 0; i < 2; i++) {
            if (end) {
                driver.card.close();
            } else {
                driver.card.reset();
            }
            assertEquals(10, before.received() + driver.card.totals().dropped(), "each once");
        }
    }

    @Test
    void framesThatComeWhileThePortIsDownAreLost() {
        open(SRRCTL_ADVANCED, 16);
        driver.bar.clearFlags(RXCTRL, 1);
        driver.wire.arrive(frame(60, 1));
        driver.card.step();
        assertEquals(1, driver.card.totals().lost());
    }

    @Test
    void jumboFramesNeedTheirBitAndTheLimit() {
        open(SRRCTL_ADVANCED, 16);
        driver.bar.set32(MAXFRS, 4000 << 16);
        driver.wire.arrive(frame(3996, 1));
        driver.card.step();
        assertEquals(1, driver.bar.get32(ROC));
        driver.bar.setFlags(HLREG0, 4);
        driver.wire.arrive(frame(3996, 1));
        driver.wire.arrive(frame(3997, 1));
        driver.card.step();
        assertEquals(1, driver.bar.get32(ROC));
        assertEquals(1, driver.bar.get32(GPRC));
        assertEquals(3996 - 2048, length(driver.rxStatus(0, 1)));
    }

    @Test
    void aFrameWithAWrongLengthFieldIsCountedAndDropped() { // as RXE says (7.1.6.2)
        open(SRRCTL_ADVANCED, 16);
        for (int field : new int[] {46, 50, 86, 87, 85, 1501}) {
            byte[] frame = frame(100, 1);
            frame[12] = (byte) (field >> 8);
            frame[13] = (byte) field;
            driver.wire.arrive(frame);
        }
        driver.card.step();
        assertEquals(4, driver.bar.get32(RLEC), "86 is right, 1501 is a type");
        assertEquals(2, driver.bar.get32(GPRC));
        assertEquals(2, driver.bar.get32(RXNFGPC));
        assertEquals(2, driver.bar.get32(QPRC));
        driver.bar.setFlags(FCTRL, 2); // SBP
        driver.wire.arrive(frameWithLengthField(5, 100));
        driver.card.step();
        assertEquals(EOP_DD | RXE | 100L << 32, driver.rxStatus(0, 2));
        driver.bar.clearFlags(FCTRL, 2);
        driver.bar.clearFlags(HLREG0, 1 << 27);
        assertEquals(1, driver.bar.get32(RLEC));
        driver.wire.arrive(frameWithLengthField(5, 100));
        driver.card.step();
        assertEquals(0, driver.bar.get32(RLEC), "switched off");
        assertEquals(1, driver.bar.get32(GPRC));
    }

    @Test
    void paddingIsNoWrongLength() {
        open(SRRCTL_ADVANCED, 16);
        driver.wire.arrive(frameWithLengthField(5, 60));
        driver.card.step();
        assertEquals(0, driver.bar.get32(RLEC));
    }

    private static byte[] frameWithLengthField(int field, int length) {
        byte[] frame = frame(length, 1);
        frame[12] = (byte) (field >> 8);
        frame[13] = (byte) field;
        return frame;
    }

    @Test
    void framesForOthersAreNotDelivered() {
        open(SRRCTL_ADVANCED, 16);
        driver.wire.arrive(frameTo(60, 2, 3, 4, 5, 6, 7));
        driver.wire.arrive(frameTo(60, 0x33, 0x33, 0, 0, 0, 1));
        driver.wire.arrive(frameTo(60, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
        driver.card.step();
        assertEquals(EOP_DD | 60L << 32, driver.rxStatus(0, 0), "the broadcast");
        assertEquals(0, driver.rxStatus(0, 1));
        assertEquals(3, driver.bar.get32(TPR));
        assertEquals(3, driver.bar.get32(RXNFGPC));
        assertEquals(1, driver.bar.get32(GPRC));
        assertEquals(1, driver.bar.get32(BPRC));
        driver.bar.setFlags(FCTRL, FCTRL_UPE);
        driver.wire.arrive(frameTo(60, 2, 3, 4, 5, 6, 7));
        driver.card.step();
        assertEquals(EOP_DD | PIF | 60L << 32, driver.rxStatus(0, 1));
    }

    @Test
    void nothingIsReceivedBeforeItIsEnabledOrWithoutALink() {
        open(SRRCTL_ADVANCED, 16);
        driver.bar.clearFlags(RXCTRL, 1);
        driver.wire.arrive(frame(60, 1));
        driver.card.step();
        assertEquals(0, driver.wire.left(), "a network does not wait");
        assertEquals(0, driver.bar.get32(TPR));
        driver.bar.setFlags(RXCTRL, 1);
        driver.wire.speed = 0;
        driver.wire.arrive(frame(60, 1));
        driver.card.step();
        driver.wire.speed = 10_000;
        driver.card.step();
        assertEquals(0, driver.rxStatus(0, 0));
        driver.wire.arrive(frame(60, 1));
        driver.card.step();
        assertEquals(EOP_DD, driver.rxStatus(0, 0) & 3);
    }

    @Test
    void framesForADisabledQueueAreDropped() {
        open(SRRCTL_ADVANCED, 16);
        driver.bar.set32(RXDCTL, 0);
        assertEquals(1 << 25, driver.bar.get32(RXDCTL));
        assertEquals(0, driver.bar.get32(RXDCTL));
        driver.wire.arrive(frame(60, 1));
        driver.card.step();
        assertEquals(0, driver.wire.left());
        assertEquals(0, driver.rxStatus(0, 0));
        assertEquals(1, driver.bar.get32(GPRC));
        assertEquals(1, driver.bar.get32(QPRDC), "a reason that its section of the datasheet names");
        driver.configureRx(0, 64, SRRCTL_ADVANCED);
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.giveRx(0, 0, 4);
        driver.wire.arrive(frame(60, 2));
        driver.card.step();
        assertArrayEquals(frame(60, 2), driver.received(0, 0));
    }

    @Test
    void legacyDescriptors() {
        open(2, 4);
        driver.bar.setFlags(FCTRL, 2);
        driver.wire.arrive(frame(60, 1));
        driver.wire.arriveBad(frame(61, 1));
        driver.card.step();
        assertEquals(60 | 3L << 32, driver.rxStatus(0, 0));
        assertEquals(61 | 3L << 32 | 1L << 40, driver.rxStatus(0, 1));
        assertEquals(driver.memory.iova(driver.rxBuffer(0)), RawMemory.getLong(driver.ring(0)), "the address stays");
    }

    @Test
    void severalQueuesInTurn() {
        driver.close();
        driver = new TestDriver(CardOptions.STEPPED.withSpread(3));
        driver.start();
        for (int queue = 0; queue < 3; queue++) {
            driver.openRx(queue, 64, SRRCTL_ADVANCED);
            driver.giveRx(queue, 0, 10);
        }
        driver.bar.set32(RQSMR, 0x0002_0100);
        for (int i = 0; i < 9; i++) {
            driver.wire.arrive(frame(60, i));
        }
        driver.card.step();
        for (int queue = 0; queue < 3; queue++) {
            assertEquals(3, driver.bar.get32(RDH + 0x40 * queue));
            assertEquals(3, driver.bar.get32(QPRC + 0x40 * queue));
        }
    }

    @Test
    void highQueuesHaveRegistersOfTheirOwn() {
        driver.close();
        driver = new TestDriver(CardOptions.STEPPED.withSpread(101));
        driver.start();
        driver.openRx(100, 64, SRRCTL_ADVANCED);
        driver.giveRx(100, 0, 4);
        for (int i = 0; i < 101; i++) {
            driver.wire.arrive(frame(60, i));
        }
        driver.card.step();
        driver.card.step();
        assertEquals(1, driver.bar.get32(RDH_64 + 0x40 * 36));
        assertEquals(EOP_DD, driver.rxStatus(100, 0) & 3);
    }

    private static byte[] tagged(int length, int tag) {
        byte[] frame = frame(length, 1);
        frame[12] = (byte) 0x81;
        frame[14] = (byte) (tag >> 8);
        frame[15] = (byte) tag;
        return frame;
    }

    @Test
    void tagsAreShownAndStrippedWhereThatIsAskedFor() {
        open(SRRCTL_ADVANCED, 8);
        driver.wire.arrive(tagged(100, 0x2005));
        driver.card.step();
        assertEquals(EOP_DD | 8 | 100L << 32, driver.rxStatus(0, 0));
        assertArrayEquals(tagged(100, 0x2005), driver.received(0, 0));
        driver.bar.set32(RXDCTL, 1 << 25 | 1 << 30); // VME
        driver.wire.arrive(tagged(100, 0x2005));
        driver.wire.arrive(frame(100, 1));
        driver.card.step();
        assertEquals(EOP_DD | 8 | 96L << 32 | 0x2005L << 48, driver.rxStatus(0, 1));
        byte[] expected = tagged(100, 0x2005);
        byte[] stripped = TestDriver.join(Arrays.copyOf(expected, 12), Arrays.copyOfRange(expected, 16, 100));
        assertArrayEquals(stripped, driver.received(0, 1));
        assertEquals(EOP_DD | 100L << 32, driver.rxStatus(0, 2));
    }

    @Test
    void onlyVlansInTheTablePassWhereThatIsAskedFor() {
        open(SRRCTL_ADVANCED, 8);
        for (int i = 0; i < 128; i++) {
            driver.bar.set32(VFTA + 4 * i, 0);
        }
        driver.bar.set32(VFTA + 4 * (0x123 >> 5), 1 << (0x123 & 31));
        driver.bar.setFlags(VLNCTRL, 1 << 30); // VFE
        driver.wire.arrive(tagged(100, 0x124));
        driver.wire.arrive(tagged(101, 0xe123));
        driver.wire.arrive(frame(102, 1));
        driver.card.step();
        assertEquals(101, length(driver.rxStatus(0, 0)));
        assertEquals(102, length(driver.rxStatus(0, 1)));
        assertEquals(2, driver.bar.get32(GPRC));
    }

    @Test
    void theCfiBitOfATagCountsWhereThatIsAskedFor() {
        open(SRRCTL_ADVANCED, 8);
        driver.bar.set32(VFTA, 1 << 5);
        driver.bar.setFlags(VLNCTRL, 1 << 30 | 1 << 29); // VFE, CFIEN
        driver.wire.arrive(tagged(100, 0x1005));
        driver.wire.arrive(tagged(101, 5));
        driver.card.step();
        assertEquals(101, length(driver.rxStatus(0, 0)));
        driver.bar.setFlags(VLNCTRL, 1 << 28); // CFI
        driver.wire.arrive(tagged(101, 5));
        driver.wire.arrive(tagged(100, 0x1005));
        driver.card.step();
        assertEquals(100, length(driver.rxStatus(0, 1)));
        assertEquals(2, driver.bar.get32(GPRC));
    }

    @Test
    void aStrippedTagOfAFrameThatWaits() {
        open(SRRCTL_ADVANCED, 0);
        driver.bar.set32(RXDCTL, 1 << 25 | 1 << 30); // VME
        driver.wire.arrive(tagged(100, 0x2005));
        for (int i = 0; i < 3; i++) {
            driver.card.step();
        }
        driver.giveRx(0, 0, 2);
        driver.card.step();
        assertEquals(EOP_DD | 8 | 96L << 32 | 0x2005L << 48, driver.rxStatus(0, 0));
        byte[] expected = tagged(100, 0x2005);
        byte[] stripped = TestDriver.join(Arrays.copyOf(expected, 12), Arrays.copyOfRange(expected, 16, 100));
        assertArrayEquals(stripped, driver.received(0, 0));
    }

    @Test
    void srrctlMayChangeWhileTheQueueIsEnabled() {
        open(SRRCTL_ADVANCED, 1);
        driver.bar.setFlags(SRRCTL, SRRCTL_DROP);
        driver.wire.arrive(frame(60, 1));
        driver.wire.arrive(frame(60, 2));
        driver.card.step();
        assertEquals(1, driver.bar.get32(QPRDC));
    }

    @Test
    void whatWaitsWhenReceivingIsStoppedIsStillDelivered() {
        open(SRRCTL_ADVANCED, 1);
        driver.wire.arrive(frame(60, 1));
        driver.wire.arrive(frame(61, 2));
        driver.card.step();
        driver.bar.set32(RXCTRL, 0);
        driver.wire.arrive(frame(62, 3)); // nobody listens
        driver.giveRx(0, 1, 4);
        driver.card.step();
        assertArrayEquals(frame(61, 2), driver.received(0, 1));
        assertEquals(0, driver.rxStatus(0, 2));
        assertEquals(0, driver.wire.left());
        assertEquals(2, driver.bar.get32(GPRC));
    }

    @Test
    void noFrameIsLostWithoutACounter() {
        long seed = Long.getLong("ixy4j.seed", System.nanoTime());
        driver.close();
        driver = new TestDriver(CardOptions.STEPPED.withSpread(2));
        new Traffic(driver.start(), new Random(seed), "seed " + seed).run();
    }

    /** Frames arrive for two queues while a driver does all that it may, in any order. */
    private static final class Traffic {
        private final TestDriver driver;
        private final Random random;
        private final String seed;
        private final boolean[] open = new boolean[2];
        private final boolean[] drops = new boolean[2];
        private final int[] given = new int[2]; // descriptors since the queue was opened
        private final int[] taken = new int[2];
        private long good;
        private long delivered;
        private long dropped;
        private long missed;
        private int maximum; // frames that waited

        Traffic(TestDriver driver, Random random, String seed) {
            this.driver = driver;
            this.random = random;
            this.seed = seed;
        }

        void run() {
            driver.bar.set32(RXPBSIZE, 2 << 10);
            for (int i = 0; i < 20_000 || (i < 1_000_000 && !hasSeenAll()); i++) {
                int queue = random.nextInt(2);
                switch (random.nextInt(40)) {
                    case 0 -> toggle(queue);
                    case 1 -> driver.bar.set32(RXCTRL, 0);
                    case 2, 3 -> driver.bar.set32(RXCTRL, 1);
                    case 4 -> driver.wire.speed = 10_000 - driver.wire.speed;
                    case 5, 6, 7, 8, 9, 10, 11, 12 -> arrive(random.nextInt(8));
                    case 13, 14, 15, 16, 17, 18 -> give(queue, random.nextInt(12));
                    default -> driver.card.step();
                }
                take(0);
                take(1);
                count();
                long waiting = good - delivered - dropped - missed;
                assertTrue(waiting >= 0, waiting + " too many, " + seed);
                maximum = Math.max(maximum, (int) waiting);
            }
            for (int queue = 0; queue < 2; queue++) {
                close(queue);
            }
            driver.card.step();
            count();
            assertEquals(good, delivered + dropped + missed, seed);
            String counts =
                    delivered + " delivered, " + dropped + " dropped, " + missed + " missed, " + maximum + " waiting, ";
            assertTrue(hasSeenAll(), counts + seed);
        }

        /** Whether each fate that a frame can have was met often enough. */
        private boolean hasSeenAll() {
            return delivered > 500 && dropped > 500 && missed > 50 && maximum > 10;
        }

        private void arrive(int count) {
            for (int i = 0; i < count; i++) {
                driver.wire.arrive(frame(60 + random.nextInt(100), i));
            }
        }

        private void toggle(int queue) {
            if (open[queue]) {
                close(queue);
            } else {
                drops[queue] = random.nextBoolean();
                driver.openRx(queue, 64, drops[queue] ? SRRCTL_ADVANCED | SRRCTL_DROP : SRRCTL_ADVANCED);
                given[queue] = 0;
                taken[queue] = 0;
                open[queue] = true;
            }
        }

        private void close(int queue) {
            driver.bar.set32(TestDriver.rx(queue) + 0x28, 0);
            driver.bar.get32(TestDriver.rx(queue) + 0x28);
            assertEquals(0, driver.bar.get32(TestDriver.rx(queue) + 0x28));
            open[queue] = false;
        }

        private void give(int queue, int most) {
            int count = Math.min(most, 63 - (given[queue] - taken[queue]));
            if (open[queue] && count > 0) {
                driver.giveRx(queue, given[queue], count);
                given[queue] += count;
            }
        }

        /** Counts the frames that are there for a driver to see. */
        private void take(int queue) {
            while (open[queue]
                    && taken[queue] < given[queue]
                    && (driver.rxStatus(queue, taken[queue] % 64) & EOP_DD) == EOP_DD) {
                taken[queue]++;
                delivered++;
            }
        }

        private void count() {
            good += driver.bar.get32(GPRC);
            dropped += driver.bar.get32(QPRDC);
            missed += driver.bar.get32(MPC);
        }
    }

    @Test
    void theFarEndBeginsWhenTheFirstQueueHasDescriptors() {
        driver.start();
        driver.card.step();
        driver.configureRx(3, 64, SRRCTL_ADVANCED);
        driver.card.step();
        driver.openRx(3, 64, SRRCTL_ADVANCED);
        driver.card.step();
        assertEquals(0, driver.wire.starts);
        driver.giveRx(3, 0, 1);
        driver.bar.set32(RXCTRL, 0);
        driver.card.step();
        assertEquals(0, driver.wire.starts, "RXEN");
        driver.bar.set32(RXCTRL, 1);
        driver.card.step();
        assertEquals(1, driver.wire.starts);
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.giveRx(0, 0, 1);
        driver.card.step();
        assertEquals(1, driver.wire.starts, "once");
    }
}
