package ixy4j.vm;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Our end of a card's wire {@code stream:PATH}: frames with 4 bytes in front that have their length. */
final class Wire implements AutoCloseable {
    private static final int MOST = 1 << 16;

    /** Takes a frame in the first bytes of an array that changes afterwards. */
    interface Receiver {
        void frame(byte[] frame, int length);
    }

    final Path path;
    private final ServerSocketChannel server;
    private SocketChannel channel;
    private DataOutputStream out;
    private volatile Receiver receiver = (frame, length) -> {};
    private volatile String broken = "";

    Wire(Path path) {
        this.path = path;
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the connection, which QEMU makes before the guest boots. */
    void accept() {
        try {
            channel = server.accept();
            out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 14));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("wire " + path.getFileName()).start(this::read);
    }

    private void read() {
        byte[] frame = new byte[MOST];
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16))) {
            while (true) {
                int length = in.readInt();
                in.readFully(frame, 0, length);
                receiver.frame(frame, length);
            }
        } catch (EOFException e) {
            broken = "the virtual machine has closed the wire";
        } catch (IOException | RuntimeException e) {
            broken = e.toString();
        }
    }

    /** Who gets the frames that come from now on, on another thread. */
    void receiver(Receiver next) {
        receiver = next;
    }

    /** Why no more frames come; empty while they do. */
    String broken() {
        return broken;
    }

    /** Sends a frame; waits where the card takes no more. */
    void send(byte[] frame, int length) throws IOException {
        out.writeInt(length);
        out.write(frame, 0, length);
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() {
        try {
            server.close();
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
