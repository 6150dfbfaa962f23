package ixy4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Closes a card, its pool and its queues in the middle of traffic, again and again, in all orders and by other threads than
 * that of the packets, which does with them all that a program can do. What fails most is the JVM, which ends.
 */
public final class ClosingStress {
    private static final int RING = 64;
    private static final int BUFFERS = 256;
    private static final long PATIENCE = 30_000; // ms
    private static final int MOST_LEFT = 200; // files and mappings that wait for a collection, and those of the JVM

    private final Supplier<Device> cards;
    private final Runnable survivor; // something that must not suffer, on the thread of the packets
    private final Random random;
    private final String what;
    private boolean plain;

    /**
     * A test.
     *
     * @param cards opens a card with {@link #OPTIONS} whose wire moves frames by itself
     */
    public ClosingStress(long seed, Supplier<Device> cards, Runnable survivor) {
        this.cards = cards;
        this.survivor = survivor;
        random = new Random(seed);
        what = "seed " + seed;
    }

    /** The wire checks what comes back: frames go back in their order, with 1 added to byte 1, and no others. */
    public ClosingStress withPlainTraffic() {
        plain = true;
        return this;
    }

    /** What cards are to be opened with. */
    public static final DeviceOptions OPTIONS = DeviceOptions.DEFAULT.withRingSize(RING);

    /** So many rounds: in each a card is opened, and closed in parts. Checks that nothing was left behind. */
    public void run(int rounds) throws InterruptedException {
        round(); // loads classes, and what these hold open
        System.gc();
        long files = openFiles();
        long mappings = mappings();
        for (int i = 1; i < rounds; i++) {
            round();
        }
        awaitAtMost(files + MOST_LEFT / 4, ClosingStress::openFiles, "open files");
        awaitAtMost(mappings + MOST_LEFT, ClosingStress::mappings, "mappings");
    }

    private void round() throws InterruptedException {
        try (Device device = cards.get();
                PacketPool pool = PacketPool.create(BUFFERS, device)) {
            Traffic traffic = new Traffic(device, pool, random.nextLong());
            Thread packets = new Thread(traffic, "packets");
            packets.start();
            traffic.await(1 + random.nextInt(40), packets);
            List<AutoCloseable> parts = new ArrayList<>(List.of(device, pool, traffic.rx, traffic.tx));
            Collections.shuffle(parts, random);
            boolean poolIsLast = parts.getLast().equals(pool);
            List<Thread> closers = new ArrayList<>();
            int threads = 1 + random.nextInt(2);
            for (int i = 0; i < threads; i++) {
                List<AutoCloseable> share = poolIsLast ? parts.subList(0, 3) : parts;
                if (i > 0) {
                    share = new ArrayList<>(share);
                    Collections.shuffle(share, random);
                }
                closers.add(closer(share, random.nextInt(20_000)));
            }
            if (random.nextInt(4) == 0) {
                closers.add(asker(device));
            }
            for (Thread closer : closers) {
                end(closer);
            }
            end(packets);
            traffic.check(poolIsLast ? pool.capacity() : 0);
        }
    }

    /** A thread such as a shutdown hook is. */
    private Thread closer(List<AutoCloseable> parts, int spins) {
        return start("closer", () -> {
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            for (AutoCloseable part : parts) {
                close(part);
            }
        });
    }

    @SuppressWarnings("try") // what is closed here throws no InterruptedException
    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What others may ask at any time. */
    private Thread asker(Device device) {
        return start("asker", () -> {
            for (int i = 0; i < 50; i++) {
                assertNotNull(device.stats());
                assertFalse(device.toString().isEmpty());
                try {
                    assertTrue(device.linkSpeed() >= 0);
                } catch (IllegalStateException e) {
                    assertTrue(e.getMessage().contains("closed"), e::toString);
                }
            }
        });
    }

    private final Map<Thread, Throwable> failures = Collections.synchronizedMap(new HashMap<>());

    private Thread start(String name, Runnable action) {
        Thread thread = new Thread(action, name);
        thread.setUncaughtExceptionHandler(failures::put);
        thread.start();
        return thread;
    }

    private void end(Thread thread) throws InterruptedException {
        thread.join(PATIENCE);
        if (thread.isAlive()) {
            throw new AssertionError(what + ": " + thread.getName() + " does not end\n" + stacks());
        }
        Throwable failure = failures.remove(thread);
        if (failure != null) {
            throw new AssertionError(what + ": " + thread.getName() + " failed: " + failure, failure);
        }
    }

    private static String stacks() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(stacksByName())
                .forEach((name, stack) -> text.append(name).append(stack).append('\n'));
        return text.toString();
    }

    private static Map<String, String> stacksByName() {
        Map<String, String> stacks = new TreeMap<>();
        Thread.getAllStackTraces()
                .forEach((thread, stack) -> stacks.put(thread.getName(), "\n  " + Arrays.toString(stack)));
        return stacks;
    }

    /** The thread of the packets, until a queue says that it is closed. */
    private final class Traffic implements Runnable {
        private final PacketPool pool;
        private final Random random;
        private final PacketBatch batch;
        private final PacketBatch kept;
        private final byte[] bytes = new byte[2048];
        final RxQueue rx;
        final TxQueue tx;
        private volatile int received;
        private volatile Throwable end;
        private int available;

        Traffic(Device device, PacketPool pool, long seed) {
            this.pool = pool;
            random = new Random(seed);
            batch = pool.batch(32);
            kept = pool.batch(16);
            rx = device.rxQueue(0, pool);
            tx = device.txQueue(0, pool);
        }

        /** Waits until so many frames came. */
        void await(int frames, Thread packets) {
            long deadline = System.nanoTime() + PATIENCE * 1_000_000;
            while (received < frames) {
                assertTrue(packets.isAlive(), () -> what + ": ended before anything was closed: " + end);
                assertTrue(System.nanoTime() - deadline < 0, () -> what + ": no frames come\n" + stacks());
                LockSupport.parkNanos(10_000);
            }
        }

        @Override
        public void run() {
            try {
                while (true) {
                    if (plain) {
                        forwardPlainly();
                    } else {
                        forward();
                    }
                    survivor.run();
                    if (random.nextInt(16) == 0) {
                        giveWay();
                    }
                }
            } catch (RuntimeException | Error e) {
                end = e;
            }
            try {
                batch.free();
                kept.free();
                available = pool.available();
            } catch (RuntimeException | Error e) {
                e.addSuppressed(end);
                end = e;
            }
        }

        /** Who closes may have to run on this processor. */
        @SuppressWarnings("ThreadPriorityCheck") // nothing depends on it but how long the test takes
        private static void giveWay() {
            Thread.yield();
        }

        private void forward() {
            int before = received; // which only this thread writes
            int got = rx.receive(batch);
            for (int i = 0; i < batch.size(); i++) {
                change(i);
            }
            batch.add(60 + random.nextInt(1000));
            if (tx.transmit(batch) == 0 || random.nextInt(8) == 0) {
                batch.free();
            }
            if (random.nextInt(4) == 0) {
                tx.transmit(kept);
            }
            kept.free();
            received = before + got;
        }

        private void forwardPlainly() {
            int seen = received; // which only this thread writes
            int before = batch.size();
            int got = rx.receive(batch);
            for (int i = before; i < batch.size(); i++) {
                batch.set8(i, 1, batch.get8(i, 1) + 1);
                if (random.nextInt(8) == 0) {
                    batch.copyTo(kept, i);
                    batch.drop(i);
                }
            }
            kept.free();
            tx.transmit(batch);
            received = seen + got;
        }

        private void change(int packet) {
            if (batch.isHole(packet)) {
                return;
            }
            int length = batch.length(packet);
            switch (random.nextInt(8)) {
                case 0 -> batch.drop(packet);
                case 1 -> batch.moveTo(kept, packet);
                case 2 -> batch.copyTo(kept, packet);
                case 3 -> batch.read(packet, 0, bytes, 0, length);
                case 4 -> batch.write(packet, 14, bytes, 0, length - 14);
                case 5 -> batch.insert(packet, 12, batch.headroom(packet) >= 4 ? 4 : 0);
                case 6 -> batch.trimFront(packet, Math.min(4, length - 14));
                default -> batch.set8(packet, 1, batch.get8(packet, 1) + 1);
            }
        }

        /** How its thread has ended, and that no buffer is missing. */
        void check(int buffers) {
            boolean said =
                    end instanceof IllegalStateException && end.getMessage().endsWith("is closed");
            if (!said) {
                throw new AssertionError(what + ": ended by " + end, end);
            }
            if (buffers > 0) {
                assertEquals(buffers, available + lateBuffers(), what + ": buffers that came back");
            }
        }

        /** Those of the queue that was closed last, when that was after the thread had ended. */
        private int lateBuffers() {
            return pool.available() - available;
        }
    }

    // ---- what is left

    private static void awaitAtMost(long most, Supplier<Long> count, String of) throws InterruptedException {
        for (int i = 0; count.get() > most; i++) {
            assertTrue(i < 100, () -> count.get() + " " + of + " are left, and not at most " + most);
            System.gc();
            Thread.sleep(20);
            PacketPool.create(1).close(); // which looks for what can go
        }
    }

    private static long openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long mappings() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
