package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.model.Mistakes;
import ixy4j.spi.Bar;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Linux's ixgbe does with a card, in pieces, on a card that counts mistakes. */
class LinuxOnModelTest {
    private static final int AUTOC_RESTART = 1 << 12;
    private static final int LINK_UP = 1 << 30;
    private static final int[] PATTERNS = {0x5a5a5a5a, 0xa5a5a5a5, 0, -1};

    private final TestDriver driver = new TestDriver(CardOptions.STEPPED.withPolicy(Mistakes.Policy.COUNT));
    private final Bar bar = driver.bar;

    @AfterEach
    void close() {
        driver.close();
    }

    /** Writes patterns; the bits of both masks are to be kept, no others to be set. */
    private void pattern(int register, int mask, int write) {
        for (int pattern : PATTERNS) {
            int before = bar.get32(register);
            bar.set32(register, pattern & write);
            String message = name(register) + " written 0x" + Integer.toHexString(pattern & write);
            assertEquals(pattern & write & mask, bar.get32(register), message);
            bar.set32(register, before);
        }
    }

    private void pattern(int register, int count, int stride, int mask, int write) {
        for (int i = 0; i < count; i++) {
            pattern(register + i * stride, mask, write);
        }
    }

    private void set(int register, int count, int value) {
        for (int i = 0; i < count; i++) {
            bar.set32(register + i * TestDriver.QUEUE, value);
        }
    }

    /** The table of ixgbe_ethtool.c, reg_test_82599. */
    @Test
    void theRegisterTestPasses() {
        int status = bar.get32(STATUS);
        bar.set32(STATUS, 0x7ffff30f);
        assertEquals(status & 0x7ffff30f, bar.get32(STATUS) & 0x7ffff30f);
        pattern(FCRTL, 1, 4, 0x8007fff0, 0x8007fff0);
        pattern(FCRTH, 1, 4, 0x8007fff0, 0x8007fff0);
        pattern(PFCTOP, 1, 4, -1, -1);
        pattern(VLNCTRL, 1, 4, 0, 0);
        pattern(RDBAL, 4, 0x40, 0xffffff80, 0xffffff80);
        pattern(RDBAH, 4, 0x40, -1, -1);
        pattern(RDLEN, 4, 0x40, 0x000fff80, 0x000fffff);
        set(RXDCTL, 4, TestDriver.ENABLE);
        pattern(RDT, 4, 0x40, 0xffff, 0xffff);
        set(RXDCTL, 4, 0);
        pattern(FCTTV, 1, 4, -1, -1);
        pattern(TDBAL, 4, 0x40, 0xffffff80, -1);
        pattern(TDBAH, 4, 0x40, -1, -1);
        pattern(TDLEN, 4, 0x40, 0x000fff80, 0x000fff80);
        int before = bar.get32(RXCTRL);
        bar.set32(RXCTRL, 1);
        assertEquals(1, bar.get32(RXCTRL) & 1);
        bar.set32(RXCTRL, before);
        pattern(RAL_LEGACY, 16, 8, -1, -1);
        pattern(RAH_LEGACY, 16, 8, 0x8001ffff & 0x8000ffff, 0x800cffff);
        pattern(MTA, 128, 4, -1, -1);
        driver.card.step();
        bar.set32(CTRL, 1 << 26);
        bar.get32(CTRL);
        assertEquals(0, bar.get32(RXCTRL));
    }

    /** ixgbe_reset_pipeline_82599: a restart in a mode that negotiates, then one in the mode wanted. */
    @Test
    void aPipelineResetSeesTheNegotiationBeginAndEndsWithTheLinkUp() {
        driver.start();
        int autoc = bar.get32(AUTOC);
        assertEquals(3, autoc >>> 13 & 7, "10 Gbit/s serial");
        assertEquals(0, autoc & 1 << 9, "SFI for 1 Gbit/s");
        assertEquals(2 << 16, bar.get32(AUTOC2) & 3 << 16, "SFI");
        bar.set32(AUTOC, (autoc | AUTOC_RESTART) ^ 1 << 15);
        assertEquals(0, bar.get32(ANLP1) & 0xf0000, "not yet");
        assertTrue((bar.get32(ANLP1) & 0xf0000) != 0);
        assertEquals(0, bar.get32(LINKS) & LINK_UP);
        bar.set32(AUTOC, autoc | AUTOC_RESTART);
        driver.card.step();
        driver.card.step();
        assertEquals(LINK_UP | 3 << 28, bar.get32(LINKS) & (LINK_UP | 3 << 28));
        assertEquals(0, bar.get32(ANLP1) & 0xf0000);
    }

    @Test
    void atOneGigabitThereIsNoLinkWithAPartnerOfTen() {
        driver.start();
        bar.set32(AUTOC, (bar.get32(AUTOC) & ~(7 << 13)) | 2 << 13 | AUTOC_RESTART);
        steps(3);
        assertEquals(0, bar.get32(LINKS) & LINK_UP);
        driver.wire.speed = 1000;
        steps(3);
        assertEquals(LINK_UP | 2 << 28, bar.get32(LINKS) & (LINK_UP | 3 << 28));
    }

    @Test
    void aForcedLinkIsUpWithoutAWire() {
        driver.wire.speed = 0;
        bar.set32(AUTOC, bar.get32(AUTOC) | 1);
        steps(3);
        assertEquals(LINK_UP | 3 << 28, bar.get32(LINKS) & (LINK_UP | 3 << 28));
        bar.clearFlags(AUTOC, 1);
        steps(1);
        assertEquals(0, bar.get32(LINKS) & LINK_UP);
    }

    private void steps(int count) {
        for (int i = 0; i < count; i++) {
            driver.card.step();
        }
    }

    /** ixgbe_acquire_swfw_sync: the semaphore of software, that of firmware, then the one wanted. */
    @Test
    void semaphoresAreTakenAndGivenBack() {
        assertEquals(0, bar.get32(SWSM) & 1);
        bar.setFlags(SWSM, 2);
        assertEquals(2, bar.get32(SWSM) & 2);
        assertEquals(0, bar.get32(SW_FW_SYNC));
        bar.set32(SW_FW_SYNC, 1 << 1 | 1 << 10);
        bar.clearFlags(SWSM, 3);
        assertEquals(1 << 1 | 1 << 10, bar.get32(SW_FW_SYNC));
        assertEquals(0, bar.get32(SWSM));
    }

    @Test
    void thereIsNoFirmwareToTalkTo() {
        assertEquals(1 << 15, bar.get32(FWSM), "valid, mode none, no error");
        bar.set32(HICR, 3);
        assertEquals(0, bar.get32(HICR) & 1, "the host interface is not enabled");
        assertEquals(0, bar.get32(MANC) & 1 << 17);
        assertEquals(0, bar.get32(MMNGC) & 1, "no veto");
    }

    /** mdio45_probe: no PHY answers, so data is all ones. */
    @Test
    void thereIsNoPhy() {
        bar.set32(MSRWD, 0x1234);
        bar.set32(MSCA, 1 << 30 | 3 << 26 | 5);
        assertEquals(1 << 30, bar.get32(MSCA) & 1 << 30);
        assertEquals(0, bar.get32(MSCA) & 1 << 30);
        assertEquals(0xffff1234, bar.get32(MSRWD));
    }

    /** ixgbe_get_regs reads these of any card. */
    @Test
    void aDumpReadsWhatOldCardsHad() {
        for (int register : new int[] {MSIXPBA, TDSTATCTL, TDPROBE, 0x07e00, 0x07f08, 0x07f40}) {
            assertEquals(0, bar.get32(register), name(register));
        }
        for (int i = 0; i < 8; i++) {
            bar.get32(0x07c00 + 4 * i); // TDSTAT, whose words are now those of transmit queues, or nothing
            bar.get32(0x07f10 + 4 * (i & 3)); // TIC_DW
        }
        assertEquals(List.of(), driver.card.mistakes().messages());
    }
}
