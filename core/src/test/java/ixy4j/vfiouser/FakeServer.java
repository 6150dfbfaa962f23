package ixy4j.vfiouser;

import ixy4j.linux.FakePeer;
import ixy4j.linux.Linux;
import ixy4j.linux.UnixSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server whose card is nothing but memory: it writes down what it is asked, and answers as it should, or as a test wants. */
final class FakeServer extends FakePeer<FakeServer.Message> {
    static final int BAR_BYTES = 0x20000;

    /** A command, its body, and the files that came with it, which are closed with the server. */
    record Message(Header header, ByteBuffer body, List<Integer> files) implements FakePeer.Message {
        Command command() {
            return Command.of(header.command());
        }

        @Override
        public String toString() {
            String posted = header.wantsReply() ? "" : " posted";
            return switch (command()) {
                case REGION_READ -> String.format(Locale.ROOT, "read %d 0x%x", body.getInt(8), body.getLong(0));
                case REGION_WRITE ->
                    String.format(
                            Locale.ROOT,
                            "write %d 0x%x %d bytes 0x%x%s",
                            body.getInt(8),
                            body.getLong(0),
                            body.getInt(12),
                            body.capacity() == 18 ? body.getShort(16) : body.getInt(16),
                            posted);
                case DEVICE_GET_REGION_INFO -> "info of " + body.getInt(8) + ", " + body.getInt(0) + " bytes";
                default -> command() + posted;
            };
        }
    }

    /** Answers in another way than it should. */
    interface Misdeed {
        void answer(FakeServer server, UnixSocket socket, Header header);
    }

    static final Misdeed SILENCE = (server, socket, header) -> {};
    static final Misdeed HANG_UP = (server, socket, header) -> socket.shutdown();

    final int[] config = new int[64];
    final int[] bar = new int[BAR_BYTES / 4];
    Capabilities capabilities = Capabilities.DEFAULT;
    int major;
    int minor;
    int deviceFlags = Protocol.DEVICE_PCI | Protocol.DEVICE_RESETS;
    int regions = Protocol.REGIONS;
    int regionFlags = Protocol.REGION_READABLE | Protocol.REGION_WRITABLE; // of BAR 0
    ByteBuffer regionCapabilities = ByteBuffer.allocate(0); // behind the information on BAR 0
    int versionFile = -1; // goes with VERSION
    int regionFile = -1; // goes with the information on BAR 0
    int regionFiles = 1; // so often

    private final Map<Command, Misdeed> misdeeds = new EnumMap<>(Command.class);
    private final BlockingQueue<Message> replies = new LinkedBlockingQueue<>(); // to commands of this end

    FakeServer(String path) {
        super(path, "fake-server");
        config[0] = 0x10fb_8086;
        config[2] = 0x02_00_00_01;
        startListening();
    }

    FakeServer on(Command command, Misdeed misdeed) {
        misdeeds.put(command, misdeed);
        return this;
    }

    @Override
    protected boolean readOne(UnixSocket from) {
        byte[] head = new byte[Header.BYTES];
        int[] files = new int[4];
        if (from.receive(head, files, PATIENCE) != 0) {
            return false;
        }
        Header header = Header.read(ByteBuffer.wrap(head));
        byte[] body = new byte[(int) header.size() - Header.BYTES];
        if (body.length > 0 && from.receive(body, new int[0], PATIENCE) != 0) {
            return false;
        }
        Message message = new Message(header, ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN), came(files));
        if (header.isReply()) {
            replies.add(message);
            return true;
        }
        note(message);
        Misdeed misdeed = misdeeds.get(message.command());
        if (misdeed != null) {
            misdeed.answer(this, from, header);
        } else {
            handle(from, message);
        }
        return true;
    }

    private void handle(UnixSocket to, Message message) {
        Header header = message.header;
        ByteBuffer body = message.body;
        switch (message.command()) {
            case VERSION -> {
                byte[] json = capabilities.toJson();
                ByteBuffer version = body(4 + json.length);
                version.putShort((short) major).putShort((short) minor).put(json);
                reply(to, header, version, versionFile < 0 ? new int[0] : new int[] {versionFile});
            }
            case DEVICE_GET_INFO ->
                reply(
                        to,
                        header,
                        body(16).putInt(16).putInt(deviceFlags).putInt(regions).putInt(5));
            case DEVICE_GET_REGION_INFO -> regionInfo(to, header, body.getInt(8), body.getInt(0));
            case REGION_READ -> {
                int[] from = body.getInt(8) == Protocol.REGION_CONFIG ? config : bar;
                int value;
                synchronized (bar) {
                    value = from[(int) body.getLong(0) / 4];
                }
                reply(to, header, body(20).put(body.slice(0, 16)).putInt(value));
            }
            case REGION_WRITE -> {
                write(body);
                reply(to, header, body(16).put(body.slice(0, 16)));
            }
            case DMA_UNMAP -> reply(to, header, body(24).put(body.slice(0, 24)));
            default -> reply(to, header, body(0));
        }
    }

    private void write(ByteBuffer body) {
        int index = (int) body.getLong(0) / 4;
        synchronized (bar) {
            if (body.getInt(8) != Protocol.REGION_CONFIG) {
                bar[index] = body.getInt(16);
            } else {
                config[index] = (config[index] & 0xffff0000) | Short.toUnsignedInt(body.getShort(16));
            }
        }
    }

    private void regionInfo(UnixSocket to, Header header, int index, int room) {
        boolean isBar = index == Protocol.REGION_BAR0;
        int extra = isBar ? regionCapabilities.capacity() : 0;
        boolean whole = room >= 32 + extra;
        ByteBuffer info = body(whole ? 32 + extra : 32)
                .putInt(32 + extra)
                .putInt(isBar ? regionFlags : 3)
                .putInt(index)
                .putInt(whole && extra > 0 ? 32 : 0)
                .putLong(isBar ? BAR_BYTES : index == Protocol.REGION_CONFIG ? 256 : 0)
                .putLong(0);
        if (whole) {
            info.put(regionCapabilities.slice(0, extra));
        }
        int[] files = new int[isBar && regionFile >= 0 && whole ? regionFiles : 0];
        Arrays.fill(files, regionFile);
        reply(to, header, info, files);
    }

    static ByteBuffer body(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void reply(UnixSocket to, Header header, ByteBuffer body, int... files) {
        if (header.wantsReply()) {
            send(to, header.reply(body.capacity()), body, files);
        }
    }

    /** Sends a message whose header may say anything. */
    static void send(UnixSocket to, Header header, ByteBuffer body, int... files) {
        to.send(bytes(header, body), files, PATIENCE);
    }

    private static byte[] bytes(Header header, ByteBuffer body) {
        byte[] bytes = new byte[Header.BYTES + body.capacity()];
        ByteBuffer message = ByteBuffer.wrap(bytes);
        header.write(message);
        message.put(body.slice(0, body.capacity()));
        return bytes;
    }

    /** Asks the client, and waits for its answer; null where none came within {@code millis}. */
    Message ask(Command command, int flags, ByteBuffer body, int millis) {
        send(bytes(Header.command(77, command, body.capacity(), flags), body));
        try {
            return replies.poll(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What a register has, as soon as it is that, or after 5 seconds. */
    int awaitRegister(int offset, int wanted) {
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (true) {
            synchronized (bar) {
                if (bar[offset / 4] == wanted || System.nanoTime() > deadline) {
                    return bar[offset / 4];
                }
            }
            Thread.onSpinWait();
        }
    }

    /** Closes also the files that it was to send. */
    @Override
    public void close() {
        super.close();
        for (int file : new int[] {versionFile, regionFile}) {
            if (file >= 0) {
                Linux.call("close", file);
            }
        }
    }
}
