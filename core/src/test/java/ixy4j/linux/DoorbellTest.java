package ixy4j.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import ixy4j.IxyException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorbellTest {
    private static final int ROUND = 100_000;

    @TempDir
    private Path folder;

    /** What an eventfd has counted since it was last read; -errno where that is nothing. */
    private static long count(int eventfd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_LONG);
            long result = Linux.attempt("read", eventfd, number.address(), 8);
            return result < 0 ? result : number.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    private static int eventfd() {
        return (int) Linux.call("eventfd", 0, Abi.EFD_CLOEXEC | Abi.EFD_NONBLOCK);
    }

    @Test
    void anEventfdCountsRings() {
        int fd = eventfd();
        Doorbell bell = new Doorbell(fd, -1, 8);
        bell.ring(1);
        bell.ring(1);
        bell.ring(40);
        assertEquals(42, count(fd));
        assertEquals(-Errno.EAGAIN, count(fd), "nothing since");
        Linux.call("close", fd);
    }

    @Test
    void aFullEventfdIsNoError() {
        int fd = eventfd();
        Doorbell bell = new Doorbell(fd, -1, 8);
        bell.ring(-2); // the most that one takes
        bell.ring(1);
        assertEquals(-2, count(fd));
        Linux.call("close", fd);
    }

    @Test
    void aRegisterGetsItsBytesAndNoOther() throws IOException {
        Path file = Files.write(folder.resolve("resource0"), new byte[] {9, 9, 9, 9, 9, 9, 9, 9});
        int fd = Linux.open(file.toString(), Abi.O_RDWR);
        new Doorbell(fd, 2, 2).ring(0x1234_5678);
        assertArrayEquals(new byte[] {9, 9, 0x78, 0x56, 9, 9, 9, 9}, Files.readAllBytes(file));
        new Doorbell(fd, 0, 4).ring(1);
        assertArrayEquals(new byte[] {1, 0, 0, 0, 9, 9, 9, 9}, Files.readAllBytes(file), "the place is kept");
        Linux.call("close", fd);
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedWithErrno() throws IOException {
        int fd = Linux.open(Files.createFile(folder.resolve("file")).toString(), Abi.O_RDONLY);
        Exception e = assertThrows(IxyException.class, () -> new Doorbell(fd, 16, 2).ring(3));
        assertEquals("pwrite(" + fd + ", 3, 2, 16): EBADF, bad file descriptor", e.getMessage());
        e = assertThrows(IxyException.class, () -> new Doorbell(fd, -1, 8).ring(1));
        assertTrue(e.getMessage().startsWith("write(" + fd + ", 1, 8"), e.getMessage());
        Linux.call("close", fd);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 1, 3, 16})
    void otherSizesAreRefused(int bytes) {
        assertThrows(IllegalArgumentException.class, () -> new Doorbell(0, 0, bytes));
    }

    @Test
    void ringingAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int fd = eventfd();
        Doorbell bell = new Doorbell(fd, -1, 8);
        bell.ring(1);
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUND; i++) {
            bell.ring(1); // interpreted at first, then compiled
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < ROUND, bytes + " bytes for " + ROUND + " rings: once something, but none for each");
        Linux.call("close", fd);
    }
}
