package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.model.DriverMistake;
import ixy4j.spi.Bar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlTest {
    private static final int RST = 1 << 26;
    private static final int LRST = 1 << 3;
    private static final int LINK_UP = 1 << 30;

    private final TestDriver driver = new TestDriver();
    private final Bar bar = driver.bar;

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aResetEndsAfterItWasSeen() {
        bar.set32(FCTRL, 0x702);
        bar.set32(CTRL, RST | LRST);
        assertEquals(RST | LRST, bar.get32(CTRL));
        assertEquals(0, bar.get32(CTRL));
        assertEquals(0, bar.get32(FCTRL));
    }

    @Test
    void aRoundOfTheCardEndsAResetToo() {
        bar.set32(CTRL, RST);
        driver.card.step();
        assertEquals(0, bar.get32(CTRL));
    }

    @Test
    void aResetLeavesTheMulticastTableAsItWas() {
        bar.set32(MTA + 4 * 7, 0x1234);
        bar.set32(CTRL, RST);
        assertEquals(0x1234, bar.get32(MTA + 4 * 7));
        assertNotEquals(0, bar.get32(MTA + 4 * 8), "undefined at power up");
    }

    @Test
    void eepromAndDmaAreDoneAfterOneRead() {
        assertEquals(0, bar.get32(EEC) & 1 << 9);
        assertEquals(1 << 9 | 1 << 8, bar.get32(EEC) & (1 << 9 | 1 << 8));
        assertEquals(0x00108800, bar.get32(RDRXCTL));
        assertEquals(0x00108808, bar.get32(RDRXCTL));
        bar.set32(CTRL, RST);
        assertEquals(0, bar.get32(EEC) & 1 << 9);
        assertEquals(0, bar.get32(RDRXCTL) & 1 << 3);
    }

    @Test
    void theAddressComesFromTheEeprom() {
        assertEquals(0x90598202, bar.get32(RAL));
        assertEquals(0x80000000, bar.get32(RAH));
        bar.set32(RAL, 0);
        bar.set32(RAH, 0);
        bar.set32(CTRL, RST);
        assertEquals(0x90598202, bar.get32(RAL_LEGACY));
    }

    @Test
    void masterEnableFollowsAfterOneRead() {
        assertEquals(1 << 19, bar.get32(STATUS) & 1 << 19);
        bar.setFlags(CTRL, 1 << 2);
        assertEquals(1 << 19, bar.get32(STATUS) & 1 << 19);
        assertEquals(0, bar.get32(STATUS) & 1 << 19);
        bar.clearFlags(CTRL, 1 << 2);
        bar.get32(STATUS);
        assertEquals(1 << 19, bar.get32(STATUS) & 1 << 19);
    }

    @Test
    void aCardThatIsNoMasterTouchesNoMemory() {
        driver.start();
        driver.openRx(0, 64, TestDriver.SRRCTL_ADVANCED);
        driver.giveRx(0, 0, 8);
        driver.wire.waits = true;
        driver.wire.arrive(TestDriver.frame(60, 1));
        bar.setFlags(CTRL, 1 << 2);
        driver.card.step();
        assertEquals(0, driver.rxStatus(0, 0));
        bar.clearFlags(CTRL, 1 << 2);
        driver.card.step();
        assertEquals(3, driver.rxStatus(0, 0) & 3);
    }

    @Test
    void theLinkComesUpAndItsLossIsLatched() {
        assertEquals(0, bar.get32(LINKS) & LINK_UP);
        assertEquals(0, bar.get32(LINKS) & LINK_UP);
        assertEquals(LINK_UP | 3 << 28 | 1 << 7, bar.get32(LINKS));
        assertEquals(1 << 7, bar.get32(STATUS) & 1 << 7);
        driver.wire.speed = 0;
        driver.card.step();
        driver.wire.speed = 10_000;
        driver.card.step();
        assertEquals(LINK_UP | 3 << 28, bar.get32(LINKS), "bit 7 latches that it was down");
        assertEquals(LINK_UP | 3 << 28 | 1 << 7, bar.get32(LINKS));
    }

    @Test
    void aChangeOfTheLinkIsACause() {
        driver.start();
        bar.get32(EICR);
        driver.wire.speed = 0;
        driver.card.step();
        assertEquals(1 << 20, bar.get32(EICS), "reading EICS does not clear");
        assertEquals(1 << 20, bar.get32(EICR));
        assertEquals(0, bar.get32(EICR));
    }

    @Test
    void aRestartTakesTheLinkDownForAWhile() {
        driver.start();
        int autoc = bar.get32(AUTOC);
        bar.set32(AUTOC, autoc | 1 << 12);
        assertEquals(autoc | 1 << 12, bar.get32(AUTOC));
        assertEquals(autoc, bar.get32(AUTOC), "clears itself");
        assertEquals(0, bar.get32(LINKS) & LINK_UP);
        driver.card.step();
        driver.card.step();
        assertEquals(LINK_UP, bar.get32(LINKS) & LINK_UP);
    }

    @Test
    void theLinkNeedsItsMode() {
        bar.set32(AUTOC, (bar.get32(AUTOC) & ~(7 << 13)) | 1 << 13 | 1 << 12);
        for (int i = 0; i < 5; i++) {
            driver.card.step();
        }
        assertEquals(0, bar.get32(LINKS) & LINK_UP);
    }

    @Test
    void causesAndMasks() {
        bar.set32(EICS, 0xffff_ffff);
        assertEquals(0x7fff_ffff, bar.get32(EICS));
        bar.set32(EICR, 0x0000_00ff);
        assertEquals(0x7fff_ff00, bar.get32(EICS));
        bar.set32(GPIE, 1 << 5); // OCD
        assertEquals(0x7fff_ff00, bar.get32(EICR));
        assertEquals(0x4000_ff00, bar.get32(EICR));
        bar.set32(EIMS, 0x30);
        bar.set32(EIMS, 0x3);
        assertEquals(0x33, bar.get32(EIMS));
        bar.set32(EIMC, 0x11);
        assertEquals(0x22, bar.get32(EIMS));
        bar.set32(EIMS_EX + 4, 0xf0);
        bar.set32(EIMC_EX + 4, 0x30);
        assertEquals(0xc0, bar.get32(EIMS_EX + 4));
    }

    @Test
    void smallHandshakes() {
        assertEquals(0, bar.get32(SWSM) & 1, "the semaphore was free");
        assertEquals(1, bar.get32(SWSM) & 1, "and is taken by reading");
        bar.set32(SWSM, 0);
        assertEquals(0, bar.get32(SWSM) & 1);
        bar.set32(SECRXCTRL, 2);
        assertEquals(1, bar.get32(SECRXSTAT));
        bar.set32(SECRXCTRL, 0);
        assertEquals(0, bar.get32(SECRXSTAT));
        bar.set32(FDIRCTRL, 1);
        assertEquals(9, bar.get32(FDIRCTRL));
        bar.set32(MSCA, 1 << 30 | 5);
        assertEquals(1 << 30 | 5, bar.get32(MSCA));
        assertEquals(5, bar.get32(MSCA));
        bar.set32(EEC, bar.get32(EEC) | 1 << 6);
        assertEquals(3 << 6, bar.get32(EEC) & 3 << 6, "request and grant");
    }

    @Test
    void receivingWithoutTheBitsThatMustBeSetIsAMistake() {
        DriverMistake mistake = assertThrows(DriverMistake.class, () -> bar.set32(RXCTRL, 1));
        assertTrue(
                mistake.getMessage().contains("RDRXCTL.CRCStrip and HLREG0.RXCRCSTRP differ")
                        && mistake.getMessage().contains("RDRXCTL is 0x108800"),
                mistake.getMessage());
    }

    @Test
    void onlyTailsHaveAnAddress() {
        assertNotEquals(bar.address(RDT), bar.address(TDT));
        assertNotEquals(bar.address(RDT), bar.address(RDT + 64));
        assertNotEquals(bar.address(RDT_64), bar.address(RDT));
        assertNotEquals(bar.address(TDT + 64 * 64), bar.address(TDT));
        var error = assertThrows(IllegalArgumentException.class, () -> bar.address(CTRL));
        assertEquals(
                "register CTRL has effects that memory cannot have: only tails (RDT, TDT) have an address",
                error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> bar.address(RDT + 4));
        assertThrows(IllegalArgumentException.class, () -> bar.address(0x20018));
    }
}
