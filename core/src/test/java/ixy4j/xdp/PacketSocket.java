package ixy4j.xdp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The kernel's own way to an interface (packet(7)): sends frames as they are, and sees each that arrives, with its tag. */
final class PacketSocket implements FarEnd {
    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_FLAGS = 0x80000 | 0x800; // SOCK_CLOEXEC, SOCK_NONBLOCK
    private static final short ALL = 0x0300; // ETH_P_ALL in network order
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_PACKET = 263;
    private static final int AUXDATA = 8;
    private static final int IGNORE_OUTGOING = 23;
    private static final int TAG_IS_VALID = 0x10; // TP_STATUS_VLAN_VALID

    private final Arena arena = Arena.ofShared();
    private final MemorySegment frame = arena.allocate(65536, 8);
    private final MemorySegment control = arena.allocate(128, 8);
    private final MemorySegment vector = arena.allocate(16, 8); // struct iovec
    private final MemorySegment message = arena.allocate(56, 8); // struct msghdr
    private final int fd;

    PacketSocket(int interfaceIndex) {
        fd = (int) Linux.call("socket", AF_PACKET, SOCK_RAW | SOCK_FLAGS, 0);
        set(SOL_PACKET, IGNORE_OUTGOING, 1);
        set(SOL_PACKET, AUXDATA, 1);
        set(SOL_SOCKET, SO_RCVBUFFORCE, 1 << 24);
        MemorySegment address = arena.allocate(20, 4); // struct sockaddr_ll
        address.set(JAVA_SHORT, 0, (short) AF_PACKET);
        address.set(JAVA_SHORT, 2, ALL);
        address.set(JAVA_INT, 4, interfaceIndex);
        Linux.call("bind", fd, address.address(), address.byteSize());
        vector.set(JAVA_LONG, 0, frame.address());
        vector.set(JAVA_LONG, 8, frame.byteSize());
    }

    private void set(int level, int option, int value) {
        Linux.call(
                "setsockopt",
                fd,
                level,
                option,
                arena.allocateFrom(JAVA_INT, value).address(),
                Integer.BYTES);
    }

    /** Sends a frame; false if it is too long for the interfaces, or they have no room for another. */
    @Override
    public boolean send(byte[] bytes) {
        MemorySegment.copy(bytes, 0, frame, JAVA_BYTE, 0, bytes.length);
        long result = Linux.attempt("sendto", fd, frame.address(), bytes.length, 0, 0, 0);
        if (result < 0 && result != -Errno.EMSGSIZE && result != -Errno.ENOBUFS && result != -Errno.EAGAIN) {
            throw new AssertionError("send: " + Errno.text((int) -result));
        }
        return result >= 0;
    }

    /** All that has arrived. */
    @Override
    public List<byte[]> received() {
        List<byte[]> frames = new ArrayList<>();
        while (true) {
            message.fill((byte) 0);
            message.set(JAVA_LONG, 16, vector.address());
            message.set(JAVA_LONG, 24, 1);
            message.set(JAVA_LONG, 32, control.address());
            message.set(JAVA_LONG, 40, control.byteSize());
            long length = Linux.attempt("recvmsg", fd, message.address(), 0);
            if (length < 0) {
                return frames;
            }
            frames.add(withTag(frame.asSlice(0, length).toArray(JAVA_BYTE)));
        }
    }

    /** The kernel takes a tag out of the frame, and puts it beside. */
    private byte[] withTag(byte[] bytes) {
        boolean there = message.get(JAVA_LONG, 40) >= 36
                && control.get(JAVA_INT, 8) == SOL_PACKET
                && (control.get(JAVA_INT, 16) & TAG_IS_VALID) != 0;
        if (!there) {
            return bytes;
        }
        byte[] tagged = new byte[bytes.length + 4];
        System.arraycopy(bytes, 0, tagged, 0, 12);
        System.arraycopy(bytes, 12, tagged, 16, bytes.length - 12);
        int tag = Short.toUnsignedInt(control.get(JAVA_SHORT, 32));
        int type = Short.toUnsignedInt(control.get(JAVA_SHORT, 34));
        tagged[12] = (byte) (type >> 8);
        tagged[13] = (byte) type;
        tagged[14] = (byte) (tag >> 8);
        tagged[15] = (byte) tag;
        return tagged;
    }

    @Override
    public void close() {
        Linux.call("close", fd);
        arena.close();
    }
}
