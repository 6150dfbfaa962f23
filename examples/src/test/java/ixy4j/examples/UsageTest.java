package ixy4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without arguments, each example says which it takes. */
class UsageTest {
    @ParameterizedTest
    @ValueSource(classes = {Echo.class, Bridge.class, Nat.class, Capture.class, TwoThreads.class})
    void aLine(Class<?> example) {
        try (Program program = Program.java(List.of(), example)) {
            program.ends(2);
            assertEquals(1, program.output().lines().count(), program::toString);
            assertEquals(0, program.output().indexOf("Usage: " + example.getSimpleName() + " "), program::toString);
        }
    }
}
