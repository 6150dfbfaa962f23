package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;
import static ixy4j.model.i82599.TestDriver.DD;
import static ixy4j.model.i82599.TestDriver.EOP;
import static ixy4j.model.i82599.TestDriver.IFCS;
import static ixy4j.model.i82599.TestDriver.RS;
import static ixy4j.model.i82599.TestDriver.SRRCTL_ADVANCED;
import static ixy4j.model.i82599.TestDriver.frame;
import static ixy4j.model.i82599.TestDriver.word;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.model.DriverMistake;
import ixy4j.model.Mistakes;
import ixy4j.spi.DmaMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Each mistake of a driver that the card notices, with what it says. */
class RingRulesTest {
    private TestDriver driver = new TestDriver().start();

    @AfterEach
    void close() {
        driver.close();
    }

    private void counting() {
        driver.close();
        driver = new TestDriver(CardOptions.STEPPED.withPolicy(Mistakes.Policy.COUNT)).start();
    }

    private static void assertMistake(Executable mistake, String... parts) {
        String message = assertThrows(DriverMistake.class, mistake).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message + "\n   lacks " + part);
        }
    }

    private void step() {
        driver.card.step();
    }

    // ---- tails

    @Test
    void tailOutOfRange() {
        driver.openRx(3, 64, SRRCTL_ADVANCED);
        driver.rxTail(3, 64);
        assertMistake(
                this::step,
                "model: receive queue 3: RDT[3] (datasheet 8.2.3.8.5) is 64, but the ring has descriptors 0 to 63");
        assertMistake(this::step, "the card has stopped");
    }

    @Test
    void aTailOutOfRangeIsCountedOnceAndIgnored() {
        counting();
        driver.openTx(0, 64, 0);
        driver.txTail(0, 1000);
        step();
        step();
        assertEquals(1, driver.card.mistakes().count());
        driver.txFrame(0, 0, frame(60, 1), RS);
        driver.txTail(0, 1);
        step();
        assertEquals(DD, driver.txStatus(0, 0));
    }

    @Test
    void tailThatPassesTheHead() {
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.giveRx(0, 0, 10);
        step();
        driver.rxTail(0, 5);
        assertMistake(this::step, "RDT[0] (datasheet 8.2.3.8.5) went from 10 to 5 past the head, 0");
    }

    @Test
    void tailBeforeTheQueueIsEnabled() {
        driver.configureRx(0, 64, SRRCTL_ADVANCED);
        assertMistake(
                () -> driver.bar.set32(RDT, 63),
                "RDT[0] (datasheet 8.2.3.8.5) is written 63 before the queue is enabled: set RXDCTL[0].ENABLE");
    }

    @Test
    void tailInMemoryBeforeTheQueueIsEnabled() {
        driver.configureTx(2, 64);
        driver.txTail(2, 1);
        assertMistake(
                () -> driver.bar.set32(TXDCTL + 0x40 * 2, 1 << 25),
                "transmit queue 2: is enabled while TDT[2] (datasheet 8.2.3.9.9) is 1 and the head 0");
    }

    // ---- registers of a queue

    @Test
    void ringWithoutDescriptors() {
        assertMistake(
                () -> driver.bar.set32(RXDCTL, 1 << 25),
                "receive queue 0: is enabled with a ring of no descriptors: set RDLEN[0] (datasheet 8.2.3.8.3)");
    }

    @Test
    void lengthAndBaseThatAreNotMultiplesOf128() {
        assertMistake(
                () -> driver.bar.set32(RDLEN, 100),
                "RDLEN[0] (datasheet 8.2.3.8.3) is written 0x64, which is not a multiple of 128");
        assertMistake(
                () -> driver.bar.set32(TDBAL + 0x40 * 7, 0x1010), "TDBAL[7] (datasheet 8.2.3.9.5) is written 0x1010");
    }

    @Test
    void registersOfAnEnabledQueue() {
        counting();
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.openTx(0, 64, 0);
        int[] registers = {RDBAL, RDBAH, RDLEN, RDH, TDBAL, TDBAH, TDLEN, TDH, TDWBAL, TDWBAH};
        for (int i = 0; i < registers.length; i++) {
            int before = driver.bar.get32(registers[i]);
            driver.bar.set32(registers[i], 0x1000);
            assertEquals(before, driver.bar.get32(registers[i]));
            assertEquals(i + 1, driver.card.mistakes().count());
            String message = driver.card.mistakes().messages().get(i);
            assertTrue(message.contains("while the queue is enabled"), message);
        }
    }

    @Test
    void descriptorTypesAndBufferSizesThatAreNone() {
        driver.configureRx(0, 64, 2 | 3 << 25);
        assertMistake(
                () -> driver.bar.set32(RXDCTL, 1 << 25),
                "SRRCTL[0] (datasheet 8.2.3.8.7) is 0x6000002: DESCTYPE 3 is reserved");
        counting();
        int[] wrong = {2 | 2 << 25, 2 | 5 << 25, 2 | 7 << 25, 1 << 25, 17 | 1 << 25};
        String[] messages = {"splits headers", "splits headers", "reserved", "is 0 KiB", "is 17 KiB"};
        for (int i = 0; i < wrong.length; i++) {
            driver.configureRx(0, 64, wrong[i]);
            driver.bar.set32(RXDCTL, 1 << 25);
            driver.bar.get32(RXDCTL);
            assertEquals(0, driver.bar.get32(RXDCTL), "stays disabled");
            String message = driver.card.mistakes().messages().get(i);
            assertTrue(message.contains(messages[i]), message);
        }
    }

    @Test
    void transmitQueueBeforeTheTransmitterIsOn() {
        driver.bar.clearFlags(DMATXCTL, 1);
        driver.configureTx(0, 64);
        assertMistake(
                () -> driver.bar.set32(TXDCTL, 1 << 25),
                "transmit queue 0: is enabled while DMATXCTL.TE (datasheet 8.2.3.9.2) is 0");
    }

    @Test
    void thresholdsThatDoNotGoTogether() {
        driver.configureTx(0, 64);
        driver.bar.set32(TDWBAL, 0x1001);
        assertMistake(() -> driver.bar.set32(TXDCTL, 1 << 25 | 1 << 16), "WTHRESH 1 and head write-back");
        driver.configureTx(1, 64);
        assertMistake(() -> driver.bar.set32(TXDCTL + 0x40, 1 << 25 | 36), "PTHRESH 36 and HTHRESH 0");
    }

    @Test
    void queueThatIsEnabledAgainTooEarly() {
        driver.openTx(4, 64, 0);
        driver.bar.set32(TXDCTL + 0x40 * 4, 0);
        assertMistake(
                () -> driver.bar.set32(TXDCTL + 0x40 * 4, 1 << 25),
                "transmit queue 4: is enabled again before TXDCTL[4].ENABLE reads 0");
    }

    // ---- memory

    @Test
    void ringThatIsNotMapped() {
        driver.configureRx(0, 64, SRRCTL_ADVANCED);
        driver.bar.set32(RDBAH, 0x77);
        driver.bar.set32(RXDCTL, 1 << 25);
        driver.bar.get32(RXDCTL);
        driver.rxTail(0, 1);
        assertMistake(this::step, "receive queue 0: has its ring of 64 descriptors at IOVA 0x77", "RDBAL[0], RDBAH[0]");
    }

    @Test
    void aQueueWithoutItsRingIsHaltedAndTheCardGoesOn() {
        counting();
        driver.configureRx(0, 64, SRRCTL_ADVANCED);
        driver.bar.set32(RDBAH, 0x77);
        driver.bar.set32(RXDCTL, 1 << 25);
        driver.bar.get32(RXDCTL);
        driver.rxTail(0, 1);
        for (int i = 0; i < 10; i++) {
            step();
        }
        assertEquals(1, driver.card.mistakes().count());
    }

    @Test
    void receiveBufferThatIsNotMapped() {
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        long end = driver.memory.pageIovas()[3] + DmaMemory.PAGE;
        driver.rxDescriptor(0, 0, end - 100, 0);
        driver.rxDescriptor(0, 1, end - 100, 0);
        driver.rxTail(0, 2);
        driver.wire.arrive(frame(100, 1));
        step();
        assertEquals(0, driver.card.mistakes().count(), "the last bytes of a page are mapped");
        driver.wire.arrive(frame(101, 1));
        assertMistake(
                this::step,
                "receive queue 0: descriptor 1 has its buffer at IOVA 0x" + Long.toHexString(end - 100),
                "but 101 bytes there are not mapped; mapped is 0x");
    }

    @Test
    void ourAddressInsteadOfTheCards() {
        driver.openTx(0, 64, 0);
        driver.txDescriptor(0, 0, driver.txBuffer(0), word(60, 60, EOP | IFCS));
        driver.txTail(0, 1);
        assertMistake(
                this::step,
                "transmit queue 0: descriptor 0 has its buffer at IOVA 0x" + Long.toHexString(driver.txBuffer(0)));
    }

    @Test
    void memoryThatWasTakenBack() {
        counting();
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.giveRx(0, 0, 4);
        driver.function.unmap(driver.memory);
        driver.wire.arrive(frame(60, 1));
        step();
        assertTrue(driver.card.mistakes().messages().getFirst().endsWith("not all mapped; mapped is nothing"));
        assertEquals(0, driver.rxStatus(0, 0));
    }

    // ---- descriptors

    @Test
    void receiveDescriptorThatWasChanged() {
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.giveRx(0, 0, 4);
        step();
        driver.rxDescriptor(0, 1, driver.memory.iova(driver.rxBuffer(9)), 0);
        driver.wire.arrive(frame(60, 1));
        step();
        driver.wire.arrive(frame(60, 1));
        assertMistake(this::step, "receive queue 0: descriptor 1 was changed after the tail handed it over, from 0000");
    }

    @Test
    void transmitDescriptorThatWasChanged() {
        driver.openTx(0, 64, 0);
        driver.wire.takes = false;
        driver.txFrame(0, 0, frame(60, 1), 0);
        driver.txTail(0, 1);
        step();
        driver.txFrame(0, 0, frame(61, 1), 0);
        assertMistake(this::step, "transmit queue 0: descriptor 0 was changed after the tail handed it over");
    }

    @Test
    void receiveDescriptorWithDdSet() {
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.rxDescriptor(0, 0, driver.memory.iova(driver.rxBuffer(0)), 3);
        driver.rxTail(0, 1);
        driver.wire.arrive(frame(60, 1));
        assertMistake(this::step, "descriptor 0 has bit 0 of its header address set, where the card sets DD");
    }

    @Test
    void transmitDescriptorsThatAreWrong() {
        Object[][] cases = {
            {word(0, 0, EOP | IFCS), "has a buffer of length 0 (datasheet 7.2.3.2.4)"},
            {word(60, 61, EOP | IFCS), "has PAYLEN 61, but the buffers of the frame have 60 bytes"},
            {word(16, 16, EOP | IFCS), "has 16 bytes, but 17 to 15868 are possible"},
            {word(15869, 15869, EOP | IFCS), "has 15869 bytes, but 17 to 15868 are possible"},
            {word(60, 60, EOP), "has no IFCS"},
            {word(60, 60, EOP | IFCS | 1L << 16), "has reserved bits set: 10000"},
            {word(60, 60, EOP | IFCS | DD), "has reserved bits set: 100000000"},
            {word(60, 60, EOP | IFCS | 1L << 43), "has reserved bits set: 80000000000"},
            {
                word(60, 60, EOP | IFCS | 1L << 40),
                "uses context IDX 0, which no context descriptor of this queue has set"
            },
            {word(60, 60, EOP | IFCS | 1L << 31), "uses context IDX 0"},
            {word(60, 60, EOP | IFCS | 1L << 30 | 1L << 36), "uses context IDX 1"},
            {word(60, 60, EOP | IFCS | 1L << 30 | 2L << 36), "uses context IDX 2"},
            {word(60, 60, EOP | IFCS | 1L << 18), "asks for LinkSec (MAC.ILSec), which this model does not do"},
            {word(60, 60, EOP | IFCS | 1L << 42), "asks for IPsec (POPTS.IPSEC)"},
            {word(60, 60, EOP | IFCS) ^ 2L << 20, "has the reserved type DTYP 1"},
            {60 | EOP | IFCS | 1L << 26, "has IC with CSS 0 and CSO 0, but CSO must be larger than CSS"},
            {
                60 | EOP | IFCS | 1L << 26 | 59L << 16,
                "CSO 59, but CSO must be larger than CSS, and inside of the frame's 60"
            },
            {60 | EOP | IFCS | 1L << 31, "has reserved bits set: 80000000"},
        };
        for (Object[] one : cases) {
            counting();
            driver.openTx(0, 64, 0);
            driver.txDescriptor(0, 0, driver.memory.iova(driver.txBuffer(0)), (long) one[0] | RS);
            driver.txTail(0, 1);
            step();
            assertEquals(1, driver.card.mistakes().count(), (String) one[1]);
            String message = driver.card.mistakes().messages().getFirst();
            assertTrue(message.contains("descriptor 0") && message.contains((String) one[1]), message);
            assertEquals(DD, driver.txStatus(0, 0), "skipped, and reported like the others");
            assertEquals(0, driver.wire.sent.size());
            driver.txFrame(0, 1, frame(60, 1), RS);
            driver.txTail(0, 2);
            step();
            assertEquals(1, driver.wire.sent.size());
        }
    }

    @Test
    void contextDescriptorsThatAreWrong() {
        counting();
        driver.openTx(0, 64, 0);
        long context = 2L << 20 | 1L << 29;
        Object[][] cases = {
            {context | 2L << 36, "has IDX 2, but a queue has contexts 0 and 1 (datasheet 7.2.3.2.3)"},
            {context | RS, "has reserved bits set: 8000000"},
            {context | 1L << 15, "has TUCMD bits of FCoE, which this model does not do: 8000"},
            {context | 1L << 14, "has TUCMD bits of IPsec, which this model does not do: 4000"},
        };
        for (int i = 0; i < cases.length; i++) {
            driver.txDescriptor(0, i, 0, (long) cases[i][0]);
            driver.txTail(0, i + 1);
            step();
            String message = driver.card.mistakes().messages().get(i);
            assertTrue(message.contains("descriptor " + i) && message.contains((String) cases[i][1]), message);
        }
        assertEquals(cases.length, driver.card.mistakes().count());
        assertEquals(cases.length, driver.bar.get32(TDH), "skipped");
    }

    @Test
    void contextsThatDoNotFitTheirFrames() {
        counting();
        driver.openTx(0, 64, 0);
        long ixsm = 1L << 40;
        long txsm = 1L << 41;
        long tse = 1L << 31;
        long tcp = 1L << 11;
        long ipv4 = 1L << 10;
        long l4 = 20L << 40;
        long mss = 1000L << 48;
        Object[][] cases = {
            {13 << 9 | 20, ipv4, 100, 100, ixsm, "MACLEN must be 14 and IPLEN 20 at least"},
            {14 << 9 | 19, ipv4, 100, 100, ixsm, "MACLEN must be 14 and IPLEN 20 at least"},
            {14 << 9 | 20, 0L, 100, 100, ixsm, "IXSM needs TUCMD.IPV4"},
            {14 << 9 | 20, 3L << 11, 100, 100, txsm, "L4T 3 is reserved"},
            {14 << 9 | 20, tcp, 53, 53, txsm, "that is more than the frame's 53 bytes"},
            {14 << 9 | 20, 2L << 11 | ipv4 | l4 | mss, 100, 46, txsm | ixsm | tse, "only TCP and UDP"},
            {14 << 9 | 20, tcp | ipv4 | l4, 100, 46, txsm | ixsm | tse, "MSS must be 1 and L4LEN 20 at least"},
            {14 << 9 | 20, tcp | ipv4 | mss, 100, 66, txsm | ixsm | tse, "MSS must be 1 and L4LEN 20 at least"},
            {14 << 9 | 20, tcp | ipv4 | l4 | mss, 100, 46, ixsm | tse, "TSE needs POPTS.TXSM, and IXSM for IPv4"},
            {14 << 9 | 20, tcp | ipv4 | l4 | mss, 100, 46, txsm | tse, "TSE needs POPTS.TXSM, and IXSM for IPv4"},
            {14 << 9 | 20, tcp | l4 | mss, 100, 46, txsm | tse, "IPLEN 20, for IPv6 40"},
            {14 << 9 | 20, tcp | ipv4 | l4 | mss, 100, 47, txsm | ixsm | tse, "with a PAYLEN of 47"},
            {14 << 9 | 20, tcp | ipv4 | l4 | 16000L << 48, 100, 46, txsm | ixsm | tse, "segments would have 16054"},
        };
        for (int i = 0; i < cases.length; i++) {
            driver.txDescriptor(0, 2 * i, (int) cases[i][0], 2L << 20 | 1L << 29 | (long) cases[i][1]);
            long word = word((int) cases[i][2], (int) cases[i][3], EOP | IFCS | (long) cases[i][4]);
            driver.txDescriptor(0, 2 * i + 1, driver.memory.iova(driver.txBuffer(0)), word);
            driver.txTail(0, 2 * i + 2);
            step();
            assertEquals(i + 1, driver.card.mistakes().count(), (String) cases[i][5]);
            String message = driver.card.mistakes().messages().get(i);
            assertTrue(message.contains("uses context IDX 0 (MACLEN 1"), message);
            assertTrue(message.contains((String) cases[i][5]), message);
        }
        assertEquals(0, driver.wire.sent.size());
    }

    @Test
    void descriptorsOfAFrameThatDoNotGoTogether() {
        counting();
        driver.openTx(0, 64, 0);
        long iova = driver.memory.iova(driver.txBuffer(0));
        driver.txDescriptor(0, 0, iova, word(30, 60, IFCS));
        driver.txDescriptor(0, 1, iova, 30 | EOP | IFCS);
        driver.txTail(0, 2);
        step();
        String message = driver.card.mistakes().messages().getFirst();
        assertTrue(message.contains("descriptor 1, ") && message.contains("is legacy, but the first"), message);
        driver.txDescriptor(0, 2, iova, word(30, 60, IFCS));
        driver.txDescriptor(0, 3, 0, 2L << 20 | 1L << 29);
        driver.txDescriptor(0, 4, iova, word(30, 60, EOP | IFCS));
        driver.txTail(0, 5);
        step();
        message = driver.card.mistakes().messages().get(1);
        assertTrue(message.contains("descriptor 3, ") && message.contains("has the type DTYP 2"), message);
        assertEquals(0, driver.wire.sent.size());
    }

    @Test
    void headsMayBeWrittenAsTheyAre() {
        driver.openTx(0, 64, 0);
        driver.openRx(0, 64, SRRCTL_ADVANCED);
        driver.bar.set32(TDH, 0); // as DPDK's driver does
        driver.bar.set32(RDH, 0);
        assertEquals(0, driver.card.mistakes().count());
    }

    @Test
    void waysToChooseAQueueThatAreNotThere() {
        counting();
        driver.bar.set32(MRQC, 1);
        driver.bar.set32(FTQF + 4 * 5, 0x7fff_ffff);
        driver.bar.set32(ETQF, 0x8800_8906); // as Linux does: it marks frames of FCoE, and sends them nowhere
        driver.bar.set32(MTQC, 0);
        assertEquals(0, driver.card.mistakes().count());
        driver.bar.set32(MRQC, 0x8);
        driver.bar.set32(FTQF + 4 * 5, 0x8000_0000);
        driver.bar.set32(ETQS + 4 * 3, 0x8000_0000);
        driver.bar.set32(SYNQF, 1);
        driver.bar.set32(MTQC, 1);
        driver.bar.set32(PFVTCTL, 1);
        String[] messages = {
            "MRQC (datasheet 8.2.3.7.12) is written 0x00000008: MRQE 8",
            "FTQF[5] (datasheet 8.2.3.7.19) is written 0x80000000, which switches on five-tuple filters",
            "ETQS[3] (datasheet 8.2.3.7.22) is written 0x80000000",
            "SYNQF (datasheet",
            "MTQC (datasheet 8.2.3.9.15) is written 0x00000001",
            "PFVTCTL (datasheet 8.2.3.27.1)",
        };
        for (int i = 0; i < messages.length; i++) {
            String message = driver.card.mistakes().messages().get(i);
            assertTrue(message.contains(messages[i]), message);
        }
    }

    @Test
    void reportAskedForInTheMiddleOfAFrame() {
        driver.openTx(0, 64, 0);
        long iova = driver.memory.iova(driver.txBuffer(0));
        driver.txDescriptor(0, 0, iova, word(30, 60, IFCS | RS));
        driver.txDescriptor(0, 1, iova, word(30, 60, EOP | IFCS));
        driver.txTail(0, 2);
        assertMistake(this::step, "descriptor 0", "has RS, which only the last descriptor of a frame may have");
    }

    @Test
    void frameWithoutEnd() {
        driver.openTx(0, 64, 0);
        for (int i = 0; i < 41; i++) {
            driver.txDescriptor(0, i, driver.memory.iova(driver.txBuffer(0)), word(20, 1000, IFCS));
        }
        driver.txTail(0, 39);
        step();
        assertEquals(0, driver.bar.get32(TDH));
        driver.txTail(0, 41);
        assertMistake(this::step, "descriptors 0 to 40 have no EOP, but a frame has at most 40 descriptors");
    }

    @Test
    void noFcsAtAll() {
        driver.openTx(0, 64, 0);
        driver.bar.clearFlags(HLREG0, 1);
        driver.txFrame(0, 0, frame(60, 1), 0);
        driver.txTail(0, 1);
        assertMistake(this::step, "a frame is sent while HLREG0.TXCRCEN (datasheet 8.2.3.22.8) is 0");
    }

    // ---- policy

    @Test
    void onlyTheFirstMessagesAreKept() {
        counting();
        for (int i = 0; i < 100; i++) {
            driver.bar.get32(0x10);
        }
        assertEquals(100, driver.card.mistakes().count());
        assertEquals(16, driver.card.mistakes().messages().size());
    }

    @Test
    void aClosedCardDoesNothing() {
        driver.card.close();
        assertFalse(driver.card.step());
        assertTrue(driver.wire.closed);
        assertEquals("model, closed", driver.card.toString());
        assertThrows(IllegalStateException.class, () -> driver.bar.get32(CTRL));
        driver.card.close();
    }
}
