package ixy4j.model;

import static ixy4j.ixgbe.Registers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory that is reached by messages: which parts of what is meant are asked for, and what a refusal does. */
class ExchangeTest {
    private static final long AT = 0x4000_0000L;
    private static final int PAGE = 4096;

    private final Iommu iommu = new Iommu();
    private final Exchange exchange = new Exchange(iommu);
    private final Owner owner = new Owner();

    /** Notes what it is asked for, and refuses one IOVA. */
    private static final class Owner implements RemoteMemory {
        private final List<String> asked = new ArrayList<>();
        private long refused = -1;

        @Override
        public boolean read(long iova, long to, int length) {
            asked.add("read " + (iova - AT) + "+" + length);
            return iova != refused;
        }

        @Override
        public boolean write(long iova, long from, int length) {
            asked.add("write " + (iova - AT) + "+" + length);
            return iova != refused;
        }
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
        exchange.add(AT, PAGE, true, owner);
        exchange.add(AT + 2 * PAGE, PAGE, true, owner);
        assertNull(Exchange.fetch(wanted(10, 20)));
        assertEquals(List.of("read 10+20"), asked());
        assertNull(Exchange.fetch(wanted(-100, 4 * PAGE)));
        assertEquals(List.of("read 0+4096", "read 8192+4096"), asked());
        assertNull(Exchange.fetch(wanted(PAGE, PAGE)));
        assertNull(Exchange.fetch(wanted(3 * PAGE, 50)));
        assertNull(Exchange.fetch(wanted(0, 0)));
        assertEquals(List.of(), asked());
        assertTrue(exchange.holds(AT + PAGE - 1, 2) && !exchange.holds(AT + PAGE, PAGE));
    }

    @Test
    void buffersGoOutBeforeTheDescriptorsThatTellOfThem() {
        exchange.add(AT, 4 * PAGE, true, owner);
        exchange.use(true);
        for (int i = 0; i < 3; i++) {
            exchange.wroteData(AT + PAGE + 2048L * i, 100 + i);
            exchange.wroteStatus(AT + 16L * i, 16);
        }
        exchange.wroteStatus(AT + 512, 4);
        assertNull(Exchange.push(exchange.written()));
        assertEquals(
                List.of("write 4096+100", "write 6144+101", "write 8192+102", "write 0+48", "write 512+4"), asked());
        assertEquals(List.of(), exchange.written());
    }

    @Test
    void whatIsNotInUseIsOutOfReachAndNamed() {
        exchange.add(AT, PAGE, true, owner);
        assertEquals(0, iommu.translate(AT, 16));
        assertTrue(iommu.toString().contains("0x40000000 to 0x40001000"), iommu::toString);
        exchange.use(true);
        long address = iommu.translate(AT, 16);
        assertTrue(address != 0);
        exchange.add(AT + PAGE, PAGE, false, owner);
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
    void whatIsRefusedIsReturned() {
        exchange.add(AT, 4 * PAGE, true, owner);
        List<Exchange.Piece> pieces = wanted(0, 16);
        pieces.addAll(wanted(64, 16));
        pieces.addAll(wanted(128, 16));
        owner.refused = AT + 64;
        assertSame(pieces.get(1), Exchange.fetch(pieces));
        assertSame(pieces.get(1), Exchange.push(pieces));
        assertEquals(List.of("read 0+16", "read 64+16", "write 0+16", "write 64+16"), asked());
    }

    @Test
    void aRingWhoseMemoryIsRefusedIsHaltedAndTheFaultSaysSo() {
        try (TestWire wire = new TestWire();
                Card card = new Card(wire, CardOptions.RUNNING)) {
            card.map(AT, 2 * PAGE, true, owner);
            card.bar().set32(DMATXCTL, 1);
            card.bar().set32(TDBAL, (int) AT);
            card.bar().set32(TDLEN, 128 * 16);
            card.bar().set32(TXDCTL, 1 << 25);
            card.bar().get32(TXDCTL);
            card.step();
            owner.refused = AT;
            card.bar().set32(TDT, 5);
            card.step();
            card.step();
            assertEquals(List.of("read 0+80"), asked(), "once");
            String message = card.faults().messages().getFirst();
            assertTrue(message.contains("IOVA 0x40000000 is mapped without a file, and 80 bytes there"), message);
            assertEquals(1, card.faults().count());
        }
    }
}
