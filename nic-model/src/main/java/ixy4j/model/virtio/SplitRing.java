package ixy4j.model.virtio;

import ixy4j.memory.RawMemory;
import ixy4j.model.virtio.Chain.Element;
import ixy4j.virtio.Virtqueue;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/** A split virtqueue (2.7): descriptor table, available ring, used ring. */
final class SplitRing extends Ring {
    private static final int IDX = 2; // in both rings, behind flags
    private static final int RING = 4;

    private int availableIndex; // the device's, 16 bits, as the next
    private int usedIndex;
    private int nextInOrder; // with IN_ORDER, the descriptor that a buffer must begin at

    SplitRing(VirtioCard card, QueueRole role, Virtqueue queue) {
        super(card, role, queue);
        if (Integer.bitCount(size) != 1) {
            throw mistake("its size is " + size + ", which is no power of two (2.7)");
        }
        checkArea("driver", driverArea, 2, 6 + 2L * size);
        checkArea("device", deviceArea, 4, 6 + 8L * size);
        if (card.isLegacy()) {
            checkLegacyLayout();
        }
        long used = at(deviceArea, RING, "used ring");
        if (RawMemory.getInt(used) != 0) {
            throw mistake("flags and idx of the used ring are " + hex(RawMemory.getInt(used))
                    + ", but both are 0 when a queue is enabled (2.7.8, 2.7.10.1)");
        }
    }

    private void checkLegacyLayout() {
        long available = descriptors + 16L * size;
        long used = (available + 6 + 2L * size + 4095) & -4096;
        if (descriptors % 4096 != 0 || driverArea != available || deviceArea != used) {
            throw mistake("its parts are at IOVA " + hex(descriptors) + ", " + hex(driverArea) + " and "
                    + hex(deviceArea)
                    + ", but a legacy device takes the first for a multiple of 4096 and the others for "
                    + hex(available) + " and " + hex(used) + " (2.7.2)");
        }
    }

    // ---- available ring (2.7.6)

    @Override
    boolean hasNext() {
        return index() != availableIndex;
    }

    private int index() {
        // Acquire: entries, descriptors and frames are read after the index that hands them over.
        return RawMemory.getShortAcquire(at(driverArea + IDX, 2, "available ring")) & 0xffff;
    }

    @Override
    Chain next() {
        int now = index();
        int count = (now - availableIndex) & 0xffff;
        if (count > size) {
            throw mistake("the available index went from " + availableIndex + " to " + now + ", by " + count
                    + ", but the queue has " + size + " descriptors (2.7.6.1, 2.7.13.3)");
        }
        if (count == 0) {
            return null;
        }
        int flags = RawMemory.getShort(at(driverArea, 2, "available ring")) & 0xffff;
        if (flags > 1) {
            throw mistake("flags of the available ring are " + hex(flags) + ": they must be 0 or 1 (2.7.7.1)");
        }
        long entry = driverArea + RING + 2L * (availableIndex % size);
        int head = RawMemory.getShort(at(entry, 2, "available ring")) & 0xffff;
        checkHead(head);
        Chain chain = chain(head);
        checkId(head);
        availableIndex = (availableIndex + 1) & 0xffff;
        return chain;
    }

    private void checkHead(int head) {
        if (head >= size) {
            throw mistake("available entry " + availableIndex % size + " is descriptor " + head
                    + ", but the queue has 0 to " + (size - 1) + " (2.7.6)");
        }
        if (card.isInOrder() && head != nextInOrder) {
            throw mistake("available entry " + availableIndex % size + " is descriptor " + head + ", but with IN_ORDER"
                    + " descriptors are taken in ring order, and " + nextInOrder + " is the next (2.7.5)");
        }
    }

    // ---- descriptor table (2.7.5)

    private Chain chain(int head) {
        List<Element> elements = new ArrayList<>();
        for (int slot = head; ; ) {
            long address = descriptor(slot);
            int flags = RawMemory.getShort(address + 12) & 0xffff;
            int next = RawMemory.getShort(address + 14) & 0xffff;
            add(elements, element(slot, flags, head));
            if ((flags & NEXT) == 0) {
                nextInOrder = (slot + 1) % size;
                return new Chain(head, elements);
            }
            checkNext(slot, next);
            slot = next;
        }
    }

    private void checkNext(int slot, int next) {
        if (next >= size) {
            throw mistake(
                    "descriptor " + slot + " has next " + next + ", but the queue has 0 to " + (size - 1) + " (2.7.5)");
        }
        if (card.isInOrder() && next != (slot + 1) % size) {
            throw mistake("descriptor " + slot + " has next " + next + ", but with IN_ORDER it must be "
                    + (slot + 1) % size + " (2.7.5.2)");
        }
    }

    // ---- used ring (2.7.8)

    @Override
    void publish(List<Used> entries) {
        int index = usedIndex;
        for (Used entry : entries) {
            long address = at(deviceArea + RING + 8L * (index % size), 8, "used ring");
            RawMemory.setInt(address, entry.id());
            RawMemory.setInt(address + 4, (int) entry.length());
            index = (index + entry.buffers()) & 0xffff; // a batch leaves the other entries as they are (2.7.9)
        }
        if (card.mischief().strikes(Misbehaviour.USED_INDEX_JUMPS)) {
            // Past all that the driver can have in the queue, or backwards, which is the same.
            spoil();
            index = (usedIndex + card.mischief().between(size + 1, 0xffff)) & 0xffff;
        }
        usedIndex = index;
        // Release: what was written is seen by whom the index is seen.
        RawMemory.setShortRelease(at(deviceArea + IDX, 2, "used ring"), (short) usedIndex);
    }

    @Override
    int impossibleId(int honest) {
        // 32 bits, of which a driver may not just take the lower ones.
        int low = card.mischief().between(0, 1) == 0 ? honest : card.mischief().between(size, 0xffff);
        return low == honest ? honest | card.mischief().between(1, 0xffff) << 16 : low;
    }

    @Override
    boolean wantsInterrupts() {
        VarHandle.fullFence(); // VirtioCard.interrupt says why
        return (RawMemory.getShort(at(driverArea, 2, "available ring")) & 1) == 0;
    }

    @Override
    void announce(boolean wantsNotifications) {
        RawMemory.setShort(at(deviceArea, 2, "used ring"), (short) (wantsNotifications ? 0 : 1));
    }
}
