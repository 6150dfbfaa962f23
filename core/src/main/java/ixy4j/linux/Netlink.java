package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import ixy4j.IxyException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions to the kernel by netlink(7): a message goes there, and one or several come back.
 *
 * <pre>
 * message:    length, 4 | type, 2 | flags, 2 | sequence number, 4 | port, 4 | body
 * attribute:  length, 2 | type, 2 | value, filled up to a multiple of 4
 * </pre>
 */
public final class Netlink implements AutoCloseable {
    /** The protocol of interfaces and routes. */
    public static final int ROUTE = 0;

    /** That of sockets. */
    public static final int SOCK_DIAG = 4;

    /** That of everything else. */
    public static final int GENERIC = 16;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int REQUEST = 1; // NLM_F_REQUEST
    private static final int DUMP = 0x300; // NLM_F_DUMP: all that there are
    private static final int MULTI = 2; // NLM_F_MULTI
    private static final int ERROR = 2; // NLMSG_ERROR
    private static final int DONE = 3; // NLMSG_DONE
    private static final int HEADER = 16;
    private static final int TYPE_BITS = 0x3fff; // of an attribute
    private static final int BYTES = 1 << 16;

    // generic netlink(7): a header of 4 bytes, and a family whose number is asked for
    private static final int CONTROL = 0x10;
    private static final int GET_FAMILY = 3;
    private static final int FAMILY_ID = 1;
    private static final int FAMILY_NAME = 2;

    private final int fd;

    /** A socket of a protocol. */
    public Netlink(int protocol) {
        fd = (int) Linux.call("socket", AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    }

    /** The number of a generic family, -1 if this kernel has none of this name. */
    public int family(String name) {
        byte[] text = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer body = body(8 + text.length).putInt(GET_FAMILY);
        attribute(body, FAMILY_NAME, text);
        List<ByteBuffer> answers = ask(CONTROL, false, body);
        ByteBuffer id =
                answers.isEmpty() ? null : attributes(answers.getFirst(), 4).get(FAMILY_ID);
        return id == null ? -1 : Short.toUnsignedInt(id.getShort(0));
    }

    /** An empty body for a message. */
    public static ByteBuffer body(int bytes) {
        return ByteBuffer.allocate(bytes + 3 & -4).order(ByteOrder.nativeOrder());
    }

    /** Puts an attribute behind what is in a body. */
    public static void attribute(ByteBuffer body, int type, byte[] value) {
        body.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    }

    /**
     * Asks, and waits for the answers, which the kernel gives at once.
     *
     * @param all whether it is about all that there are
     * @return the bodies of the answers; none if the kernel does not know, or may not tell
     */
    public List<ByteBuffer> ask(int type, boolean all, ByteBuffer body) {
        int length = HEADER + body.capacity();
        ByteBuffer message = body(length)
                .putInt(length)
                .putShort((short) type)
                .putShort((short) (all ? REQUEST | DUMP : REQUEST))
                .putInt(1)
                .putInt(0)
                .put(HEADER, body, 0, body.capacity());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BYTES, Integer.BYTES);
            MemorySegment.copy(MemorySegment.ofBuffer(message.clear()), 0, buffer, 0, length);
            Linux.call("sendto", fd, buffer.address(), length, 0, 0, 0);
            List<ByteBuffer> answers = new ArrayList<>();
            boolean more = true;
            while (more) {
                long came = Linux.call("recvfrom", fd, buffer.address(), BYTES, 0, 0, 0);
                byte[] bytes = buffer.asSlice(0, came).toArray(JAVA_BYTE);
                more = read(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()), answers);
            }
            return answers;
        }
    }

    /** Takes the messages that came at once; whether more will. */
    private static boolean read(ByteBuffer messages, List<ByteBuffer> answers) {
        boolean more = false;
        for (int at = 0; at + HEADER <= messages.limit(); ) {
            int length = messages.getInt(at);
            int type = messages.getShort(at + 4);
            if (length < HEADER || at + length > messages.limit()) {
                throw new IxyException(
                        "the kernel sent a netlink message of " + length + " bytes, in " + (messages.limit() - at));
            }
            if (type == DONE || type == ERROR) {
                return false;
            }
            answers.add(messages.slice(at + HEADER, length - HEADER).order(ByteOrder.nativeOrder()));
            more = (messages.getShort(at + 6) & MULTI) != 0;
            at += length + 3 & -4;
        }
        return more;
    }

    /** The attributes of a body, or of an attribute, from an offset on, by their types; the last of each. */
    public static Map<Integer, ByteBuffer> attributes(ByteBuffer body, int from) {
        Map<Integer, ByteBuffer> attributes = new HashMap<>();
        for (int at = from; at + 4 <= body.limit(); ) {
            int length = Short.toUnsignedInt(body.getShort(at));
            if (length < 4 || at + length > body.limit()) {
                break;
            }
            attributes.put(
                    body.getShort(at + 2) & TYPE_BITS,
                    body.slice(at + 4, length - 4).order(ByteOrder.nativeOrder()));
            at += length + 3 & -4;
        }
        return attributes;
    }

    @Override
    public void close() {
        Linux.call("close", fd);
    }
}
