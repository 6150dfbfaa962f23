package ixy4j.model.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** A capture as the format pcapng says, block by block. */
final class PcapngFile {
    private static final int LONGEST = 700_000;

    private ByteBuffer bytes = ByteBuffer.allocate(1 << 12);

    /** One with its first section. */
    PcapngFile(ByteOrder order) {
        section(order);
    }

    /** A block with this body, filled to 4 bytes. */
    PcapngFile block(int type, Consumer<ByteBuffer> body) {
        makeRoom();
        int start = bytes.position();
        bytes.putInt(type).putInt(0);
        body.accept(bytes);
        fill();
        int length = bytes.position() - start + 4;
        bytes.putInt(length).putInt(start + 4, length);
        return this;
    }

    /** For any block. */
    private void makeRoom() {
        if (bytes.remaining() < LONGEST) {
            byte[] longer = Arrays.copyOf(bytes.array(), 2 * bytes.capacity() + LONGEST);
            bytes = ByteBuffer.wrap(longer).order(bytes.order()).position(bytes.position());
        }
    }

    private void fill() {
        while (bytes.position() % 4 != 0) {
            bytes.put((byte) 0);
        }
    }

    PcapngFile section(ByteOrder order) {
        bytes.order(order);
        return block(
                0x0a0d0d0a,
                b -> b.putInt(0x1a2b3c4d)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1));
    }

    /** An interface with options, each a code and a value. */
    PcapngFile interfaceOf(int linkType, int longest, Object... options) {
        return block(1, b -> {
            b.putShort((short) linkType).putShort((short) 0).putInt(longest);
            options(b, options);
        });
    }

    private void options(ByteBuffer b, Object... options) {
        for (int i = 0; i < options.length; i += 2) {
            b.putShort((short) (int) options[i]);
            switch (options[i + 1]) {
                case Byte value -> b.putShort((short) 1).put(value);
                case Integer value -> b.putShort((short) 4).putInt(value);
                case Long value -> b.putShort((short) 8).putLong(value);
                case String value -> b.putShort((short) value.length()).put(value.getBytes(StandardCharsets.UTF_8));
                default -> throw new IllegalArgumentException();
            }
            fill();
        }
        if (options.length > 0) {
            b.putInt(0);
        }
    }

    PcapngFile packet(int from, long ticks, byte[] frame, Object... options) {
        return cutPacket(from, ticks, frame, frame.length, options);
    }

    PcapngFile cutPacket(int from, long ticks, byte[] captured, int original, Object... options) {
        return block(6, b -> {
            b.putInt(from).putInt((int) (ticks >>> 32)).putInt((int) ticks);
            b.putInt(captured.length).putInt(original).put(captured);
            fill();
            options(b, options);
        });
    }

    PcapngFile oldPacket(int from, long ticks, byte[] frame) {
        return block(2, b -> {
            b.putShort((short) from).putShort((short) 7);
            b.putInt((int) (ticks >>> 32)).putInt((int) ticks);
            b.putInt(frame.length).putInt(frame.length).put(frame);
        });
    }

    PcapngFile simplePacket(byte[] captured, int original) {
        return block(3, b -> b.putInt(original).put(captured));
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    Path write(Path file) throws IOException {
        return Files.write(file, toBytes());
    }
}
