package ixy4j.examples;

import ixy4j.*;
import ixy4j.packet.*;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes what a card receives to a pcap file (draft-ietf-opsawg-pcap), which tcpdump and Wireshark read. */
final class Capture implements AutoCloseable {
    private static final int MAGIC = 0xa1b2_3c4d; // times in nanoseconds
    private static final int ETHERNET = 1;
    private static final int RECORD = 16; // bytes in front of each packet
    private static final int SECOND = 1_000_000_000;

    private final RxQueue rx;
    private final PacketBatch batch;
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private final MemorySegment bytes = MemorySegment.ofBuffer(buffer); // the same, to copy packets into

    Capture(Device card, PacketPool pool, Path path) throws IOException {
        rx = card.rxQueue(0, pool);
        batch = pool.batch(64);
        file = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        buffer.putInt(MAGIC).putShort((short) 2).putShort((short) 4); // version
        buffer.putLong(0).putInt(PacketPool.ROOM).putInt(ETHERNET);
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("Usage: Capture CARD FILE");
            System.exit(2);
        }
        try (Stop stop = Stop.onSignals();
                Device card = Device.open(args[0]);
                PacketPool pool = Devices.pool(64, card);
                Capture capture = new Capture(card, pool, Path.of(args[1]))) {
            long start = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
            while (!stop.isRequested()) {
                capture.turn(start + System.nanoTime());
            }
        }
    }

    /** At a time in nanoseconds since 1970. */
    void turn(long now) throws IOException {
        if (rx.receive(batch) == 0) {
            flush(); // so that whoever reads the file meanwhile has all of it
        }
        for (int i = 0; i < batch.size(); i++) {
            add(i, now);
        }
        batch.free();
    }

    private void add(int i, long now) throws IOException {
        int length = batch.length(i);
        if (buffer.remaining() < RECORD + length) {
            flush();
        }
        buffer.putInt((int) (now / SECOND))
                .putInt((int) (now % SECOND))
                .putInt(length)
                .putInt(length);
        batch.read(i, 0, bytes, buffer.position(), length);
        buffer.position(buffer.position() + length);
    }

    private void flush() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } finally {
            buffer.compact(); // what a full disk did not take
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            flush();
        }
    }
}
