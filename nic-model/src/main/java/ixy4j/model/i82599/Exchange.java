package ixy4j.model.i82599;

import ixy4j.model.Iommu;
import ixy4j.model.RemoteMemory;
import ixy4j.model.RemoteMemory.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Memory of the driver that is reached by messages only. Each range has a shadow here, on which the card works in its
 * round as on any other memory. Before the round, what the driver handed over is fetched to the shadow, and after it
 * what the card wrote goes out: outside of the card's lock, since the driver may wait for that before it answers. All
 * this happens only while a ring lies in such a range; otherwise the card cannot reach them. The card's lock guards all
 * but {@link #fetch} and {@link #push}, which one thread calls.
 */
final class Exchange {
    private final Iommu iommu;
    private final TreeMap<Long, Shadow> shadows = new TreeMap<>(); // by IOVA
    private List<Piece> data = new ArrayList<>(); // that the card wrote in this round: buffers
    private List<Piece> status = new ArrayList<>(); // descriptors and heads, which say that the buffers are written
    private volatile boolean on;
    private volatile boolean moving; // between begin() and end()
    private volatile boolean cancelled; // since begin()
    private Piece refused; // for the thread that plays the card

    Exchange(Iommu iommu) {
        this.iommu = iommu;
    }

    /** A part of a shadow that is to be fetched, or was written. */
    record Piece(Shadow shadow, long iova, int length) {
        private long address() {
            return shadow.address + iova - shadow.iova;
        }

        private boolean isFollowedBy(Piece next) {
            return shadow == next.shadow && iova + length == next.iova;
        }
    }

    /** A range, and the room for it here. */
    private static final class Shadow {
        private final long iova;
        private final long size;
        private final long address;
        private final boolean writable;
        private final RemoteMemory owner;
        private volatile boolean removed;

        Shadow(long iova, long size, long address, boolean writable, RemoteMemory owner) {
            this.iova = iova;
            this.size = size;
            this.address = address;
            this.writable = writable;
            this.owner = owner;
        }
    }

    // ---- ranges

    /** Adds a range; in use from the next change of a queue on, where a ring lies in it. */
    void add(long iova, long address, long size, boolean writable, RemoteMemory owner) {
        Shadow shadow = new Shadow(iova, size, address, writable, owner);
        shadows.put(iova, shadow);
        if (on) {
            show(shadow);
        } else {
            iommu.noteUnreachable(iova, size);
        }
    }

    private void show(Shadow shadow) {
        iommu.unmap(shadow.iova, shadow.size);
        iommu.map(shadow.iova, shadow.address, shadow.size, shadow.writable);
    }

    /**
     * Forgets ranges that begin within these IOVAs, which {@link Iommu#unmap} has taken from the card. What is on its way
     * from or to them is not wanted any more.
     */
    void remove(long iova, long size) {
        var gone = shadows.subMap(iova, iova + size);
        gone.values().forEach(shadow -> shadow.removed = true);
        gone.clear();
    }

    /** Whether a ring lies in such memory, or a part of it. */
    boolean holds(long iova, long size) {
        var before = shadows.lowerEntry(iova + size);
        return before != null && before.getKey() + before.getValue().size > iova;
    }

    /** Switches between rounds with messages and those without. */
    void use(boolean now) {
        if (now != on) {
            on = now;
            for (Shadow shadow : shadows.values()) {
                if (now) {
                    show(shadow);
                } else {
                    iommu.unmap(shadow.iova, shadow.size);
                    iommu.noteUnreachable(shadow.iova, shadow.size);
                }
            }
        }
    }

    /** Whether rounds need messages now. */
    boolean isOn() {
        return on;
    }

    // ---- what is fetched and written

    /** Adds the parts of some bytes that lie in such memory. */
    void want(List<Piece> pieces, long iova, long length) {
        for (long at = iova, end = iova + length; at >= 0 && at < end; ) {
            var entry = shadows.floorEntry(at);
            Shadow shadow = entry == null ? null : entry.getValue();
            if (shadow == null || shadow.iova + shadow.size <= at) {
                Long next = shadows.higherKey(at);
                at = next == null ? end : next;
            } else {
                int here = (int) Math.min(end - at, shadow.iova + shadow.size - at);
                pieces.add(new Piece(shadow, at, here));
                at += here;
            }
        }
    }

    /** The card wrote a part of a frame, where it may. */
    void wroteData(long iova, int length) {
        if (on) {
            want(data, iova, length);
        }
    }

    /** The card wrote what says that others are done: a descriptor, or a head. */
    void wroteStatus(long iova, int length) {
        if (on) {
            want(status, iova, length);
        }
    }

    /** What was written since this was asked last, in the order in which the driver may see it. */
    List<Piece> written() {
        List<Piece> all = data;
        all.addAll(merged(status));
        data = new ArrayList<>();
        status = new ArrayList<>();
        return all;
    }

    private static List<Piece> merged(List<Piece> pieces) {
        List<Piece> merged = new ArrayList<>();
        for (Piece piece : pieces) {
            Piece last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.isFollowedBy(piece)) {
                merged.set(merged.size() - 1, new Piece(last.shadow, last.iova, last.length + piece.length));
            } else {
                merged.add(piece);
            }
        }
        return merged;
    }

    // ---- transfers

    /** These will be on their way from now on. */
    void begin(List<Piece> pieces) {
        moving = !pieces.isEmpty();
        cancelled = false;
    }

    /** They are not any more. */
    void end() {
        moving = false;
    }

    /**
     * Whether pieces may be on their way. While they are, the registers by which a driver learns that the card has left
     * its memory alone do not say so.
     */
    boolean isMoving() {
        return moving;
    }

    /** The card is reset, or must not reach memory any more: what is on its way is not wanted. */
    void cancel() {
        cancelled = true;
        data.clear();
        status.clear();
    }

    private boolean isWanted(Piece piece) {
        return !cancelled && !piece.shadow.removed;
    }

    /** Reads these, one after the other; whether all of them. */
    boolean fetch(List<Piece> pieces) {
        return move(pieces, RemoteMemory::read);
    }

    /** Writes these, one after the other; whether all of them. */
    boolean push(List<Piece> pieces) {
        return move(pieces, RemoteMemory::write);
    }

    private interface Transfer {
        Outcome run(RemoteMemory owner, long iova, long address, int length, BooleanSupplier wanted);
    }

    /** One that is not wanted any more does not keep those behind it, which may be. */
    private boolean move(List<Piece> pieces, Transfer transfer) {
        boolean all = true;
        for (Piece piece : pieces) {
            Outcome outcome =
                    transfer.run(piece.shadow.owner, piece.iova, piece.address(), piece.length, () -> isWanted(piece));
            all &= outcome == Outcome.DONE;
            if (outcome == Outcome.REFUSED && isWanted(piece)) {
                refused = piece;
                return false;
            }
        }
        return all;
    }

    /** What was refused since this was asked last, null if nothing was. */
    Piece takeRefused() {
        Piece last = refused;
        refused = null;
        return last;
    }
}
