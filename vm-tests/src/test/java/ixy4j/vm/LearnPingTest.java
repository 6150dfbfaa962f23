package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The end of the course: Linux's own ixgbe pings a driver that was written in it. */
@ResourceLock(Machine.ALONE)
@Order(1)
class LearnPingTest {
    private static final Duration BOOT = Duration.ofMinutes(5);
    private static final Path REFERENCE =
            Program.ROOT.resolve("learn/src/main/resources/ixy4j/learn/reference/MyDriver.java");

    @TempDir
    private Path folder;

    @BeforeAll
    static void needs() {
        Machine.needsLab();
        Machine.needsNewerQemu();
        Machine.needsProgram("ping");
    }

    @BeforeEach
    void start() {
        Program.run(List.of("./ixy", "learn", "start", folder.toString()), BOOT).succeeds();
    }

    private Result ping() {
        return Program.run(List.of("./ixy", "learn", "ping", "--dir", folder.toString()), BOOT);
    }

    @Test
    void linuxIsAnswered() throws IOException {
        Files.writeString(folder.resolve("MyDriver.java"), Files.readString(REFERENCE));
        Result result = ping();
        result.answersAll(5);
        assertTrue(result.out().contains("Your driver has answered Linux."), result::toString);
    }

    @Test
    void whatIsUnfinishedIsToldBeforeAnythingBoots() throws IOException {
        Result result = ping();
        assertEquals(1, result.exit(), result::toString);
        assertTrue(result.out().contains("wrong   find() is still to be written\n"), result::toString);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }
}
