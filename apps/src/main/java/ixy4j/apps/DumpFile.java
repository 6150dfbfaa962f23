package ixy4j.apps;

import ixy4j.apps.dump.Expression;
import ixy4j.model.wire.CaptureWriter;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** Writes frames to a capture file, or to one after another. */
final class DumpFile extends Dump {
    private final Path file;
    private final Rotation rotation;
    private final MemorySegment copy = Arena.ofAuto().allocate(PacketPool.ROOM, Long.BYTES);
    private CaptureWriter writer;
    private int number; // of the file that is written, from 0 on
    private long begun = System.nanoTime();
    private long bytes; // in it, of frames
    private long written; // to those before
    private long refused; // frames that a pipe had no room for

    DumpFile(Expression.Choice choice, long most, Path file, Rotation rotation) {
        super(choice, most);
        this.file = file;
        this.rotation = rotation;
        writer = new CaptureWriter(file, true);
    }

    @Override
    void addCounts(Reporter reporter) {
        super.addCounts(reporter);
        reporter.add("written", () -> written + writer.frames());
        reporter.addLoss("not_written", () -> refused + writer.discarded());
    }

    @Override
    void take(PacketBatch batch, int packet, long nanos) {
        int length = batch.length(packet);
        if (bytes + length > rotation.bytes() && bytes > 0) {
            rotate();
        }
        batch.read(packet, 0, copy, 0, length);
        refused += writer.write(copy.address(), length, nanos) ? 0 : 1;
        bytes += length;
    }

    /** Ends where nothing more can be written: what is in the file stays. */
    @Override
    boolean look() {
        writer.flush();
        if (rotation.nanos() != Long.MAX_VALUE && System.nanoTime() - begun >= rotation.nanos()) {
            rotate();
        }
        return writer.discarded() == 0;
    }

    /** The only thing here that allocates, once a file. */
    private void rotate() {
        CaptureWriter before = writer;
        number++;
        writer = new CaptureWriter(name(), true); // if it cannot be made, the one before is closed at the end
        before.close();
        written += before.frames();
        bytes = 0;
        begun = System.nanoTime();
    }

    private Path name() {
        String text = file.getFileName().toString();
        int dot = text.lastIndexOf('.');
        String numbered = dot <= 0 ? text + '.' + number : text.substring(0, dot) + '.' + number + text.substring(dot);
        return file.resolveSibling(numbered);
    }

    @Override
    public void close() {
        writer.close();
    }
}
