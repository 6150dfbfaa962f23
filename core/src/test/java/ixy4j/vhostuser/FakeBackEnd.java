package ixy4j.vhostuser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import ixy4j.linux.FakePeer;
import ixy4j.linux.UnixSocket;
import ixy4j.virtio.Features;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A back end that moves no frames: it writes down what it is told, and answers as it should, or as a test wants. */
final class FakeBackEnd extends FakePeer<FakeBackEnd.Message> {
    static final long PROTOCOL_FEATURES = 1L << 30;
    static final long MQ = 1;
    static final long REPLY_ACK = 1 << 3;
    static final long STATUS = 1 << 16;

    private static final int REPLY = 5; // version 1, reply
    private static final int NEED_REPLY = 8;

    /** A request, its words of 8 bytes, and the files that came with it, closed with the back end. */
    record Message(Request request, int flags, List<Long> payload, List<Integer> files) implements FakePeer.Message {
        long word(int index) {
            return payload.get(index);
        }

        @Override
        public String toString() {
            return request + payload.stream().map(Long::toHexString).collect(Collectors.joining(" ", "(", ")"));
        }
    }

    /** Answers in another way than it should. */
    interface Misdeed {
        void answer(FakeBackEnd backEnd, UnixSocket socket);
    }

    static final Misdeed SILENCE = (backEnd, socket) -> {};
    static final Misdeed HANG_UP = (backEnd, socket) -> socket.shutdown();

    private final Map<Request, Misdeed> misdeeds = new ConcurrentHashMap<>();
    private long status;

    long features = PROTOCOL_FEATURES | Features.VERSION_1 | Features.RING_PACKED | Features.MRG_RXBUF | Features.MQ;
    long protocol = MQ | REPLY_ACK | STATUS;
    long pairs = 2;

    FakeBackEnd(String path) {
        super(path, "fake-back-end");
    }

    static Misdeed header(int request, int flags, int size) {
        return (backEnd, socket) -> reply(socket, request, flags, size, 0);
    }

    static Misdeed answer(Request request, long word) {
        return (backEnd, socket) -> reply(socket, request.number, REPLY, 8, word);
    }

    FakeBackEnd on(Request request, Misdeed misdeed) {
        misdeeds.put(request, misdeed);
        return this;
    }

    FakeBackEnd listen() {
        startListening();
        return this;
    }

    /**
     * Connects, as soon as somebody listens, and again where it is sent away, as those of others do: on a busy machine it may
     * not have answered in time.
     */
    FakeBackEnd connect() {
        startConnecting();
        return this;
    }

    @Override
    protected boolean readOne(UnixSocket from) {
        byte[] header = new byte[12];
        int[] files = new int[8];
        if (from.receive(header, files, PATIENCE) != 0) {
            return false;
        }
        ByteBuffer fields = wrap(header);
        int number = fields.getInt();
        int flags = fields.getInt();
        byte[] payload = new byte[fields.getInt()];
        assertEquals(0, from.receive(payload, new int[0], PATIENCE));
        ByteBuffer body = wrap(payload);
        List<Long> words = new ArrayList<>();
        while (body.hasRemaining()) {
            words.add(body.getLong());
        }
        Message message = new Message(request(number), flags, words, came(files));
        note(message);
        handle(from, message);
        return true;
    }

    private static Request request(int number) {
        for (Request request : Request.values()) {
            if (request.number == number) {
                return request;
            }
        }
        throw new AssertionError("request " + number + " is not to be sent");
    }

    private void handle(UnixSocket to, Message message) {
        Request request = message.request;
        Misdeed misdeed = misdeeds.get(request);
        if (misdeed != null) {
            misdeed.answer(this, to);
            return;
        }
        if (request == Request.SET_STATUS) {
            status = message.word(0);
        }
        switch (request) {
            case GET_FEATURES -> reply(to, request.number, REPLY, 8, features);
            case GET_PROTOCOL_FEATURES -> reply(to, request.number, REPLY, 8, protocol);
            case GET_QUEUE_NUM -> reply(to, request.number, REPLY, 8, pairs);
            case GET_STATUS -> reply(to, request.number, REPLY, 8, status);
            case GET_VRING_BASE -> reply(to, request.number, REPLY, 8, (message.word(0) & 0xffff) | (7L << 32));
            default -> {
                if ((message.flags & NEED_REPLY) != 0) {
                    reply(to, request.number, REPLY, 8, 0);
                }
            }
        }
    }

    private static void reply(UnixSocket to, int request, int flags, int size, long word) {
        byte[] answer = new byte[20];
        wrap(answer).putInt(request).putInt(flags).putInt(size).putLong(word);
        to.send(answer, new int[0], PATIENCE);
    }

    private static ByteBuffer wrap(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    /** The last request of this kind. */
    Message last(Request request) {
        Message found = null;
        for (Message message : log()) {
            found = message.request == request ? message : found;
        }
        assertNotNull(found, request.toString());
        return found;
    }
}
