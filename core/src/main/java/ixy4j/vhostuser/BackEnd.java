package ixy4j.vhostuser;

import ixy4j.virtio.Features;
import ixy4j.virtio.Virtqueue;

/**
 * A back end that is connected, from the greeting to the end of its connection. Not for several threads, but for
 * {@link Conversation#isOpen}.
 */
final class BackEnd {
    /** Most pairs of queues: messages have 8 bits for the number of a queue. */
    static final int MOST_PAIRS = 128;

    private static final long PROTOCOL_FEATURES = 1L << 30; // VHOST_USER_F_PROTOCOL_FEATURES, no feature of a device
    private static final long MQ = 1; // VHOST_USER_PROTOCOL_F_MQ: more than one pair of queues
    private static final long REPLY_ACK = 1 << 3; // VHOST_USER_PROTOCOL_F_REPLY_ACK: each request can be acknowledged
    private static final long STATUS = 1 << 16; // VHOST_USER_PROTOCOL_F_STATUS: the device status field is passed on

    // Bits of SET_VRING_BASE for packed virtqueues: the wrap counter of the driver above its 15 bits of place, and the
    // same for the device in the upper half. Both start at 1 (2.8.1), unlike the places, which start at 0.
    private static final long PACKED_BASE = 1 << 15 | 1L << 31;

    final Conversation conversation;
    private final String path;
    private final long offered;
    private final long protocol;
    private final int pairs;
    private boolean packed;

    /** Greets a back end, which may close the connection or answer wrongly. */
    BackEnd(Conversation conversation, String path) {
        this.conversation = conversation;
        this.path = path;
        offered = conversation.ask(Request.GET_FEATURES);
        protocol = agreeOnProtocol();
        conversation.tell(Request.SET_OWNER);
        pairs = (protocol & MQ) == 0 ? 1 : askPairs();
    }

    private long agreeOnProtocol() {
        if ((offered & PROTOCOL_FEATURES) == 0) {
            return 0;
        }
        long both = conversation.ask(Request.GET_PROTOCOL_FEATURES) & (MQ | REPLY_ACK | STATUS);
        conversation.tell(Request.SET_PROTOCOL_FEATURES, both);
        if ((both & REPLY_ACK) != 0) {
            conversation.acknowledge();
        }
        return both;
    }

    private int askPairs() {
        long number = conversation.ask(Request.GET_QUEUE_NUM);
        if (number < 1 || number > 1 << 16) {
            throw conversation.failed(VhostUserTrouble.nonsense(
                    path, Request.GET_QUEUE_NUM, Long.toUnsignedString(number) + " pairs of queues"));
        }
        return (int) Math.min(number, MOST_PAIRS);
    }

    /** Features of the device, with some that only the back end and we may know of. */
    long features() {
        return offered;
    }

    /** How many virtqueues there are. */
    int queues() {
        return 2 * pairs;
    }

    boolean hasStatus() {
        return (protocol & STATUS) != 0;
    }

    /** Sets features of the device, and those that go with the protocol. */
    void setFeatures(long features) {
        packed = (features & Features.RING_PACKED) != 0;
        // Without MQ, a back end may leave all but the first pair alone. The driver cannot ask for it, having no
        // control queue: here it is SET_VRING_ENABLE that enables queues.
        long ours = PROTOCOL_FEATURES | (pairs > 1 ? Features.MQ : 0);
        conversation.tell(Request.SET_FEATURES, features | (offered & ours));
    }

    int status() {
        long status = conversation.ask(Request.GET_STATUS);
        if ((status & ~0xff) != 0) {
            throw conversation.failed(
                    VhostUserTrouble.nonsense(path, Request.GET_STATUS, "status 0x" + Long.toHexString(status)));
        }
        return (int) status;
    }

    void setStatus(int status) {
        conversation.tell(Request.SET_STATUS, status);
    }

    /** Has the back end map this memory and nothing else; it has done so when this returns. */
    void setMemory(MemoryTable table) {
        conversation.tell(Request.SET_MEM_TABLE, table.files, table.payload);
        if (!conversation.isAcknowledged()) {
            // Requests are served in order, and this one is answered by each back end.
            conversation.ask(Request.GET_FEATURES);
        }
    }

    /**
     * Starts a ring from its beginning. Some back ends make a queue when they see CALL, and look whether it is complete when
     * they see KICK, so the one comes first and the other last.
     */
    void start(Virtqueue queue, int kick, int call) {
        long index = queue.index();
        conversation.tell(Request.SET_VRING_CALL, new int[] {call}, index);
        conversation.tell(Request.SET_VRING_NUM, state(index, queue.size()));
        conversation.tell(Request.SET_VRING_BASE, state(index, packed ? PACKED_BASE : 0));
        conversation.tell(
                Request.SET_VRING_ADDR,
                state(index, 0), // flags: no log
                queue.descriptors(),
                queue.deviceArea(),
                queue.driverArea(),
                0); // no log
        conversation.tell(Request.SET_VRING_KICK, new int[] {kick}, index);
        enable(index, 1);
    }

    /** Stops a ring; the back end does not touch it any more when this returns. */
    void stop(int index) {
        enable(index, 0);
        long state = conversation.ask(Request.GET_VRING_BASE, state(index, 0));
        if ((int) state != index) {
            throw conversation.failed(VhostUserTrouble.nonsense(
                    path,
                    Request.GET_VRING_BASE,
                    "virtqueue " + Integer.toUnsignedString((int) state) + ", where " + index + " was meant"));
        }
    }

    /** Without the protocol's features there is no such request, and a ring is enabled while it runs (Ring states). */
    private void enable(long index, int on) {
        if ((offered & PROTOCOL_FEATURES) != 0) {
            conversation.tell(Request.SET_VRING_ENABLE, state(index, on));
        }
    }

    private static long state(long index, long number) {
        return index | number << 32; // 4 bytes each
    }
}
