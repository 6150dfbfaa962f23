package ixy4j.watch.page;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.watch.scene.Scene;
import ixy4j.watch.scene.SceneOptions;
import ixy4j.watch.scene.ScenePlayer;
import ixy4j.watch.server.Recording;
import ixy4j.watch.server.WatchServer;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Descriptor;
import ixy4j.watch.timeline.Frame;
import ixy4j.watch.timeline.Heading;
import ixy4j.watch.timeline.Place;
import ixy4j.watch.timeline.RingField;
import ixy4j.watch.timeline.Timeline;
import ixy4j.watch.timeline.Who;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page, of a running scene and of recordings, in Debian's chromium. */
class PageTest {
    private static final int OPENED = 200; // moments until both cards are up, and a few more

    @TempDir
    private static Path profile;

    private static Reader reader;

    @TempDir
    private Path folder;

    private final Scene scene = new Scene(SceneOptions.DEFAULT);
    private final ScenePlayer player = new ScenePlayer(scene);
    private final WatchServer server = new WatchServer(player, 0);

    @BeforeAll
    static void openBrowser() {
        reader = new Reader(profile);
    }

    @AfterAll
    static void closeBrowser() {
        if (reader != null) {
            reader.close();
        }
    }

    @BeforeEach
    void openPage() {
        reader.screen(1400, 900);
        reader.open(server.uri());
    }

    @AfterEach
    void closeScene() {
        reader.assertNoTrouble();
        reader.leave();
        server.close();
        player.close();
        scene.close();
    }

    /** Has the scene go on until it has so many moments, and shows the last one. */
    private void goOn(int moments) {
        while (scene.timeline().next() < moments) {
            scene.step(null);
        }
        reader.await("the moments", () -> reader.end() >= moments);
        reader.press(Keys.END);
        reader.await("the end", () -> reader.position() >= moments);
    }

    private Path record() {
        Path file = folder.resolve("scene.html");
        Recording.write(scene.timeline(), file);
        return file;
    }

    @Test
    void playsAndPauses() {
        reader.press(Keys.SPACE);
        reader.await("some moments", () -> reader.position() > 3);
        assertTrue(reader.isPlaying());
        reader.press(Keys.SPACE);
        reader.await("the pause", () -> !reader.isPlaying());
        assertTrue(scene.timeline().next() >= reader.position());
        assertNotEquals("", reader.text(".what"));
    }

    @Test
    void stepsOnAndBack() {
        for (int i = 1; i <= 4; i++) {
            int moments = i;
            reader.press(Keys.ARROW_RIGHT);
            reader.await("step " + i, () -> reader.position() == moments);
        }
        String sentence = scene.timeline().moments().get(2).what();
        reader.press(Keys.ARROW_LEFT);
        reader.await("the step before", () -> reader.position() == 3);
        assertEquals(sentence, reader.text(".what"));
    }

    @Test
    void stepsOfDriverAndCard() {
        goOn(OPENED);
        reader.scrub(OPENED / 2);
        for (Who who : List.of(Who.CARD, Who.DRIVER, Who.CARD)) {
            long before = reader.position();
            reader.press(who == Who.CARD ? "c" : "d");
            reader.await("a step of the " + who, () -> reader.position() > before);
            assertEquals(who.toString(), reader.text(".who"));
        }
        reader.press(Keys.END);
        long end = reader.end();
        reader.press("d");
        reader.await("a step that was not there", () -> reader.position() > end);
        assertEquals("driver", reader.text(".who"));
    }

    @Test
    void scrubsToTheStartAndForwardAgain() {
        goOn(OPENED + 200);
        String there = reader.ring(0, 0) + reader.ring(0, 1) + reader.ring(1, 0) + reader.ring(1, 1);
        assertTrue(there.contains("64 descriptors"), there);
        long end = reader.position();
        reader.press(Keys.HOME);
        reader.await("the start", () -> reader.position() == 0);
        assertEquals("no ring yet", reader.ring(0, 0));
        assertEquals("0 received", reader.text(".board footer span"));
        reader.scrub(end);
        assertEquals(there, reader.ring(0, 0) + reader.ring(0, 1) + reader.ring(1, 0) + reader.ring(1, 1));
    }

    @Test
    void foldsAsItWas() {
        goOn(OPENED + 700); // more than there is between two snapshots
        Object wrong = reader.runAsync("""
                Promise.all(['ixy/timeline.js', 'ixy/fold.js'].map((name) => import(name))).then(async ([{ Timeline }, { start, apply }]) => {
                    const document = await (await fetch('timeline')).json();
                    const moments = [];
                    await new Promise((ready) => {
                        const events = new EventSource('events?from=0');
                        events.onmessage = ({ data }) => {
                            moments.push(...JSON.parse(data));
                            if (moments.length >= 900) { events.close(); ready(); }
                        };
                    });
                    const there = (all) => Object.entries(all).filter(([, value]) => value != null && value !== 0).sort();
                    // what was undone is known, what has not happened yet is not: compared is what the second one knows
                    const text = ({ cards, owners, faults }, knows) => JSON.stringify([
                        cards.map(({ link, registers, counters, rings }, c) => [
                            link, [...knows.cards[c].registers.keys()].sort().map((offset) => registers.get(offset)), there(Object.fromEntries(counters)),
                            rings.map(({ version, frames, descriptors, ...hands }) => [hands, there(frames), there(descriptors)])]),
                        [...owners].filter(([, owner]) => owner !== 'pool').sort(), [...faults].sort()]);
                    const straight = (n) => { const state = start(document); moments.slice(0, n).forEach((m) => apply(state, m)); return state; };
                    const timeline = new Timeline({ ...document, moments });
                    const wrong = [];
                    for (const n of [900, 3, 850, 420, 399, 401, 800, 799, 250, 900]) {
                        timeline.goTo(n);
                        const expected = straight(n);
                        if (text(timeline.state, expected) !== text(expected, expected)) wrong.push(n);
                    }
                    return wrong.join();
                }).then(done, (e) => done(String(e)))""");
        assertEquals("", wrong);
    }

    @Test
    void theCardSaysWhatIsWrong() {
        goOn(OPENED);
        reader.press("5");
        reader.await("the switches", () -> !reader.all("[data-fault]").isEmpty());
        reader.click("[data-fault='tail-one-too-far']");
        reader.await("the fault", () -> reader.text(".broken").equals("Tail one too far"));
        reader.press("++p");
        reader.await("a mistake", () -> !reader.all(".noticed li").isEmpty());
        reader.press("[");
        reader.await("its sentence", () -> !reader.all("#story .mistake").isEmpty());
        String sentence = reader.text("#story .mistake");
        assertAll(
                () -> assertTrue(sentence.contains("RDT[0]") || sentence.contains("TDT[0]"), sentence),
                () -> assertTrue(sentence.contains("datasheet 8.2.3"), sentence),
                () -> assertTrue(sentence.contains("docs/watch.md"), sentence),
                () -> assertEquals(1, reader.all(".nic.mistaken").size()));
    }

    @Test
    void aFaultOfPowerOnBeginsAnew() {
        goOn(OPENED);
        reader.press("5");
        reader.await("the switches", () -> !reader.all("[data-fault]").isEmpty());
        reader.click("[data-fault='reset-hangs']");
        reader.await("a new start", () -> reader.end() < OPENED);
        reader.press(Keys.ARROW_RIGHT);
        reader.await("its first moment", () -> reader.position() >= 1);
    }

    @Test
    void aRecordingPlaysWithoutAServer() {
        goOn(OPENED + 50);
        long moments = scene.timeline().next();
        reader.open(record().toUri());
        assertEquals("recording", reader.text(".source"));
        reader.press("++++++++");
        reader.press(Keys.SPACE);
        reader.await("its end", () -> reader.position() == moments && !reader.isPlaying());
        assertEquals(
                0L,
                reader.run(
                        "return performance.getEntriesByType('resource').filter((e) => !e.name.startsWith('data:')).length"));
    }

    @Test
    void aLinkLeadsToAMoment() {
        goOn(OPENED);
        reader.open(URI.create(record().toUri() + "#moment=150"));
        reader.await("the moment", () -> reader.position() == 150);
        assertFalse(reader.isPlaying());
    }

    @Test
    void whatIsInAFrameIsText() throws IOException {
        byte[] bytes = new byte[90];
        byte[] html = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(html, 0, bytes, 14, Math.min(html.length, 76));
        String text = new String(html, StandardCharsets.US_ASCII);
        Frame frame = new Frame(bytes.length, HexFormat.of().formatHex(bytes), text);
        Heading heading = scene.timeline().heading();
        Timeline timeline =
                new Timeline(new Heading(text, Heading.Source.STEPPED, heading.cards(), 0, 0, List.of()), 1000);
        timeline.add(
                0,
                Who.WIRE,
                0,
                text,
                text,
                List.of(
                        new Change.Ring(0, 0, RingField.SIZE, 0, 64),
                        new Change.Behind(0, 0, 0, null, frame),
                        new Change.Desc(0, 0, 0, null, new Descriptor(0, 3)),
                        new Change.Move(0, 0, Place.WIRE, Place.CARD, frame),
                        new Change.Mistake(0, text, "watch.md#" + text.replace('#', ' '))));
        Path file = folder.resolve("html.html");
        Recording.write(timeline, file);
        assertFalse(Files.readString(file).contains("<img"));
        reader.open(file.toUri());
        reader.press(Keys.END);
        reader.await("the frame", () -> reader.text("#panel").contains(text));
        assertEquals(text, reader.text(".what"));
        assertEquals(0, reader.all("img").size());
        assertEquals(text + ": ixy4j", reader.run("return document.title"));
    }

    @Test
    void needsNothingButAKeyboard() {
        goOn(OPENED + 50);
        reader.tabTo(".ring");
        reader.press(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        reader.await("the descriptor", () -> reader.text(".whose b").equals("3"));
        assertTrue(reader.ring(0, 0).contains("descriptor 3 is"), reader.ring(0, 0));
        reader.press("/");
        reader.await("the search", () -> (Boolean) reader.run("return document.activeElement.type === 'search'"));
        reader.press("8.2.3.8.5");
        reader.await("the register", () -> reader.text(".registers").startsWith("RDT[0]"));
        reader.press(Keys.TAB, Keys.TAB, Keys.ENTER);
        reader.await("its bits", () -> reader.text(".details").contains("Receive Descriptor Tail"));
        reader.tabTo("[role=tab]");
        reader.press(Keys.ARROW_RIGHT);
        reader.await(
                "the next tab",
                () -> reader.text("[role=tab][aria-selected=true]").equals("Counters"));
        assertEquals(
                0L,
                reader.run(
                        "return [...document.querySelectorAll('button, input, select')].filter((e) => !e.labels?.length && !e.ariaLabel && !e.textContent.trim()).length"));
    }

    @Test
    void fitsAPhone() {
        reader.screen(390, 844);
        goOn(OPENED + 50);
        List<String> tabs = List.of("descriptor", "registers", "counters", "buffers", "break", "help");
        for (String tab : tabs) {
            reader.press(String.valueOf(1 + tabs.indexOf(tab)));
            reader.await(tab, () -> !reader.all(".panel-" + tab).isEmpty());
            assertEquals(390L, reader.run("return document.documentElement.scrollWidth"), tab);
        }
    }
}
