package ixy4j.model;

import ixy4j.linux.Abi;
import ixy4j.linux.Linux;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Memory of the driver that is reached by messages only. Each range has a shadow here, on which the card works in its
 * round as on any other memory. Before the round, what the driver handed over is fetched to the shadow, and after it
 * what the card wrote goes out: outside of the card's lock, since the driver may wait for that before it answers. All
 * this happens only while a ring lies in such a range; otherwise the card cannot reach them. The card's lock guards all
 * but {@link #fetch} and {@link #push}.
 */
final class Exchange {
    private static final int MAP_NORESERVE = 0x4000;
    private static final Cleaner CLEANER = Cleaner.create();

    private final Iommu iommu;
    private final TreeMap<Long, Shadow> shadows = new TreeMap<>(); // by IOVA
    private List<Piece> data = new ArrayList<>(); // that the card wrote in this round: buffers
    private List<Piece> status = new ArrayList<>(); // descriptors and heads, which say that the buffers are written
    private volatile boolean on;

    Exchange(Iommu iommu) {
        this.iommu = iommu;
    }

    /** A part of a shadow that is to be fetched, or was written. It keeps the shadow, even when that is unmapped. */
    record Piece(Shadow shadow, long iova, int length) {
        private long address() {
            return shadow.address + iova - shadow.iova;
        }

        private boolean isFollowedBy(Piece next) {
            return shadow == next.shadow && iova + length == next.iova;
        }
    }

    /** Room here for a range; given back when nobody knows it any more. */
    private static final class Shadow {
        private final long iova;
        private final long size;
        private final long address;
        private final boolean writable;
        private final RemoteMemory owner;

        Shadow(long iova, long size, boolean writable, RemoteMemory owner) {
            this.iova = iova;
            this.size = size;
            this.writable = writable;
            this.owner = owner;
            int flags = Abi.MAP_PRIVATE_ANONYMOUS | MAP_NORESERVE; // only what is used takes memory
            long room = Linux.call("mmap", 0, size, Abi.PROT_READ_WRITE, flags, -1, 0);
            address = room;
            CLEANER.register(this, () -> Linux.attempt("munmap", room, size));
        }
    }

    // ---- ranges

    /** Adds a range; in use from the next change of a queue on, where a ring lies in it. */
    void add(long iova, long size, boolean writable, RemoteMemory owner) {
        shadows.put(iova, new Shadow(iova, size, writable, owner));
        if (on) {
            show(shadows.get(iova));
        } else {
            iommu.noteUnreachable(iova, size);
        }
    }

    private void show(Shadow shadow) {
        iommu.unmap(shadow.iova, shadow.size);
        iommu.map(shadow.iova, shadow.address, shadow.size, shadow.writable);
    }

    /** Forgets ranges that begin within these IOVAs, which {@link Iommu#unmap} has taken from the card. */
    void remove(long iova, long size) {
        shadows.subMap(iova, iova + size).clear();
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

    /** The card wrote a part of a frame. */
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

    // ---- messages, without the card's lock

    /** Reads all of these; the first that its owner does not give, null where there is none. */
    static Piece fetch(List<Piece> pieces) {
        for (Piece piece : pieces) {
            if (!piece.shadow.owner.read(piece.iova, piece.address(), piece.length)) {
                return piece;
            }
        }
        return null;
    }

    /** Writes all of these, one after the other; the first that its owner does not take, null where there is none. */
    static Piece push(List<Piece> pieces) {
        for (Piece piece : pieces) {
            if (!piece.shadow.owner.write(piece.iova, piece.address(), piece.length)) {
                return piece;
            }
        }
        return null;
    }
}
