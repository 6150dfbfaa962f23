package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Numbered frames from one wire to another, of all lengths in turn, and what arrives of them. Each frame has:
 *
 * <pre>
 *   0   02, then the low byte of the number, to which the forwarder adds 1, then ten zeros
 *  12   type 88b5, for local experiments
 *  14   the run, 4 bytes
 *  18   the number, 4
 *  22   CRC-32 of all before but byte 1, and of all behind, 4
 *  26   random bytes
 * </pre>
 */
final class Traffic implements Wire.Receiver {
    private static final int SHORTEST = 60;
    private static final int LENGTHS = 1514 - SHORTEST + 1;
    private static final int HEADER = 26;
    private static final int TYPE = 0x88b5;

    // More than the rings have descriptors, and than the socket has room: so the card meets full rings, and we full
    // wires.
    private static final int IN_FLIGHT = 2000;

    private static final Duration PATIENCE = Duration.ofSeconds(30); // without any progress
    private static final byte[] NOISE = new byte[8192];

    static {
        new Random(1).nextBytes(NOISE);
    }

    private final Wire from;
    private final int run;
    private final int count;
    private final Thread sender = Thread.ofPlatform().daemon().unstarted(this::sendAll);

    // All below is guarded by this.
    private int sent;
    private int received;
    private int next; // the number behind the highest that came
    private int ofOtherRuns;
    private String wrong = "";
    private boolean stopped;

    private Traffic(Wire from, Wire to, int run, int count) {
        this.from = from;
        this.run = run;
        this.count = count;
        to.receiver(this);
    }

    /** Begins to send; each run has a number of its own. */
    static Traffic start(Wire from, Wire to, int run, int count) {
        Traffic traffic = new Traffic(from, to, run, count);
        traffic.sender.start();
        return traffic;
    }

    // ---- the sender

    private void sendAll() {
        byte[] frame = new byte[SHORTEST + LENGTHS];
        try {
            for (int number = 0; number < count && mayGoOn(number); number++) {
                from.send(frame, write(frame, number));
            }
            from.flush();
        } catch (IOException e) {
            report("the sender failed: " + e);
        }
    }

    /** Waits until few enough are on their way. */
    private boolean mayGoOn(int number) throws IOException {
        if (number % 32 == 0) {
            from.flush();
        }
        synchronized (this) {
            sent = number;
            awaitProgress(() -> sent - next < IN_FLIGHT || stopped);
            sent = number + 1;
            return !stopped && wrong.isEmpty();
        }
    }

    private int write(byte[] frame, int number) {
        int length = length(number);
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        buffer.putLong(0, 0x02L << 56 | (number & 0xffL) << 48).putInt(8, 0).putShort(12, (short) TYPE);
        buffer.putInt(14, run).putInt(18, number);
        System.arraycopy(NOISE, number * 31 % (NOISE.length - length), frame, HEADER, length - HEADER);
        buffer.putInt(22, checksum(frame, length));
        return length;
    }

    /** Each length once in so many frames: they have no common divisor. */
    private static int length(int number) {
        return SHORTEST + (int) (number * 977L % LENGTHS);
    }

    private static int checksum(byte[] frame, int length) {
        CRC32 crc = new CRC32();
        crc.update(frame, 0, 1);
        crc.update(frame, 2, 20);
        crc.update(frame, HEADER, length - HEADER);
        return (int) crc.getValue();
    }

    // ---- the receiver

    @Override
    public void frame(byte[] frame, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(frame, 0, length);
        if (length < SHORTEST || buffer.getShort(12) != (short) TYPE || buffer.getInt(22) != checksum(frame, length)) {
            report("a frame of " + length + " bytes is none of ours or has other content");
        } else if (buffer.getInt(14) != run) {
            synchronized (this) {
                ofOtherRuns++;
            }
        } else if (length != length(buffer.getInt(18)) || frame[1] != (byte) (buffer.getInt(18) + 1)) {
            report("frame " + buffer.getInt(18) + " has the length " + length + " and in byte 1 " + frame[1]);
        } else {
            arrived(buffer.getInt(18));
        }
    }

    private synchronized void arrived(int number) {
        if (number < next) {
            report("frame " + number + " came when " + next + " was due");
            return;
        }
        next = number + 1;
        received++;
        if (sent - next < IN_FLIGHT / 2 || sent == count) {
            notifyAll();
        }
    }

    private synchronized void report(String what) {
        if (wrong.isEmpty()) {
            wrong = what;
        }
        notifyAll();
    }

    // ---- for the tests

    private interface Condition {
        boolean holds();
    }

    /** Waits for a condition as long as frames arrive and none is wrong. */
    private synchronized void awaitProgress(Condition condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int before = received;
        try {
            while (wrong.isEmpty() && !condition.holds()) {
                if (received != before) {
                    before = received;
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() > deadline) {
                    report("no frame came for " + PATIENCE.toSeconds() + " s");
                }
                wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            report("interrupted");
        }
    }

    /** Waits until so many have arrived, or all that arrive. */
    Traffic await(int frames) {
        awaitProgress(() -> received >= frames);
        return this;
    }

    /** Sends no more. Call {@link #awaitSender()} when something takes the frames that are on their way. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    void awaitSender() {
        try {
            sender.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (sender.isAlive()) {
            fail("the sender is stuck in " + this);
        }
    }

    synchronized int ofOtherRuns() {
        return ofOtherRuns;
    }

    /** All have arrived, in order, as they were; else also says what the forwarder said. */
    synchronized void assertWhole(Result forwarder) {
        assertEquals("", wrong, () -> this + "\n" + forwarder);
        assertEquals(count, received, () -> this + "\n" + forwarder);
    }

    @Override
    public synchronized String toString() {
        return "run " + run + " from " + from.path.getFileName() + ": sent " + sent + " of " + count + ", received "
                + received + ", the next is " + next + ", of other runs " + ofOtherRuns + "; "
                + (wrong.isEmpty() ? "nothing wrong" : wrong) + "; " + from.broken();
    }
}
