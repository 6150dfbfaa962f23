package ixy4j.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import ixy4j.spi.DmaMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Memory that the kernel promises and does not give, in a process of its own: with limits of real control groups, and with
 * settings of a namespace.
 */
class WithheldMemoryTest {
    private static final int PAGES = 3;

    /** In a control group below a mount of its own: arguments are a folder, a name, a limit and its number, a command. */
    private static final String IN_GROUP = """
            mount -t cgroup2 none "$1" && grep -qw hugetlb "$1/cgroup.controllers" ||
                { umount "$1"; mount -t cgroup -o hugetlb none "$1"; } || exit 99
            [ ! -e "$1/cgroup.subtree_control" ] || echo +hugetlb >"$1/cgroup.subtree_control"
            group=$1/$2
            mkdir "$group"
            [ -e "$group/$3" ] || { set -- "$1" "$2" "${3%max}limit_in_bytes" "$4" "$5"; }
            echo "$4" >"$group/$3"
            sh -c "echo \\$\\$ >$group/cgroup.procs; exec $5"
            rmdir "$group"
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsNamespaces() {
        Machine.needsHugePages(2 * PAGES);
    }

    private static String probe(int pages) {
        return System.getProperty("java.home") + "/bin/java --enable-native-access=ALL-UNNAMED"
                + " -XX:-CreateCoredumpOnCrash -cp '" + System.getProperty("java.class.path") + "' "
                + MemoryProbe.class.getName() + " " + pages;
    }

    private static List<String> inNamespace(String options, String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of("sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        command.removeIf(String::isEmpty);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        Machine.needs(code != 99, "control groups with huge pages");
        assertEquals(0, code, output);
        return output.lines().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hugetlb.2MB.max", "hugetlb.2MB.rsvd.max"})
    void aLimitOfAControlGroupIsNamedWhereHugePagesMustBe(String limit) throws IOException, InterruptedException {
        String name = "ixy4j-" + ProcessHandle.current().pid();
        long page = DmaMemory.PAGE;
        List<String> lines =
                inNamespace("", IN_GROUP, folder.toString(), name, limit, String.valueOf(page), probe(PAGES));
        assertEquals("virtual: touched", lines.get(0));
        assertEquals("virtual file: touched", lines.get(2), "in pages of the usual size");
        String file = "/\\S+/" + name + "/" + limit.replace("max", "(max|limit_in_bytes)");
        String message = "this needs 3 huge pages of 2 MiB, 6291456 bytes, but of the 2097152 that " + file
                + " allows, 2097152 are left: raise that limit as root with echo 6291456 > " + file;
        assertTrue(lines.get(1).matches("physical: " + message), lines.get(1));
        assertTrue(lines.get(3).matches("physical file: " + message), lines.get(3));
        assertEquals(4, lines.size(), lines::toString);
    }

    @Test
    void whatALimitAllowsIsHad() throws IOException, InterruptedException {
        String name = "ixy4j-" + ProcessHandle.current().pid();
        String bytes = String.valueOf((long) PAGES * DmaMemory.PAGE);
        assertEquals(
                List.of("virtual: touched", "physical: touched", "virtual file: touched", "physical file: touched"),
                inNamespace("", IN_GROUP, folder.toString(), name, "hugetlb.2MB.max", bytes, probe(PAGES)));
    }

    @Test
    void whereSysIsReadOnlyTheHostIsToReserve() throws IOException, InterruptedException {
        int pages = (int) (Machine.hugePages("nr_hugepages") + Machine.hugePages("nr_overcommit_hugepages") + 1);
        List<String> lines = inNamespace("", "mount -o remount,ro,bind /sys && " + probe(pages) + " physical");
        String pool = "/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages";
        assertTrue(
                lines.get(0)
                        .matches("physical: this needs " + pages
                                + " more huge pages of 2 MiB, but \\d+ are free: reserve" + " them on the host, since "
                                + pool + " is read-only here; it should have \\d+"),
                lines.get(0));
    }

    @Test
    void rootWithoutTheCapabilityIsNotToldToBeRoot() throws IOException, InterruptedException {
        List<String> lines =
                inNamespace("", "exec setpriv --bounding-set -sys_admin --inh-caps -sys_admin " + probe(1));
        assertTrue(lines.get(1).endsWith("--cap-add SYS_ADMIN)"), lines.get(1));
        assertEquals("virtual file: touched", lines.get(2));
    }

    @Test
    void noMemoryNeedsToBeLocked() throws IOException, InterruptedException {
        List<String> lines =
                inNamespace("", "ulimit -l 0; exec setpriv --bounding-set -ipc_lock --inh-caps -ipc_lock " + probe(1));
        assertEquals("physical: touched", lines.get(1));
        assertEquals("physical file: touched", lines.get(3));
    }

    @Test
    void aKernelThatWantsFilesInMemoryNotToBeExecutableHasItsWay() throws IOException, InterruptedException {
        String script = "mount -t proc proc /proc; [ ! -e /proc/sys/vm/memfd_noexec ] ||"
                + " echo 2 >/proc/sys/vm/memfd_noexec; ";
        List<String> lines = inNamespace("--pid --fork", script + probe(1));
        assertEquals("virtual file: touched", lines.get(2));
    }

    @Test
    void moreThanTheMachineHasIsOneLine() throws IOException, InterruptedException {
        List<String> lines = inNamespace("", probe(1 << 19));
        assertTrue(lines.get(0).startsWith("virtual: this needs 1048576 MiB of memory, but "), lines.get(0));
        assertTrue(lines.get(0).endsWith("; fewer buffers or smaller rings need less"), lines.get(0));
    }
}
