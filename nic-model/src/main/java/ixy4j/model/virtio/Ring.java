package ixy4j.model.virtio;

import ixy4j.memory.RawMemory;
import ixy4j.model.virtio.Chain.Element;
import ixy4j.virtio.Virtqueue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * The device's end of a virtqueue: finds buffers that the driver makes available, checks them, and gives them back. What
 * split and packed virtqueues do in the same way.
 */
abstract class Ring {
    static final int DESCRIPTOR = 16;
    static final int NEXT = 1;
    static final int WRITE = 2;
    private static final int PREFETCH = 16; // buffers that are used in another order than they came

    /** That buffers were used: by one entry, with the identifier and the length of the last. */
    record Used(int id, long length, boolean wrote, int buffers, int descriptors) {}

    final VirtioCard card;
    final QueueRole role;
    final int queue; // its number
    final String name;
    final int size;
    final long descriptors; // an IOVA, as the next two
    final long driverArea;
    final long deviceArea;
    private final Element[] owners; // of each descriptor, as far as it is part of a buffer that the device has
    private final long[] words; // what was in it, two each
    private final BitSet ids = new BitSet(); // of buffers that the device has
    private final BitSet everUsed = new BitSet(); // identifiers
    private final List<Chain> available = new ArrayList<>(); // in the order in which they became so
    private final List<List<Chain>> completed = new ArrayList<>(); // by frame or command, not yet said to be used
    private long serial; // of descriptors
    private boolean notified = true; // or not asked yet
    private boolean stopped; // after misbehaviour that leaves the two sides with different views
    private boolean spoiled; // by misbehaviour: what the driver does next is not held against it

    Ring(VirtioCard card, QueueRole role, Virtqueue queue) {
        this.card = card;
        this.role = role;
        this.queue = queue.index();
        this.name = role.name(queue.index());
        this.size = queue.size();
        descriptors = queue.memory().iova(queue.descriptors());
        driverArea = queue.memory().iova(queue.driverArea());
        deviceArea = queue.memory().iova(queue.deviceArea());
        owners = new Element[size];
        words = new long[2 * size];
        checkArea("descriptor", descriptors, 16, 16L * size);
    }

    final void checkArea(String area, long iova, int alignment, long bytes) {
        if (iova % alignment != 0) {
            throw mistake("its " + area + " area is at IOVA " + hex(iova) + ", which is no multiple of " + alignment
                    + " (2.7, 2.8.10.1)");
        }
        at(iova, bytes, area + " area");
    }

    // ---- what differs

    /** The next buffer that the driver made available since; null if there is none. */
    abstract Chain next();

    /** Whether {@link #next} would find one. */
    abstract boolean hasNext();

    /** An identifier that the queue cannot have, near one that it has. */
    abstract int impossibleId(int honest);

    /** Says that buffers were used, in this order; the driver sees all or none. */
    abstract void publish(List<Used> entries);

    /** Whether the driver wants to be interrupted (2.7.7, 2.8.10), now that it can see what was used. */
    abstract boolean wantsInterrupts();

    /** Tells the driver whether to notify. */
    abstract void announce(boolean wantsNotifications);

    // ---- buffers that come

    /** Notices buffers that were made available, if it may: notified, or asked not to be. */
    final void look() {
        if (stopped) {
            return;
        }
        if (!notified && card.wantsNotifications() && role != QueueRole.CONTROL) {
            if (hasNext()) {
                throw mistake(
                        "buffers were made available without a notification, which the device asks for (2.7.10.1, 2.8.21.2)");
            }
            return;
        }
        notified = false;
        for (Chain chain = next(); chain != null; chain = stopped ? null : next()) {
            String wrong = card.framing().wrong(role, chain);
            if (wrong != null) {
                throw mistake("buffer " + chain.id + ": " + wrong);
            }
            available.add(chain);
        }
    }

    /** The driver says that there are buffers, or the device wants to know. */
    final void wake() {
        notified = true;
    }

    /** Takes buffers with room for so many bytes; null, and takes none, if there is not enough yet. */
    final List<Chain> take(long bytes, int atMost) {
        List<Chain> left = new ArrayList<>(available);
        List<Chain> taken = new ArrayList<>();
        for (long room = 0; room < bytes && !left.isEmpty() && taken.size() < atMost; ) {
            int at = card.isOutOfOrder() ? card.mischief().between(0, Math.min(PREFETCH, left.size()) - 1) : 0;
            taken.add(left.remove(at));
            room += taken.getLast().room();
        }
        if (taken.isEmpty() || taken.stream().mapToLong(Chain::room).sum() < bytes) {
            return null;
        }
        available.removeAll(taken);
        return taken;
    }

    /** Takes the next buffer, in order; null if there is none. */
    final Chain take() {
        return available.isEmpty() ? null : available.removeFirst();
    }

    /** How many buffers were not taken. */
    final int waiting() {
        return available.size();
    }

    /** How many buffers the device has, in all. */
    final int inFlight() {
        return ids.cardinality();
    }

    /** Whether the driver has put buffers wherever it can. */
    final boolean hasAll() {
        return available.stream().mapToInt(chain -> chain.elements.size()).sum() == size;
    }

    /** A descriptor of a buffer that begins at {@code first}; its flags without those of one kind of virtqueue only. */
    final Element element(int slot, int flags, int first) {
        if ((flags & ~(NEXT | WRITE)) != 0) {
            throw mistake(
                    "descriptor " + slot + " has flags " + hex(flags)
                            + ": only NEXT (1) and WRITE (2) have a meaning, as INDIRECT_DESC was not negotiated (2.7.5, 2.8.7)");
        }
        long address = descriptor(slot);
        long length = RawMemory.getInt(address + 8) & 0xffff_ffffL;
        if (length == 0) {
            throw mistake(
                    "descriptor " + slot + " has a length of 0: there is nothing to read or to write (2.7.5, 2.8.13)");
        }
        if (owners[slot] != null) {
            throw mistake("descriptor " + slot + ", of the buffer that begins at " + first
                    + ", is in use already: the chain loops, or shares it with another (2.7.5.2, 2.8.17)");
        }
        owners[slot] = new Element(serial++, slot, RawMemory.getLong(address), length, (flags & WRITE) != 0);
        words[2 * slot] = RawMemory.getLong(address);
        words[2 * slot + 1] = RawMemory.getLong(address + 8);
        return owners[slot];
    }

    /** Adds a descriptor to those of a buffer. */
    final void add(List<Element> elements, Element element) {
        if (!elements.isEmpty() && elements.getLast().writable() && !element.writable()) {
            throw mistake("descriptor " + element.slot() + " is device-readable behind a device-writable one"
                    + " (2.7.4.2, 2.8.17)");
        }
        elements.add(element);
    }

    /** The device writes to a descriptor. */
    final void disown(int slot) {
        owners[slot] = null;
    }

    final void checkId(int id) {
        if (ids.get(id)) {
            throw mistake("buffer " + id + " is made available again before it was used");
        }
        ids.set(id);
        everUsed.set(id);
    }

    /** In strict mode: whether all descriptors of buffers that the device has are what they were. */
    final void checkUnchanged() {
        for (int i = 0; card.isStrict() && i < size; i++) {
            if (owners[i] != null) {
                checkUnchanged(i, RawMemory.getLong(descriptor(i)), RawMemory.getLong(descriptor(i) + 8));
            }
        }
    }

    private void checkUnchanged(int slot, long word0, long word1) {
        if (word0 != words[2 * slot] || word1 != words[2 * slot + 1]) {
            throw mistake(String.format(
                    Locale.ROOT,
                    "descriptor %d was changed while the device has it, from %016x %016x to %016x %016x (3.3.1, 2.8.16)",
                    slot,
                    words[2 * slot],
                    words[2 * slot + 1],
                    word0,
                    word1));
        }
    }

    // ---- buffers that go

    /** The device is done with buffers, which belong together. */
    final void complete(List<Chain> chains) {
        completed.add(chains);
    }

    /** Says which buffers were used; whether there were any. */
    final boolean flush() {
        if (completed.isEmpty() || stopped) {
            completed.clear();
            return false;
        }
        if (card.isOutOfOrder() && role == QueueRole.TRANSMIT) {
            card.mischief().shuffle(completed);
        }
        List<Used> entries = new ArrayList<>();
        List<Chain> batch = new ArrayList<>();
        for (List<Chain> together : completed) {
            for (Chain chain : together) {
                batch.add(chain);
                if (batch.size() >= card.batch() || !chain.isFull()) {
                    entries.add(used(batch));
                    batch.clear();
                }
            }
        }
        if (!batch.isEmpty()) {
            entries.add(used(batch));
        }
        completed.clear();
        distort(entries);
        if (!entries.isEmpty()) {
            publish(entries);
        }
        return true;
    }

    private Used used(List<Chain> batch) {
        int count = 0;
        for (Chain chain : batch) {
            count += chain.elements.size();
            ids.clear(chain.id);
            chain.elements.forEach(this::release);
        }
        Chain last = batch.getLast();
        // Some old devices report the length of all of the buffer for what they only read (5.1.6.1).
        long length = card.isLegacy() && role == QueueRole.TRANSMIT ? last.readable() : last.written;
        length = last.reported < 0 ? length : last.reported;
        return new Used(last.id, length, last.written > 0, batch.size(), count);
    }

    private void release(Element element) {
        if (element.equals(owners[element.slot()])) {
            owners[element.slot()] = null;
        }
    }

    // ---- misbehaviour

    private void distort(List<Used> entries) {
        Mischief mischief = card.mischief();
        for (int i = 0; i < entries.size() && !stopped; i++) {
            boolean frames = role != QueueRole.CONTROL; // of commands there is one at a time, and other misbehaviour
            if (frames && mischief.strikes(Misbehaviour.NEVER_RETURNED)) {
                loseFrom(entries, i);
                i--;
                continue;
            }
            Used honest = entries.get(i);
            entries.set(i, distorted(honest));
            if (frames && mischief.strikes(Misbehaviour.USED_TWICE)) {
                spoil();
                entries.add(++i, new Used(honest.id, honest.length, honest.wrote, 1, honest.descriptors));
            }
        }
    }

    /** Keeps a buffer for good: one that nothing else tells of, or all from there on. */
    private void loseFrom(List<Used> entries, int at) {
        spoil();
        if (card.isInOrder()) {
            entries.subList(at, entries.size()).clear();
            stopped = true;
        } else {
            entries.remove(at);
        }
    }

    private Used distorted(Used honest) {
        Mischief mischief = card.mischief();
        int id = honest.id;
        if (mischief.strikes(Misbehaviour.USED_ID_OUT_OF_RANGE)) {
            id = impossibleId(id);
        } else if (mischief.strikes(Misbehaviour.USED_ID_NOT_IN_FLIGHT)) {
            id = unknownId(id);
        }
        if (id != honest.id) {
            spoil();
        }
        return new Used(id, honest.length, honest.wrote, honest.buffers, honest.descriptors);
    }

    /** An identifier that never stood for a buffer; the one given where there is none. */
    private int unknownId(int honest) {
        int id = everUsed.nextClearBit(0);
        return id < size ? id : honest;
    }

    /** From now on nothing here is held against the driver. */
    final void spoil() {
        spoiled = true;
    }

    // ---- memory

    final long descriptor(int slot) {
        return at(descriptors + (long) slot * DESCRIPTOR, DESCRIPTOR, "descriptor area");
    }

    /** Our address of bytes that the driver lets the device reach; a mistake where it does not. */
    final long at(long iova, long bytes, String what) {
        long address = card.iommu().translate(iova, bytes);
        if (address == 0) {
            throw card.fail(name + ": " + what + ": IOVA " + hex(iova) + ", " + bytes
                    + " bytes, is not all mapped for the device; mapped is " + card.iommu());
        }
        return address;
    }

    /** All that the device can read of a buffer. */
    final byte[] read(Chain chain) {
        byte[] bytes = new byte[(int) Math.min(chain.readable(), 1 << 20)];
        int done = 0;
        for (Element element : chain.elements) {
            if (!element.writable()) {
                long address = at(element.iova(), element.length(), "descriptor " + element.slot());
                for (long i = 0; i < element.length() && done < bytes.length; i++) {
                    bytes[done++] = RawMemory.getByte(address + i);
                }
            }
        }
        return bytes;
    }

    /** Writes bytes to a buffer, as many as it has room for; returns where it ended. */
    final int write(Chain chain, byte[] bytes, int from) {
        int at = from;
        for (Element element : chain.elements) {
            if (element.writable()) {
                // All of it must be reachable, not only what is written this time.
                long address = at(element.iova(), element.length(), "descriptor " + element.slot());
                for (long i = 0; i < element.length() && at < bytes.length; i++) {
                    RawMemory.setByte(address + i, bytes[at++]);
                }
            }
        }
        chain.written += at - from;
        return at;
    }

    /** Whether the device has a buffer in this range of IOVAs. */
    final boolean hasBufferIn(long iova, long bytes) {
        return available.stream()
                .flatMap(chain -> chain.elements.stream())
                .anyMatch(element -> element.iova() < iova + bytes && element.iova() + element.length() > iova);
    }

    /** Whether the virtqueue is in this range of IOVAs. */
    final boolean liesIn(long iova, long bytes) {
        return descriptors >= iova && descriptors < iova + bytes;
    }

    /** What to throw at a mistake of the driver; where the device has spoiled this queue itself, it only gives it up. */
    final RuntimeException mistake(String message) {
        stopped = true;
        return spoiled ? new Abandoned() : card.fail(name + ": " + message);
    }

    /** Does something with this queue, as far as that goes after misbehaviour. */
    final void guard(Runnable action) {
        try {
            action.run();
        } catch (Abandoned e) {
            available.clear();
            completed.clear();
        }
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** Ends what a queue is doing that the device itself has spoiled. */
    static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Abandoned() {
            super("the queue is given up", null, false, false);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
