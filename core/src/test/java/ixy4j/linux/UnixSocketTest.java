package ixy4j.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class UnixSocketTest {
    private static final int[] NONE = {};

    @TempDir
    private Path folder;

    private String path;
    private UnixSocket listener;
    private UnixSocket left;
    private UnixSocket right;
    private long openBefore;

    @BeforeEach
    void connect() {
        openBefore = Machine.openSpecialFiles();
        path = folder.resolve("socket").toString();
        listener = new UnixSocket();
        assertEquals(0, listener.listen(path));
        left = new UnixSocket();
        assertEquals(0, left.connect(path));
        right = listener.accept(1000);
        assertNotNull(right);
    }

    @AfterEach
    void closeAll() {
        left.close();
        right.close();
        listener.close();
        listener.close(); // twice is allowed
        assertEquals(openBefore, Machine.openSpecialFiles(), "sockets, eventfds and memfds left open");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String receive(UnixSocket socket, int count, int[] files) {
        byte[] bytes = new byte[count];
        assertEquals(0, socket.receive(bytes, files, 1000));
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static int memfd(String content) {
        int fd = (int) Linux.call("memfd_create", "ixy4j-test", Abi.MFD_CLOEXEC);
        Linux.call("ftruncate", fd, 4096);
        Linux.write(fd, 0, 8, content.charAt(0));
        return fd;
    }

    @Test
    void bytesComeBothWaysInOrder() {
        assertEquals(0, left.send(bytes("one two"), NONE, 1000));
        assertEquals("one", receive(right, 3, NONE));
        assertEquals(" two", receive(right, 4, NONE));
        assertEquals(0, right.send(bytes("three"), NONE, 1000));
        assertEquals("three", receive(left, 5, NONE));
    }

    @Test
    void openFilesComeBothWays() {
        for (UnixSocket[] way : new UnixSocket[][] {{left, right}, {right, left}}) {
            int a = memfd("A");
            int b = memfd("B");
            assertEquals(0, way[0].send(bytes("files"), new int[] {a, b}, 1000));
            Linux.write(a, 8, 8, 4711); // after it was sent: it is the same file, no copy
            Linux.call("close", a);
            Linux.call("close", b);
            int[] files = new int[3];
            assertEquals("files", receive(way[1], 5, files));
            assertEquals(-1, files[2]);
            long address = Linux.call("mmap", 0, 4096, Abi.PROT_READ_WRITE, Abi.MAP_SHARED, files[0], 0);
            Linux.call("munmap", address, 4096);
            assertEquals('A', Linux.read(files[0], 0, 8));
            assertEquals(4711, Linux.read(files[0], 8, 8));
            assertEquals('B', Linux.read(files[1], 0, 8));
            assertEquals(1, Linux.call("fcntl", files[1], 1), "F_GETFD has FD_CLOEXEC");
            Linux.call("close", files[0]);
            Linux.call("close", files[1]);
        }
    }

    @Test
    void filesWithoutRoomAreClosed() {
        int fd = memfd("A");
        assertEquals(0, left.send(bytes("one"), new int[] {fd, fd, fd}, 1000));
        assertEquals(0, left.send(bytes("two"), new int[] {fd, fd, fd}, 1000));
        assertEquals("one", receive(right, 3, NONE));
        int[] files = new int[1];
        assertEquals("two", receive(right, 3, files));
        Linux.call("close", files[0]);
        Linux.call("close", fd);
    }

    @Test
    void filesOfSeveralPartsAreGathered() {
        int fd = memfd("A");
        assertEquals(0, left.send(bytes("one"), new int[] {fd}, 1000));
        assertEquals(0, left.send(bytes("two"), new int[] {fd, fd}, 1000));
        int[] files = new int[2];
        assertEquals("onetwo", receive(right, 6, files));
        assertTrue(files[0] >= 0 && files[1] >= 0 && files[0] != files[1]);
        Linux.call("close", files[0]);
        Linux.call("close", files[1]);
        Linux.call("close", fd);
    }

    @Test
    void filesOfAMessageThatIsCutOffAreClosed() {
        int fd = memfd("A");
        assertEquals(0, left.send(bytes("one"), new int[] {fd}, 1000));
        left.shutdown();
        int[] files = new int[1];
        assertEquals(-Errno.ECONNRESET, right.receive(new byte[4], files, 1000));
        assertEquals(-1, files[0]);
        Linux.call("close", fd);
    }

    @Test
    void moreThanTheSocketHoldsIsSentInParts() throws ExecutionException, InterruptedException {
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);
        int fd = memfd("A");
        FutureTask<Integer> sender = new FutureTask<>(() -> left.send(sent, new int[] {fd}, 10_000));
        Thread thread = new Thread(sender);
        thread.start();
        byte[] received = new byte[sent.length];
        int[] files = new int[2];
        assertEquals(0, right.receive(received, files, 10_000));
        assertEquals(0, sender.get());
        thread.join();
        assertArrayEquals(sent, received);
        assertTrue(files[0] >= 0);
        assertEquals(-1, files[1], "the file came once");
        Linux.call("close", files[0]);
        Linux.call("close", fd);
    }

    @Test
    void nobodyWaitsLongerThanAllowed() {
        long start = System.nanoTime();
        assertEquals(-Errno.ETIMEDOUT, right.receive(new byte[1], NONE, 50));
        assertEquals(-Errno.ETIMEDOUT, right.send(new byte[3_000_000], NONE, 50));
        assertNull(listener.accept(50));
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(millis >= 149 && millis < 5000, millis + " ms");
        assertNull(listener.accept(0));
    }

    @Test
    void theEndIsSeenByAllThatWait() throws InterruptedException {
        Thread waits = new Thread(right::awaitEnd);
        waits.start();
        left.close();
        waits.join();
        assertEquals(-Errno.EPIPE, right.receive(new byte[1], NONE, 1000));
        assertEquals(-Errno.EPIPE, right.send(new byte[1], NONE, 1000), "and no SIGPIPE");
    }

    @Test
    void oursWakesUsToo() throws InterruptedException {
        Thread waits = new Thread(right::awaitEnd);
        waits.start();
        right.shutdown();
        right.shutdown();
        waits.join();
    }

    @Test
    void dataDoesNotLookLikeTheEnd() throws InterruptedException {
        assertEquals(0, left.send(bytes("data"), NONE, 1000));
        Thread waits = new Thread(right::awaitEnd);
        waits.start();
        waits.join(100);
        assertTrue(waits.isAlive());
        left.close();
        waits.join();
    }

    @Test
    void errorsAreThoseOfTheKernel() throws IOException {
        try (UnixSocket socket = new UnixSocket()) {
            assertEquals(-Errno.ENOENT, socket.connect(folder + "/missing"));
            assertEquals(
                    -Errno.ECONNREFUSED,
                    socket.connect(Files.createFile(folder.resolve("file")).toString()));
            assertEquals(-Errno.EADDRINUSE, socket.listen(path));
            assertEquals(-Errno.ENOENT, socket.listen(folder + "/missing/socket"));
            assertThrows(IxyException.class, () -> socket.accept(0));
        }
        listener.close();
        try (UnixSocket socket = new UnixSocket()) {
            assertEquals(-Errno.ECONNREFUSED, socket.connect(path), "the file is still there");
        }
    }

    @Test
    void pathsThatDoNotFitAreRefused() {
        String longest = folder + "/"
                + "x".repeat(UnixSocket.MAX_PATH - folder.toString().length() - 1);
        try (UnixSocket socket = new UnixSocket()) {
            assertEquals(-Errno.ENOENT, socket.connect(longest));
            Exception e = assertThrows(IllegalArgumentException.class, () -> socket.connect(longest + "y"));
            assertEquals("'" + longest + "y' should be the path of a socket, 1 to 107 bytes, not 108", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> socket.listen(""));
            assertThrows(IllegalArgumentException.class, () -> socket.listen(folder + "/a\0b"));
            assertThrows(IllegalArgumentException.class, () -> socket.listen("ü".repeat(54)));
        }
    }

    /** Its number is soon that of the next file: of a connection that has nothing to do with it. */
    @Test
    void whatIsClosedCannotBeShutDown(@TempDir Path where) {
        String path = where.resolve("s").toString();
        try (UnixSocket listener = new UnixSocket()) {
            assertEquals(0, listener.listen(path));
            for (int i = 0; i < 20; i++) {
                UnixSocket old = new UnixSocket();
                old.close();
                try (UnixSocket next = new UnixSocket()) {
                    assertEquals(0, next.connect(path));
                    old.shutdown();
                    assertEquals(0, next.send(new byte[] {1}, new int[0], 1000));
                    listener.accept(1000).close();
                }
            }
        }
    }
}
