package ixy4j.vfiouser;

import ixy4j.IxyException;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.linux.ShortMessage;
import ixy4j.linux.UnixSocket;
import ixy4j.vfiouser.Body.RegionAccess;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Commands to one server over one connection, what it answers, and what it asks on its own (vfio-user Protocol
 * Specification, Header; {@link Header}, {@link Body}).
 *
 * <p>A thread reads all that comes, so that the server is answered while a command of ours waits for it, and its end is
 * noticed at once. Anything that is not as it should be ends the connection, since nobody could tell which answer belongs to
 * what after that. Any thread may call anything; commands exclude one another. A thread that is interrupted while it waits for
 * an answer waits no longer, and the answer is thrown away when it comes; but one that was interrupted before waits, so that
 * a card can be closed in good order by it.
 */
final class Connection implements AutoCloseable {
    /** Open files that may come with one message: some servers send one for each area of a region. */
    static final int MOST_FILES = 8;

    private static final int[] NO_FILES = {};
    private static final int MOST_BYTES = Body.DmaAccess.BYTES + DmaRanges.MOST_BYTES; // in a body

    /** What the server asks of us. */
    interface Requests {
        /** The body of the answer to a command, null if it is refused; the command is null if it is unknown. */
        ByteBuffer answer(Command command, ByteBuffer body);
    }

    /** An answer: its header, its body, and the files that came with it, which are the caller's to close. */
    record Reply(Header header, ByteBuffer body, List<Integer> files) {
        void closeFiles() {
            files.forEach(file -> Linux.call("close", file));
        }
    }

    private final UnixSocket socket;
    private final Messages messages; // for the thread that reads
    private final String address;
    private final int millis;
    private final Requests requests;
    private final Thread reader =
            Thread.ofPlatform().name("ixy4j-vfio-user").daemon().unstarted(this::read);
    private final Object asking = new Object(); // held from a command to its answer
    private final Object sending = new Object(); // held while a message is sent, after asking
    private final ShortMessage posted; // guarded by sending
    private final Object state = new Object(); // guards what follows, after both; told when that changes
    private Command awaited; // null if no answer is
    private int awaitedId;
    private final Set<Integer> abandoned = new HashSet<>(); // numbers of commands whose answers nobody waits for
    private Reply reply; // null until it comes
    private IxyException reason; // why the connection ended, null while it is open
    private volatile boolean open = true;

    /**
     * Begins to talk.
     *
     * @param socket connected; closed with this
     * @param address as typed, for messages
     * @param millis how long the server has for each answer
     */
    Connection(UnixSocket socket, String address, int millis, Requests requests) {
        this.socket = socket;
        this.address = address;
        this.millis = millis;
        this.requests = requests;
        messages = new Messages(socket, MOST_BYTES, MOST_FILES, millis);
        posted = new ShortMessage(socket, postedWrite());
        try {
            reader.start();
        } catch (RuntimeException | Error e) { // no more threads
            Cleanup.after(e, socket::close);
            throw e;
        }
    }

    /** A write of 4 bytes that are to be filled in, as everything else that changes is. */
    private static byte[] postedWrite() {
        ByteBuffer body = new RegionAccess(0, 0, 4).withRoom(4).putInt(0);
        return message(Header.command(0, Command.REGION_WRITE, body.position(), Header.NO_REPLY), body);
    }

    /** The bytes of a message whose body was filled. */
    private static byte[] message(Header header, ByteBuffer body) {
        byte[] message = new byte[(int) header.size()];
        ByteBuffer bytes = ByteBuffer.wrap(message);
        header.write(bytes);
        bytes.put(body.flip());
        return message;
    }

    String address() {
        return address;
    }

    /** Whether the server is still there. */
    boolean isOpen() {
        return open;
    }

    /** Sends a command and waits for its answer, which has no files, or they are closed. */
    ByteBuffer ask(Command command, ByteBuffer body) {
        Reply answer = ask(command, body, NO_FILES);
        answer.closeFiles();
        return answer.body;
    }

    /** Sends a command, and open files with it, and waits for its answer. */
    Reply ask(Command command, ByteBuffer body, int... files) {
        boolean before = Thread.interrupted(); // set aside: only an interrupt from now on ends the waiting
        try {
            return askNow(command, body, files);
        } finally {
            if (before) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Reply askNow(Command command, ByteBuffer body, int... files) {
        synchronized (asking) {
            int id;
            synchronized (state) {
                if (!open) {
                    throw ended();
                }
                id = ++awaitedId & 0xffff;
                awaitedId = id;
                awaited = command;
                reply = null;
            }
            send(command, message(Header.command(id, command, body.position(), 0), body), files);
            return await(command);
        }
    }

    private Reply await(Command command) {
        long deadline = System.nanoTime() + millis * 1_000_000L;
        synchronized (state) {
            try {
                while (reply == null && open) {
                    long left = deadline - System.nanoTime();
                    if (left <= 0) {
                        throw failed(VfioUserTrouble.silent(address, command, millis));
                    }
                    state.wait(left / 1_000_000 + 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                if (reply == null) {
                    abandoned.add(awaitedId);
                } else {
                    reply.closeFiles(); // it came at the same moment
                }
                throw VfioUserTrouble.interrupted(address, command);
            } finally {
                awaited = null;
            }
            if (reply == null) {
                throw ended();
            }
            if (reply.header.isError()) {
                throw VfioUserTrouble.refused(address, command, reply.header.error());
            }
            return reply;
        }
    }

    /** Writes 4 bytes of a region without waiting for an answer. Allocates nothing. */
    void post(int region, int offset, int value) {
        synchronized (sending) {
            if (!open) {
                throw ended();
            }
            posted.setInt(Header.BYTES + RegionAccess.OFFSET, offset);
            posted.setInt(Header.BYTES + RegionAccess.REGION, region);
            posted.setInt(Header.BYTES + RegionAccess.BYTES, value);
            check(Command.REGION_WRITE, posted.send(millis));
        }
    }

    private void send(Command command, byte[] message, int[] files) {
        synchronized (sending) {
            if (!open) {
                throw ended();
            }
            check(command, socket.send(message, files, millis));
        }
    }

    private void check(Command command, int result) {
        switch (-result) {
            case 0 -> {}
            case Errno.EPIPE, Errno.ECONNRESET -> throw failed(VfioUserTrouble.closed(address, command));
            case Errno.ETIMEDOUT -> throw failed(VfioUserTrouble.silent(address, command, millis));
            default -> throw failed(VfioUserTrouble.broken(address, command, -result));
        }
    }

    /** Ends the connection for a reason; returns the first there was. */
    IxyException failed(IxyException why) {
        synchronized (state) {
            if (reason == null) {
                reason = why;
            }
            open = false;
            state.notifyAll();
        }
        socket.shutdown(); // wakes the reader, too
        return ended();
    }

    /** Why it ended. */
    IxyException ended() {
        synchronized (state) {
            return IxyException.again(reason);
        }
    }

    // ---- the thread that reads

    private void read() {
        try {
            while (open) {
                readOne();
            }
        } catch (IxyException e) {
            assert !open : e; // which whoever comes next is told
        } catch (RuntimeException | Error e) {
            failed(VfioUserTrouble.broken(address, e));
            throw e;
        }
    }

    private void readOne() {
        socket.awaitInput();
        try {
            int result = messages.receiveHeader();
            Header header = messages.header();
            if (result == -Errno.EMSGSIZE || (result == 0 && !header.isReply() && !header.isCommand())) {
                throw failed(VfioUserTrouble.nonsense(address, awaited(), header));
            }
            check(result);
            check(messages.receiveBody());
            if (header.isReply()) {
                List<Integer> files =
                        Arrays.stream(messages.takeFiles()).boxed().toList();
                deliver(new Reply(header, messages.body(), files));
            } else {
                answer(header, messages.body());
            }
        } finally {
            messages.closeFiles();
        }
    }

    private Command awaited() {
        synchronized (state) {
            return awaited;
        }
    }

    private void check(int result) {
        if (result == -Errno.ETIMEDOUT) {
            throw failed(VfioUserTrouble.cutOff(address, millis));
        } else if (result == -Errno.EPIPE || result == -Errno.ECONNRESET) {
            throw failed(VfioUserTrouble.closed(address, awaited()));
        } else if (result != 0) {
            throw failed(VfioUserTrouble.broken(address, awaited(), -result));
        }
    }

    private void deliver(Reply came) {
        synchronized (state) {
            Header header = came.header;
            if (header.isReply() && abandoned.remove(header.id())) {
                came.closeFiles();
                return;
            }
            if (awaited == null || reply != null || header.id() != awaitedId || header.command() != awaited.number) {
                came.closeFiles();
                throw failed(VfioUserTrouble.nonsense(address, awaited, header));
            }
            if (header.isError()) {
                came.closeFiles();
            }
            reply = came;
            state.notifyAll();
        }
    }

    private void answer(Header header, ByteBuffer body) {
        ByteBuffer answer = requests.answer(Command.of(header.command()), body);
        if (header.wantsReply()) {
            byte[] message = answer == null
                    ? message(header.failure(Errno.EINVAL), ByteBuffer.allocate(0))
                    : message(header.reply(answer.position()), answer);
            synchronized (sending) {
                check(socket.send(message, NO_FILES, millis));
            }
        }
    }

    @Override
    public void close() {
        failed(VfioUserTrouble.isClosed(address));
        Ending.of(reader); // or it might read from a number that is another file's by then
        synchronized (sending) { // and a thread that is about to send likewise; the next one sees that it is not open
            socket.close();
        }
    }
}
