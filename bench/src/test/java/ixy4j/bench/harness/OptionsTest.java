package ixy4j.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.bench.plan.Catalogue;
import ixy4j.bench.plan.Experiment;
import ixy4j.bench.plan.Selection;
import ixy4j.bench.report.Reports;
import ixy4j.bench.run.Setup.Cards;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options and what is wrong with them: one line, with the value, and exit code 2 or 1. */
class OptionsTest {
    @TempDir
    private Path folder;

    private static void fails(int code, String part, String... arguments) {
        StringWriter err = new StringWriter();
        int exit = Main.commandLine().setErr(new PrintWriter(err)).execute(arguments);
        assertEquals(code, exit, err.toString());
        assertTrue(err.toString().contains(part), () -> "'" + part + "' should be in " + err);
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().startsWith("ixy: "), err::toString);
    }

    @Test
    void wrongValues() throws Exception {
        fails(2, "there is no experiment 'speed': there are stages, batch", "speed");
        fails(2, "experiment ring has no variant '65': it has 64, 512, 4096", "--quick", "ring=65");
        fails(2, "--rounds takes 1 to 100, not 0", "--rounds", "0");
        fails(2, "--seconds takes 0.1 to 60, not NaN", "--seconds", "NaN");
        fails(2, "--seconds takes a number, not 'soon': Measure each for N seconds a round", "--seconds", "soon");
        fails(2, "--rounds takes a number, not '1.5': Rounds, 1 to 100;", "--rounds", "1.5");
        fails(2, "two different cards or none, not model:0", "model:0");
        fails(2, "not model:0 and model:1 and model:2", "model:0", "model:1", "model:2", "batch");
        fails(2, "--on takes 82599, virtio-split, virtio-packed or model, not 'e1000'", "--on", "e1000");
        fails(2, "--on is for cards in memory", "--on", "82599", "model:0", "model:1");
        fails(2, "there is no experiment 'tail': there are", "--on", "virtio-split", "tail");
        fails(2, "not model:1 and model:1", "model:1", "model:1");
        fails(2, "--cpus takes two numbers", "--cpus", "one");
        fails(2, "packet thread and cards need one each", "--cpus", first() + "," + first());
        fails(2, "may not use processor 9999", "--cpus", first() + ",9999");
    }

    @Test
    void aGroupIsPickedByItsNameAndOnlyThen() {
        List<Experiment> all = Catalogue.all(false, Cards.IXGBE);
        List<String> waiting = Selection.pick(all, List.of("waiting")).stream()
                .map(Experiment::name)
                .toList();
        assertEquals(
                List.of("waiting-idle", "waiting-1k", "waiting-10k", "waiting-100k", "waiting-1m", "waiting-full"),
                waiting);
        assertTrue(Selection.pick(all, List.of()).stream().noneMatch(experiment -> experiment.isOf("waiting")));
        List<Experiment> one = Selection.pick(all, List.of("waiting-1k=adaptive"));
        assertEquals(2, one.getFirst().variants().size(), one::toString);
    }

    private static int first() {
        return Processors.allowed().getFirst();
    }

    @Test
    void reportsThatAreNone() throws Exception {
        Path file = folder.resolve("old.json");
        fails(2, "there is no report " + file, "--against", file.toString());
        Files.writeString(file, "{\"format\": \"ixy4j-bench\", \"version\": 99}");
        fails(2, "its format is 'ixy4j-bench', version 99, not ixy4j-bench, version 1", "--against", file.toString());
        Files.writeString(file, "[1, 2");
        fails(2, file + " is no report", "--against", file.toString());
        Files.writeString(file, "{\"format\": \"ixy4j-bench\", \"version\": 1}");
        fails(2, "a part of it is missing", "--against", file.toString());
        Files.writeString(file, "{\"format\": \"ixy4j-bench\", \"version\": 1, \"experiments\": 7}");
        fails(2, file + " is no report", "--against", file.toString());
        fails(2, "there is no report " + folder.resolve("results.json"), "--against", folder.toString());
        Files.writeString(file, "");
        fails(2, "its format is ''", "--against", file.toString());
        Files.write(file, new byte[] {(byte) 0xff, 0, 1});
        fails(2, "cannot be read", "--against", file.toString());
    }

    @Test
    void foldersThatCannotBeWrittenTo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        IxyException e = assertThrows(IxyException.class, () -> Output.in(file.resolve("results")));
        assertTrue(e.getMessage().contains("cannot be written to"), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
        fails(
                1,
                "cannot be written to",
                "stages",
                "--out",
                file.resolve("results").toString());
        fails(1, "cannot be written to", "stages", "--out", "/proc/results");

        Files.writeString(folder.resolve("results.json"), "{}");
        IllegalArgumentException full = assertThrows(IllegalArgumentException.class, () -> Output.in(folder));
        assertTrue(full.getMessage().contains("has a results.json already"), full.getMessage());
        assertEquals("{}", Files.readString(folder.resolve("results.json")));
    }

    @Test
    void whatCannotBeWrittenInTheEndIsOneLine() throws Exception {
        Path results = folder.resolve("results");
        Output output = Output.in(results);
        Files.delete(results);
        IxyException e = assertThrows(IxyException.class, () -> output.writeAll(Reports.empty(List.of()), null));
        assertTrue(e.getMessage().startsWith(results.resolve("results.json") + " cannot be written"), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void tooLittleMemoryAndTooFewProcessors() {
        IxyException e = assertThrows(IxyException.class, () -> Preconditions.checkMemory(100));
        assertTrue(e.getMessage().contains("but there are 100 MiB"), e.getMessage());
        Preconditions.checkMemory(Preconditions.LEAST_MIB);

        IxyException one = assertThrows(IxyException.class, () -> Processors.choose(List.of(3)));
        assertTrue(one.getMessage().contains("may use 1"), one.getMessage());
        assertEquals(3, Processors.choose(List.of(0, 3)).packets());
        assertEquals(new Processors(3, -1), Processors.one(List.of(3))); // cards that are not in memory
        assertEquals(List.of(0, 1, 2, 3, 8), Processors.list("0-3,8"));
    }

    @Test
    void tooFewHugePages() {
        List<Experiment> pool = Selection.pick(Catalogue.all(true, Cards.GIVEN), List.of("pool"));
        assertEquals(6 + 63, Preconditions.hugePages(pool)); // 65536 buffers, 1056 in each, and rings
        List<Experiment> stages = Selection.pick(Catalogue.all(true, Cards.GIVEN), List.of("stages"));
        assertEquals(0, Preconditions.hugePages(stages));
        IxyException e = assertThrows(IxyException.class, () -> Preconditions.checkHugePages(69, 70));
        assertTrue(
                e.getMessage().contains("needs 70 huge pages of 2 MiB for these cards, but 69 are free"),
                e.getMessage());
        Preconditions.checkHugePages(70, 70);
    }

    @Test
    void aCollectorOfTheUserReplacesOursAndThatOfAVariantReplacesHis() {
        Jvm plain = Jvm.ofEnvironment(Map.of());
        assertTrue(plain.options(List.of()).containsAll(List.of("-XX:+UseSerialGC", "-Xmx64m")));
        Jvm own = Jvm.ofEnvironment(Map.of("IXY_JAVA_OPTS", " -XX:+UseZGC  -Xmx200m -Dx=y "));
        List<String> options = own.options(List.of());
        assertTrue(options.containsAll(List.of("-XX:+UseZGC", "-Xmx200m", "-Dx=y")), options::toString);
        assertFalse(options.contains("-XX:+UseSerialGC") || options.contains("-Xmx64m"), options::toString);
        List<String> variant = own.options(List.of("-XX:+UseG1GC"));
        assertTrue(variant.contains("-XX:+UseG1GC") && variant.contains("-Dx=y"), variant::toString);
        assertFalse(variant.contains("-XX:+UseZGC"), variant::toString);
    }

    @Test
    void soDoThoseThatEachJvmTakesByItself() {
        Jvm jvm = Jvm.ofEnvironment(Map.of(
                "_JAVA_OPTIONS", "-Xmx100m",
                "JDK_JAVA_OPTIONS", "\"-XX:+UseZGC\" -Da='b c'",
                "JAVA_TOOL_OPTIONS", "-Xms70m",
                "IXY_JAVA_OPTS", "-Xmx200m"));
        List<String> options = jvm.options(List.of());
        assertEquals(
                List.of("-Xms70m", "-XX:+UseZGC", "-Da=b c", "-Xmx200m", "-Xmx100m"),
                options.subList(options.size() - 5, options.size()));
        assertFalse(options.contains("-XX:+UseSerialGC") || options.contains("-Xmx64m"), options::toString);
        List<String> file =
                Jvm.ofEnvironment(Map.of("JDK_JAVA_OPTIONS", "@options")).options(List.of());
        assertFalse(file.contains("-XX:+UseSerialGC") || file.contains("-Xmx64m"), file::toString);
    }
}
