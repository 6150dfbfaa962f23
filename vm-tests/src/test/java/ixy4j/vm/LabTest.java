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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./ixy lab} itself: exit codes, outputs, wrong use, and that it leaves nothing behind. */
class LabTest {
    private static final Duration BOOT = Duration.ofMinutes(3);

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
        "'--nic virtio,mac=1', mac=",
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

    @Test
    void aWireWithoutASocketIsOne() throws IOException {
        Program.run(lab("--nic", "virtio,wire=stream:" + folder + "/none", "--", "true"), BOOT)
                .failsInOneLine(1, folder + "/none");
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
            Result result = lab.await(Duration.ofSeconds(20));
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
            process.onExit().get(5, TimeUnit.SECONDS);
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
