package ixy4j.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs all tests of jcstress here, for a short time each; {@code -Dixy4j.stress=default} for a long one. */
class JcstressTest {
    private static final int TESTS = 5;

    @TempDir
    private Path folder;

    @Test
    void whereThreadsMeet() throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jcstress.Main",
                        "-m",
                        System.getProperty("ixy4j.stress", "sanity"),
                        "-time",
                        "300",
                        "-iters",
                        "3",
                        "-strideSize", // pools of tests that run at once have memory of their own: see Pools
                        "32",
                        "-strideCount",
                        "32",
                        "-sc",
                        "false",
                        "-af",
                        "NONE",
                        "-r",
                        folder.resolve("report").toString(),
                        "-jvmArgs",
                        "--enable-native-access=ALL-UNNAMED -Xmx256m"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(process.waitFor(10, TimeUnit.MINUTES), "it ends");
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(log);
        assertEquals(0, process.exitValue(), said);
        for (String right : List.of(
                "(Results: " + TESTS + " planned; " + TESTS + " passed, 0 failed, 0 soft errs, 0 hard errs)",
                "Failed tests: No matches.",
                "Error tests: No matches.")) {
            assertTrue(said.contains(right), () -> "no '" + right + "' in\n" + said);
        }
    }
}
