package ixy4j.model.vfiouser;

import static ixy4j.vfiouser.Protocol.*;

import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.linux.UnixSocket;
import ixy4j.model.EmulatedCard;
import ixy4j.vfiouser.Body;
import ixy4j.vfiouser.Body.DeviceInfo;
import ixy4j.vfiouser.Body.DmaMap;
import ixy4j.vfiouser.Body.DmaUnmap;
import ixy4j.vfiouser.Body.IrqInfo;
import ixy4j.vfiouser.Body.IrqSet;
import ixy4j.vfiouser.Body.RegionAccess;
import ixy4j.vfiouser.Body.RegionInfo;
import ixy4j.vfiouser.Body.Version;
import ixy4j.vfiouser.Capabilities;
import ixy4j.vfiouser.Command;
import ixy4j.vfiouser.Header;
import ixy4j.vfiouser.Messages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;

/** What one client asks of the card over one connection, and what it is answered (specification, Commands). One thread. */
final class Session implements AutoCloseable {
    /** What the server can do, but for tails, for which the client asks. QEMU takes no server that takes over 16 files. */
    static final Capabilities OURS = new Capabilities(16, 64 << 10, ClientMemory.PAGE, 65535, false, List.of());

    private static final int MAX_BODY = (int) OURS.maxData() + RegionAccess.BYTES;
    private static final int MILLIS = 5000; // for the rest of a message, and for a client that does not read
    private static final int REGION_SHIFT = 40; // region N is at N << 40 of what a file of the device would be
    private static final DmaUnmap ALL = new DmaUnmap(DMA_UNMAP_ALL, 0, 0);
    private static final byte[] EMPTY = {};

    private final UnixSocket socket;
    private final EmulatedCard card;
    private final ServerEvents events;
    private final Messages messages;
    private final DmaMessages client;
    private final CardFunction function;
    private boolean greeted;
    private int tailsFile = -1; // to go along with the answer

    /** The socket stays the caller's. */
    Session(UnixSocket socket, EmulatedCard card, ServerEvents events, RegisterObserver observer) {
        this.socket = socket;
        this.card = card;
        this.events = events;
        messages = new Messages(socket, MAX_BODY, card.identity().vectors(), MILLIS);
        client = new DmaMessages(socket, messages, MILLIS);
        function = new CardFunction(card, observer, client);
    }

    /** Answers until the client goes away; why it did. */
    String serve() {
        while (true) {
            if (greeted) {
                socket.awaitInput();
            } else if (!socket.awaitInput(MILLIS)) {
                return "did not greet within " + MILLIS + " ms: the connection was closed"; // others may wait for it
            }
            int result = messages.receive();
            if (result == 0) {
                result = handle(messages.header());
            } else if (result == -Errno.EMSGSIZE) {
                refuse(
                        messages.header(),
                        new Refused(
                                Errno.EMSGSIZE,
                                "it is " + messages.header().size() + " bytes long, where " + Header.BYTES + " to "
                                        + (MAX_BODY + Header.BYTES) + " are due"));
                return "sent what is no message: the connection was closed";
            }
            if (client.isStuck()) {
                return "does not read what it is sent: the connection was closed";
            }
            if (result < 0) {
                return switch (-result) {
                    case Errno.EPIPE -> "closed the connection";
                    case Errno.ECONNRESET -> "went away in the middle of a message";
                    case Errno.ETIMEDOUT -> "stopped in the middle of a message: the connection was closed";
                    default -> "is out of reach: " + Errno.text(-result);
                };
            }
        }
    }

    private int handle(Header header) {
        if (!header.isCommand()) {
            if (header.isReply()) {
                client.answered(header, messages.body());
            } else {
                events.refused(String.format(
                        Locale.ROOT, "flags 0x%x are neither of a command nor of a reply", header.flags()));
            }
            return 0;
        }
        try {
            byte[] body = answer(header.command(), messages.body());
            if (!header.wantsReply()) {
                return 0;
            }
            int[] files = tailsFile < 0 ? new int[0] : new int[] {tailsFile};
            return client.send(header.reply(body.length), body, files);
        } catch (Refused e) {
            return refuse(header, e);
        } catch (RuntimeException e) { // a bug of ours is not to end the card
            return refuse(header, new Refused(Errno.EIO, "the model failed: " + e));
        } finally {
            closeTailsFile();
            messages.closeFiles();
        }
    }

    private int refuse(Header header, Refused why) {
        events.refused(Command.name(header.command()) + ": " + why.getMessage());
        return header.isCommand() && header.wantsReply() ? client.send(header.failure(why.errno), EMPTY) : 0;
    }

    private byte[] answer(int number, ByteBuffer body) throws Refused {
        Command command = Command.of(number);
        if (command == null) {
            throw new Refused(Errno.EOPNOTSUPP, "there is no such command");
        }
        if (greeted == (command == Command.VERSION)) {
            throw Refused.invalid(greeted ? "it is said once" : "VERSION comes first");
        }
        if (messages.files() > 0 && command != Command.DMA_MAP && command != Command.DEVICE_SET_IRQS) {
            throw Refused.invalid(messages.files() + " files came with it, none is due");
        }
        return switch (command) {
            case VERSION -> version(body);
            case DMA_MAP -> map(need(body, DmaMap.BYTES));
            case DMA_UNMAP -> unmap(need(body, DmaUnmap.BYTES));
            case DEVICE_GET_INFO -> info(need(body, DeviceInfo.BYTES));
            case DEVICE_GET_REGION_INFO -> regionInfo(need(body, RegionInfo.BYTES));
            case DEVICE_GET_IRQ_INFO -> irqInfo(need(body, IrqInfo.BYTES));
            case DEVICE_SET_IRQS -> setIrqs(need(body, IrqSet.BYTES));
            case REGION_READ -> read(need(body, RegionAccess.BYTES));
            case REGION_WRITE -> write(need(body, RegionAccess.BYTES));
            case DEVICE_RESET -> reset();
            case DMA_READ, DMA_WRITE -> throw Refused.invalid("it is the server's to send");
            case DEVICE_GET_REGION_IO_FDS, REGION_WRITE_MULTI, DEVICE_FEATURE, MIG_DATA_READ, MIG_DATA_WRITE ->
                throw new Refused(Errno.EOPNOTSUPP, "this server does not have it");
        };
    }

    private static ByteBuffer need(ByteBuffer body, int bytes) throws Refused {
        if (body.remaining() < bytes) {
            throw Refused.tooShort(body.remaining(), bytes);
        }
        return body;
    }

    /** Of a structure that has argsz in front: the client must have room for it. */
    private static void checkRoom(ByteBuffer body, int bytes) throws Refused {
        int size = Body.room(body);
        if (Integer.compareUnsigned(size, bytes) < 0) {
            throw Refused.invalid("its argsz is " + Integer.toUnsignedString(size) + ", at least " + bytes + " is due");
        }
    }

    private byte[] version(ByteBuffer body) throws Refused {
        Version version = Version.read(need(body, Version.BYTES));
        if (version.major() != MAJOR) {
            throw Refused.invalid("version " + version.major() + "." + version.minor() + " is not known, " + MAJOR + "."
                    + MINOR + " is");
        }
        byte[] json = new byte[body.remaining()];
        body.get(json);
        Capabilities theirs;
        try {
            theirs = Capabilities.parse(json);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid(e.getMessage());
        }
        boolean tails =
                theirs.wantsTails() && theirs.maxFiles() > 0 && !card.tails().isEmpty();
        byte[] ours = (tails ? OURS.withTails(card.tails()) : OURS).toJson();
        if (tails) {
            tailsFile = card.shareTails();
        }
        client.limit(Math.min(theirs.maxData(), OURS.maxData()));
        greeted = true;
        return new Version(MAJOR, MINOR).withRoom(ours.length).put(ours).array();
    }

    private byte[] map(ByteBuffer body) throws Refused {
        checkRoom(body, DmaMap.BYTES);
        DmaMap map = DmaMap.read(body);
        int flags = map.flags();
        if ((flags & DMA_READABLE) == 0 || (flags & ~(DMA_READABLE | DMA_WRITABLE)) != 0) {
            throw Refused.invalid("its flags are 0x" + Integer.toHexString(flags)
                    + ", 1 is due (to be read), or 3 (to be written as well)");
        }
        int[] files = messages.takeFiles();
        try {
            function.memory.map(map.iova(), map.size(), map.offset(), files, (flags & DMA_WRITABLE) != 0);
        } finally {
            close(files); // a mapping needs no open file
        }
        return EMPTY;
    }

    private static void close(int[] files) {
        for (int file : files) {
            Linux.attempt("close", file);
        }
    }

    private byte[] unmap(ByteBuffer body) throws Refused {
        checkRoom(body, DmaUnmap.BYTES);
        DmaUnmap unmap = DmaUnmap.read(body);
        if (unmap.equals(ALL)) {
            function.memory.unmapAll();
        } else if (unmap.flags() == 0) {
            function.memory.unmap(unmap.iova(), unmap.size());
        } else {
            throw Refused.invalid("its flags are 0x" + Integer.toHexString(unmap.flags())
                    + ", 0 is due, or 2 with no IOVA and no size for all");
        }
        return unmap.toBuffer().array();
    }

    private static byte[] info(ByteBuffer body) throws Refused {
        checkRoom(body, DeviceInfo.BYTES);
        return new DeviceInfo(DEVICE_RESETS | DEVICE_PCI, REGIONS, IRQS)
                .toBuffer()
                .array();
    }

    private byte[] regionInfo(ByteBuffer body) throws Refused {
        checkRoom(body, RegionInfo.BYTES);
        int index = checkIndex(RegionInfo.read(body).index(), REGIONS);
        int size = function.size(index);
        int flags = size == 0 ? 0 : REGION_READABLE | REGION_WRITABLE; // no part of it may be mapped
        return new RegionInfo(RegionInfo.BYTES, flags, index, 0, size, (long) index << REGION_SHIFT)
                .toBuffer()
                .array();
    }

    private byte[] irqInfo(ByteBuffer body) throws Refused {
        checkRoom(body, IrqInfo.BYTES);
        int index = checkIndex(IrqInfo.read(body).index(), IRQS);
        return new IrqInfo(IrqTable.flags(index), index, function.interrupts.count(index))
                .toBuffer()
                .array();
    }

    private static int checkIndex(int index, int count) throws Refused {
        if (Integer.compareUnsigned(index, count) >= 0) {
            throw Refused.invalid("index " + Integer.toUnsignedString(index) + " is not one of 0 to " + (count - 1));
        }
        return index;
    }

    private byte[] setIrqs(ByteBuffer body) throws Refused {
        checkRoom(body, IrqSet.BYTES);
        IrqSet set = IrqSet.read(body);
        byte[] data = new byte[body.remaining()];
        body.get(data);
        function.interrupts.set(set, data, messages.takeFiles());
        return EMPTY;
    }

    private byte[] read(ByteBuffer body) throws Refused {
        RegionAccess access = RegionAccess.read(body);
        int count = access.count();
        if (Integer.compareUnsigned(count, (int) OURS.maxData()) > 0) {
            throw Refused.invalid(Integer.toUnsignedString(count) + " bytes are more than " + OURS.maxData());
        }
        byte[] answer = access.withRoom(count).array();
        ByteBuffer data = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).position(RegionAccess.BYTES);
        function.read(access.region(), access.offset(), data, count);
        return answer;
    }

    private byte[] write(ByteBuffer body) throws Refused {
        RegionAccess access = RegionAccess.read(body);
        if (body.remaining() < Integer.toUnsignedLong(access.count())) {
            throw Refused.tooShort(body.remaining(), access.count());
        }
        function.write(access.region(), access.offset(), body, access.count());
        return access.toBuffer().array();
    }

    private byte[] reset() {
        function.reset();
        return EMPTY;
    }

    private void closeTailsFile() {
        if (tailsFile >= 0) {
            Linux.attempt("close", tailsFile);
            tailsFile = -1;
        }
    }

    @Override
    public void close() {
        client.close();
        messages.closeFiles();
        function.close();
        card.unshareTails();
    }
}
