package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** build/lines: what the reading list names is counted, and is there. */
class LinesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String LINES = ROOT.resolve("build/lines").toString();

    @TempDir
    private Path folder;

    @Test
    void theReadingListIsNoLongerThanItWas() {
        Cli.Result result = Cli.run(List.of(LINES), Cli.SHORT).succeeds();
        assertTrue(result.out().contains("apps/Forwarder.java"), result::toString);
        assertTrue(result.out().contains("ixy in C"), result::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/architecture.md"})
    void thePagesSayHowManyThereAre(String page) throws IOException {
        Cli.Result result = Cli.run(List.of(LINES), Cli.SHORT).succeeds();
        Matcher sums = Pattern.compile("(\\d+) +(\\d+) +in all").matcher(result.out());
        assertTrue(sums.find(), result::toString);
        for (int way = 1; way <= 2; way++) {
            String sum = String.format(Locale.ROOT, "%,d", Integer.parseInt(sums.group(way)));
            assertTrue(Files.readString(ROOT.resolve(page)).contains(sum), () -> page + " should say " + sum);
        }
    }

    @Test
    void linesAreCountedInBothWays() throws IOException {
        Path source = folder.resolve("Code.java");
        Files.writeString(source, """
                package code; // 1, 1

                /* nothing
                 * "of" this */
                class Code { // 2, 2
                    String text = \"""
                            // 4, 4: a text block has a line for each
                            \"""; // 5, 5

                } // 6, and no word
                """);
        Cli.Result result = count(List.of("# a comment", "", source.toString())).succeeds();
        assertTrue(result.out().lines().anyMatch(line -> line.strip().matches("6 +5 +" + source)), result::toString);
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        String gone = "apps/src/main/java/ixy4j/apps/Gone.java";
        assertFails(count(List.of(gone)), gone + ", which does not exist");
    }

    @Test
    void aListOfNothingFails() throws IOException {
        assertFails(count(List.of("# nothing")), "names no file");
    }

    @Test
    void aListThatIsTooLongFails() throws IOException {
        Path source = folder.resolve("Long.java");
        Files.writeString(source, "class Long {}\n".repeat(100_000));
        Cli.Result result = count(List.of(source.toString()));
        assertEquals(1, result.exit(), result::toString);
        assertTrue(result.out().contains("100000 100000  in all"), result::toString);
    }

    private Cli.Result count(List<String> list) throws IOException {
        Path file = Files.write(folder.resolve("list"), list);
        return Cli.run(List.of(LINES, file.toString()), Cli.SHORT);
    }

    private static void assertFails(Cli.Result result, String what) {
        assertEquals(1, result.exit(), result::toString);
        assertEquals("", result.out(), result::toString);
        assertTrue(result.err().contains(what), result::toString);
    }
}
