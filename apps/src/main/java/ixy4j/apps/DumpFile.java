package ixy4j.apps;

import ixy4j.model.wire.CaptureWriter;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.watch.frame.Expression;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** Writes frames to a capture file, or to one after another. */
final class DumpFile extends Dump {
    private final Path file;
    private final Rotation rotation;
    private final MemorySegment copy = Arena.ofAuto().allocate(PacketPool.ROOM, Long.BYTES);
    private CaptureWriter writer; // null where the next could not be made
    private int number; // of the file that is written, from 0 on
    private long begun; // by nanoTime, when its first frame came; 0 before
    private long written; // to those before
    private long discarded; // of those before
    private long refused; // frames that came to no file

    DumpFile(Expression.Choice choice, long most, Path file, Rotation rotation) {
        super(choice, most);
        this.file = file;
        this.rotation = rotation;
        writer = new CaptureWriter(file, true);
    }

    @Override
    void addCounts(Reporter reporter) {
        super.addCounts(reporter);
        reporter.add("written", () -> written + (writer == null ? 0 : writer.frames()));
        reporter.addLoss("not_written", () -> refused + discarded + (writer == null ? 0 : writer.discarded()));
    }

    @Override
    boolean take(PacketBatch batch, int packet, long nanos) {
        int length = batch.length(packet);
        refused++; // until it is written, whatever happens
        if (isFull(length)) {
            rotate();
        }
        begun = begun == 0 ? System.nanoTime() : begun;
        batch.read(packet, 0, copy, 0, length);
        boolean isTaken = writer.write(copy.address(), length, nanos);
        refused -= isTaken ? 1 : 0;
        return isTaken;
    }

    /** Whether a frame belongs into the next file; the first of each fits, however large it is. */
    private boolean isFull(int length) {
        return begun != 0
                && (writer.bytes() + writer.bytes(length) > rotation.bytes()
                        || (rotation.nanos() != Long.MAX_VALUE && System.nanoTime() - begun >= rotation.nanos()));
    }

    /** The only thing here that allocates, once a file. The one is closed first, so that a full disk makes no empty one. */
    private void rotate() {
        CaptureWriter before = writer;
        writer = null;
        try {
            before.close();
        } finally {
            written += before.frames();
            discarded += before.discarded();
        }
        number++;
        begun = 0;
        writer = new CaptureWriter(name(), true);
    }

    private Path name() {
        String text = file.getFileName().toString();
        int dot = text.lastIndexOf('.');
        String numbered = dot <= 0 ? text + '.' + number : text.substring(0, dot) + '.' + number + text.substring(dot);
        return file.resolveSibling(numbered);
    }

    /** Ends where nothing more can be written: what is in the file stays. */
    @Override
    boolean goesOn() {
        writer.flush();
        return writer.discarded() == 0;
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
