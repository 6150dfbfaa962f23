package ixy4j.model.virtio;

import ixy4j.memory.RawMemory;
import ixy4j.model.virtio.Chain.Element;
import ixy4j.virtio.Virtqueue;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/** A packed virtqueue (2.8): a ring of descriptors that both sides write. */
final class PackedRing extends Ring {
    private static final int AVAIL = 1 << 7;
    private static final int USED = 1 << 15;
    private static final int FLAGS = 14; // in a descriptor
    private static final int EVENT_FLAGS = 2; // in both event suppression structures (2.8.14)

    private final int[] known; // flags of each descriptor, as the device has last read or written them
    private int next; // descriptor to look at for a buffer
    private boolean nextWrap = true; // the driver's wrap counter there (2.8.1)
    private int used; // descriptor to write the next used one to
    private boolean usedWrap = true;

    PackedRing(VirtioCard card, QueueRole role, Virtqueue queue) {
        super(card, role, queue);
        checkArea("driver", driverArea, 4, 4);
        checkArea("device", deviceArea, 4, 4);
        known = new int[size];
    }

    // ---- available descriptors

    @Override
    boolean hasNext() {
        return isAvailable(flags(next), nextWrap);
    }

    private int flags(int slot) {
        // Acquire: the rest of the descriptor, and all of its list, are read after its flags, which hand it over.
        return RawMemory.getShortAcquire(descriptor(slot) + FLAGS) & 0xffff;
    }

    private static boolean isAvailable(int flags, boolean wrap) {
        return ((flags & AVAIL) != 0) == wrap && ((flags & USED) != 0) != wrap;
    }

    @Override
    Chain next() {
        int flags = flags(next);
        if (!isAvailable(flags, nextWrap)) {
            checkNotMeant(flags);
            return null;
        }
        checkEvents();
        List<Element> elements = new ArrayList<>();
        int first = next;
        for (; ; flags = flags(next)) {
            if (!isAvailable(flags, nextWrap)) {
                throw mistake("descriptor " + next + " goes on a list that begins at " + first + ", but its flags are "
                        + hex(flags) + ", not available for a wrap counter of " + (nextWrap ? 1 : 0)
                        + ": all of a list must be before its first is (2.8.6, 2.8.17)");
            }
            known[next] = flags;
            add(elements, element(next, flags & ~(AVAIL | USED), first));
            int id = RawMemory.getShort(descriptor(next) + 12) & 0xffff;
            advance();
            if ((flags & NEXT) == 0) {
                checkId(id);
                return new Chain(id, elements);
            }
        }
    }

    private void advance() {
        if (++next == size) {
            next = 0;
            nextWrap = !nextWrap;
        }
    }

    /** A descriptor that was made available with the wrap counter the wrong way round would never be found. */
    private void checkNotMeant(int flags) {
        boolean looksAvailable = ((flags & AVAIL) != 0) != ((flags & USED) != 0);
        if (looksAvailable && flags != known[next]) {
            throw mistake(
                    "descriptor " + next + " has flags " + hex(flags) + ", which is available for a wrap counter of "
                            + (nextWrap ? 0 : 1) + ", but the driver's is " + (nextWrap ? 1 : 0) + " there (2.8.1)");
        }
    }

    private void checkEvents() {
        int flags = RawMemory.getShort(at(driverArea + EVENT_FLAGS, 2, "driver area")) & 0xffff;
        if (flags > 1) {
            throw mistake("flags of the driver event suppression structure are " + hex(flags)
                    + ": without EVENT_IDX they must be 0 or 1 (2.8.10, 2.8.14)");
        }
    }

    // ---- used descriptors

    @Override
    void publish(List<Used> entries) {
        int[] slots = new int[entries.size()];
        int[] flags = new int[slots.length];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = used;
            flags[i] = (usedWrap ? AVAIL | USED : 0) | (entries.get(i).wrote() ? WRITE : 0);
            skip(entries.get(i).descriptors());
        }
        // The first at the end, so that a driver that sees it sees all (2.8.9).
        for (int i = slots.length - 1; i >= 0; i--) {
            long address = descriptor(slots[i]);
            disown(slots[i]);
            known[slots[i]] = flags[i];
            RawMemory.setInt(address + 8, (int) entries.get(i).length());
            RawMemory.setShort(address + 12, (short) entries.get(i).id());
            RawMemory.setShortRelease(address + FLAGS, (short) flags[i]);
        }
    }

    /** One used descriptor stands for all of a list, or of a batch (2.8.6, 2.8.8). */
    private void skip(int descriptors) {
        used += descriptors;
        if (used >= size) {
            used -= size;
            usedWrap = !usedWrap;
        }
    }

    @Override
    int impossibleId(int honest) {
        return card.mischief().between(size, 0xffff);
    }

    @Override
    boolean wantsInterrupts() {
        VarHandle.fullFence(); // VirtioCard.interrupt says why
        return RawMemory.getShort(at(driverArea + EVENT_FLAGS, 2, "driver area")) == 0;
    }

    @Override
    void announce(boolean wantsNotifications) {
        long address = at(deviceArea + EVENT_FLAGS, 2, "device area");
        RawMemory.setShort(address, (short) (wantsNotifications ? 0 : 1));
    }
}
