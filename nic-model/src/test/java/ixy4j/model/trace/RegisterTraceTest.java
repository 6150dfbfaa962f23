package ixy4j.model.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.ixgbe.Registers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterTraceTest {
    private final List<String> lines = new ArrayList<>();
    private long now = 5_000_000_000L;
    private final RegisterTrace trace = new RegisterTrace(lines::add, () -> now);

    private static String words(String line) {
        return line.trim().replaceAll(" +", " ");
    }

    @Test
    void aLineHasAllThatIsKnown() {
        now += 1_234_567;
        trace.write(Registers.CTRL, 1 << 26);
        trace.read(Registers.RXDCTL + 3 * 0x40, 1 << 25);
        trace.read(0x1fffc, 0);
        trace.flush();
        assertEquals("0.001235 write CTRL 0x00000 = 0x04000000 RST 8.2.3.1.1 Device Control", words(lines.getFirst()));
        assertTrue(
                words(lines.get(1)).startsWith("0.001235 read RXDCTL[3] 0x010e8 = 0x02000000 ENABLE 8.2.3.8"),
                lines::toString);
        assertTrue(lines.get(2).contains("0x1fffc"), lines::toString);
    }

    @Test
    void pollingIsOneLine() {
        for (int i = 0; i < 12; i++) {
            trace.read(Registers.LINKS, 0);
        }
        trace.read(Registers.LINKS, 1 << 30);
        trace.write(Registers.LINKS, 1 << 30);
        trace.write(Registers.LINKS, 1 << 30); // writes are told each
        trace.flush();
        assertEquals(4, lines.size(), lines::toString);
        assertTrue(lines.getFirst().endsWith(", 12 times"), lines::toString);
        assertTrue(lines.get(1).contains("LINK_UP"), lines::toString);
    }

    @Test
    void anArrayIsOneLine() {
        for (int i = 0; i < 128; i++) {
            trace.write(Registers.MTA + 4 * i, 0);
        }
        for (int i = 0; i < 3; i++) {
            trace.write(Registers.VFTA + 4 * i, i);
        }
        trace.read(Registers.RXDCTL, 0);
        trace.read(Registers.RXDCTL + 0x40, 0);
        trace.read(Registers.RXDCTL + 0x40, 0);
        trace.flush();
        assertEquals(6, lines.size(), lines::toString);
        assertTrue(lines.getFirst().contains(" write MTA[0..127]"), lines::toString);
        assertTrue(lines.get(4).contains(" read  RXDCTL[0..1]"), lines::toString);
        assertTrue(lines.get(5).contains(" read  RXDCTL[1]"), lines::toString);
    }

    @Test
    void ofWhatComesAgainAndAgainTheEndsAreTold() {
        for (int i = 0; i < 100; i++) {
            trace.write(Registers.RTTDQSEL, i);
            trace.write(Registers.RTTBCNRC, 0);
        }
        trace.write(Registers.CTRL, 0);
        trace.flush();
        assertEquals(4 + 1 + 2 + 1, lines.size(), lines::toString);
        assertEquals("... 194 more of these 2 in turn", lines.get(4).trim());
        assertTrue(lines.get(5).contains("RTTDQSEL     0x04904 = 0x00000063"), lines::toString);
        assertTrue(lines.getLast().contains("write CTRL"), lines::toString);
    }

    @Test
    void ofLongRoundsTheLastIsNotTold() {
        int[] registers = {Registers.CTRL, Registers.GPIE, Registers.FCTRL, Registers.HLREG0, Registers.MAXFRS};
        for (int i = 0; i < 100 * registers.length; i++) {
            trace.write(registers[i % registers.length], i);
        }
        trace.write(Registers.LEDCTL, 0);
        trace.flush();
        assertEquals(10 + 1 + 1, lines.size(), lines::toString);
        assertEquals("... 490 more of these 5 in turn", lines.get(10).trim());
    }

    @Test
    void theEepromIsOneLine() {
        trace.write(Registers.EERD, 0x2c << 2 | 1);
        trace.read(Registers.EERD, 0x2c << 2);
        trace.read(Registers.EERD, 0x3 << 16 | 0x2c << 2 | 2);
        trace.read(Registers.FWSM, 0);
        for (int i = 0; i < 64; i++) {
            trace.write(Registers.EERD, i << 2 | 1);
            trace.read(Registers.EERD, (0x1000 + i) << 16 | i << 2 | 2);
        }
        trace.write(Registers.EERD, 1); // and no answer
        trace.flush();
        trace.write(Registers.EERD, 1); // nothing else
        trace.flush();
        assertEquals(
                "0.000000 reads EERD 0x10014 : word 0x2c = 0x0003 8.2.3.2.2 EEPROM Read, 3 accesses",
                words(lines.getFirst()));
        assertEquals(
                "0.000000 reads EERD 0x10014 : 64 words, 0x00 = 0x1000 to 0x3f = 0x103f; then no answer 8.2.3.2.2 EEPROM Read,"
                        + " 129 accesses",
                words(lines.get(2)));
        assertTrue(lines.get(3).contains(" write EERD "), lines::toString);
        assertEquals(4, lines.size(), lines::toString);
    }

    @Test
    void aSemaphoreIsOneLine() {
        semaphore(0, 2);
        semaphore(2, 0);
        trace.read(Registers.SWSM, 0); // nothing else
        trace.write(Registers.CTRL, 0);
        trace.flush();
        assertEquals(
                "0.000000 takes SW_FW_SYNC 0x10160 : PHY0 8.2.3.4.11 Software-Firmware Synchronization, 8 accesses",
                words(lines.getFirst()));
        assertTrue(lines.get(1).contains(" frees SW_FW_SYNC "), lines::toString);
        assertTrue(lines.get(2).contains(" read  SWSM "), lines::toString);
        assertEquals(4, lines.size(), lines::toString);
    }

    private void semaphore(int before, int after) {
        trace.read(Registers.SWSM, 0);
        trace.read(Registers.SWSM, 1);
        trace.write(Registers.SWSM, 3);
        trace.read(Registers.SWSM, 3);
        trace.read(Registers.SW_FW_SYNC, before);
        trace.write(Registers.SW_FW_SYNC, after);
        trace.read(Registers.SWSM, 3);
        trace.write(Registers.SWSM, 0);
    }

    @Test
    void aTransferOnI2cIsOneLine() {
        start();
        sends(0xa0, true);
        sends(0x05, true);
        start(); // again, without a stop
        sends(0xa1, true);
        i2cByte(0x1ff, 0x03 << 1 | 1); // the driver leaves the line alone, and the module says 03
        stop();
        trace.write(Registers.CTRL, 0);
        start();
        sends(0xa2, false);
        stop();
        trace.write(Registers.CTRL, 0);
        i2c(true, true); // nothing at all
        trace.flush();
        assertTrue(
                words(lines.getFirst())
                        .startsWith(
                                "0.000000 I2C I2CCTL 0x00028 : 0xa0, gets 05, 0xa0, says 03 8.2.3.1.5 I2C Control, "),
                lines::toString);
        assertTrue(words(lines.get(2)).contains(" : 0xa2 does not answer 8.2.3.1.5 "), lines::toString);
        assertTrue(lines.get(4).contains("write I2CCTL"), lines::toString);
        assertEquals(5, lines.size(), lines::toString);
    }

    private void start() {
        i2c(false, true);
        i2c(true, true);
        i2c(true, false);
        i2c(false, false);
    }

    private void stop() {
        i2c(false, false);
        i2c(true, false);
        i2c(true, true);
    }

    private void sends(int value, boolean acknowledged) {
        i2cByte(value << 1 | 1, value << 1 | (acknowledged ? 0 : 1));
    }

    /** The nine bits of a byte, as the driver has them and as they are on the line. */
    private void i2cByte(int driver, int line) {
        for (int i = 8; i >= 0; i--) {
            boolean high = (driver >> i & 1) != 0;
            i2c(false, high);
            i2c(true, high);
            trace.read(Registers.I2CCTL, 3 | (line >> i & 1) << 2 | (high ? 8 : 0));
            i2c(false, high);
        }
    }

    private void i2c(boolean clock, boolean data) {
        trace.write(Registers.I2CCTL, (clock ? 2 : 0) | (data ? 8 : 0));
    }

    @Test
    void statusThatOnlyPushesAWriteIsLeftOut() {
        trace.read(Registers.STATUS, 0x80);
        trace.write(Registers.CTRL, 0);
        trace.read(Registers.STATUS, 0x80);
        trace.read(Registers.STATUS, 0x80); // not after a write
        trace.write(Registers.CTRL, 4);
        trace.read(Registers.STATUS, 0x80080);
        trace.flush();
        assertEquals(5, lines.size(), lines::toString);
    }

    @Test
    void queuesOneAfterAnotherAreRounds() {
        for (int i = 0; i < 64; i++) {
            trace.write(Registers.RDBAL + 0x40 * i, i << 12);
            trace.write(Registers.RDBAH + 0x40 * i, 1);
            trace.write(Registers.RDLEN + 0x40 * i, 8192);
        }
        trace.flush();
        assertEquals(6 + 1 + 3, lines.size(), lines::toString);
        assertTrue(lines.get(9).contains("RDLEN[63]"), lines::toString);
    }

    @Test
    void valuesThatChangeAreToldBeforeTheyAreTooMany() {
        for (int i = 0; i < 5; i++) {
            trace.read(Registers.LINKS, i);
        }
        trace.pause(); // something has moved since the last one
        assertEquals(4, lines.size(), lines::toString);
        trace.pause();
        assertEquals(5, lines.size(), lines::toString);
        for (int i = 0; i < 50; i++) {
            trace.read(Registers.LINKS, i);
        }
        trace.flush();
        trace.flush();
        assertEquals(5 + 1 + 1 + 1, lines.size(), lines::toString);
        assertEquals("... 48 more of these", lines.get(6).trim());
    }

    @Test
    void bitsHaveTheirNames() {
        assertEquals("TXCRCEN RXCRCSTRP TXPADEN", RegisterBits.text(Registers.HLREG0, 0x403));
        assertEquals("MFS=0x5ee", RegisterBits.text(Registers.MAXFRS, 0x05ee0000));
        assertEquals("OTHER", RegisterBits.text(Registers.EICR, 1 << 31));
        assertEquals("LMS=10G_SERIAL", RegisterBits.text(Registers.AUTOC, 3 << 13));
        assertEquals("RTXQ=0x3 LSC", RegisterBits.text(Registers.EIMC, 3 | 1 << 20));
        assertEquals("all", RegisterBits.text(Registers.EIMC, 0x7fff_ffff));
        assertEquals("", RegisterBits.text(Registers.EIMC_EX, -1), "no causes, but queues");
        assertEquals("", RegisterBits.text(Registers.PSRTYPE, -1));
        assertEquals("", RegisterBits.text(0x1fffc, -1), "no register");
    }
}
