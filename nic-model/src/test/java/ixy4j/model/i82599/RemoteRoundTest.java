package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.CTRL;
import static ixy4j.ixgbe.Registers.CTRL_MASTER_DISABLE;
import static ixy4j.ixgbe.Registers.DMATXCTL;
import static ixy4j.ixgbe.Registers.STATUS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.memory.RawMemory;
import ixy4j.model.Mistakes;
import ixy4j.model.RemoteMemory;
import ixy4j.model.wire.OwnMemory;
import ixy4j.spi.DmaMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rounds of a card that reaches all memory by messages: what a driver does while they are on their way. */
class RemoteRoundTest {
    private static final int RST = 1 << 26;
    private static final int MASTER_ENABLE = 1 << 19; // in STATUS
    private static final int RXDCTL = TestDriver.rx(0) + 0x28;
    private static final int PAGES = 4;

    private final TestDriver driver = new TestDriver(CardOptions.STEPPED.withPolicy(Mistakes.Policy.COUNT)).start();
    private final Card card = driver.card;
    private final long shadow = OwnMemory.map((long) PAGES * DmaMemory.PAGE);
    private final Owner owner = new Owner();

    /** Has the driver's memory, and lets it do something in the middle of each transfer. */
    private final class Owner implements RemoteMemory {
        private final List<String> reads = new ArrayList<>();
        private final List<Long> writes = new ArrayList<>(); // our addresses
        private Runnable whileReading = () -> {};
        private Runnable whileWriting = () -> {};
        private boolean gone;

        @Override
        public Outcome read(long iova, long to, int length, BooleanSupplier wanted) {
            if (gone || !wanted.getAsBoolean()) {
                return Outcome.ENDED;
            }
            reads.add(Long.toHexString(address(iova) - driver.memory.address()) + "+" + length);
            whileReading.run();
            if (!wanted.getAsBoolean()) {
                return Outcome.ENDED;
            }
            RawMemory.copy(address(iova), to, length);
            return Outcome.DONE;
        }

        @Override
        public Outcome write(long iova, long from, int length, BooleanSupplier wanted) {
            if (gone || !wanted.getAsBoolean()) {
                return Outcome.ENDED;
            }
            writes.add(address(iova));
            RawMemory.copy(from, address(iova), length);
            whileWriting.run();
            return Outcome.DONE;
        }

        /** Since this was called last. */
        private List<String> reads() {
            List<String> before = List.copyOf(reads);
            reads.clear();
            return before;
        }
    }

    private long address(long iova) {
        long[] pages = driver.memory.pageIovas();
        for (int i = 0; i < pages.length; i++) {
            if (iova >= pages[i] && iova < pages[i] + DmaMemory.PAGE) {
                return driver.memory.address() + (long) i * DmaMemory.PAGE + iova - pages[i];
            }
        }
        throw new AssertionError("IOVA 0x" + Long.toHexString(iova));
    }

    private void map(int page, boolean writable) {
        long iova = driver.memory.pageIovas()[page];
        card.unmap(iova, DmaMemory.PAGE);
        card.map(iova, shadow + (long) page * DmaMemory.PAGE, DmaMemory.PAGE, writable, owner);
    }

    @BeforeEach
    void mapAll() {
        for (int i = 0; i < PAGES; i++) {
            map(i, true);
        }
    }

    @AfterEach
    void close() {
        driver.close();
        OwnMemory.unmap(shadow, (long) PAGES * DmaMemory.PAGE);
    }

    /** A queue with eight buffers, and as many frames that arrive in the next round. */
    private void receiveEight() {
        driver.openRx(0, 64, TestDriver.SRRCTL_ADVANCED);
        card.step();
        driver.giveRx(0, 0, 8);
        card.step();
        for (int i = 0; i < 8; i++) {
            driver.wire.arrive(TestDriver.frame(100 + i, i));
        }
    }

    private void openTx() {
        driver.openTx(0, 64, 0);
        card.step();
    }

    private void sendOne(int index) {
        driver.txFrame(0, index, TestDriver.frame(200, index), TestDriver.RS);
        driver.txTail(0, index + 1);
    }

    private void check(int mistakes) {
        assertEquals(
                mistakes,
                card.mistakes().count(),
                () -> card.mistakes().messages().toString());
    }

    @Test
    void framesGoThroughMessages() {
        receiveEight();
        openTx();
        sendOne(0);
        card.step();
        assertEquals(9, owner.writes.size() - 1, "eight buffers, and the descriptors of either ring at once");
        for (int i = 0; i < 8; i++) {
            assertArrayEquals(TestDriver.frame(100 + i, i), driver.received(0, i));
        }
        assertArrayEquals(TestDriver.frame(200, 0), driver.wire.sent.getFirst());
        assertNotEquals(0, driver.txStatus(0, 0) & TestDriver.DD);
        check(0);
    }

    /** 4.6.7.1.2: until the bit reads 0, the memory is the card's. */
    @Test
    void aQueueReadsAsEnabledUntilItsBuffersAreWritten() {
        receiveEight();
        owner.whileWriting = () -> {
            driver.bar.clearFlags(RXDCTL, TestDriver.ENABLE);
            for (int i = 0; i < 3; i++) {
                assertNotEquals(0, driver.bar.get32(RXDCTL) & TestDriver.ENABLE, "after " + owner.writes);
            }
        };
        card.step();
        assertEquals(9, owner.writes.size());
        driver.bar.get32(RXDCTL);
        assertEquals(0, driver.bar.get32(RXDCTL) & TestDriver.ENABLE);
        check(0);
    }

    /** 5.2.5.3.2: the bit says that the card has nothing pending. */
    @Test
    void aMasterReadsAsEnabledUntilAllIsWritten() {
        receiveEight();
        owner.whileWriting = () -> {
            driver.bar.setFlags(CTRL, CTRL_MASTER_DISABLE);
            assertNotEquals(0, driver.bar.get32(STATUS) & MASTER_ENABLE, "after " + owner.writes);
        };
        card.step();
        assertEquals(9, owner.writes.size());
        driver.bar.get32(STATUS);
        assertEquals(0, driver.bar.get32(STATUS) & MASTER_ENABLE);
        check(0);
    }

    private void stopInTheMiddle(Runnable stop) {
        receiveEight();
        owner.whileWriting = stop;
        card.step();
        card.step();
        assertEquals(1, owner.writes.size(), "the one that was on its way");
        check(0);
    }

    @Test
    void nothingGoesOutAfterAReset() {
        stopInTheMiddle(card::reset);
    }

    @Test
    void nothingGoesOutAfterAResetByTheDriver() {
        stopInTheMiddle(() -> driver.bar.set32(CTRL, RST));
    }

    @Test
    void nothingGoesOutOfWhoIsNotMaster() {
        stopInTheMiddle(() -> card.setBusMaster(false));
    }

    @Test
    void nothingGoesOutOfAClosedCard() {
        stopInTheMiddle(card::close);
    }

    @Test
    void aResetLastsUntilNothingIsOnItsWay() {
        receiveEight();
        owner.whileWriting = () -> {
            driver.bar.set32(CTRL, RST);
            driver.bar.get32(CTRL);
            assertEquals(RST, driver.bar.get32(CTRL) & RST);
        };
        card.step();
        assertEquals(RST, driver.bar.get32(CTRL) & RST, "once, as without messages");
        assertEquals(0, driver.bar.get32(CTRL) & RST);
    }

    @Test
    void nothingGoesToARangeThatWasUnmapped() {
        receiveEight();
        long buffers = driver.memory.pageIovas()[1];
        owner.whileWriting = () -> card.unmap(buffers, DmaMemory.PAGE);
        card.step();
        assertEquals(List.of(driver.rxBuffer(0), driver.ring(0)), owner.writes, "a buffer, and the descriptors");
    }

    @Test
    void nothingGoesToARangeThatMayOnlyBeRead() {
        map(1, false);
        receiveEight();
        card.step();
        assertEquals(List.of(driver.ring(0)), owner.writes, "the descriptors alone");
        check(8);
        String message = card.mistakes().messages().getFirst();
        assertTrue(message.contains("has its buffer at IOVA") && message.contains("(to read only)"), message);
    }

    @Test
    void nothingIsFetchedByWhoIsNotMaster() {
        openTx();
        card.setBusMaster(false);
        sendOne(0);
        card.step();
        assertEquals(List.of(), owner.reads());
        card.setBusMaster(true);
        card.step();
        assertEquals(2, owner.reads().size(), "a descriptor and a buffer");
        assertEquals(1, driver.wire.sent.size());
        check(0);
    }

    @Test
    void nothingIsFetchedThatCannotBeSent() {
        openTx();
        driver.bar.clearFlags(DMATXCTL, 1);
        sendOne(0);
        card.step();
        card.step();
        assertEquals(List.of(), owner.reads());
        driver.wire.speed = 0;
        card.step();
        driver.bar.setFlags(DMATXCTL, 1);
        for (int i = 0; i < 4; i++) {
            card.step();
        }
        assertEquals(List.of(), owner.reads());
        driver.wire.speed = 10_000;
        for (int i = 0; i < 4; i++) {
            card.step();
        }
        assertEquals(2, owner.reads().size(), "once");
        assertEquals(1, driver.wire.sent.size());
        check(0);
    }

    /** The round would send what was there before. */
    @Test
    void whatWasNotFetchedIsNotUsed() {
        openTx();
        sendOne(0);
        owner.whileReading = () -> {
            card.setBusMaster(false);
            card.setBusMaster(true);
        };
        card.step();
        assertEquals(List.of(), driver.wire.sent);
        owner.whileReading = () -> {};
        card.step();
        assertArrayEquals(TestDriver.frame(200, 0), driver.wire.sent.getFirst());
        check(0);
    }

    @Test
    void anOwnerThatIsGoneIsNobodysMistake() {
        openTx();
        receiveEight();
        owner.whileWriting = () -> owner.gone = true;
        card.step();
        sendOne(0);
        card.step();
        assertEquals(1, owner.writes.size());
        check(0);
    }
}
