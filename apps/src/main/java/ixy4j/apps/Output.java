package ixy4j.apps;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Where text goes: all that commands print, and the traces that they write. A thread of its own writes, so a reader that does
 * not read holds up nobody who has cards to stop; and it knows of writes that fail, which {@link System#out} hides.
 */
final class Output implements AutoCloseable {
    private static final int LIMIT = 64 << 10; // bytes that may wait for a slow reader
    private static final long PATIENCE = 2_000_000_000; // ns for a reader once the command is told to end

    static final Output OUT = new Output("standard output", FileDescriptor.out, System.out.charset());
    static final Output ERR = new Output("standard error", FileDescriptor.err, System.err.charset());

    private final String name;
    private final OutputStream file;
    private final Charset charset;
    private final Queue<byte[]> queue = new ArrayDeque<>(); // guarded by this, as all that follows
    private int waiting; // bytes in the queue, whose first line is being written
    private long dropped; // lines
    private boolean cut; // a line that was followed is missing: those behind it are, too
    private boolean abandoned; // what is still to be written: whether that fails is no news
    private String failure; // why nothing more can be written, null while it can

    private Output(String name, FileDescriptor file, Charset charset) {
        this(name, new FileOutputStream(file), charset);
    }

    private Output(String name, OutputStream file, Charset charset) {
        this.name = name;
        this.file = file;
        this.charset = charset;
        Thread.ofPlatform().name("output").daemon().start(this::write);
    }

    /** Writes to a file, which is closed with it. */
    static Output to(String name, OutputStream file) {
        return new Output(name, file, StandardCharsets.UTF_8);
    }

    /** Prints a line that is worth no waiting: if the reader is too far behind, it is dropped and counted. */
    synchronized void offer(String line) {
        if (waiting > LIMIT) {
            dropped++;
        } else {
            add(bytes(line));
        }
    }

    /**
     * Prints a line for which the caller waits while the reader is too far behind, until the command is told to end. From the
     * first line on that is dropped then, all are: what is read has an end and no holes.
     */
    synchronized void follow(String line) {
        while (waiting > LIMIT && failure == null && !StopSignal.isRequested()) {
            pause();
        }
        cut |= waiting > LIMIT;
        if (cut) {
            dropped++;
        } else {
            add(bytes(line));
        }
    }

    /** Prints a line that is kept until it is read; {@link #drain} waits for that. */
    void print(String line) {
        print(bytes(line));
    }

    /** The same with bytes that are there already: allocates nothing. */
    synchronized void print(byte[] line) {
        add(line);
    }

    byte[] bytes(String line) {
        return (line.endsWith("\n") ? line : line + "\n").getBytes(charset);
    }

    private synchronized void add(byte[] text) {
        if (failure == null) {
            queue.add(text);
            waiting += text.length;
            notifyAll();
        }
    }

    /** Why nothing more can be written, null if it can. */
    synchronized String failure() {
        return failure;
    }

    /** How many lines were left out so far. */
    synchronized long dropped() {
        return dropped;
    }

    /** Waits until all is written or the JVM is ending, and then {@link #drainSoon}; whether it is. */
    boolean drain() {
        synchronized (this) {
            while (waiting > 0 && failure == null && !StopSignal.isShuttingDown()) {
                pause();
            }
        }
        return drainSoon();
    }

    /** Waits a moment until all is written; whether it is. */
    synchronized boolean drainSoon() {
        long end = System.nanoTime() + PATIENCE;
        while (waiting > 0 && failure == null && System.nanoTime() - end < 0) {
            pause();
        }
        return waiting == 0 && failure == null;
    }

    private void pause() {
        pause(20); // a signal may come meanwhile
    }

    /** Waits for news, at most so many ms, 0 for ever. */
    @SuppressWarnings("WaitNotInLoop") // the callers'
    private synchronized void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            // nobody interrupts a thread that prints: what ends the waiting is what the callers look at
        }
    }

    private void write() {
        try {
            while (true) {
                byte[] text = next();
                file.write(text);
                written(text.length);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e.getMessage());
        }
    }

    private synchronized byte[] next() {
        while (queue.isEmpty()) {
            pause(0);
        }
        return queue.element();
    }

    private synchronized void written(int bytes) {
        queue.poll(); // nothing is there after a failure
        waiting -= bytes;
        notifyAll();
    }

    private void fail(String why) {
        synchronized (this) {
            if (abandoned) {
                return;
            }
            failure = "cannot write to " + name + ": " + why;
            queue.clear();
            notifyAll();
        }
        if (this != ERR) {
            StopSignal.request();
        }
    }

    /** Of a file: what nobody reads within a moment counts as dropped. */
    @Override
    public void close() {
        synchronized (this) {
            if (!drainSoon() && failure == null) {
                abandoned = true;
                dropped += queue.size();
            }
        }
        try {
            file.close();
        } catch (IOException e) {
            fail(e.getMessage());
        }
    }
}
