package ixy4j.model.i82599.board;

import static ixy4j.ixgbe.Registers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.model.i82599.TestDriver;
import ixy4j.spi.Bar;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The module as a driver reads it: bit by bit through I2CCTL. */
class SfpModuleTest {
    private static final int CLOCK_IN = 1;
    private static final int CLOCK = 1 << 1;
    private static final int DATA_IN = 1 << 2;
    private static final int DATA = 1 << 3;
    private static final int SDP2 = 1 << 2;
    private static final int SDP3 = 1 << 3;
    private static final int LINK_UP = 1 << 30;
    private static final int NACK = -1;

    private final TestDriver driver = new TestDriver();
    private final Bar bar = driver.bar;

    @AfterEach
    void close() {
        driver.close();
    }

    // ---- the master's side of the bus

    private void set(int clock, int data) {
        bar.set32(I2CCTL, clock | data);
        assertEquals(clock != 0 ? CLOCK_IN : 0, bar.get32(I2CCTL) & CLOCK_IN, "nobody stretches the clock");
    }

    private boolean data() {
        return (bar.get32(I2CCTL) & DATA_IN) != 0;
    }

    private void start() {
        set(0, DATA);
        set(CLOCK, DATA);
        set(CLOCK, 0);
        set(0, 0);
    }

    private void stop() {
        set(0, 0);
        set(CLOCK, 0);
        set(CLOCK, DATA);
    }

    private boolean bit(boolean high) {
        int data = high ? DATA : 0;
        set(0, data);
        set(CLOCK, data);
        boolean seen = data();
        set(0, data);
        return seen;
    }

    /** Whether it was acknowledged. */
    private boolean send(int value) {
        for (int i = 7; i >= 0; i--) {
            bit((value >>> i & 1) != 0);
        }
        return !bit(true);
    }

    private int receive(boolean acknowledge) {
        int value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 1 | (bit(true) ? 1 : 0);
        }
        bit(!acknowledge);
        return value;
    }

    private int read(int address, int at) {
        start();
        if (!send(address) || !send(at)) {
            stop();
            return NACK;
        }
        start();
        if (!send(address | 1)) {
            stop();
            return NACK;
        }
        int value = receive(false);
        stop();
        return value;
    }

    private int sum(int address, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += read(address, i);
        }
        return sum & 0xff;
    }

    private String text(int at, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) read(0xa0, at + i);
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private int measured(int at) {
        return read(0xa2, at) << 8 | read(0xa2, at + 1);
    }

    // ---- pages

    @Test
    void itSaysWhatItIs() {
        assertEquals(3, read(0xa0, 0), "SFP");
        assertEquals(0x10, read(0xa0, 3), "10GBASE-SR");
        assertEquals(1, read(0xa0, 6), "1000BASE-SX");
        assertEquals(0, read(0xa0, 8), "no cable of copper");
        assertEquals("IXY4J           ", text(20, 16));
        assertEquals("MODEL-SR        ", text(40, 16));
        assertEquals(850, read(0xa0, 60) << 8 | read(0xa0, 61));
    }

    @Test
    void theThreeChecksumsAreRight() {
        assertEquals(sum(0xa0, 0, 63), read(0xa0, 63));
        assertEquals(sum(0xa0, 64, 95), read(0xa0, 95));
        assertEquals(sum(0xa2, 0, 95), read(0xa2, 95));
    }

    @Test
    void itMeasures() {
        assertEquals(0x68, read(0xa0, 92), "diagnostics, calibrated, average power");
        assertEquals(35 << 8, measured(96), "temperature");
        assertEquals(33_000, measured(98), "voltage");
        assertEquals(3_000, measured(100), "bias");
        assertEquals(6_000, measured(102), "power sent");
        assertEquals(5_500, measured(104), "power received");
        assertEquals(0, read(0xa2, 110));
        driver.wire.speed = 0;
        bar.setFlags(ESDP, SDP3);
        assertEquals(0, measured(100) | measured(102) | measured(104));
        assertEquals(35 << 8, measured(96));
        assertEquals(1 << 7 | 1 << 1, read(0xa2, 110), "transmitter disabled, no light");
    }

    @Test
    void eachReadingIsWithinItsLimits() {
        for (int i = 0; i < 5; i++) {
            int reading = signed(i, measured(96 + 2 * i));
            assertTrue(reading < signed(i, measured(8 * i + 4)), "reading " + i + " and its high warning");
            assertTrue(reading > signed(i, measured(8 * i + 6)), "reading " + i + " and its low warning");
        }
    }

    /** The temperature alone has a sign. */
    private static int signed(int which, int value) {
        return which == 0 ? (short) value : value;
    }

    // ---- bus

    @Test
    void readingGoesOnWhileItIsAcknowledged() {
        start();
        assertTrue(send(0xa0) && send(20));
        start();
        assertTrue(send(0xa1));
        assertEquals('I', receive(true));
        assertEquals('X', receive(true));
        assertEquals('Y', receive(false));
        assertTrue(data(), "released after the last");
        stop();
    }

    @Test
    void otherAddressesAreNotAnswered() {
        assertEquals(NACK, read(0xf8, 0));
        assertEquals(NACK, read(0xa4, 0));
        assertEquals(3, read(0xa0, 0), "and do no harm");
    }

    @Test
    void writingIsAcknowledgedAndChangesNothing() {
        start();
        assertTrue(send(0xa0) && send(20) && send('Z'));
        stop();
        assertEquals('I', read(0xa0, 20));
    }

    /** Whatever was on the lines, a stop brings the bus back. */
    @Test
    void noiseDoesNotLockTheBus() {
        long seed = 8472;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            for (int i = 0; i < 60; i++) {
                bar.set32(I2CCTL, (random.nextBoolean() ? CLOCK : 0) | (random.nextBoolean() ? DATA : 0));
            }
            for (int i = 0; i < 10; i++) {
                bit(true); // nine clocks end whatever the module was sending
            }
            stop();
            assertEquals(0x10, read(0xa0, 3), "round " + round + ", seed " + seed);
        }
    }

    // ---- cage

    @Test
    void aModuleThatIsPulledIsSilentAndTakesTheLinkAlong() {
        driver.start();
        assertEquals(SDP2, bar.get32(ESDP) & SDP2, "present");
        assertEquals(LINK_UP, bar.get32(LINKS) & LINK_UP);
        bar.get32(EICR);
        bar.set32(GPIE, 1 << 2);
        driver.card.plugModule(false);
        driver.card.step();
        assertEquals(0, bar.get32(ESDP) & SDP2);
        assertEquals(NACK, read(0xa0, 0));
        assertEquals(1 << 26 | 1 << 20, bar.get32(EICR), "SDP2 and link change");
        assertEquals(0, bar.get32(LINKS) & LINK_UP);
        driver.card.plugModule(true);
        driver.card.step();
        assertEquals(3, read(0xa0, 0));
        assertEquals(LINK_UP, bar.get32(LINKS) & LINK_UP);
    }

    @Test
    void aModulePulledInTheMiddleOfAByteLetsGoOfTheLine() {
        start();
        assertTrue(send(0xa0));
        driver.card.plugModule(false);
        assertFalse(send(0));
        stop();
        assertTrue(data());
    }

    @Test
    void theLaserIsSwitchedBySdp3() {
        driver.start();
        bar.setFlags(ESDP, SDP3);
        driver.card.step();
        assertEquals(0, bar.get32(LINKS) & LINK_UP);
        bar.clearFlags(ESDP, SDP3);
        driver.card.step();
        driver.card.step();
        assertEquals(LINK_UP, bar.get32(LINKS) & LINK_UP);
    }

    @Test
    void pinsThatAreInputsReadWhatIsConnected() {
        bar.set32(ESDP, 0xff);
        assertEquals(SDP2, bar.get32(ESDP), "no output, so the module alone");
        bar.set32(ESDP, 0xff00);
        assertEquals(0xff00, bar.get32(ESDP));
    }
}
