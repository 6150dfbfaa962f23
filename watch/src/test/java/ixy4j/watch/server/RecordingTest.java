package ixy4j.watch.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import ixy4j.IxyException;
import ixy4j.watch.scene.Scene;
import ixy4j.watch.scene.SceneOptions;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Frame;
import ixy4j.watch.timeline.Heading;
import ixy4j.watch.timeline.Timeline;
import ixy4j.watch.timeline.Who;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording: one file, all inside, nothing of a frame taken for HTML. */
class RecordingTest {
    private static final Pattern DOCUMENT =
            Pattern.compile("<script type=\"application/json\" id=\"timeline\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private String written(Timeline timeline) throws IOException {
        Path file = folder.resolve("recording.html");
        Recording.write(timeline, file);
        return Files.readString(file);
    }

    @Test
    void itNeedsNoNetwork() throws IOException {
        try (Scene scene = new Scene(SceneOptions.DEFAULT)) {
            for (int i = 0; i < 300; i++) {
                scene.step(null);
            }
            String page = written(scene.timeline());
            String without = DOCUMENT.matcher(page).replaceAll("");
            assertFalse(
                    Pattern.compile("(src|href)=\"(?!data:|#)").matcher(without).find(), without);
            assertFalse(
                    Pattern.compile("url\\((?!['\"]?data:)").matcher(without).find(), without);
            assertTrue(without.contains("default-src 'none'"), without);
            assertEquals(301, scene.timeline().next());
        }
    }

    @Test
    void aFrameWithATagInItIsText() throws IOException {
        String evil = "</script><script>alert(1)</script><!--";
        Timeline timeline = new Timeline(new Heading(evil, Heading.Source.STEPPED, List.of(), 0, 0, List.of()), 100);
        timeline.add(
                0,
                Who.WIRE,
                -1,
                evil,
                evil,
                List.of(
                        new Change.Mistake(0, evil, evil),
                        new Change.Behind(0, 0, 0, null, new Frame(60, evil, evil))));
        String page = written(timeline);
        assertFalse(page.contains("alert(1)</script>"), page);
        Matcher document = DOCUMENT.matcher(page);
        assertTrue(document.find());
        assertFalse(document.group(1).contains("<"));
        try (JsonParser parser = new JsonFactory().createParser(document.group(1))) {
            int found = 0;
            while (parser.nextToken() != null) {
                found += evil.equals(parser.getValueAsString()) ? 1 : 0;
            }
            assertEquals(7, found); // as it was, everywhere
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        Timeline timeline = new Timeline(new Heading("", Heading.Source.LIVE, List.of(), 0, 0, List.of()), 100);
        Path file = folder.resolve("none").resolve("page.html");
        String said = assertThrows(IxyException.class, () -> Recording.write(timeline, file))
                .getMessage();
        assertEquals("the recording cannot be written to " + file + ": there is no such folder", said);
    }
}
