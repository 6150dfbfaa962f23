package ixy4j.memory;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.linux.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlGroupsTest {
    private static final long MIB = 1 << 20;

    @TempDir
    private Path folder;

    private Path process;
    private Path mount;
    private ControlGroups groups;

    @BeforeEach
    void makeFolders() throws IOException {
        process = Files.createDirectories(folder.resolve("proc"));
        mount = Files.createDirectories(folder.resolve("cgroup"));
        groups = new ControlGroups(process);
    }

    private void isIn(String mountLine, String groupLines) throws IOException {
        Files.writeString(
                process.resolve("mountinfo"),
                "21 1 0:20 / /proc rw,relatime shared:5 - proc proc rw\n"
                        + mountLine.replace("MOUNT", mount.toString()));
        Files.writeString(process.resolve("cgroup"), groupLines);
    }

    private void unified(String path) throws IOException {
        isIn("30 23 0:26 / MOUNT rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n", "0::" + path + "\n");
    }

    private Path write(String name, String text) throws IOException {
        Path file = mount.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text + "\n");
    }

    @Test
    void foldersGoFromItsOwnGroupToTheTopOfTheMount() throws IOException {
        unified("/a/b");
        Files.createDirectories(mount.resolve("a/b"));
        assertEquals(List.of(mount.resolve("a/b"), mount.resolve("a"), mount), groups.folders("hugetlb"));
    }

    @Test
    void ofVersion1OnlyTheControllersMountCounts() throws IOException {
        isIn("""
                31 23 0:27 / MOUNT/cpu rw - cgroup cgroup rw,cpu,cpuacct
                32 23 0:28 / MOUNT/hugetlb rw - cgroup cgroup rw,hugetlb
                """, """
                9:hugetlb:/x
                8:cpu,cpuacct:/y
                0::/
                """);
        Files.createDirectories(mount.resolve("hugetlb/x"));
        assertEquals(List.of(mount.resolve("hugetlb/x"), mount.resolve("hugetlb")), groups.folders("hugetlb"));
    }

    @ParameterizedTest
    @CsvSource({"/docker/id,/docker/id", "/docker/id,/", "/,/../../elsewhere", "/,/gone"})
    void aContainerSeesItsOwnGroupAtTheTop(String root, String path) throws IOException {
        isIn("30 23 0:26 " + root + " MOUNT ro - cgroup2 cgroup2 rw\n", "0::" + path + "\n");
        assertEquals(List.of(mount), groups.folders("hugetlb"));
    }

    @Test
    void theTopOfAMountMayBeTheRoot() throws IOException {
        isIn("30 23 0:26 / / ro - cgroup2 cgroup2 rw\n", "0::/\n");
        assertEquals(List.of(Path.of("/")), groups.folders("hugetlb"));
    }

    @Test
    void whereNothingIsMountedThereIsNoLimit() {
        assertEquals(List.of(), groups.folders("hugetlb"));
        assertNull(groups.below(Long.MAX_VALUE, "hugetlb", "hugetlb.2MB.max", "hugetlb.2MB.current"));
    }

    // ---- huge pages

    private String missing(int pages, int errno, int free) throws IOException {
        Path pool = Files.createDirectories(folder.resolve("pool"));
        Files.writeString(pool.resolve("nr_hugepages"), "16\n");
        Files.writeString(pool.resolve("free_hugepages"), free + "\n");
        Files.writeString(pool.resolve("resv_hugepages"), "0\n");
        return HugePagesTrouble.missing(pages, errno, groups, pool).getMessage();
    }

    @Test
    void theInnermostGroupThatLeavesTooLittleIsNamed() throws IOException {
        unified("/a/b");
        write("a/b/hugetlb.2MB.max", "max");
        write("a/b/hugetlb.2MB.current", "0");
        Path limit = write("a/hugetlb.2MB.max", "8388608");
        write("a/hugetlb.2MB.current", "6291456");
        assertEquals(
                "this needs 2 huge pages of 2 MiB, 4194304 bytes, but of the 8388608 that " + limit
                        + " allows, 2097152 are left: raise that limit as root with echo 10485760 > " + limit,
                missing(2, Errno.EFAULT, 16));
    }

    @Test
    void aLimitThatIsNotSeenIsSuspected() throws IOException {
        String message = missing(2, Errno.EFAULT, 16);
        assertTrue(message.contains("16 are free, but not for this process"), message);
        assertTrue(message.contains("cpuset") && message.contains("hugetlb.2MB.max"), message);
    }

    @Test
    void whereThereIsRoomAndNoLimitTheErrorIsTheKernels() throws IOException {
        assertEquals("cannot map 2 huge pages of 2 MiB: EINVAL, invalid argument", missing(2, Errno.EINVAL, 16));
    }

    // ---- ordinary memory

    private Path machine(long availableMib, long swapMib) throws IOException {
        return Files.writeString(
                folder.resolve("meminfo"),
                "MemTotal:  1 kB\nMemAvailable:  " + (availableMib << 10) + " kB\nSwapFree:  " + (swapMib << 10)
                        + " kB\n");
    }

    @Test
    void theMachinesMemoryIsTheFirstLimit() throws IOException {
        Path machine = machine(100, 10);
        assertDoesNotThrow(() -> MemoryLimit.check(110 * MIB, groups, machine));
        Exception e = assertThrows(IxyException.class, () -> MemoryLimit.check(112 * MIB, groups, machine));
        assertEquals(
                "this needs 112 MiB of memory, but this machine has 110 MiB available;"
                        + " fewer buffers or smaller rings need less",
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "memory.max,memory.current,active_file",
        "memory.limit_in_bytes,memory.usage_in_bytes,total_inactive_file"
    })
    void filesInMemoryAreGivenBackBeforeAGroupEnds(String limitFile, String usedFile, String files) throws IOException {
        isIn(
                limitFile.equals("memory.max")
                        ? "30 23 0:26 / MOUNT rw - cgroup2 cgroup2 rw\n"
                        : "30 23 0:26 / MOUNT rw - cgroup cgroup rw,memory\n",
                "4:memory:/g\n0::/g\n");
        Path limit = write("g/" + limitFile, String.valueOf(64 * MIB));
        write("g/" + usedFile, String.valueOf(60 * MIB));
        write("g/memory.stat", "anon 1\n" + files + " " + 20 * MIB);
        Path machine = machine(1000, 0);
        assertDoesNotThrow(() -> MemoryLimit.check(24 * MIB, groups, machine));
        Exception e = assertThrows(IxyException.class, () -> MemoryLimit.check(26 * MIB, groups, machine));
        assertEquals(
                "this needs 26 MiB of memory, but of the 64 MiB that " + limit + " allows, 24 MiB are left: raise that"
                        + " limit where this was started; fewer buffers or smaller rings need less",
                e.getMessage());
    }

    @Test
    void noLimitIsNone() throws IOException {
        unified("/");
        write("memory.max", "max");
        write("memory.current", String.valueOf(60 * MIB));
        write("memory.limit_in_bytes", "9223372036854771712");
        Path machine = machine(1000, 0);
        assertDoesNotThrow(() -> MemoryLimit.check(900 * MIB, groups, machine));
    }
}
