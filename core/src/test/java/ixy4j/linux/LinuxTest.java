package ixy4j.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxTest {
    @TempDir
    private Path folder;

    private static String failure(String function, Object... arguments) {
        return assertThrows(IxyException.class, () -> Linux.call(function, arguments))
                .getMessage();
    }

    @Test
    void aMissingFileIsNamedWithCallAndErrno() {
        Path missing = folder.resolve("missing");
        Exception e = assertThrows(IxyException.class, () -> Linux.open(missing.toString(), Abi.O_RDONLY));
        assertTrue(e.getMessage().startsWith("open(\"" + missing + "\", "), e.getMessage());
        assertTrue(e.getMessage().endsWith("): ENOENT, no such file"), e.getMessage());
    }

    @Test
    void aDirectoryCannotBeWritten() {
        Exception e = assertThrows(IxyException.class, () -> Linux.open(folder.toString(), Abi.O_RDWR));
        assertTrue(e.getMessage().endsWith("EISDIR, is a directory"), e.getMessage());
    }

    @Test
    void messagesShowAllArguments() {
        assertEquals("close(1234567): EBADF, bad file descriptor", failure("close", 1_234_567));
        assertEquals(
                "munmap(0x10001, 4096): EINVAL, invalid argument",
                failure("munmap", 0x10001L, 4096L),
                "addresses in hex");
        assertEquals("open(\"\", 0): ENOENT, no such file", failure("open", "", 0));
    }

    @Test
    void anErrorIsReturnedAsTheKernelDoes() {
        assertEquals(-9, Linux.attempt("close", -1));
        assertEquals(-Errno.ENOENT, Linux.attempt("open", folder + "/missing", 0));
        assertEquals(-Errno.EINVAL, Linux.attempt("munmap", 1, 4096));
    }

    @Test
    void anErrnoWithoutNameIsANumber() {
        assertEquals("errno 4095", Errno.text(4095));
        assertTrue(Errno.text(Errno.EACCES).startsWith("EACCES, "));
    }

    @Test
    void resultsAreWhatTheFunctionReturns() {
        assertEquals(ProcessHandle.current().pid(), Linux.call("getpid"));
    }

    @Test
    void aFunctionThatIsNotThereIsAnErrorOfUse() {
        assertThrows(IllegalStateException.class, () -> Linux.call("no_such_function"));
    }

    @Test
    void filesAreNotInherited() throws IOException {
        int fd = Linux.open(Files.createFile(folder.resolve("file")).toString(), Abi.O_RDWR);
        assertEquals(1, Linux.call("fcntl", fd, 1), "F_GETFD has FD_CLOEXEC");
        Linux.call("close", fd);
    }

    @Test
    void numbersAreLittleEndianAndAsLongAsAsked() throws IOException {
        Path file = Files.write(folder.resolve("numbers"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, -1});
        int fd = Linux.open(file.toString(), Abi.O_RDWR);
        assertEquals(0x01, Linux.read(fd, 0, 1));
        assertEquals(0x0302, Linux.read(fd, 1, 2));
        assertEquals(0x0605_0403, Linux.read(fd, 2, 4));
        assertEquals(0x0807_0605_0403_0201L, Linux.read(fd, 0, 8));
        assertEquals(0xff, Linux.read(fd, 9, 1), "no sign is extended");
        Linux.write(fd, 1, 2, 0xffff_bbaaL);
        Linux.write(fd, 5, 4, 0x4433_2211L);
        Linux.call("close", fd);
        assertArrayEquals(
                new byte[] {1, (byte) 0xaa, (byte) 0xbb, 4, 5, 0x11, 0x22, 0x33, 0x44, -1}, Files.readAllBytes(file));
    }

    @Test
    void everyNumberOfBytesComesBack() throws IOException {
        int fd = Linux.open(Files.createFile(folder.resolve("sizes")).toString(), Abi.O_RDWR);
        for (int size = 1; size <= 8; size++) {
            long value = 0x8182_8384_8586_8788L >>> (64 - 8 * size);
            long offset = 3L * size;
            Linux.write(fd, offset, size, value);
            assertEquals(value, Linux.read(fd, offset, size), "size " + size);
        }
        Linux.call("close", fd);
    }

    @Test
    void aFileThatEndsTooEarlySaysWhere() throws IOException {
        int fd = Linux.open(Files.write(folder.resolve("short"), new byte[6]).toString(), Abi.O_RDONLY);
        Exception e = assertThrows(IxyException.class, () -> Linux.read(fd, 4, 4));
        assertTrue(e.getMessage().contains("short ends before the 4 bytes at offset 4"), e.getMessage());
        String readOnly =
                assertThrows(IxyException.class, () -> Linux.write(fd, 0, 4, 0)).getMessage();
        assertTrue(readOnly.startsWith("pwrite(" + fd) && readOnly.contains("EBADF"), readOnly);
        Linux.call("close", fd);
    }

    @Test
    void eachThreadGetsItsOwnErrno() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Void>> results = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                boolean even = thread == 0;
                results.add(threads.submit(() -> {
                    for (int i = 0; i < 5000; i++) {
                        assertEquals(
                                even ? -9 : -Errno.EINVAL,
                                even ? Linux.attempt("close", -1) : Linux.attempt("munmap", 1, 4096));
                    }
                    return null;
                }));
            }
            for (Future<Void> result : results) {
                result.get();
            }
        }
    }
}
