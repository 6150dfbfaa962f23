package ixy4j.model.vfiouser;

import static ixy4j.vfiouser.Protocol.*;

import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.linux.UnixSocket;
import ixy4j.model.Card;
import ixy4j.vfiouser.Capabilities;
import ixy4j.vfiouser.Command;
import ixy4j.vfiouser.Header;
import ixy4j.vfiouser.Messages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** What one client asks of the card over one connection, and what it is answered (specification, Commands). One thread. */
final class Session implements AutoCloseable {
    /** What the server can do, but for tails, for which the client asks. QEMU takes no server that takes over 16 files. */
    static final Capabilities OURS = new Capabilities(16, 64 << 10, ClientMemory.PAGE, 65535, false);

    private static final int MAX_BODY = (int) OURS.maxData() + REGION_ACCESS_BYTES;
    private static final int MILLIS = 5000; // for the rest of a message, and for a client that does not read
    private static final int REGION_SHIFT = 40; // region N is at N << 40 of what a file of the device would be
    private static final byte[] EMPTY = {};

    private final UnixSocket socket;
    private final Card card;
    private final ServerEvents events;
    private final Messages messages;
    private final DmaMessages client;
    private final CardFunction function;
    private boolean greeted;
    private int tailsFile = -1; // to go along with the answer

    /** The socket stays the caller's. */
    Session(UnixSocket socket, Card card, ServerEvents events, RegisterObserver observer) {
        this.socket = socket;
        this.card = card;
        this.events = events;
        messages = new Messages(socket, MAX_BODY, ConfigSpace.VECTORS, MILLIS);
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
            case DMA_MAP -> map(need(body, DMA_MAP_BYTES));
            case DMA_UNMAP -> unmap(need(body, DMA_UNMAP_BYTES));
            case DEVICE_GET_INFO -> info(need(body, DEVICE_INFO_BYTES));
            case DEVICE_GET_REGION_INFO -> regionInfo(need(body, REGION_INFO_BYTES));
            case DEVICE_GET_IRQ_INFO -> irqInfo(need(body, IRQ_INFO_BYTES));
            case DEVICE_SET_IRQS -> setIrqs(need(body, IRQ_SET_BYTES));
            case REGION_READ -> read(need(body, REGION_ACCESS_BYTES));
            case REGION_WRITE -> write(need(body, REGION_ACCESS_BYTES));
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

    private static ByteBuffer reply(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Of a structure that has argsz in front: the client must have room for it. */
    private static int takeSize(ByteBuffer body, int bytes) throws Refused {
        int size = body.getInt();
        if (Integer.compareUnsigned(size, bytes) < 0) {
            throw Refused.invalid("its argsz is " + Integer.toUnsignedString(size) + ", at least " + bytes + " is due");
        }
        return size;
    }

    private byte[] version(ByteBuffer body) throws Refused {
        int major = Short.toUnsignedInt(need(body, VERSION_BYTES).getShort());
        int minor = Short.toUnsignedInt(body.getShort());
        if (major != MAJOR) {
            throw Refused.invalid("version " + major + "." + minor + " is not known, " + MAJOR + "." + MINOR + " is");
        }
        byte[] json = new byte[body.remaining()];
        body.get(json);
        Capabilities theirs;
        try {
            theirs = Capabilities.parse(json);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid(e.getMessage());
        }
        boolean tails = theirs.tails() && theirs.maxFiles() > 0;
        byte[] ours = OURS.withTails(tails).toJson();
        if (tails) {
            tailsFile = card.shareTails();
        }
        client.limit(Math.min(theirs.maxData(), OURS.maxData()));
        greeted = true;
        return reply(VERSION_BYTES + ours.length)
                .putShort((short) MAJOR)
                .putShort((short) MINOR)
                .put(ours)
                .array();
    }

    private byte[] map(ByteBuffer body) throws Refused {
        takeSize(body, DMA_MAP_BYTES);
        int flags = body.getInt();
        long offset = body.getLong();
        long iova = body.getLong();
        long size = body.getLong();
        if ((flags & DMA_READABLE) == 0 || (flags & ~(DMA_READABLE | DMA_WRITABLE)) != 0) {
            throw Refused.invalid("its flags are 0x" + Integer.toHexString(flags)
                    + ", 1 is due (to be read), or 3 (to be written as well)");
        }
        int[] files = messages.takeFiles();
        try {
            function.memory.map(iova, size, offset, files, (flags & DMA_WRITABLE) != 0);
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
        takeSize(body, DMA_UNMAP_BYTES);
        int flags = body.getInt();
        long iova = body.getLong();
        long size = body.getLong();
        if (flags == DMA_UNMAP_ALL && iova == 0 && size == 0) {
            function.memory.unmapAll();
        } else if (flags == 0) {
            function.memory.unmap(iova, size);
        } else {
            throw Refused.invalid("its flags are 0x" + Integer.toHexString(flags)
                    + ", 0 is due, or 2 with no IOVA and no size for all");
        }
        return reply(DMA_UNMAP_BYTES)
                .putInt(DMA_UNMAP_BYTES)
                .putInt(flags)
                .putLong(iova)
                .putLong(size)
                .array();
    }

    private static byte[] info(ByteBuffer body) throws Refused {
        takeSize(body, DEVICE_INFO_BYTES);
        return reply(DEVICE_INFO_BYTES)
                .putInt(DEVICE_INFO_BYTES)
                .putInt(DEVICE_RESETS | DEVICE_PCI)
                .putInt(REGIONS)
                .putInt(IRQS)
                .array();
    }

    private static byte[] regionInfo(ByteBuffer body) throws Refused {
        takeSize(body, REGION_INFO_BYTES);
        int index = index(body, REGIONS);
        int size = CardFunction.size(index);
        return reply(REGION_INFO_BYTES)
                .putInt(REGION_INFO_BYTES)
                .putInt(size == 0 ? 0 : REGION_READABLE | REGION_WRITABLE)
                .putInt(index)
                .putInt(0) // no capabilities: no part of it may be mapped
                .putLong(size)
                .putLong((long) index << REGION_SHIFT)
                .array();
    }

    private static byte[] irqInfo(ByteBuffer body) throws Refused {
        takeSize(body, IRQ_INFO_BYTES);
        int index = index(body, IRQS);
        return reply(IRQ_INFO_BYTES)
                .putInt(IRQ_INFO_BYTES)
                .putInt(IrqTable.flags(index))
                .putInt(index)
                .putInt(IrqTable.count(index))
                .array();
    }

    /** The index behind argsz and flags. */
    private static int index(ByteBuffer body, int count) throws Refused {
        body.getInt(); // the flags are the server's
        int index = body.getInt();
        if (Integer.compareUnsigned(index, count) >= 0) {
            throw Refused.invalid("index " + Integer.toUnsignedString(index) + " is not one of 0 to " + (count - 1));
        }
        return index;
    }

    private byte[] setIrqs(ByteBuffer body) throws Refused {
        takeSize(body, IRQ_SET_BYTES);
        int flags = body.getInt();
        int index = body.getInt();
        int start = body.getInt();
        int count = body.getInt();
        byte[] data = new byte[body.remaining()];
        body.get(data);
        function.interrupts.set(flags, index, start, count, data, messages.takeFiles());
        return EMPTY;
    }

    private byte[] read(ByteBuffer body) throws Refused {
        long offset = body.getLong();
        int region = body.getInt();
        int count = body.getInt();
        if (Integer.compareUnsigned(count, (int) OURS.maxData()) > 0) {
            throw Refused.invalid(Integer.toUnsignedString(count) + " bytes are more than " + OURS.maxData());
        }
        byte[] answer = new byte[REGION_ACCESS_BYTES + count];
        ByteBuffer reply = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
        reply.putLong(offset).putInt(region).putInt(count);
        function.read(region, offset, reply, count);
        return answer;
    }

    private byte[] write(ByteBuffer body) throws Refused {
        long offset = body.getLong();
        int region = body.getInt();
        int count = body.getInt();
        if (body.remaining() < Integer.toUnsignedLong(count)) {
            throw Refused.tooShort(body.remaining(), count);
        }
        function.write(region, offset, body, count);
        return reply(REGION_ACCESS_BYTES)
                .putLong(offset)
                .putInt(region)
                .putInt(count)
                .array();
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
