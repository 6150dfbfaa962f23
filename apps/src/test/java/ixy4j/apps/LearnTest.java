package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./ixy learn}, as its users have it; what is checked is tested in its own module. */
class LearnTest {
    @TempDir
    private Path folder;

    private String[] words(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "learn";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--dir";
        all[words.length + 2] = folder.toString();
        return all;
    }

    @Test
    void theFirstStepsOfACourse() throws IOException {
        Cli.run("learn", "start", folder.toString()).succeeds();
        Cli.Result unfinished = Cli.run(words("check"));
        assertEquals(1, unfinished.exit(), unfinished::toString);
        assertTrue(unfinished.out().contains("wrong   find() is still to be written"), unfinished::toString);
        assertEquals("", unfinished.err());
        assertTrue(Cli.run(words("read")).succeeds().out().startsWith("# Stage 1: find the card"));
        assertTrue(Cli.run(words("hint")).succeeds().out().contains("A question: "));
        Cli.run(words("use", "start")).succeeds();
        Cli.Result json = Cli.run(words("check", "2", "--json")).succeeds();
        assertTrue(json.out().startsWith("{\"stage\":2,\"name\":\"reset\",\"passed\":true,"), json::toString);
        assertTrue(Cli.run(words()).succeeds().out().contains("reset it and wait                passed"));
    }

    @Test
    void whatIsThereIsNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("MyDriver.java"), "class MyDriver {}");
        Cli.Result result = Cli.run("learn", "start", folder.toString());
        assertEquals(1, result.exit(), result::toString);
        assertTrue(result.err().contains("is there already, and is left as it is"), result::toString);
        assertEquals("class MyDriver {}", Files.readString(file));
    }

    @Test
    void wrongUseIsToldInALine() throws IOException {
        Cli.run("learn", "start", folder.toString()).succeeds();
        for (String[] words : new String[][] {
            words("check", "14"),
            words("check", "x"),
            words("use"),
            words("use", "batch"),
            words("hint", "0"),
            {"learn", "solution", "4"},
            {"learn", "solution", "99", "--yes"},
            {"learn", "dance"}
        }) {
            Cli.Result result = Cli.run(words);
            assertEquals(2, result.exit(), result::toString);
            assertEquals("", result.out());
        }
        Cli.Result nowhere =
                Cli.run("learn", "check", "--dir", folder.resolve("none").toString());
        assertEquals(1, nowhere.exit(), nowhere::toString);
        assertTrue(nowhere.err().startsWith("ixy: there is no MyDriver.java in "), nowhere::toString);
        assertTrue(Cli.run("learn", "solution", "4", "--yes").succeeds().out().contains("public void openReceive()"));
    }
}
