package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where people write other digits, or letters change their case otherwise, all that is said and read stays the same. */
class LocaleTest {
    private static final List<List<String>> LOCALES = List.of(
            List.of("-Duser.language=ar", "-Duser.country=EG"), List.of("-Duser.language=tr", "-Duser.country=TR"));

    @TempDir
    private Path folder;

    private static Cli.Result run(List<String> locale, String line) {
        return Cli.run(Cli.java(Cli.classPath(), locale, line.split(" ", -1)), Cli.SHORT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fwd --bogus",
                "fwd --ring 100",
                "fwd model:0 model:0 model:1",
                "fwd model:0?fault=reset-hangs model:1",
                "sink fffe:1f:1e.7",
                "devices",
            })
    void messagesAreTheSame(String line) {
        Cli.Result here = Cli.run(line.split(" ", -1));
        for (List<String> locale : LOCALES) {
            Cli.Result there = run(locale, line);
            assertEquals(here.exit(), there.exit(), there::toString);
            assertEquals(here.out(), there.out(), there::toString);
            assertEquals(here.err(), there.err(), there::toString);
        }
    }

    /** Figures that differ from run to run: they have ASCII's digits and points. */
    @ParameterizedTest
    @ValueSource(strings = {"fwd --seconds 1.5", "fwd --seconds 1 --json", "pktgen model:0 --rate 0.001 --count 10"})
    void figuresHaveTheSameDigits(String line) {
        for (List<String> locale : LOCALES) {
            Cli.Result result = run(locale, line).succeeds();
            assertTrue(result.out().chars().allMatch(c -> c < 128), result::toString);
            if (line.contains("--json")) {
                Json.lines(result.out());
            } else {
                assertTrue(result.out().lines().toList().getLast().matches("\\d+\\.\\d s.*"), result::toString);
            }
        }
    }

    @Test
    void soHasATrace() throws IOException {
        Path trace = folder.resolve("trace");
        String socket = folder.resolve("nic.sock").toString();
        String[] nic = {"nic", "--trace", trace.toString(), "--socket", socket, "--wire", "sink"};
        try (Cli card = Cli.start(Cli.java(Cli.classPath(), LOCALES.getFirst(), nic))) {
            card.awaitLines(1);
            run(LOCALES.getFirst(), "sink vfio-user:" + socket + " --seconds 1").succeeds();
            card.signal("TERM");
            card.await(Cli.SHORT).succeeds();
        }
        String text = Files.readString(trace);
        assertTrue(text.contains("CTRL"), text);
        assertTrue(text.chars().allMatch(c -> c < 128), text);
    }
}
