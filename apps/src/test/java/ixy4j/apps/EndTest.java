package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is thrown, on whatever thread: the command ends, says why, has exit code 1, and gives its cards back. */
class EndTest {
    private static final Duration LONG = Duration.ofSeconds(90);

    /** Our command line, with cards of {@link FaultyProvider}. */
    private static List<String> faulty(String... arguments) {
        List<Path> classPath = new ArrayList<>(Cli.classPath());
        classPath.add(here());
        return Cli.words(
                List.of("env", "--default-signal=INT,TERM,HUP"),
                Cli.java(classPath, List.of("-XX:+UseSerialGC", "-Xmx32m"), arguments));
    }

    private static Path here() {
        try {
            return Path.of(EndTest.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertTold(Cli.Result result, String what) {
        List<String> lines = result.err().lines().toList();
        String said = lines.stream()
                .filter(line -> line.startsWith("ixy: "))
                .findFirst()
                .orElse("");
        assertTrue(
                said.contains(
                        switch (what) {
                            case "memory" ->
                                "the heap of 30 MiB is full: give the JVM more, as IXY_JAVA_OPTS='-Xmx64m'";
                            case "recursion" -> "StackOverflowError";
                            default -> "on purpose";
                        }),
                result::toString);
        boolean traced = lines.stream().anyMatch(line -> line.startsWith("\tat "));
        if (what.equals("memory") || what.equals("machine")) {
            assertFalse(traced, result::toString);
        }
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(
            strings = {"memory", "recursion", "assertion", "linkage", "initializer", "null", "argument", "machine"})
    void onThePacketThread(String what) {
        Cli.Result result = Cli.run(faulty("sink", "faulty:packets," + what, "--json"), LONG);
        assertEquals(1, result.exit(), result::toString);
        assertTold(result, what);
        assertTrue(result.err().contains("closed"), result::toString);
        assertTrue(Json.lines(result.out()).getLast().containsKey("totals"), result::toString);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"memory", "assertion", "initializer", "null", "machine"})
    void onTheMainThread(String what) {
        Cli.Result result = Cli.run(faulty("fwd", "faulty:nowhere,nothing", "faulty:open," + what), LONG);
        assertEquals(1, result.exit(), result::toString);
        assertEquals("", result.out(), result::toString);
        assertTold(result, what);
        assertTrue(result.err().contains("closed"), result::toString); // the first of the two cards
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"recursion", "assertion", "linkage", "null", "machine"})
    void onTheThreadOfTheEmulatedCard(String what) {
        Cli.Result result = Cli.run(faulty("pktgen", "faulty:card," + what, "--json"), LONG);
        assertEquals(1, result.exit(), result::toString);
        assertTold(result, what);
        assertTrue(result.err().contains("closed"), result::toString);
        assertTrue(Json.lines(result.out()).getLast().containsKey("totals"), result::toString);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"memory", "assertion", "null", "machine"})
    void onAnyOtherThread(String what) {
        Cli.Result result = Cli.run(faulty("sink", "faulty:thread," + what, "--json"), LONG);
        assertEquals(1, result.exit(), result::toString);
        assertTold(result, what);
        assertTrue(result.err().contains("closed"), result::toString);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"memory", "assertion", "machine"})
    void inClosing(String what) {
        Cli.Result result = Cli.run(
                faulty("fwd", "faulty:nowhere,nothing", "faulty:close," + what, "--seconds", "0.1", "--json"), LONG);
        assertEquals(1, result.exit(), result::toString);
        assertTold(result, what);
        assertEquals(2, result.err().lines().filter("closed"::equals).count(), result::toString);
        assertTrue(Json.lines(result.out()).getLast().containsKey("totals"), result::toString);
    }

    /** No hook waits without limit. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({"packets, TERM", "close, INT", "open, HUP"})
    void whatDoesNotStopIsEndedAndNamed(String where, String signal) {
        try (Cli cli = Cli.start(faulty("sink", "faulty:" + where + ",hang"))) {
            if (where.equals("close")) {
                cli.awaitThread("packets");
            } else {
                cli.awaitError("hangs");
            }
            cli.signal(signal);
            Cli.Result result = cli.await(LONG);
            assertEquals(1, result.exit(), result::toString);
            assertTrue(result.err().contains("ixy: not ended within 15 s"), result::toString);
            assertTrue(result.err().contains("FaultyProvider.happen"), result::toString);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aHeapThatIsTooSmall() {
        List<String> tiny = List.of("-XX:+UseSerialGC", "-Xmx3m", "-Xms2m");
        Cli.Result result = Cli.run(
                Cli.java(Cli.classPath(), tiny, "fwd", "--ring", "4096", "--batch", "4096", "--seconds", "1"), LONG);
        assertEquals(1, result.exit(), result::toString);
        assertTrue(result.err().lines().toList().getLast().contains("the heap of 3 MiB is full"), result::toString);
    }

    /** Somewhere between what cannot even start and what is enough, memory is missing at any place. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(ints = {2, 4, 6})
    void heapsOfAllSizes(int mib) {
        List<String> jvm = List.of("-XX:+UseSerialGC", "-Xmx" + mib + "m", "-Xms2m");
        for (String line : List.of("fwd --json --seconds 1", "devices", "pktgen model:0 --count 10", "fwd --bogus")) {
            String[] words = line.split(" ", -1);
            Cli.Result result = Cli.run(Cli.java(Cli.classPath(), jvm, words), LONG);
            assertTrue(Arrays.asList(0, 1, line.contains("bogus") ? 2 : 1).contains(result.exit()), result::toString);
            assertTrue(result.exit() != 1 || !result.err().isEmpty(), result::toString);
        }
    }
}
