package ixy4j.model.i82599;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.model.Iommu;
import ixy4j.model.RemoteMemory;
import ixy4j.model.wire.OwnMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Memory that is reached by messages: which parts of what is meant are asked for, and what a refusal does. */
class ExchangeTest {
    private static final long AT = 0x4000_0000L;
    private static final int PAGE = 4096;

    private final Iommu iommu = new Iommu();
    private final Exchange exchange = new Exchange(iommu);
    private final Owner owner = new Owner();
    private final long memory = OwnMemory.map(4L * PAGE);

    @AfterEach
    void unmap() {
        OwnMemory.unmap(memory, 4L * PAGE);
    }

    /** Notes what it is asked for, and refuses one IOVA. */
    private static final class Owner implements RemoteMemory {
        private final List<String> asked = new ArrayList<>();
        private long refused = -1;

        @Override
        public Outcome read(long iova, long to, int length, BooleanSupplier wanted) {
            return asked("read ", iova, length, wanted);
        }

        @Override
        public Outcome write(long iova, long from, int length, BooleanSupplier wanted) {
            return asked("write ", iova, length, wanted);
        }

        private Outcome asked(String what, long iova, int length, BooleanSupplier wanted) {
            if (!wanted.getAsBoolean()) {
                return Outcome.ENDED;
            }
            asked.add(what + (iova - AT) + "+" + length);
            return iova == refused ? Outcome.REFUSED : Outcome.DONE;
        }
    }

    private void add(int page, int pages, boolean writable) {
        exchange.add(AT + (long) page * PAGE, memory + (long) page * PAGE, (long) pages * PAGE, writable, owner);
    }

    private List<Exchange.Piece> wanted(long offset, long length) {
        List<Exchange.Piece> pieces = new ArrayList<>();
        exchange.want(pieces, AT + offset, length);
        return pieces;
    }

    private List<String> asked() {
        List<String> asked = List.copyOf(owner.asked);
        owner.asked.clear();
        return asked;
    }

    @Test
    void onlyWhatLiesInSuchMemoryIsAskedFor() {
        add(0, 1, true);
        add(2, 1, true);
        assertTrue(exchange.fetch(wanted(10, 20)));
        assertEquals(List.of("read 10+20"), asked());
        assertTrue(exchange.fetch(wanted(-100, 4 * PAGE)));
        assertEquals(List.of("read 0+4096", "read 8192+4096"), asked());
        assertTrue(exchange.fetch(wanted(PAGE, PAGE)));
        assertTrue(exchange.fetch(wanted(3 * PAGE, 50)));
        assertTrue(exchange.fetch(wanted(0, 0)));
        assertEquals(List.of(), asked());
        assertTrue(exchange.holds(AT + PAGE - 1, 2) && !exchange.holds(AT + PAGE, PAGE));
    }

    @Test
    void buffersGoOutBeforeTheDescriptorsThatTellOfThem() {
        add(0, 4, true);
        exchange.use(true);
        for (int i = 0; i < 3; i++) {
            exchange.wroteData(AT + PAGE + 2048L * i, 100 + i);
            exchange.wroteStatus(AT + 16L * i, 16);
        }
        exchange.wroteStatus(AT + 512, 4);
        assertTrue(exchange.push(exchange.written()));
        assertEquals(
                List.of("write 4096+100", "write 6144+101", "write 8192+102", "write 0+48", "write 512+4"), asked());
        assertEquals(List.of(), exchange.written());
    }

    @Test
    void whatIsNotInUseIsOutOfReachAndNamed() {
        add(0, 1, true);
        assertEquals(0, iommu.translate(AT, 16));
        assertTrue(iommu.toString().contains("0x40000000 to 0x40001000"), iommu::toString);
        exchange.use(true);
        long address = iommu.translate(AT, 16);
        assertTrue(address != 0);
        add(1, 1, false);
        assertEquals(0, iommu.translate(AT + PAGE, 16), "to be read only");
        assertTrue(iommu.translateToRead(AT + PAGE, 16) != 0);
        exchange.use(false);
        assertEquals(0, iommu.translate(AT, 16));
        exchange.use(true);
        assertEquals(address, iommu.translate(AT, 16), "with what was fetched before");
        iommu.unmap(AT, PAGE);
        exchange.remove(AT, PAGE);
        assertEquals(List.of(), wanted(0, 16));
    }

    @Test
    void ringsAndBuffersMayLieInTwoRangesThatAreSideBySide() {
        add(0, 1, true);
        add(1, 1, true);
        exchange.use(true);
        assertEquals(memory + PAGE - 16, iommu.translate(AT + PAGE - 16, 32));
        assertTrue(exchange.fetch(wanted(PAGE - 16, 32)));
        assertEquals(List.of("read 4080+16", "read 4096+16"), asked());
    }

    @Test
    void whatIsRefusedIsKeptAndEndsTheTransfer() {
        add(0, 4, true);
        List<Exchange.Piece> pieces = wanted(0, 16);
        pieces.addAll(wanted(64, 16));
        pieces.addAll(wanted(128, 16));
        owner.refused = AT + 64;
        assertFalse(exchange.fetch(pieces));
        assertSame(pieces.get(1), exchange.takeRefused());
        assertNull(exchange.takeRefused());
        assertFalse(exchange.push(pieces));
        assertSame(pieces.get(1), exchange.takeRefused());
        assertEquals(List.of("read 0+16", "read 64+16", "write 0+16", "write 64+16"), asked());
    }

    @Test
    void whatIsRemovedIsNotMovedAndTheRestIs() {
        add(0, 1, true);
        add(1, 1, true);
        List<Exchange.Piece> pieces = wanted(PAGE - 16, 32);
        exchange.begin(pieces);
        exchange.remove(AT, PAGE);
        assertFalse(exchange.push(pieces));
        assertNull(exchange.takeRefused());
        assertEquals(List.of("write 4096+16"), asked());
    }

    @Test
    void whatIsCancelledIsNotMovedAndWhatComesNextIs() {
        add(0, 1, true);
        exchange.use(true);
        exchange.wroteData(AT, 100);
        exchange.wroteStatus(AT + 512, 16);
        exchange.cancel();
        assertEquals(List.of(), exchange.written());
        List<Exchange.Piece> pieces = wanted(0, 16);
        exchange.begin(pieces);
        assertTrue(exchange.isMoving());
        exchange.cancel();
        assertFalse(exchange.fetch(pieces));
        exchange.end();
        assertFalse(exchange.isMoving());
        exchange.begin(List.of());
        assertFalse(exchange.isMoving(), "nothing is on its way");
        exchange.begin(pieces);
        assertTrue(exchange.push(pieces));
        assertEquals(List.of("write 0+16"), asked());
    }
}
