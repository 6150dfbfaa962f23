package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./ixy lab} itself: exit codes, outputs, wrong use, and that it leaves nothing behind. */
@ResourceLock(Machine.ALONE)
@Order(1)
class LabTest {
    private static final Duration BOOT = Duration.ofMinutes(5);
    private static final Duration END = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @BeforeAll
    static void needs() {
        Machine.needsLab();
    }

    /** The lab with these arguments, and a temporary folder of its own. */
    private List<String> lab(String... arguments) {
        return Stream.concat(Stream.of("env", "TMPDIR=" + folder, "./ixy", "lab"), Stream.of(arguments))
                .toList();
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.filter(Files::isDirectory).toList());
        }
    }

    @Test
    void itPassesOutputsAndTheExitCodeOn() throws IOException {
        byte[] bytes = new byte[300_000];
        new Random(3).nextBytes(bytes);
        Files.write(folder.resolve("bytes"), bytes);
        String script = "cat bytes; tac bytes >&2; exit 7";
        Result result = Program.run(lab("--", "sh", "-c", "cd " + folder + "; " + script), BOOT);
        Result direct = Program.run(List.of("sh", "-c", "cd " + folder + "; " + script), BOOT);
        assertEquals(7, result.exit(), result::toString);
        assertTrue(direct.out().equals(result.out()), "other bytes on standard output");
        assertTrue(direct.err().equals(result.err()), "other bytes on standard error");
        assertEquals(
                new String(bytes, StandardCharsets.ISO_8859_1).length(),
                result.out().length());
        assertNothingLeft();
    }

    @Test
    void successIsZero() throws IOException {
        Result result = Program.run(lab("--nic", "virtio", "--", "true"), BOOT).succeeds();
        assertEquals("", result.out() + result.err());
        assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource({
        "--nonsense, --nonsense",
        "--nic nonsense, nonsense",
        "'--nic virtio,wire=nonsense', nonsense",
        "'--nic virtio,queues=4', queues=",
        "'--nic virtio,mac=1', not a MAC address",
        "'--nic virtio,mac=01:00:5e:00:00:01', a group address",
        "'--nic ixgbe,mac=00:00:00:00:00:00', no address",
        "'--nic ixgbe,wire=nonsense', nonsense",
        "'--nic ixgbe,wire=stream:/tmp/none', ixgbe has pair",
        "'--nic ixgbe,queues=4', queues=",
        "'--nic ixgbe,mac=52:54:00:00:00', not a MAC address",
        "'--nic ixgbe,wire=vfio-user:/tmp/none,mac=52:54:00:00:00:01', mac=",
        "'--nic ixgbe,fault=no-link,wire=vfio-user:/tmp/none', fault=",
        "'--nic ixgbe,rate=1', rate=1",
        "'--nic virtio,wire=pair,rate=1', rate=1",
        "--iommu=yes, --iommu",
        "nonsense, command",
        "--nic, --nic",
        "--memory 1, '''1'''",
        "--cpus none, none",
        "--, command"
    })
    void wrongUseIsTwoInOneLine(String arguments, String part) throws IOException {
        Program.run(lab(arguments.split(" ", -1)), BOOT).failsInOneLine(2, part);
        assertNothingLeft();
    }

    @Test
    void aShellNeedsATerminal() {
        Program.run(lab(), BOOT).failsInOneLine(2, "terminal");
    }

    /** They are for the JVMs in the guest; what one of them printed here was taken for the lab's settings. */
    @ParameterizedTest
    @ValueSource(strings = {"IXY_JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void optionsOfTheJvmChangeNothing(String variable) {
        List<String> lab = lab();
        Program.run(
                        Stream.concat(Stream.of("env", variable + "=-Xlog:gc*:stdout"), lab.stream())
                                .toList(),
                        BOOT)
                .failsInOneLine(2, "terminal");
    }

    @ParameterizedTest
    @CsvSource({"virtio,stream", "virtio,vhost-user", "ixgbe,vfio-user"})
    void aWireWithoutASocketIsOne(String kind, String scheme) throws IOException {
        Program.run(lab("--nic", kind + ",wire=" + scheme + ":" + folder + "/none", "--", "true"), BOOT)
                .failsInOneLine(1, folder + "/none");
        assertNothingLeft();
    }

    @Test
    void aTapThatIsNotThereIsOne() throws IOException {
        Program.run(lab("--nic", "ixgbe,wire=tap:no-such-tap", "--", "true"), BOOT)
                .failsInOneLine(1, "no-such-tap");
        assertNothingLeft();
    }

    /** The lab fetches a newer QEMU for them where the machine's has them not. */
    @Test
    void cardsOfKindIgbAreSlotsApart() throws IOException {
        Machine.needsNewerQemu();
        Result result =
                Program.run(lab("--nic", "igb", "--nic", "igb", "--nic", "virtio", "--", "./ixy", "devices"), BOOT);
        assertEquals(0, result.exit(), result::toString);
        assertCard("0000:00:01.0", "8086:10c9", "igb, interface eth0", result);
        assertCard("0000:00:03.0", "8086:10c9", "igb, interface eth1", result);
        assertCard("0000:00:05.0", "1af4:1041", "virtio-pci, interface eth2", result);
        assertNothingLeft();
    }

    /** {@code ./ixy nic} emulates it; Linux's driver takes it. */
    @Test
    void aCardOfKindIxgbeIsThere() throws IOException {
        Machine.needsNewerQemu();
        String mac = "52:54:00:12:34:56";
        String script = "cat /sys/class/net/eth0/address; ./ixy devices";
        Result result = Program.run(lab("--nic", "ixgbe,wire=none,mac=" + mac, "--", "sh", "-c", script), BOOT);
        assertEquals(0, result.exit(), result::toString);
        assertTrue(result.out().startsWith(mac + "\n"), result::toString);
        assertCard("0000:00:01.0", "8086:10fb", "ixgbe, interface eth0", result);
        assertNothingLeft();
    }

    @Test
    void whereItsEmulationEndsSoDoesTheLab() throws IOException {
        Machine.needsNewerQemu();
        try (Program lab = Program.start(lab("--nic", "ixgbe,wire=none", "--", "sh", "-c", "echo up; sleep 1000"))) {
            if (!lab.out().await(3, System.nanoTime() + BOOT.toNanos())) {
                fail("it is not up: " + lab.await(Duration.ZERO));
            }
            lab.family().stream().filter(LabTest::isJava).forEach(ProcessHandle::destroyForcibly);
            Result result = lab.await(END);
            assertEquals("up\n", result.out(), result::toString);
            new Result(result.command(), result.exit(), "", result.err()).failsInOneLine(1, "ixgbe", "137");
        }
        assertNothingLeft();
    }

    @Test
    void whatItsEmulationDoesNotTakeIsTwo() throws IOException {
        Machine.needsNewerQemu();
        Program.run(lab("--nic", "ixgbe,wire=generator,nonsense=1", "--", "true"), BOOT)
                .failsInOneLine(2, "nonsense=1");
        assertNothingLeft();
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/java");
    }

    private static void assertCard(String address, String id, String driver, Result result) {
        String pattern = "(?s).*\\Q" + address + "\\E +" + id + " [^\n]*\n *driver " + driver + ".*";
        assertTrue(result.out().matches(pattern), () -> address + " is no " + id + " with " + driver + ": " + result);
    }

    @Test
    void withAnIommuVfioTakesCards() throws IOException {
        String script = """
                cd /sys/bus/pci/devices
                for card in 0000:00:01.0 0000:00:02.0; do
                    echo vfio-pci >$card/driver_override
                    echo $card >$card/driver/unbind
                    echo $card >/sys/bus/pci/drivers_probe
                    group=$(readlink $card/iommu_group)
                    [ -c /dev/vfio/${group##*/} ] && echo "$card $(basename $(readlink $card/driver))"
                done
                """;
        Result result =
                Program.run(lab("--iommu", "--nic", "virtio", "--nic", "e1000e", "--", "sh", "-c", script), BOOT);
        assertEquals("0000:00:01.0 vfio-pci\n0000:00:02.0 vfio-pci\n", result.out(), result::toString);
        assertNothingLeft();
    }

    /** Also while it boots. */
    @Test
    void aSignalEndsTheMachineToo() throws IOException {
        try (Program lab = Program.start(lab("--", "sleep", "1000"))) {
            long end = System.nanoTime() + BOOT.toNanos();
            List<ProcessHandle> family = lab.family();
            while (family.stream().noneMatch(LabTest::isQemu)) {
                if (System.nanoTime() > end || !lab.isAlive()) {
                    fail("no machine was started: " + lab.await(Duration.ZERO));
                }
                Thread.onSpinWait();
                family = lab.family();
            }
            lab.terminate();
            Result result = lab.await(END);
            assertEquals(143, result.exit(), result::toString);
            for (ProcessHandle process : family) {
                assertTrue(ends(process), () -> "still runs: " + process.info());
            }
        }
        assertNothingLeft();
    }

    /** Those that the lab does not wait for may take a moment. */
    private static boolean ends(ProcessHandle process) {
        try {
            process.onExit().get(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
        return true;
    }

    private static boolean isQemu(ProcessHandle process) {
        return process.info().command().orElse("").contains("qemu-system");
    }
}
