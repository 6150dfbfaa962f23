package ixy4j.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A learner's folder, and the JVM that their driver runs in. */
class ChildTest {
    private static final String FIND = "public Card find(List<Card> cards) {";

    @TempDir
    private Path folder;

    private Course.Checked check(String statement) throws IOException {
        Path driver = folder.resolve("d");
        Files.createDirectories(driver);
        Files.writeString(driver.resolve(Sources.FILE), Sources.reference().replace(FIND, FIND + statement));
        return Course.in(driver).check(1, false, false);
    }

    @Test
    void aDriverIsCheckedAndWhatItPrintsIsShown() throws IOException {
        Course.Checked checked = check("System.out.println(\"looking\");");
        assertTrue(checked.isPassed(), checked::text);
        assertTrue(checked.text().contains("\nWhat it printed:\n  looking\n"), checked::text);
        assertEquals(2, Course.in(folder.resolve("d")).current());
    }

    @Test
    void aDriverThatEndsTheJvmIsToldSo() throws IOException {
        Course.Checked checked = check("\nSystem.exit(0);");
        assertFalse(checked.isPassed());
        assertTrue(checked.text().contains("your code has ended the JVM"), checked::text);
        assertTrue(checked.text().contains("\n>    16  System.exit(0);\n"), checked::text);
        assertTrue(check("Runtime.getRuntime().halt(0);").text().contains("has ended with code 0 in the middle"));
        Course.Checked json = Course.in(folder.resolve("d")).check(1, true, false);
        assertTrue(json.text().startsWith("{\"stage\":1,\"name\":\"find\",\"passed\":false,"), json::text);
    }

    @Test
    void aLoopWithoutAnAccessIsEnded() throws IOException {
        Course.Checked checked = check("\nwhile (cards != null) { Thread.onSpinWait(); }");
        assertFalse(checked.isPassed());
        assertTrue(checked.text().contains("seconds and does not end"), checked::text);
        assertTrue(checked.text().contains("\n>    16  while"), checked::text);
    }

    @Test
    void memoryThatIsFullIsToldAsSuch() throws IOException {
        Course.Checked checked =
                check("List<byte[]> all = new ArrayList<>(); while (true) { all.add(new byte[1 << 24]); }"
                        + " } Card unused(List<Card> cards) {");
        assertTrue(checked.text().contains("the memory of the JVM is full"), checked::text);
    }

    @Test
    void aFileThatIsNoTextIsToldAsSuch() throws IOException {
        Path driver = folder.resolve("none");
        Course.start(driver);
        Course course = Course.in(driver);
        for (byte[] bytes : List.of(new byte[] {(byte) 0xff}, new byte[10], new byte[2 << 20])) {
            Files.write(driver.resolve(Sources.FILE), bytes);
            assertThrows(IxyException.class, () -> course.check(1, false, false));
        }
        Files.writeString(driver.resolve("ixy-learn.properties"), "used=dance\n");
        assertThrows(IxyException.class, () -> Course.in(driver).overview());
    }

    @Test
    void aFolderRemembersAndIsNeverOverwritten() {
        Path path = folder.resolve("new/one");
        assertTrue(Course.start(path).contains("./ixy learn read 1"));
        assertThrows(IxyException.class, () -> Course.start(path));
        Course course = Course.in(path);
        assertTrue(course.overview().contains("Next: ./ixy learn read 1"), course::overview);
        assertTrue(course.hint(3).contains("A question: ") && !course.hint(3).contains("The idea: "));
        assertTrue(Course.in(path).hint(3).contains("The idea: "));
        assertTrue(course.use(List.of("rx", "start")).contains("start, rx"));
        assertTrue(Course.in(path).overview().contains("takes the place of yours in: start, rx"));
        assertEquals("The driver is all yours.\n", course.useNone());
        assertThrows(IllegalArgumentException.class, () -> course.use(List.of("batch")));
        assertThrows(IllegalArgumentException.class, () -> course.check(14, false, false));
        assertThrows(IxyException.class, () -> Course.in(folder.resolve("nowhere")));
    }
}
