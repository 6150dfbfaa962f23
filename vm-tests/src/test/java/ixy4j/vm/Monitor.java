package ixy4j.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** QEMU's monitor, at the socket of {@code ./ixy lab --monitor}. */
final class Monitor implements AutoCloseable {
    private static final String PROMPT = "(qemu) ";

    private final SocketChannel channel;

    Monitor(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        awaitPrompt();
    }

    /** Has QEMU do something, which is done when this returns. */
    void say(String command) throws IOException {
        ByteBuffer line = StandardCharsets.US_ASCII.encode(command + "\n");
        while (line.hasRemaining()) {
            channel.write(line);
        }
        awaitPrompt();
    }

    private void awaitPrompt() throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (!text.toString().endsWith(PROMPT)) {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("the monitor ended after '" + text + "'");
            }
            text.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
