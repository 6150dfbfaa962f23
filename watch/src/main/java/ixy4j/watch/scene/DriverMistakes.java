package ixy4j.watch.scene;

import ixy4j.intel.Descriptors;
import ixy4j.ixgbe.Registers;
import ixy4j.memory.RawMemory;
import ixy4j.spi.Bar;
import ixy4j.watch.look.View;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.RingField;
import ixy4j.watch.timeline.RingPlace;
import ixy4j.watch.timeline.RingState;
import java.util.EnumSet;
import java.util.Set;

/**
 * The classic mistakes of a driver. Ours makes none of them, so they are made where it meets the card: what it wrote to memory
 * is changed before the card looks at it.
 */
final class DriverMistakes {
    private static final int ENABLE = 1 << 25; // of RXDCTL
    private static final long STALE = 60; // bytes of what is taken for a frame

    private final Set<Breakage> on = EnumSet.noneOf(Breakage.class);

    /** Switches one; another kind of fault does nothing here. */
    void set(Breakage mistake, boolean now) {
        if (now) {
            on.add(mistake);
        } else {
            on.remove(mistake);
        }
    }

    /** The driver is about to write a register. */
    void beforeWrite(int card, Bar bar, int offset, int value, Gate gate) {
        if (offset == Registers.RXDCTL && (value & ENABLE) != 0 && on.contains(Breakage.TAIL_BEFORE_ENABLE)) {
            int last = (bar.get32(Registers.RDLEN) >>> 4) - 1;
            bar.set32(Registers.RDT, last);
            gate.note(new Change.Write(card, Registers.RDT, last));
        }
    }

    /** The driver has handed over descriptors of a ring, which the card has not looked at. */
    void afterHandover(View view, Bar bar, RingPlace place, RingState before) {
        int size = before.number(RingField.SIZE);
        int tail = view.register(place.tail());
        int from = before.number(RingField.TAIL);
        if (size == 0 || tail == from) {
            return;
        }
        long ring = view.address(before.get(RingField.IOVA), (long) size * Descriptors.SIZE);
        for (int i = start(from, size); i != tail; i = (i + 1) % size) {
            spoil(view, place, ring + (long) i * Descriptors.SIZE);
        }
        if (on.contains(Breakage.TAIL_ONE_TOO_FAR)) {
            RawMemory.setIntRelease(bar.address(place.tail()), (tail + 1) % size);
        }
    }

    /** Where the driver itself had its tail, if that was one too far already. */
    private int start(int tail, int size) {
        return on.contains(Breakage.TAIL_ONE_TOO_FAR) ? (tail + size - 1) % size : tail;
    }

    private void spoil(View view, RingPlace place, long descriptor) {
        if (on.contains(Breakage.VIRTUAL_ADDRESS)) {
            long address = view.address(RawMemory.getLong(descriptor), 1);
            if (address != 0) {
                RawMemory.setLong(descriptor, address);
            }
        }
        if (on.contains(Breakage.NO_IFCS) && !place.receives()) {
            RawMemory.setLong(descriptor + 8, RawMemory.getLong(descriptor + 8) & ~Descriptors.TX_IFCS);
        }
    }

    /**
     * The driver is about to look at its next receive descriptor: makes it take that, whatever the card says.
     *
     * @param descriptor our address of it
     * @return whether it would not have taken it
     */
    boolean beforeReceive(long descriptor) {
        long status = RawMemory.getLongAcquire(descriptor + 8);
        if (!on.contains(Breakage.NO_DD) || (status & Descriptors.RX_DD) != 0) {
            return false;
        }
        RawMemory.setLong(
                descriptor + 8, Descriptors.RX_DD | Descriptors.RX_EOP | STALE << Descriptors.RX_LENGTH_SHIFT);
        return true;
    }
}
