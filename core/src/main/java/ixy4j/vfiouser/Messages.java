package ixy4j.vfiouser;

import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.linux.UnixSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sends and receives whole messages over a socket. What the other end can cause is returned as {@link UnixSocket} does: 0
 * or -errno. One thread may send while another receives.
 */
public final class Messages {
    private static final int[] NO_FILES = {};

    private final UnixSocket socket;
    private final int maxBody;
    private final int maxFiles;
    private final int millis;
    private Header header;
    private ByteBuffer body;
    private int[] files = NO_FILES;

    /**
     * Over a connected socket, which stays the caller's.
     *
     * @param maxBody bytes of the longest body that is received; a longer one ends the conversation with
     *     {@link Errno#EMSGSIZE}
     * @param maxFiles open files that are received with one message; the kernel closes those that are too many
     * @param millis how long the other end has for a message, once it has begun
     */
    public Messages(UnixSocket socket, int maxBody, int maxFiles, int millis) {
        this.socket = socket;
        this.maxBody = maxBody;
        this.maxFiles = maxFiles;
        this.millis = millis;
    }

    /** Sends a message; its header says how long the body is. The files stay open here. */
    public int send(Header header, byte[] body, int... files) {
        if (header.size() != Header.BYTES + body.length) {
            throw new IllegalArgumentException(header + " has a body of " + body.length + " bytes");
        }
        ByteBuffer message = ByteBuffer.allocate(Header.BYTES + body.length);
        header.write(message);
        message.put(body);
        return socket.send(message.array(), files, millis);
    }

    /**
     * Receives the next message. Where this does not return 0, the conversation is over: nobody can tell where the next
     * message starts. {@link Errno#EPIPE} is an end between two messages, {@link Errno#ECONNRESET} one within.
     */
    public int receive() {
        int result = receiveHeader();
        return result < 0 ? result : receiveBody();
    }

    /** The first half of {@link #receive}, for a caller that looks at a header before it waits for the body. */
    int receiveHeader() {
        closeFiles();
        // Files come with the first byte of a header. One more than is allowed, so that it shows.
        int[] came = new int[maxFiles + 1];
        byte[] head = new byte[Header.BYTES];
        int result = socket.receive(head, came, millis);
        if (result < 0) {
            return result;
        }
        files = Arrays.stream(came).filter(file -> file >= 0).toArray();
        header = Header.read(ByteBuffer.wrap(head));
        if (header.size() < Header.BYTES || header.size() - Header.BYTES > maxBody) {
            closeFiles();
            return -Errno.EMSGSIZE;
        }
        return 0;
    }

    /** The second half, behind the header that was received last. */
    int receiveBody() {
        byte[] rest = new byte[(int) header.size() - Header.BYTES];
        int result = rest.length == 0 ? 0 : socket.receive(rest, NO_FILES, millis);
        body = ByteBuffer.wrap(rest).order(ByteOrder.LITTLE_ENDIAN);
        if (result < 0) {
            closeFiles();
        }
        return result == -Errno.EPIPE ? -Errno.ECONNRESET : result;
    }

    /** The header that was received last. */
    public Header header() {
        return header;
    }

    /** The body that was received last, little-endian, at its start. */
    public ByteBuffer body() {
        return body;
    }

    /** How many files came with the last message and were not taken. */
    public int files() {
        return files.length;
    }

    /** The files that came with the last message, the caller's to close from now on. */
    public int[] takeFiles() {
        int[] taken = files;
        files = NO_FILES;
        return taken;
    }

    /** Closes the files that nobody took. The next {@link #receive} does so, too. */
    public void closeFiles() {
        for (int file : takeFiles()) {
            Linux.attempt("close", file);
        }
    }
}
