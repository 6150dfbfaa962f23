package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static ixy4j.model.i82599.TestDriver.DD;
import static ixy4j.model.i82599.TestDriver.EOP;
import static ixy4j.model.i82599.TestDriver.IFCS;
import static ixy4j.model.i82599.TestDriver.RS;
import static ixy4j.model.i82599.TestDriver.frame;
import static ixy4j.model.i82599.TestDriver.word;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.memory.RawMemory;
import ixy4j.model.CardTotals;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransmitterTest {
    private final TestDriver driver = new TestDriver().start();

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aFrameGoesOutAndIsReportedIfThatIsAskedFor() {
        driver.openTx(0, 64, 0);
        driver.txFrame(0, 0, frame(60, 1), 0);
        driver.txFrame(0, 1, frame(1514, 2), RS);
        long before = driver.txStatus(0, 0);
        driver.txTail(0, 2);
        assertTrue(driver.card.step());
        assertEquals(2, driver.wire.sent.size());
        assertArrayEquals(frame(60, 1), driver.wire.sent.get(0));
        assertArrayEquals(frame(1514, 2), driver.wire.sent.get(1));
        assertEquals(before, driver.txStatus(0, 0), "no RS, no write-back");
        assertEquals(DD, driver.txStatus(0, 1), "nothing but DD is left");
        assertEquals(2, driver.bar.get32(TDH));
        assertEquals(2, driver.bar.get32(GPTC));
        assertEquals(64 + 1518, driver.bar.get32(GOTCL));
        assertEquals(0, driver.bar.get32(GOTCH));
        assertEquals(1, driver.bar.get32(PTC64));
        assertEquals(1, driver.bar.get32(PTC1522));
        assertEquals(2, driver.bar.get32(QPTC));
    }

    @Test
    void nothingIsReadWithoutBusMastering() {
        driver.openTx(0, 64, 0);
        driver.txFrame(0, 0, frame(60, 1), RS);
        driver.card.setBusMaster(false);
        driver.txTail(0, 1);
        driver.card.step();
        assertEquals(0, driver.wire.sent.size());
        driver.card.setBusMaster(true);
        driver.card.step();
        assertEquals(1, driver.wire.sent.size());
        assertEquals(new CardTotals(0, 1, 0, 0, 0, 0), driver.card.totals());
        driver.card.reset();
        assertEquals(new CardTotals(0, 1, 0, 0, 0, 0), driver.card.totals());
    }

    @Test
    void roundTheRing() {
        driver.openTx(5, 64, 0);
        for (int i = 0; i < 300; i++) {
            driver.txFrame(5, i % 64, frame(60 + i, i), RS);
            driver.txTail(5, (i + 1) % 64);
            driver.card.step();
            assertEquals(DD, driver.txStatus(5, i % 64));
            assertArrayEquals(frame(60 + i, i), driver.wire.sent.get(i));
        }
    }

    @Test
    void aFrameInSeveralBuffersGoesOutInOnePiece() {
        driver.openTx(0, 64, 0);
        byte[] frame = frame(3000, 3);
        TestDriver.write(driver.txBuffer(0), Arrays.copyOfRange(frame, 0, 14));
        TestDriver.write(driver.txBuffer(1), Arrays.copyOfRange(frame, 14, 2000));
        TestDriver.write(driver.txBuffer(2), Arrays.copyOfRange(frame, 2000, 3000));
        driver.txDescriptor(0, 0, iova(0), word(14, 3000, IFCS));
        driver.txDescriptor(0, 1, iova(1), word(1986, 3000, 0));
        driver.txTail(0, 2);
        driver.card.step();
        assertEquals(0, driver.wire.sent.size());
        assertEquals(0, driver.bar.get32(TDH), "the card waits for the end of the frame");
        driver.txDescriptor(0, 2, iova(2), word(1000, 3000, EOP | IFCS | RS));
        driver.txTail(0, 3);
        driver.card.step();
        assertArrayEquals(frame, driver.wire.sent.getFirst());
        assertEquals(3, driver.bar.get32(TDH));
        assertEquals(DD, driver.txStatus(0, 2));
        assertEquals(1, driver.bar.get32(GPTC));
    }

    private long iova(int buffer) {
        return driver.memory.iova(driver.txBuffer(buffer));
    }

    @Test
    void shortFramesArePaddedIfThatIsOn() {
        driver.openTx(0, 64, 0);
        driver.txFrame(0, 0, frame(59, 1), 0);
        driver.txTail(0, 1);
        driver.card.step();
        assertArrayEquals(Arrays.copyOf(frame(59, 1), 60), driver.wire.sent.getFirst());
        driver.bar.clearFlags(HLREG0, 1 << 10);
        driver.txFrame(0, 1, frame(59, 2), 0);
        driver.txTail(0, 2);
        driver.card.step();
        assertArrayEquals(frame(59, 2), driver.wire.sent.get(1));
    }

    @Test
    void aFrameThatTheWireDoesNotTakeStays() {
        driver.openTx(0, 64, 0);
        driver.wire.takes = false;
        driver.txFrame(0, 0, frame(60, 1), RS);
        driver.txTail(0, 1);
        driver.card.step();
        assertEquals(0, driver.bar.get32(TDH));
        assertNotEquals(DD, driver.txStatus(0, 0));
        assertEquals(0, driver.bar.get32(GPTC));
        driver.wire.takes = true;
        driver.card.step();
        assertEquals(1, driver.wire.sent.size());
        assertEquals(DD, driver.txStatus(0, 0));
    }

    @Test
    void nothingIsSentWithoutALink() {
        driver.openTx(0, 64, 0);
        driver.wire.speed = 0;
        driver.card.step();
        driver.txFrame(0, 0, frame(60, 1), RS);
        driver.txTail(0, 1);
        driver.card.step();
        assertEquals(0, driver.wire.sent.size());
        driver.wire.speed = 10_000;
        driver.card.step();
        assertEquals(1, driver.wire.sent.size());
    }

    @Test
    void aThresholdCollectsReports() {
        driver.openTx(0, 64, 4 << 16);
        for (int i = 0; i < 6; i++) {
            driver.txFrame(0, i, frame(60, i), RS);
        }
        driver.txTail(0, 3);
        driver.card.step();
        assertEquals(3, driver.wire.sent.size());
        assertNotEquals(DD, driver.txStatus(0, 0));
        driver.txTail(0, 6);
        driver.card.step();
        assertEquals(DD, driver.txStatus(0, 0));
        assertEquals(DD, driver.txStatus(0, 3));
        assertNotEquals(DD, driver.txStatus(0, 4));
        driver.bar.set32(TXDCTL, driver.bar.get32(TXDCTL) | 1 << 26); // SWFLSH
        assertEquals(DD, driver.txStatus(0, 5));
        assertEquals(4 << 16 | 1 << 25, driver.bar.get32(TXDCTL), "SWFLSH clears itself");
    }

    @Test
    void aThrottledVectorReportsWhatTheThresholdHolds() {
        driver.openTx(1, 64, 4 << 16);
        driver.txFrame(1, 0, frame(60, 0), RS);
        driver.txTail(1, 1);
        driver.card.step();
        driver.card.step();
        assertNotEquals(DD, driver.txStatus(1, 0));
        driver.bar.set32(IVAR, 0x85 << 24); // transmit queue 1: vector 5
        driver.bar.set32(EITR + 4 * 5, 8);
        driver.card.step();
        assertEquals(DD, driver.txStatus(1, 0));
    }

    @Test
    void theHeadIsWrittenBackInsteadOfDescriptors() {
        driver.configureTx(0, 64);
        long place = driver.memory.address() + 3L * ixy4j.spi.DmaMemory.PAGE;
        driver.bar.set32(TDWBAL, (int) driver.memory.iova(place) | 1);
        driver.bar.set32(TDWBAH, (int) (driver.memory.iova(place) >>> 32));
        driver.bar.set32(TXDCTL, 1 << 25);
        driver.bar.get32(TXDCTL);
        driver.txFrame(0, 0, frame(60, 0), 0);
        driver.txFrame(0, 1, frame(60, 0), RS);
        driver.txFrame(0, 2, frame(60, 0), 0);
        driver.txTail(0, 3);
        driver.card.step();
        assertEquals(2, RawMemory.getInt(place));
        assertNotEquals(DD, driver.txStatus(0, 1));
    }

    @Test
    void loopbackBringsFramesBack() {
        driver.openTx(0, 64, 0);
        driver.openRx(0, 64, TestDriver.SRRCTL_ADVANCED);
        driver.giveRx(0, 0, 16);
        driver.wire.speed = 0;
        driver.bar.setFlags(HLREG0, 1 << 15);
        driver.txFrame(0, 0, frame(60, 1), 0);
        driver.txFrame(0, 1, TestDriver.frameTo(60, 2, 3, 4, 5, 6, 7), RS);
        driver.txFrame(0, 2, frame(900, 2), RS);
        driver.txTail(0, 3);
        driver.card.step();
        driver.card.step();
        assertEquals(0, driver.wire.sent.size());
        assertArrayEquals(frame(60, 1), driver.received(0, 0));
        assertArrayEquals(frame(900, 2), driver.received(0, 1), "the filter is passed, too");
        assertEquals(DD, driver.txStatus(0, 2));
        assertEquals(2, driver.bar.get32(GPRC));
        assertEquals(3, driver.bar.get32(GPTC));
    }

    @Test
    void legacyDescriptors() {
        driver.openTx(0, 64, 0);
        TestDriver.write(driver.txBuffer(0), frame(70, 1));
        driver.txDescriptor(0, 0, iova(0), 70 | EOP | IFCS | RS);
        driver.txTail(0, 1);
        driver.card.step();
        assertArrayEquals(frame(70, 1), driver.wire.sent.getFirst());
        assertEquals(DD, driver.txStatus(0, 0));
    }

    @Test
    void allQueuesAreServed() {
        for (int queue : new int[] {0, 63, 64, 127}) {
            driver.openTx(queue, 64, 0);
        }
        int sent = 0;
        for (int queue : new int[] {127, 64, 63, 0}) {
            driver.txDescriptor(queue, 0, iova(0), word(60, 60, EOP | IFCS));
            driver.txTail(queue, 1);
            driver.card.step();
            assertEquals(++sent, driver.wire.sent.size());
            driver.bar.set32(TestDriver.tx(queue) + 0x28, 0);
            driver.card.step();
        }
    }
}
