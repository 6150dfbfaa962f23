package ixy4j.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.Machine;
import ixy4j.linux.Abi;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.DmaTarget;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final int PAGE = DmaMemory.PAGE;

    private static final DmaTarget OTHER_PROCESS = new DmaSpace() {
        @Override
        public boolean needsPhysicalAddresses() {
            return false;
        }

        @Override
        public boolean needsFile() {
            return true;
        }
    };

    /** A file that is shorter than what is mapped of it, as huge pages are that a limit withholds. */
    private static int shortFile(long size) {
        int fd = (int) Linux.call("memfd_create", "ixy4j-test", Abi.MFD_CLOEXEC);
        Linux.call("ftruncate", fd, size);
        return fd;
    }

    @Test
    void whatWouldRaiseSigbusIsAnErrorAndLeavesNothingMapped() throws IOException {
        int fd = shortFile(2L * PAGE);
        long before = mapped();
        assertEquals(-Errno.EFAULT, Presence.map(3L * PAGE, Abi.MAP_SHARED, fd));
        assertEquals(before, mapped());
        Linux.call("close", fd);
    }

    private static long mapped() throws IOException {
        try (var lines = java.nio.file.Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("ixy4j-test")).count();
        }
    }

    @Test
    void olderKernelsFindItByASystemCallThatWrites() {
        int fd = shortFile(2L * PAGE + 4096);
        long address = Linux.call("mmap", 0, 3L * PAGE, Abi.PROT_READ_WRITE, Abi.MAP_SHARED, fd, 0);
        assertEquals(0, Presence.fillWithZeros(address, 2L * PAGE + 4096));
        assertEquals(-Errno.EFAULT, Presence.fillWithZeros(address, 3L * PAGE));
        assertEquals(-Errno.EFAULT, Presence.fillWithZeros(address + 2L * PAGE + 4096, 1));
        Linux.call("munmap", address, 3L * PAGE);
        Linux.call("close", fd);
    }

    @Test
    void whoeverHasTheFileCannotShrinkIt() throws IOException {
        try (DmaMemory memory = DmaMemory.allocate(PAGE, OTHER_PROCESS);
                RandomAccessFile file = new RandomAccessFile("/proc/self/fd/" + memory.fd(), "rw")) {
            assertThrows(IOException.class, () -> file.setLength(0));
            RawMemory.setByte(memory.address() + PAGE - 1, (byte) 1);
            assertEquals(PAGE, file.length());
        }
    }

    @Test
    void whatIsNotToBeHadLeavesNoFileOpen() {
        long files = Machine.openSpecialFiles();
        Exception e = assertThrows(IxyException.class, () -> DmaMemory.allocate(1L << 40, OTHER_PROCESS));
        assertTrue(e.getMessage().startsWith("this needs 1048576 MiB of memory, but "), e.getMessage());
        assertFalse(e.getMessage().contains("\n"));
        assertEquals(files, Machine.openSpecialFiles());
    }
}
