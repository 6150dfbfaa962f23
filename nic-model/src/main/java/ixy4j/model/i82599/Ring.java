package ixy4j.model.i82599;

import ixy4j.ixgbe.Registers;
import ixy4j.memory.RawMemory;
import ixy4j.model.i82599.CardFaults.Kind;
import ixy4j.model.i82599.registers.RegisterFile;
import java.util.List;
import java.util.Locale;

/**
 * A descriptor ring of the card (datasheet 7.1.9 and 7.2.3.3): its registers, the handshake that enables it (4.6.7.1,
 * 4.6.8.1), and the rules for its tail. The card works on the descriptors from head up to, not including, tail.
 */
abstract class Ring {
    static final int DESCRIPTOR = 16;
    static final int ENABLE = Registers.RXDCTL_ENABLE; // and that of TXDCTL, which is the same bit

    // Offsets within the registers of a queue, the same for receive and transmit queues.
    private static final int BASE_LOW = 0x00;
    private static final int BASE_HIGH = 0x04;
    private static final int LENGTH = 0x08;
    private static final int HEAD = 0x10;
    private static final int TAIL = 0x18;
    private static final int CONTROL = 0x28;

    private enum State {
        DISABLED,
        ENABLING,
        ENABLED,
        DISABLING
    }

    final Board board;
    final int queue;
    final int registers; // offset of the queue's first
    final Injector injector; // null if no fault strikes descriptors
    private final long tailAddress;
    private State state = State.DISABLED;
    private boolean halted; // after a mistake that leaves nothing to work on, until it is enabled again
    private long iova;
    int size; // descriptors
    int head; // the card's: the next descriptor to work on
    int tail; // the last one accepted from the driver
    private int held; // the tail that this round goes up to, where the ring's memory is reached by messages
    private int refusedTail = -1; // one that was out of range, so that it is reported once
    long ring; // our address of the ring, valid during a visit
    private long[] snapshot; // in strict mode: descriptors as they were handed over, two words each
    boolean wroteBack; // since the queue's cause of interrupts was set last
    private LateWrites lateWrites; // null unless write-backs are made late

    Ring(Board board, int queue, int registers, long tailAddress, Injector injector) {
        this.board = board;
        this.queue = queue;
        this.registers = registers;
        this.tailAddress = tailAddress;
        this.injector = injector;
    }

    // ---- registers

    /** Adds the effects that the registers of all rings of an array have. */
    static void addEffects(RegisterFile file, Ring[] rings, int first) {
        int base = rings[first].registers;
        for (int register : new int[] {BASE_LOW, BASE_HIGH, LENGTH}) {
            file.onWrite(
                    base + register, (i, old, next, written) -> rings[i].configureRing(register, old, next, written));
        }
        file.onRead(base + HEAD, (i, value) -> rings[i].head);
        file.onLook(base + HEAD, (i, value) -> rings[i].head);
        file.onWrite(base + HEAD, (i, old, next, written) -> rings[i].writeHead(next, written));
        file.onRead(base + TAIL, (i, value) -> RawMemory.getIntAcquire(rings[i].tailAddress));
        file.onLook(base + TAIL, (i, value) -> RawMemory.getIntAcquire(rings[i].tailAddress));
        file.onWrite(base + TAIL, (i, old, next, written) -> rings[i].writeTail(next, written));
        file.onRead(base + CONTROL, (i, value) -> rings[i].readControl(value));
        file.onLook(base + CONTROL, (i, value) -> rings[i].shownControl(value));
        file.onWrite(base + CONTROL, (i, old, next, written) -> rings[i].writeControl(next));
    }

    String name(int register) {
        return Registers.name(registers + register);
    }

    private String nameAndSection(int register) {
        int offset = registers + register;
        return Registers.name(offset) + " (datasheet "
                + Registers.find(offset).orElseThrow().section() + ")";
    }

    /** Refuses to change a register while the queue is enabled; returns what is stored. */
    final int configure(int register, int old, int next, int written) {
        if (state != State.DISABLED) {
            mistake(nameAndSection(register) + " is written 0x" + Integer.toHexString(written)
                    + " while the queue is enabled:" + " clear " + name(CONTROL) + ".ENABLE and wait until it reads 0");
            return old;
        }
        return next;
    }

    private int configureRing(int register, int old, int next, int written) {
        int stored = configure(register, old, next, written);
        if (stored == next && register != BASE_HIGH && (written & 127) != 0) {
            mistake(nameAndSection(register) + " is written 0x" + Integer.toHexString(written)
                    + ", which is not a multiple of 128: the low bits are ignored");
        }
        return stored;
    }

    private int writeHead(int next, int written) {
        if (state != State.DISABLED) {
            if (written != head) {
                mistake(nameAndSection(HEAD) + " is written " + written
                        + " while the queue is enabled: it is the card's then");
            }
        } else {
            head = headWritten(next);
        }
        return 0;
    }

    /** What the head becomes when the driver writes it while the queue is disabled. */
    abstract int headWritten(int value);

    private int writeTail(int next, int written) {
        if (written != 0 && state != State.ENABLED) {
            mistake(nameAndSection(TAIL) + " is written " + written + " before the queue is enabled: set "
                    + name(CONTROL) + ".ENABLE and wait until it reads 1 (4.6.7.1.1, 4.6.8)");
        }
        RawMemory.setIntRelease(tailAddress, next);
        return 0;
    }

    /** The bit follows the state of the queue, so after a write it reads as before once. */
    private int readControl(int value) {
        int seen = shownControl(value);
        settle();
        return seen;
    }

    private int shownControl(int value) {
        return isEnabled() || state == State.DISABLING ? value | ENABLE : value;
    }

    private int writeControl(int next) {
        if ((next & ENABLE) == 0) {
            enter(isEnabled() || state == State.DISABLING ? State.DISABLING : State.DISABLED);
            return controlWritten(next & ~ENABLE);
        }
        if (state == State.DISABLING) {
            mistake("is enabled again before " + name(CONTROL) + ".ENABLE reads 0: wait for that (4.6.7.1.2, 4.6.8.1)");
            settle();
        }
        if (state == State.DISABLED && mayEnable(next)) {
            enter(State.ENABLING);
        }
        return controlWritten(next & ~ENABLE);
    }

    /** What else writing RXDCTL or TXDCTL does; returns what is stored. */
    int controlWritten(int value) {
        return value;
    }

    private boolean mayEnable(int control) {
        int bytes = get(LENGTH);
        int now = RawMemory.getIntAcquire(tailAddress);
        if (bytes == 0) {
            mistake("is enabled with a ring of no descriptors: set " + nameAndSection(LENGTH));
        } else if (now != startHead()) {
            mistake("is enabled while " + nameAndSection(TAIL) + " is " + now + " and the head " + startHead()
                    + ": write the tail after " + name(CONTROL) + ".ENABLE reads 1 (4.6.7.1.1, 4.6.8)");
        } else {
            return accepts(control);
        }
        return false;
    }

    /** Where the head is when the queue starts. */
    abstract int startHead();

    /** Whether what else it needs is set up; a mistake where not. */
    abstract boolean accepts(int control);

    // ---- states

    final boolean isEnabled() {
        return state == State.ENABLED;
    }

    /** Ends a change of state; whether there was one. */
    final boolean settle() {
        if (state == State.ENABLING && !board.injected.has(Kind.QUEUE_NEVER_ENABLES)) {
            start();
            return true;
        } else if (state == State.DISABLING && !board.exchange.isMoving()) {
            enter(State.DISABLED);
            lateWrites = null;
            return true;
        }
        return false;
    }

    private void enter(State next) {
        state = next;
        board.queueChanged();
    }

    /** Whether it works, or is about to, or has just stopped. */
    final boolean isActive() {
        return state != State.DISABLED;
    }

    private void start() {
        enter(State.ENABLED);
        halted = false;
        size = get(LENGTH) / DESCRIPTOR;
        iova = (get(BASE_LOW) & 0xffff_ffffL) | (long) get(BASE_HIGH) << 32;
        head = startHead();
        tail = head;
        held = head;
        refusedTail = -1;
        snapshot = board.strict ? new long[2 * size] : null;
        lateWrites = injector != null && injector.late() > 0 ? new LateWrites(size, injector.late()) : null;
        started();
    }

    /** Reads what else the queue works with. */
    abstract void started();

    /** As after a reset of the card. */
    void reset() {
        enter(State.DISABLED);
        head = 0;
        tail = 0;
        wroteBack = false;
        lateWrites = null;
    }

    final int get(int register) {
        return board.registers.get(registers + register);
    }

    // ---- descriptors

    /** Looks at the tail; how many descriptors the card may work on. */
    final int begin() {
        if (state != State.ENABLED || halted) {
            return 0;
        }
        // Acquire: the descriptors, and frames to send, are read after the tail that hands them over.
        int now = board.exchange.isOn() ? held : RawMemory.getIntAcquire(tailAddress);
        if (now == head && now == tail) {
            return 0;
        }
        if (!locate()) {
            halted = true;
            mistake("has its ring of " + size + " descriptors at IOVA 0x" + Long.toHexString(iova) + " ("
                    + name(BASE_LOW) + ", " + name(BASE_HIGH) + ", " + name(LENGTH)
                    + "), which is not all mapped; mapped is "
                    + board.iommu);
            return 0;
        }
        if (now != tail) {
            acceptTail(now);
        }
        return available();
    }

    /** Stops work until it is enabled again. */
    final void halt() {
        halted = true;
    }

    /** Whether the ring lies in memory that is reached by messages. */
    final boolean isRemote() {
        return isEnabled() && board.exchange.holds(iova, (long) size * DESCRIPTOR);
    }

    /**
     * Takes the tail for a round with messages, and says which descriptors it hands over.
     *
     * @param works whether the round will work on them; otherwise they are left to a later one
     */
    final void hold(List<Exchange.Piece> pieces, boolean works) {
        held = works && isEnabled() ? RawMemory.getIntAcquire(tailAddress) : tail;
        int to = heldTo();
        int end = to < tail ? size : to;
        board.exchange.want(pieces, iova + (long) tail * DESCRIPTOR, (long) (end - tail) * DESCRIPTOR);
        if (to < tail) {
            board.exchange.want(pieces, iova, (long) to * DESCRIPTOR);
        }
    }

    /** Leaves what was taken, which could not all be fetched, to a later round. */
    final void release() {
        held = tail;
    }

    /** Behind the last descriptor that is handed over, from the tail on; none by a tail that the round will refuse. */
    final int heldTo() {
        return isEnabled() && !halted && Integer.compareUnsigned(held, size) < 0 && locate() ? held : tail;
    }

    /** Finds the ring in our memory; whether all of it is mapped. */
    final boolean locate() {
        ring = board.iommu.translate(iova, (long) size * DESCRIPTOR);
        return ring != 0;
    }

    /** How many descriptors are left between head and tail. */
    final int available() {
        int count = tail - head;
        return count < 0 ? count + size : count;
    }

    private void acceptTail(int now) {
        if (Integer.compareUnsigned(now, size) >= 0) {
            if (now != refusedTail) {
                refusedTail = now;
                mistake(nameAndSection(TAIL) + " is " + now + ", but the ring has descriptors 0 to " + (size - 1));
            }
            return;
        }
        int before = available();
        int previous = tail;
        tail = now;
        refusedTail = -1;
        if (snapshot != null) {
            keep(previous, now);
        }
        if (available() < before) {
            mistake(nameAndSection(TAIL) + " went from " + previous + " to " + now + " past the head, " + head
                    + ": descriptors that were handed over cannot be taken back, and one must stay free");
        }
    }

    private void keep(int from, int to) {
        for (int i = from; i != to; i = next(i)) {
            snapshot[2 * i] = RawMemory.getLong(descriptor(i));
            snapshot[2 * i + 1] = RawMemory.getLong(descriptor(i) + 8);
        }
    }

    /** In strict mode: whether a descriptor is still what was handed over. */
    final void checkUnchanged(int index, long word0, long word1) {
        if (snapshot != null && (snapshot[2 * index] != word0 || snapshot[2 * index + 1] != word1)) {
            mistake(String.format(
                    Locale.ROOT,
                    "descriptor %d was changed after the tail handed it over, from %016x %016x to %016x %016x:"
                            + " it is the card's until it is written back",
                    index,
                    snapshot[2 * index],
                    snapshot[2 * index + 1],
                    word0,
                    word1));
        }
    }

    final long descriptor(int index) {
        return ring + ((long) index << 4);
    }

    final int next(int index) {
        return index + 1 == size ? 0 : index + 1;
    }

    /** Writes the second word of a descriptor, which has its status, behind all that was written before. */
    final void writeBack(int index, long word) {
        if (injector == null) {
            written(index, word);
        } else if (!injector.loses()) {
            if (lateWrites == null) {
                written(index, word);
            } else {
                lateWrites.add(index, word);
            }
        }
    }

    private void written(int index, long word) {
        RawMemory.setLongRelease(descriptor(index) + 8, word);
        board.exchange.wroteStatus(iova + (long) index * DESCRIPTOR, DESCRIPTOR);
        wroteBack = true;
    }

    /** Makes the write-backs that were held back long enough; once in each round of the card. */
    final void writeLate() {
        if (lateWrites != null && locate()) {
            lateWrites.run();
        }
    }

    /** Sets the queue's cause of interrupts if something was written back since this was called last: once a round. */
    final void announceWriteBacks() {
        if (wroteBack) {
            wroteBack = false;
            announce();
        }
    }

    /** Sets the queue's cause of interrupts (7.3.1.2). */
    abstract void announce();

    final void mistake(String message) {
        board.mistakes.report(this + ": " + message);
    }

    /** Write-backs that wait, in order. */
    private final class LateWrites {
        private final long rounds;
        private final int[] indices;
        private final long[] words;
        private final long[] due;
        private int first;
        private int count;
        private long now;

        LateWrites(int size, long rounds) {
            this.rounds = rounds;
            indices = new int[size];
            words = new long[size];
            due = new long[size];
        }

        void add(int index, long word) {
            int at = (first + count++) % indices.length;
            indices[at] = index;
            words[at] = word;
            due[at] = now + rounds;
        }

        void run() {
            now++;
            while (count > 0 && due[first] <= now) {
                written(indices[first], words[first]);
                first = (first + 1) % indices.length;
                count--;
            }
        }
    }
}
