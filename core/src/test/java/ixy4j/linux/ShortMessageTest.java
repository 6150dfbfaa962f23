package ixy4j.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ShortMessageTest {
    private static final int BYTES = 36;

    @TempDir
    private Path folder;

    private UnixSocket listener;
    private UnixSocket near;
    private UnixSocket far;

    @BeforeEach
    void connect() {
        String path = folder.resolve("s").toString();
        listener = new UnixSocket();
        near = new UnixSocket();
        assertEquals(0, listener.listen(path));
        assertEquals(0, near.connect(path));
        far = listener.accept(1000);
    }

    @AfterEach
    void disconnect() {
        near.close();
        far.close();
        listener.close();
    }

    private static byte[] numbered(int number) {
        byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = (byte) i;
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(8, number);
        return bytes;
    }

    @Test
    void eachMessageArrivesWhole() {
        ShortMessage message = new ShortMessage(near, numbered(-1));
        for (int i = 0; i < 100; i++) {
            message.setInt(8, i);
            assertEquals(0, message.send(1000));
            byte[] came = new byte[BYTES];
            assertEquals(0, far.receive(came, new int[0], 1000));
            assertArrayEquals(numbered(i), came);
        }
    }

    @Test
    void aFullSocketIsWaitedForAndThenGivenUp() {
        ShortMessage message = new ShortMessage(near, numbered(7));
        int sent = 0;
        while (message.send(20) == 0) {
            assertTrue(++sent < 1_000_000, "never full");
        }
        assertEquals(-Errno.ETIMEDOUT, message.send(20));
        byte[] came = new byte[BYTES];
        for (int i = 0; i < sent; i++) {
            assertEquals(0, far.receive(came, new int[0], 1000), "message " + i + " of " + sent);
            assertArrayEquals(numbered(7), came);
        }
        assertEquals(0, message.send(1000));
    }

    @Test
    void anEndIsReturnedAndNoSignalComes() {
        ShortMessage message = new ShortMessage(near, numbered(1));
        far.shutdown();
        assertEquals(-Errno.EPIPE, message.send(1000));
    }

    @Test
    void sendingAllocatesNothing() throws InterruptedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ShortMessage message = new ShortMessage(near, numbered(1));
        Thread reader = Thread.ofPlatform().daemon().start(() -> {
            byte[] came = new byte[BYTES * 100];
            while (far.receive(came, new int[0], 1000) == 0) {
                // so that there is room
            }
        });
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < 100 && bytes > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 100; i++) {
                message.setInt(8, i);
                message.send(1000);
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        near.shutdown();
        reader.join();
        assertEquals(0, bytes, "bytes for 100 messages, at best");
    }
}
