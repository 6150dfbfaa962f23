package ixy4j.model.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A capture as the format pcap says, written independently of {@link CaptureWriter}. */
final class PcapFile {
    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;

    private ByteBuffer bytes = ByteBuffer.allocate(1 << 12);

    PcapFile(ByteOrder order, int magic) {
        bytes.order(order).putInt(magic).putShort((short) 2).putShort((short) 4);
        bytes.putInt(0).putInt(0).putInt(65535).putInt(1);
    }

    static PcapFile big(int magic) {
        return new PcapFile(ByteOrder.BIG_ENDIAN, magic);
    }

    static PcapFile little() {
        return new PcapFile(ByteOrder.LITTLE_ENDIAN, MICROSECONDS);
    }

    /** Bytes that count up. */
    static byte[] frame(int length, int first) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (first + i);
        }
        return frame;
    }

    PcapFile record(int seconds, int fraction, int captured, int length, byte... frame) {
        makeRoom(16 + frame.length);
        bytes.putInt(seconds).putInt(fraction).putInt(captured).putInt(length).put(frame);
        return this;
    }

    private void makeRoom(int count) {
        if (bytes.remaining() < count) {
            byte[] longer = Arrays.copyOf(bytes.array(), 2 * bytes.capacity() + count);
            bytes = ByteBuffer.wrap(longer).order(bytes.order()).position(bytes.position());
        }
    }

    PcapFile frame(int seconds, int fraction, byte[] frame) {
        return record(seconds, fraction, frame.length, frame.length, frame);
    }

    PcapFile set(int offset, int value) {
        bytes.putInt(offset, value);
        return this;
    }

    PcapFile add(int count) {
        return add(new byte[count]);
    }

    PcapFile add(byte[] more) {
        makeRoom(more.length);
        bytes.put(more);
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    Path write(Path file) throws IOException {
        return Files.write(file, toBytes());
    }
}
