package ixy4j.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ixy4j.bench.report.JsonFile;
import ixy4j.bench.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a process of its own, which measures for a moment. */
class CommandTest {
    private static final int PATIENCE = 120; // s

    @TempDir
    private Path folder;

    private Process start(String... arguments) throws IOException {
        return start(folder.resolve("out"), "", arguments);
    }

    /** With another standard output, and options for the processes that measure. */
    private static Process start(Path out, String options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx256m",
                "-Djmh.ignoreLock=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
        builder.environment().put("IXY_JAVA_OPTS", options);
        return builder.start();
    }

    private static List<String> linesToTheEnd(BufferedReader err) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = err.readLine(); line != null; line = err.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    private static BufferedReader err(Process process) {
        return process.errorReader(StandardCharsets.UTF_8);
    }

    @Test
    void measuresAndWritesAllFiles() throws Exception {
        assumeTrue(Processors.allowed().size() > 1, "this machine has one processor");
        Path results = folder.resolve("new/results");
        Process process = start(
                "touch=untouched", "stages=device", "--rounds", "1", "--seconds", "1", "--out", results.toString());
        List<String> err = linesToTheEnd(err(process));
        assertTrue(process.waitFor(PATIENCE, TimeUnit.SECONDS), "it should have ended");
        String out = Files.readString(folder.resolve("out"));
        assertEquals(0, process.exitValue(), () -> out + err);
        Report report = JsonFile.read(results.resolve("results.json"));
        Report.Measured baseline = report.experiment("touch").variant("checked");
        int again = baseline.runs().size() + baseline.failures().size() - 1;
        assertTrue(again == 0 || again == 1, out); // the baseline, where processors moved
        assertEquals(4 + again, report.runs() + report.failures(), out);
        assertTrue(report.experiment("stages").variant("device").summary(false).median() > 0, out);
        assertTrue(report.experiment("stages").variant("forward").summary(false).median() > 0, out);
        assertTrue(report.experiment("touch").variant("untouched").runs().size() == 1, out);
        assertTrue(out.contains("Written: " + results.resolve("report.html")), out);
        assertTrue(Files.readString(results.resolve("results.csv")).contains("touch,untouched,1,value (Mpps),"));
        assertTrue(Files.readString(results.resolve("report.html")).contains("Frames touched or not"));
    }

    @Test
    void aSignalEndsItAndWhatWasMeasuredIsWritten() throws Exception {
        Path results = folder.resolve("results");
        Process process = start("stages=device", "--rounds", "100", "--seconds", "0.3", "--out", results.toString());
        BufferedReader err = err(process);
        String line = err.readLine();
        while (line != null && !line.startsWith("round 2 ")) {
            line = err.readLine();
        }
        assertNotNull(line, "it should have come to the second round");
        process.toHandle().destroy(); // SIGTERM; Process.destroy would also close what it still says
        List<String> rest = linesToTheEnd(err);
        assertTrue(process.waitFor(PATIENCE, TimeUnit.SECONDS), "it should have ended");
        assertEquals(0, process.exitValue(), rest::toString);
        assertFalse(rest.toString().contains("\tat "), rest::toString);
        Report report = JsonFile.read(results.resolve("results.json"));
        assertTrue(report.experiment("stages").variant("device").runs().size() >= 1, report::toString);
        assertTrue(report.runs() < 20, report::toString);
        assertTrue(report.notes().toString().contains("It was interrupted"), report.notes()::toString);
        assertTrue(Files.exists(results.resolve("report.html")), "the page should be written too");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--list", "--help"})
    void aFullDiskIsNoticed(String option) throws Exception {
        Process process = start(Path.of("/dev/full"), "", option);
        List<String> err = linesToTheEnd(err(process));
        assertTrue(process.waitFor(PATIENCE, TimeUnit.SECONDS), "it should have ended");
        assertEquals(1, process.exitValue(), err::toString);
        assertEquals(List.of("ixy: cannot write to standard output: No space left on device"), err);
    }

    /** The tables are lost, and what was measured is not. */
    @Test
    void whereTheTablesCannotBePrintedTheFilesAreWritten() throws Exception {
        Path results = folder.resolve("results");
        Process process = start(
                Path.of("/dev/full"),
                "",
                "stages=device",
                "--rounds",
                "1",
                "--seconds",
                "0.3",
                "--out",
                results.toString());
        List<String> err = linesToTheEnd(err(process));
        assertTrue(process.waitFor(PATIENCE, TimeUnit.SECONDS), "it should have ended");
        assertEquals(1, process.exitValue(), err::toString);
        assertEquals("ixy: cannot write to standard output: No space left on device", err.getLast());
        assertEquals(2, JsonFile.read(results.resolve("results.json")).runs(), err::toString);
        assertTrue(Files.exists(results.resolve("report.html")));
    }

    @Test
    void aHeapThatIsTooSmallIsNamed() throws Exception {
        assumeTrue(Processors.allowed().size() > 1, "this machine has one processor");
        Process process = start(
                folder.resolve("out"),
                "-Xmx2m -Xms2m",
                "touch=untouched",
                "--rounds",
                "1",
                "--seconds",
                "0.3",
                "--out",
                folder.resolve("results").toString());
        List<String> err = linesToTheEnd(err(process));
        assertTrue(process.waitFor(PATIENCE, TimeUnit.SECONDS), "it should have ended");
        assertEquals(1, process.exitValue(), err::toString);
        assertTrue(err.getLast().startsWith("ixy: nothing could be measured, the last try was touch "), err::toString);
        assertTrue(err.getLast().matches(".*([Oo]ut ?[Oo]f ?[Mm]emory).*"), err::toString);
    }

    @Test
    void cardsThatAreNotThereEndItInOneLine() throws Exception {
        assumeTrue(Processors.allowed().size() > 1, "this machine has one processor");
        Process process = start(
                "vfio-user:/no/such.sock",
                "vfio-user:/nor/this.sock",
                "direction",
                "--out",
                folder.resolve("results").toString());
        List<String> err = linesToTheEnd(err(process));
        assertTrue(process.waitFor(PATIENCE, TimeUnit.SECONDS), "it should have ended");
        assertEquals(1, process.exitValue(), err::toString);
        assertTrue(
                err.getLast().startsWith("ixy: nothing could be measured, the last try was direction "), err::toString);
        assertTrue(err.getLast().contains("/no/such.sock"), err::toString);
    }
}
