package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static ixy4j.model.i82599.TestDriver.DD;
import static ixy4j.model.i82599.TestDriver.RS;
import static ixy4j.model.i82599.TestDriver.SRRCTL_ADVANCED;
import static ixy4j.model.i82599.TestDriver.frame;
import static ixy4j.model.i82599.TestDriver.length;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.model.i82599.CardFaults.Kind;
import ixy4j.spi.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CardFaultsTest {
    private TestDriver driver;

    private TestDriver with(Kind kind, long value) {
        driver = new TestDriver(CardOptions.STEPPED.withFaults(CardFaults.NONE.with(kind, value)));
        return driver;
    }

    /** Receives frames one by one on queue 0, up to 63. */
    private void receive(int count) {
        driver.start();
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.giveRx(0, 0, 63);
        for (int i = 0; i < count; i++) {
            driver.wire.arrive(frame(60, i));
            driver.card.step();
        }
    }

    @AfterEach
    void close() {
        if (driver != null) {
            driver.close();
        }
    }

    @Test
    void theResetHangs() {
        with(Kind.RESET_HANGS, 1).bar.set32(CTRL, 1 << 26);
        for (int i = 0; i < 100; i++) {
            driver.card.step();
            assertEquals(1 << 26, driver.bar.get32(CTRL));
        }
    }

    @Test
    void theEepromIsNeverDone() {
        with(Kind.EEPROM_NEVER_DONE, 1);
        for (int i = 0; i < 100; i++) {
            assertEquals(0, driver.bar.get32(EEC) & 1 << 9);
        }
    }

    @Test
    void theDmaIsNeverReady() {
        with(Kind.DMA_NEVER_READY, 1);
        for (int i = 0; i < 100; i++) {
            assertEquals(0, driver.bar.get32(RDRXCTL) & 1 << 3);
        }
    }

    @Test
    void theLinkNeverComes() {
        with(Kind.NO_LINK, 1);
        for (int i = 0; i < 100; i++) {
            driver.card.step();
            assertEquals(0, driver.bar.get32(LINKS) & 1 << 30);
        }
    }

    @Test
    void theQueueNeverEnables() {
        with(Kind.QUEUE_NEVER_ENABLES, 1).start();
        driver.configureRx(0, 64, SRRCTL_ADVANCED);
        driver.bar.set32(RXDCTL, 1 << 25);
        driver.configureTx(0, 64);
        driver.bar.set32(TXDCTL, 1 << 25);
        for (int i = 0; i < 100; i++) {
            driver.card.step();
            assertEquals(0, driver.bar.get32(RXDCTL));
            assertEquals(0, driver.bar.get32(TXDCTL));
        }
    }

    @Test
    void impossibleLengths() {
        with(Kind.IMPOSSIBLE_LENGTH, 3);
        receive(9);
        int[] lengths = {60, 60, 0, 60, 60, 65535, 60, 60, 0};
        for (int i = 0; i < 9; i++) {
            assertEquals(lengths[i], length(driver.rxStatus(0, i)));
            assertEquals(3, driver.rxStatus(0, i) & 3);
        }
    }

    @Test
    void splitFrames() {
        with(Kind.SPANNING, 2);
        receive(3);
        long[] statuses = {60L << 32 | 3, 30L << 32 | 1, 30L << 32 | 3, 60L << 32 | 3};
        for (int i = 0; i < 4; i++) {
            assertEquals(statuses[i], driver.rxStatus(0, i));
        }
    }

    @Test
    void errorBits() {
        with(Kind.ERROR_BIT, 2);
        receive(4);
        for (int i = 0; i < 4; i++) {
            assertEquals(i % 2 == 1 ? 1L << 29 : 0, driver.rxStatus(0, i) & 1L << 29);
        }
    }

    @Test
    void lateWriteBacks() {
        with(Kind.LATE_WRITEBACK, 3);
        receive(2); // in rounds 0 and 1
        driver.card.step();
        assertEquals(0, driver.rxStatus(0, 0));
        driver.card.step();
        assertEquals(3, driver.rxStatus(0, 0) & 3);
        assertEquals(0, driver.rxStatus(0, 1));
        driver.card.step();
        assertEquals(3, driver.rxStatus(0, 1) & 3);
    }

    @Test
    void lateWriteBacksEndWithTheQueue() {
        with(Kind.LATE_WRITEBACK, 3);
        receive(1);
        driver.bar.set32(RXDCTL, 0);
        for (int i = 0; i < 10; i++) {
            driver.card.step();
        }
        assertEquals(0, driver.rxStatus(0, 0));
    }

    @Test
    void lostWriteBacks() {
        with(Kind.LOST_WRITEBACK, 2).start();
        driver.openTx(0, 64, 0);
        for (int i = 0; i < 4; i++) {
            driver.txFrame(0, i, frame(60, i), RS);
        }
        driver.txTail(0, 4);
        driver.card.step();
        assertEquals(4, driver.wire.sent.size());
        for (int i = 0; i < 4; i++) {
            assertEquals(i % 2 == 0, driver.txStatus(0, i) == DD);
        }
    }

    @Test
    void aStalledCard() {
        with(Kind.STALL, 2);
        receive(2);
        long status = driver.rxStatus(0, 0);
        assertEquals(3, status & 3);
        receiveMore(10);
        assertEquals(0, driver.rxStatus(0, 5));
        assertTrue(driver.wire.left() >= 9, "left on the wire: " + driver.wire.left());
        assertNotEquals(0, driver.bar.get32(STATUS), "registers still answer");
    }

    private void receiveMore(int count) {
        for (int i = 0; i < count; i++) {
            driver.wire.arrive(frame(60, i));
            driver.card.step();
        }
    }

    @Test
    void aResetInFlight() {
        with(Kind.RESET_AT, 5);
        receive(4);
        assertEquals(1 << 25, driver.bar.get32(RXDCTL));
        receiveMore(10);
        assertEquals(0, driver.bar.get32(RXDCTL));
        assertEquals(0, driver.bar.get32(RXCTRL));
        assertEquals(0, driver.bar.get32(RDT));
        assertEquals(0x402, driver.bar.get32(SRRCTL));
        driver.start();
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.giveRx(0, 0, 8);
        receiveMore(3);
        assertEquals(3, driver.rxStatus(0, 2) & 3, "it works again, and resets itself just once");
    }

    @Test
    void reading() {
        CardFaults faults = read("reset-hangs,lost-writeback=1/7,stall=12,error-bit");
        assertEquals(4, faults.values().size());
        assertEquals(1, faults.value(Kind.RESET_HANGS));
        assertEquals(7, faults.value(Kind.LOST_WRITEBACK));
        assertEquals(12, faults.value(Kind.STALL));
        assertTrue(faults.has(Kind.ERROR_BIT));
        assertEquals(0, faults.value(Kind.SPANNING));
        assertEquals("reset-hangs=1,error-bit=1,lost-writeback=7,stall=12", faults.toString());
    }

    @Test
    void readingWhatIsNone() {
        assertRefused("reset", "there is no fault reset: there are reset-hangs, queue-never-enables");
        assertRefused("", "there is an empty fault: there are reset-hangs");
        assertRefused("stall=1/2", "stall=1/2 should be stall or stall=N, N from 1 on");
        assertRefused(
                "lost-writeback=3", "lost-writeback=3 should be lost-writeback or lost-writeback=1/N, N from 1 on");
        assertRefused("spanning=1/0", "spanning=1/0 should be");
        assertRefused("spanning=", "spanning= should be");
        assertRefused("no-link=1", "no-link=1 should be no-link, without a value");
        assertRefused("stall,stall=2", "stall should be there once");
    }

    private static void assertRefused(String text, String message) {
        var error = assertThrows(IllegalArgumentException.class, () -> read(text));
        assertTrue(error.getMessage().startsWith("--fault '" + text + "': " + message), error.getMessage());
    }

    private static CardFaults read(String text) {
        Address.Options list = Address.Options.parseList("--fault", "fault", text);
        CardFaults faults = CardFaults.read(list);
        list.end();
        return faults;
    }
}
