package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forwarder as it runs on hardware, through sysfs and huge pages, on two cards that another program plays. */
class RigTest {
    private static final Path SOURCE = Path.of("../../shared/rig/rig.c"); // seen from this module's folder
    private static final Path RIG = Path.of("target/rig");
    private static final String[] CARDS = {"0000:03:00.0", "0000:04:00.0"};
    private static final Pattern TOTALS =
            Pattern.compile("mpps=(\\S+) .*frames_in=(\\d+) frames_out=(\\d+) bad=(\\d+) lost=(\\d+)");
    private static final int CLOSING_ROUNDS = 80; // in each process, with three or four closings each
    private static final int CLOSING_PROCESSES = 2;
    private static final long ENOUGH = 100_000; // frames
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx32m");

    @BeforeAll
    static void compile() {
        Machine.needsRoot();
        Machine.needs(Files.exists(SOURCE), SOURCE.toString());
        Machine.needsProgram("cc");
        Machine.needsHugePages(32);
        Machine.needs(Runtime.getRuntime().availableProcessors() >= 2, "two processors, one for each side");
        Cli.run(List.of("cc", "-O2", "-march=native", "-o", RIG.toString(), SOURCE.toString()), Cli.SHORT)
                .succeeds();
    }

    private static List<String> rig(int seconds, int length) {
        return List.of(RIG.toAbsolutePath().toString(), "-s", "" + seconds, "-w", "1", "-l", "" + length, "--");
    }

    private static List<String> fwd(List<String> jvm, String... more) {
        List<String> arguments = Cli.words(List.of("fwd", CARDS[0], CARDS[1]), List.of(more));
        return Cli.java(Cli.classPath(), jvm, arguments.toArray(new String[0]));
    }

    /**
     * Forwards, and checks that each frame that the rig saw was as it should be, and that it saw many; where others have
     * the processors, for longer.
     */
    private static void forward(int seconds, int length, List<String> fwd) {
        if (frames(seconds, length, fwd) <= ENOUGH) {
            long frames = frames(10 * seconds, length, fwd);
            assertTrue(frames > ENOUGH, () -> "only " + frames + " frames in " + 10 * seconds + " s");
        }
    }

    private static long frames(int seconds, int length, List<String> fwd) {
        List<String> rig = rig(seconds, length);
        Cli.Result result = Cli.run(Cli.words(rig, fwd), Duration.ofSeconds(40 + seconds));
        assertFalse(result.err().contains("ended by itself"), result::toString);
        Matcher totals = TOTALS.matcher(result.out());
        assertTrue(totals.find(), result::toString);
        System.out.println(String.join(" ", rig.subList(1, rig.size())) + " " + totals.group());
        assertEquals("0", totals.group(4), result::toString);
        result.succeeds();
        return Long.parseLong(totals.group(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 512, 1514})
    void forwardsLongerFrames(int length) {
        forward(1, length, fwd(OPTIONS));
    }

    @Test
    void forwardsTheShortestFrames() {
        forward(2, 60, fwd(OPTIONS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "4", "256"})
    void forwardsInBatches(String batch) {
        forward(1, 60, fwd(OPTIONS, "--batch", batch));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "4096"})
    void forwardsWithRings(String ring) {
        forward(1, 60, fwd(OPTIONS, "--ring", ring));
    }

    /**
     * A collector that collects nothing: what allocates for each batch has filled the heap after so many frames. Where
     * others have the processors, half a minute has to do.
     */
    @Test
    void livesOnWithoutACollector() {
        List<String> epsilon = List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xms64m", "-Xmx64m");
        long filled = (64L << 20) / 16 * 32; // by an empty object for each 32 frames
        if (frames(4, 60, fwd(epsilon)) <= filled) {
            forward(30, 60, fwd(epsilon));
        }
    }

    /** In several processes, as the rig keeps each page that a card was given. */
    @Test
    void cardsAreClosedUnderTraffic() {
        Machine.needsHugePages(2 * CLOSING_ROUNDS + 16);
        long seed = Long.getLong("ixy4j.seed", System.nanoTime());
        for (int i = 0; i < CLOSING_PROCESSES; i++) {
            List<String> closing =
                    Cli.testProgram(RigClosing.class, CARDS[0], CARDS[1], "" + CLOSING_ROUNDS, "" + (seed + i));
            Cli.Result result = Cli.run(Cli.words(rig(3600, 60), closing), Duration.ofSeconds(100));
            assertTrue(result.err().contains("ended by itself, status 0\n"), result::toString);
            Matcher totals = TOTALS.matcher(result.out());
            assertTrue(totals.find(), result::toString);
            assertEquals("0", totals.group(4), result::toString);
        }
    }

    @Test
    void leavesTheCardsStoppedAndTheMemoryFree() {
        long before = Machine.hugePages("free_hugepages");
        String script = """
                "$@"
                code=$?
                for card in 0000:03:00.0 0000:04:00.0; do
                    cd /sys/bus/pci/devices/$card
                    od -An -tx1 -j4 -N1 config
                    od -An -tx1 -j4139 -N1 resource0 # RXDCTL[0], bits 31:24
                    od -An -tx1 -j24619 -N1 resource0 # TXDCTL[0]
                done
                exit $code
                """;
        List<String> shell = Cli.words(rig(60, 60), List.of("sh", "-c", script, "sh"));
        Cli.Result result =
                Cli.run(Cli.words(shell, fwd(OPTIONS, "--seconds", "2", "--quiet")), Duration.ofSeconds(60));
        assertTrue(
                result.err().contains("ended by itself, status 0\n")
                        || result.err().contains("status 0x0\n"),
                result::toString);
        List<String> lines = result.out().lines().map(String::strip).toList();
        assertEquals(
                List.of("02", "00", "00", "02", "00", "00"),
                lines.stream().filter(line -> line.matches("[0-9a-f]{2}")).toList(),
                () -> "bus mastering and queues off: " + result);
        assertTrue(lines.getFirst().startsWith("0000:03:00.0  received "), result::toString);
        assertTrue(Machine.hugePages("free_hugepages") >= before, "huge pages given back");
    }

    @Test
    void saysHowManyHugePagesAreMissing() throws IOException {
        Path pool = Machine.HUGE_PAGES.resolve("nr_hugepages");
        String before = Files.readString(pool).strip();
        Cli.Result result;
        try {
            Files.writeString(pool, "0");
            Machine.needs(Machine.hugePages("free_hugepages") == 0, "huge pages that nobody reserves meanwhile");
            result = Cli.run(Cli.words(rig(1, 60), fwd(OPTIONS)), Cli.SHORT);
        } finally {
            Files.writeString(pool, before);
        }
        List<String> ours =
                result.err().lines().filter(line -> !line.startsWith("rig: ")).toList();
        assertEquals(1, ours.size(), result::toString);
        assertTrue(
                ours.getFirst()
                        .matches("ixy: this needs [0-9]+ more huge pages of 2 MiB.* echo [0-9]+ > /sys/kernel/mm/.*"),
                result::toString);
        assertTrue(result.err().contains("ended by itself, status 0x100"), result::toString);
    }

    @Test
    void oneCardInTwoSpellings() {
        List<String> twice = Cli.ixy("fwd", "03:00.0", "0000:03:00.0");
        Cli.Result result = Cli.run(Cli.words(rig(1, 60), twice), Cli.SHORT);
        List<String> ours =
                result.err().lines().filter(line -> !line.startsWith("rig: ")).toList();
        assertEquals(1, ours.size(), result::toString);
        assertTrue(ours.getFirst().startsWith("ixy: "), result::toString);
        assertTrue(ours.getFirst().contains("03:00.0"), result::toString);
        assertTrue(result.err().matches("(?s).*ended by itself, status 0x[12]00\n.*"), result::toString);
    }
}
