package ixy4j.apps.rfc2544;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.apps.traffic.Latency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows, notes and page of results. */
class ResultPageTest {
    private static final Latency LATENCY = new Latency(1000, 1000, 2000, 3000, 4000, 5000, 6000);
    private static final List<List<String>> FACTS = List.of(List.of("out", "model:0"));

    private static Trial trial(double wanted, double offered, long lost) {
        return new Trial(64, wanted, offered, 1000, lost, 0, 0, 0, LATENCY);
    }

    private static SizeResult whole(double throughput, double offered) {
        return new SizeResult(
                64,
                1,
                trial(throughput, offered, 0),
                trial(throughput, offered, 0),
                List.of(trial(1, 1, 500), trial(0.9, 0.5, 100), trial(0.8, 0.8, 0), trial(0.7, 0.7, 0)),
                256,
                false);
    }

    private static final SizeResult NOTHING = new SizeResult(128, 1, null, null, List.of(), -1, false);
    private static final SizeResult DEAD = new SizeResult(128, 1, null, null, List.of(trial(1, 1, 1000)), 0, false);

    @Test
    void rows() {
        assertEquals(
                List.of("64", "0.500000", "336.0", "1.000000", "2.0", "4.0", "6.0", "50.00", "256"),
                ResultPage.row(whole(0.5, 0.5)));
        assertEquals(List.of("128", "–", "–", "1.000000", "–", "–", "–", "–", "–"), ResultPage.row(NOTHING));
        assertEquals(
                "16 or more",
                ResultPage.row(whole(0.5, 0.5).withBurst(16, true)).getLast());
    }

    @Test
    void notes() {
        assertEquals(List.of(), Notes.of(List.of(NOTHING), 0.005, 0, 60));
        List<String> all = Notes.of(List.of(whole(0.5, 0.4), whole(1, 1), DEAD), 0.005, 7, 2);
        for (String part : List.of(
                "the device may do more",
                "Some throughputs are what this machine could send",
                "For some latencies",
                "did not keep some of the rates for loss",
                "Nothing came back at some sizes",
                "dropped 7 frames",
                "A trial had 2 s; RFC 2544 asks for 60.")) {
            assertEquals(1, all.stream().filter(note -> note.contains(part)).count(), part);
        }
        assertEquals(7, all.size());
    }

    /** A rate that was not kept is a gap, and what was typed is text. */
    @Test
    void thePage() {
        String page = ResultPage.of(
                List.of(whole(0.5, 0.5), NOTHING), "./ixy rfc2544 <a> b", "today", List.of("a note"), FACTS);
        assertTrue(page.contains("./ixy rfc2544 &lt;a&gt; b"));
        assertTrue(page.contains("<li>a note</li>"));
        assertTrue(page.contains("[null,null,null,null,null,null,0.0,0.0,null,50.0]"), "loss from 10% to 100%");
        assertTrue(page.contains("0.900000") && page.contains("0.500000"), "what was wanted and what was offered");
        String none = ResultPage.of(List.of(NOTHING), "x", "today", List.of(), FACTS);
        assertFalse(none.contains("Loss against rate"));
    }
}
