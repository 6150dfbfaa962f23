package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import ixy4j.model.wire.CaptureReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./ixy dump} on emulated cards. */
class DumpTest {
    private static final String LINE =
            "\\d\\d:\\d\\d:\\d\\d\\.\\d{6} IP 198\\.18\\.0\\.1\\.49152 > 198\\.18\\.0\\.2\\.9: UDP, length 18";

    @TempDir
    private Path folder;

    private static long frames(Path capture) {
        try (CaptureReader reader = new CaptureReader(capture)) {
            return reader.frames();
        }
    }

    @Test
    void eachFrameIsALineAndTheTotalsAreBeside() {
        Cli.Result result = Cli.run("dump", "model:0?wire=generator,rate=0.001", "--count", "5")
                .succeeds();
        List<String> lines = result.out().lines().toList();
        assertEquals(5, lines.size(), result::toString);
        assertTrue(lines.stream().allMatch(line -> line.matches(LINE)), result::toString);
        assertTrue(result.err().contains("received "), result::toString);
        assertTrue(result.err().contains("s, matched 5, not matched 0"), result::toString);
    }

    @Test
    void framesAreObjectsWithJson() {
        Cli.Result result = Cli.run("dump", "model:0?wire=generator,rate=0.001", "udp", "--count", "3", "--json", "-x")
                .succeeds();
        List<Map<String, Object>> lines = Json.lines(result.out());
        assertEquals(4, lines.size(), result::toString);
        assertEquals(60, Json.number(lines.getFirst(), "length"));
        assertEquals(120, ((String) lines.getFirst().get("bytes")).length());
        assertTrue(((String) lines.getFirst().get("line")).endsWith(" UDP, length 18"), result::toString);
        assertEquals(3, Json.number(lines.getLast(), "matched"));
    }

    /** Nothing is shown, and each frame that was received is in a figure. */
    @Test
    void quietOnlyCounts() {
        Cli.Result result =
                Cli.run("dump", "model:0", "--count", "5", "--quiet", "--json").succeeds();
        assertEquals(1, result.out().lines().count(), result::toString);
        Map<String, Object> end = Json.lines(result.out()).getLast();
        Map<String, Object> card = Json.objects(end, "totals").getFirst();
        assertEquals(
                Json.number(card, "rx_packets") - Json.number(card, "rx_unread"),
                Json.number(end, "matched") + Json.number(end, "not_matched") + Json.number(end, "behind_the_last"));
    }

    @Test
    void asManyLinesAsWereAskedForAreShown() {
        assertEquals(
                10_000,
                Cli.run("dump", "model:0?wire=generator,rate=0.2", "--count", "10000")
                        .succeeds()
                        .out()
                        .lines()
                        .count());
    }

    @Test
    void whatAnExpressionDoesNotChooseIsCounted() {
        Cli.Result result = Cli.run(
                        "dump", "model:0?wire=generator,rate=0.001,count=20", "not", "udp", "--seconds", "1", "--json")
                .succeeds();
        Map<String, Object> end = Json.lines(result.out()).getLast();
        assertEquals(0, Json.number(end, "matched"));
        assertEquals(20, Json.number(end, "not_matched"));
    }

    @ParameterizedTest
    @CsvSource({"out.pcap", "out.pcapng"})
    void aFileHasWhatCameAndTcpdumpReadsIt(String name) {
        Machine.needsProgram("tcpdump");
        Path file = folder.resolve(name);
        Cli.run("dump", "model:0?wire=generator,rate=0.1", "--write", file.toString(), "--count", "10000")
                .succeeds();
        assertEquals(10_000, frames(file));
        Cli.Result read = Cli.run(List.of("tcpdump", "-n", "-t", "-c", "2", "-r", file.toString()), Cli.SHORT)
                .succeeds();
        assertTrue(read.out().startsWith("IP 198.18.0.1.49152 > 198.18.0.2.9: "), read::toString);
    }

    @Test
    void anotherFileIsBegunAfterSoManyBytes() {
        Path file = folder.resolve("out.pcap");
        Cli.run(
                        "dump",
                        "model:0?wire=generator,rate=0.1,size=1024",
                        "--write",
                        file.toString(),
                        "--rotate",
                        "1M",
                        "--count",
                        "2500")
                .succeeds();
        assertEquals(1008, frames(file)); // (2^20 - 24) / (16 + 1024)
        assertEquals(1008, frames(folder.resolve("out.1.pcap")));
        assertEquals(484, frames(folder.resolve("out.2.pcap")));
        assertTrue(file.toFile().length() <= 1 << 20);
    }

    /** What is in the file then can be read. */
    @Test
    void aFullDiskEndsIt() {
        Machine.needsRoot();
        Machine.needsProgram("tcpdump");
        String shell = "mount -t tmpfs -o size=1m ixy4j-test " + folder + " && \"$@\"; code=$?; tcpdump -r " + folder
                + "/out.pcap 2>/dev/null | wc -l; exit $code";
        Cli.Result result = Cli.run(
                Cli.words(
                        List.of("unshare", "-m", "sh", "-c", shell, "sh"),
                        Cli.ixy("dump", "model:0?wire=generator,size=1024,rate=0.5", "--write", folder + "/out.pcap")),
                Cli.SHORT);
        assertEquals(1, result.exit(), result::toString);
        assertTrue(result.err().contains("No space left on device"), result::toString);
        assertTrue(Integer.parseInt(result.out().strip()) > 500, result::toString);
    }

    @Test
    void whatCannotBeReadIsPointedAt() {
        Cli.Result result = Cli.run("dump", "model:0", "udp", "port", "http");
        assertEquals(2, result.exit(), result::toString);
        assertEquals("", result.out());
        assertEquals("""
                ixy: the expression 'udp port http' should have a port, 0 to 65535, but there is 'http'
                  udp port http
                           ^
                """, result.err());
    }

    @Test
    void optionsThatMakeNoSenseAreNamed() {
        Cli.run("dump", "model:0", "--rotate", "1M").failsInOneLine(2, "--rotate 1M is for files");
        Cli.run("dump", "model:0", "--write", folder + "/a", "--rotate", "x").failsInOneLine(2, "--rotate", "not x");
        Cli.run("dump", "model:0", "--count", "0").failsInOneLine(2, "--count", "0");
        Cli.run("dump", "model:0", "--write", "-").failsInOneLine(2, "/dev/stdout");
        Cli.run("dump", "model:0", "--write", "/dev/null", "--rotate", "1M").failsInOneLine(2, "/dev/null is none");
        Cli.run("dump", "model:0", "--write", folder + "/a", "-v").failsInOneLine(2, "-v is for frames that are shown");
        Cli.run("dump", "model:0", "--write", folder + "/none/a").failsInOneLine(1, "none/a: cannot be written");
    }
}
