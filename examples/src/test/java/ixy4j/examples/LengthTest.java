package ixy4j.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each example is as short as the API lets it be; where one gets longer, it is the API that should do more. */
class LengthTest {
    @ParameterizedTest
    @CsvSource({"Echo, 85", "Bridge, 105", "Nat, 205", "Capture, 95", "TwoThreads, 90"})
    void lines(String name, int limit) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/main/java/ixy4j/examples", name + ".java"));
        assertTrue(lines.size() <= limit, name + " has " + lines.size() + " lines");
        String row = "\\| `" + name + "` \\|.*\\| " + limit + " \\|";
        assertTrue(
                Files.readAllLines(Path.of("../docs/library.md")).stream().anyMatch(line -> line.matches(row)),
                "docs/library.md should say " + limit + " for " + name);
    }
}
