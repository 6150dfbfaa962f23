package ixy4j.vhostuser;

import ixy4j.memory.RawMemory;
import ixy4j.vfiouser.Ending;
import ixy4j.virtio.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/**
 * A back end that moves frames, through split rings: what it takes from transmit queues is gone, and receive queues are kept
 * full of frames of 60 bytes. It touches rings and buffers only as long as it may: while a ring runs and memory is shared.
 */
final class MovingBackEnd implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int FRAME = 60;

    /** Memory of the front end: where it says that it is, and where it is for us, who are of the same process. */
    private record Region(long guest, long size, long ours) {}

    /** A ring, and how far we are. */
    private static final class Ring {
        final int size;
        final long descriptors;
        final long used;
        final long available;
        int seen;

        Ring(long size, long descriptors, long used, long available) {
            this.size = (int) size;
            this.descriptors = descriptors;
            this.used = used;
            this.available = available;
        }

        boolean isEmpty() {
            return (short) seen == RawMemory.getShortAcquire(available + 2);
        }

        int head() {
            return Short.toUnsignedInt(RawMemory.getShort(available + 4 + 2L * (seen & (size - 1))));
        }

        void use(int head, int length) {
            RawMemory.setLong(used + 4 + 8L * (seen & (size - 1)), head | (long) length << 32);
            seen++;
            RawMemory.setShortRelease(used + 2, (short) seen);
        }
    }

    private final FakeBackEnd backEnd;
    private final Ring[] rings = new Ring[2]; // guarded by this, as what follows
    private final List<Region> regions = new ArrayList<>();
    private long frames;
    private boolean closed;
    private volatile Throwable failure;
    private final Thread mover = new Thread(this::run, "moving-back-end");

    /** Listens at a path, and serves one front end after another. */
    MovingBackEnd(String path) {
        backEnd = new FakeBackEnd(path);
        backEnd.features = FakeBackEnd.PROTOCOL_FEATURES | Features.VERSION_1;
        backEnd.pairs = 1;
        on(Request.SET_MEM_TABLE, this::map);
        on(Request.SET_VRING_KICK, this::start);
        on(Request.GET_VRING_BASE, this::stop);
        backEnd.listen();
        mover.start();
    }

    private void on(Request request, ToLongFunction<FakeBackEnd.Message> action) {
        backEnd.on(
                request,
                (fake, socket) -> FakeBackEnd.answer(request, action.applyAsLong(fake.last(request)))
                        .answer(fake, socket));
    }

    private synchronized long map(FakeBackEnd.Message message) {
        regions.clear();
        for (int i = 1; i + 3 < message.payload().size(); i += 4) {
            regions.add(new Region(message.word(i), message.word(i + 1), message.word(i + 2)));
        }
        return 0;
    }

    private synchronized long start(FakeBackEnd.Message kick) {
        FakeBackEnd.Message places = backEnd.last(Request.SET_VRING_ADDR);
        long size = backEnd.last(Request.SET_VRING_NUM).word(0) >>> 32;
        rings[(int) (kick.word(0) & 0xff)] = new Ring(size, places.word(1), places.word(2), places.word(3));
        return 0;
    }

    private synchronized long stop(FakeBackEnd.Message message) {
        int index = (int) (message.word(0) & 0xff);
        Ring ring = rings[index];
        rings[index] = null;
        if (rings[0] == null && rings[1] == null) {
            backEnd.take(); // or the files of all front ends would stay open
        }
        return index | (long) (ring == null ? 0 : ring.seen & 0xffff) << 32;
    }

    private void run() {
        try {
            while (move()) {
                LockSupport.parkNanos(10_000); // lets others have the lock
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private synchronized boolean move() {
        if (rings[0] != null) {
            for (int i = 0; i < 16 && !rings[0].isEmpty(); i++) {
                receive(rings[0]);
            }
        }
        if (rings[1] != null) {
            while (!rings[1].isEmpty()) {
                rings[1].use(rings[1].head(), 0);
            }
        }
        return !closed;
    }

    private void receive(Ring ring) {
        int head = ring.head();
        long buffer = ours(RawMemory.getLong(ring.descriptors + 16L * head));
        RawMemory.setLong(buffer, 0);
        RawMemory.setInt(buffer + 8, 1 << 16);
        RawMemory.setLong(buffer + HEADER, 2); // to an individual address
        RawMemory.setLong(buffer + HEADER + 8, 8L << 32); // IPv4
        RawMemory.setLong(buffer + HEADER + 14, frames++);
        ring.use(head, HEADER + FRAME);
    }

    private long ours(long guest) {
        for (Region region : regions) {
            if (guest >= region.guest && guest < region.guest + region.size) {
                return guest - region.guest + region.ours;
            }
        }
        throw new AssertionError("a buffer at 0x" + Long.toHexString(guest) + ", where no memory is");
    }

    /** That it never had to touch what it may not. */
    void check() {
        if (failure != null) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        Ending.of(mover);
        backEnd.close();
    }
}
