package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tester of two cards around a device with a limit: our forwarder, whose wire carries so much only. */
class Rfc2544Test {
    private static final double LIMIT = 0.02; // Mpps

    @TempDir
    private Path folder;

    private String socket(int number) {
        return folder.resolve("s" + number).toString();
    }

    private Cli cards() {
        Cli nic = Cli.start(
                "nic",
                "--socket",
                socket(0),
                "--wire",
                "cross:in",
                "--socket",
                socket(1),
                "--wire",
                "cross:in",
                "--fault",
                "limit=" + LIMIT,
                "--socket",
                socket(2),
                "--wire",
                "cross:out",
                "--socket",
                socket(3),
                "--wire",
                "cross:out");
        nic.await("four cards", Cli.SHORT, () -> nic.whole().size() >= 4);
        return nic;
    }

    @Test
    void theLimitIsFound() throws IOException {
        Path page = folder.resolve("page.html");
        try (Cli nic = cards();
                Cli fwd = Cli.start("fwd", "vfio-user:" + socket(1), "vfio-user:" + socket(2), "--wait", "adaptive")) {
            fwd.await("a second", Cli.SHORT, () -> !fwd.whole().isEmpty());
            Cli.Result result = Cli.run(
                            Cli.ixy(
                                    "rfc2544",
                                    "vfio-user:" + socket(0),
                                    "vfio-user:" + socket(3),
                                    "--sizes",
                                    "64",
                                    "--trial",
                                    "1",
                                    "--most",
                                    "0.03",
                                    "--resolution",
                                    "0.7",
                                    "--tries",
                                    "3",
                                    "--tests",
                                    "latency,back-to-back",
                                    "--json",
                                    "--page",
                                    page.toString()),
                            Cli.LONG.multipliedBy(2))
                    .succeeds();
            List<Map<String, Object>> results =
                    Json.objects(Json.lines(result.out()).getLast(), "results");
            assertEquals(1, results.size(), result::toString);
            for (Map<String, Object> one : results) {
                assertEquals(LIMIT, Json.number(one, "throughput_mpps"), 0.02 * LIMIT, result::toString);
                assertTrue(
                        Json.number(one, "back_to_back_frames") >= 256,
                        result::toString); // what the wire takes at once
                assertTrue(Json.number(Json.object(one, "latency_ns"), "p50") > 0, result::toString);
            }
            String html = Files.readString(page);
            assertTrue(html.contains("ixy4j: RFC 2544") && html.contains("\"64 bytes\""), "a page with charts");
            fwd.signal("TERM");
            fwd.await(Cli.SHORT).succeeds();
            nic.signal("TERM");
            Cli.Result cards = nic.await(Cli.SHORT).succeeds();
            assertEquals(4, cards.out().split("; no mistake of the driver", -1).length - 1, cards::toString);
        }
    }

    /** What was measured until then is shown, and cards are given back. */
    @Test
    void itEndsWhenItIsToldTo() {
        try (Cli cli = Cli.start("rfc2544", "model:0?wire=cross:a", "model:1?wire=cross:a", "--trial", "0.2")) {
            cli.await("trials", Cli.LONG, () -> cli.whole().stream().anyMatch(line -> line.contains(" loss ")));
            cli.signal("TERM");
            Cli.Result result = cli.await(Cli.SHORT).succeeds();
            assertEquals("", result.err());
            assertTrue(result.out().lines().toList().getLast().endsWith(" s"), result::toString);
        }
    }

    /** All of it over a cable: table and legend for people. */
    @Test
    void aCableIsADeviceToo() {
        Cli.Result result = Cli.run(
                        Cli.ixy(
                                "rfc2544",
                                "model:0?wire=cross:b",
                                "model:1?wire=cross:b",
                                "--trial",
                                "0.1",
                                "--sizes",
                                "64",
                                "--most",
                                "0.005",
                                "--loss",
                                "10",
                                "--tries",
                                "3"),
                        Cli.LONG)
                .succeeds();
        assertTrue(result.out().contains("   bytes "), result::toString);
        assertTrue(result.out().contains("A trial had 0.1 s; RFC 2544 asks for 60."), result::toString);
        assertTrue(
                result.out().lines().anyMatch(line -> line.matches(" +64 +0\\.00\\d+ +\\d+\\.\\d .*")),
                result::toString);
        assertFalse(result.out().contains("NaN"), result::toString);
    }

    /** Nor is what was there lost. */
    @Test
    void withoutALinkThereIsNothingToMeasure() throws IOException {
        Path page = Files.writeString(folder.resolve("old.html"), "old");
        Cli.Result result = Cli.run(
                Cli.ixy("rfc2544", "model:0?wire=none", "model:1?wire=none", "--page", page.toString()), Cli.LONG);
        assertEquals(1, result.exit(), result::toString);
        assertTrue(
                result.err().contains("model:0?wire=none has no link, so there is nothing to measure"),
                result::toString);
        assertEquals("old", Files.readString(page));
    }

    @Test
    void aPageThatCannotBeWrittenIsSaidBeforeAnythingIsMeasured() {
        Cli.run(
                        "rfc2544",
                        "model:0",
                        "model:1",
                        "--page",
                        folder.resolve("no/page.html").toString())
                .failsInOneLine(1, "no/page.html cannot be written");
    }
}
