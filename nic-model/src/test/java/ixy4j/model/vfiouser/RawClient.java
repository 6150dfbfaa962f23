package ixy4j.model.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.linux.Linux;
import ixy4j.linux.UnixSocket;
import ixy4j.vfiouser.Capabilities;
import ixy4j.vfiouser.Command;
import ixy4j.vfiouser.Header;
import ixy4j.vfiouser.Messages;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A client that says what a test has it say, right or wrong. */
final class RawClient implements AutoCloseable {
    static final int MILLIS = 10_000;

    final UnixSocket socket = new UnixSocket();
    final Messages messages = new Messages(socket, 1 << 20, 8, MILLIS);
    private int id;

    RawClient(String path) {
        assertEquals(0, socket.connect(path));
    }

    /** One that has said VERSION. */
    static RawClient greeted(String path) {
        RawClient client = new RawClient(path);
        client.greet(Capabilities.DEFAULT);
        return client;
    }

    Capabilities greet(Capabilities ours) {
        byte[] json = ours.toJson();
        ByteBuffer answer = ask(
                Command.VERSION,
                body(4 + json.length).putShort((short) 0).putShort((short) 0).put(json));
        assertEquals(0, answer.getInt());
        byte[] theirs = new byte[answer.remaining()];
        answer.get(theirs);
        assertEquals(0, theirs[theirs.length - 1], "the JSON ends with a NUL");
        return Capabilities.parse(theirs);
    }

    /** The first bytes of a message, or what is to be one. */
    static byte[] bytes(ByteBuffer from, int count) {
        byte[] bytes = new byte[count];
        from.get(0, bytes);
        return bytes;
    }

    static ByteBuffer body(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Sends a command and expects an answer without an error. */
    ByteBuffer ask(Command command, ByteBuffer body, int... files) {
        assertEquals(0, attempt(command, body, files), command + " is refused");
        return messages.body();
    }

    /** Sends a command; errno of the answer. */
    int attempt(Command command, ByteBuffer body, int... files) {
        int sent = ++id & 0xffff;
        send(new Header(sent, command.number, Header.BYTES + body.capacity(), 0, 0), body, files);
        assertEquals(0, messages.receive(), command.toString());
        Header header = messages.header();
        assertEquals(sent, header.id());
        assertEquals(command.number, header.command());
        assertTrue(header.isReply(), header::toString);
        assertEquals(header.isError(), header.error() != 0, header::toString);
        return header.error();
    }

    void send(Header header, ByteBuffer body, int... files) {
        assertEquals(0, messages.send(header, bytes(body, body.capacity()), files));
    }

    // ---- commands

    int map(long iova, long size, long offset, int flags, int... files) {
        return attempt(
                Command.DMA_MAP,
                body(32).putInt(32).putInt(flags).putLong(offset).putLong(iova).putLong(size),
                files);
    }

    int unmap(long iova, long size, int flags) {
        return attempt(
                Command.DMA_UNMAP,
                body(24).putInt(24).putInt(flags).putLong(iova).putLong(size));
    }

    static ByteBuffer access(int region, long offset, int count, int data) {
        return body(16 + data).putLong(offset).putInt(region).putInt(count);
    }

    long read(int region, long offset, int count) {
        ByteBuffer answer = ask(Command.REGION_READ, access(region, offset, count, 0));
        assertEquals(16 + count, answer.remaining());
        assertEquals(offset, answer.getLong());
        assertEquals(region, answer.getInt());
        assertEquals(count, answer.getInt());
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (answer.get() & 0xffL) << (8 * i);
        }
        return value;
    }

    void write(int region, long offset, int count, long value) {
        ByteBuffer answer = ask(Command.REGION_WRITE, write(region, offset, count, value, count));
        assertEquals(16, answer.remaining());
        assertEquals(offset, answer.getLong());
    }

    static ByteBuffer write(int region, long offset, int count, long value, int data) {
        ByteBuffer body = access(region, offset, count, data);
        for (int i = 0; i < data; i++) {
            body.put((byte) (value >>> (8 * i)));
        }
        return body;
    }

    /** A write that nobody answers. */
    void post(int region, long offset, int count, long value) {
        send(
                Header.command(++id & 0xffff, Command.REGION_WRITE, 16 + count, Header.NO_REPLY),
                write(region, offset, count, value, count));
    }

    int setIrqs(int flags, int index, int start, int count, int... files) {
        return attempt(
                Command.DEVICE_SET_IRQS,
                body(20).putInt(20).putInt(flags).putInt(index).putInt(start).putInt(count),
                files);
    }

    /** Waits until the server has closed the connection. */
    int awaitEnd() {
        socket.awaitInput();
        return messages.receive();
    }

    @Override
    public void close() {
        messages.closeFiles();
        socket.close();
    }

    // ---- files

    static int memory(long bytes) {
        int fd = (int) Linux.call("memfd_create", "client", 1);
        Linux.call("ftruncate", fd, bytes);
        return fd;
    }

    static int event() {
        return (int) Linux.call("eventfd", 0, 0x80800);
    }

    /** How often an eventfd was signalled since this was asked last. */
    static long signals(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(8, 8);
            return Linux.attempt("read", fd, count.address(), 8) == 8 ? count.get(ValueLayout.JAVA_LONG, 0) : 0;
        }
    }

    static void closeFiles(int... files) {
        for (int file : files) {
            Linux.call("close", file);
        }
    }
}
