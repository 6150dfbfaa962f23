package ixy4j.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ixy4j.IxyException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CleanupTest {
    private final List<Integer> taken = new ArrayList<>();

    private Runnable step(int number) {
        return () -> taken.add(number);
    }

    private Runnable fails(int number, Throwable how) {
        return () -> {
            taken.add(number);
            if (how instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) how;
        };
    }

    @Test
    void allStepsAreTakenAndTheFirstFailureIsThrown() {
        Error first = new LinkageError("first");
        RuntimeException second = new IxyException("second");
        Throwable thrown = assertThrows(
                LinkageError.class, () -> Cleanup.run(step(1), fails(2, first), step(3), fails(4, second), step(5)));
        assertEquals(List.of(1, 2, 3, 4, 5), taken);
        assertSame(first, thrown);
        assertArrayEquals(new Throwable[] {second}, thrown.getSuppressed());
    }

    @Test
    void oneAndTheSameFailureIsNotSuppressedInItself() {
        RuntimeException kept = new IxyException("kept");
        assertSame(kept, assertThrows(IxyException.class, () -> Cleanup.run(fails(1, kept), fails(2, kept), step(3))));
        assertEquals(List.of(1, 2, 3), taken);
        Cleanup.after(kept, fails(4, kept), step(5));
        assertEquals(List.of(1, 2, 3, 4, 5), taken);
        assertEquals(0, kept.getSuppressed().length);
    }

    @Test
    void whatFailsAfterAFailureIsSuppressedInIt() {
        Error failure = new OutOfMemoryError("first");
        RuntimeException second = new IllegalStateException("second");
        Cleanup.after(failure, fails(1, second), step(2));
        assertEquals(List.of(1, 2), taken);
        assertArrayEquals(new Throwable[] {second}, failure.getSuppressed());
    }

    @Test
    void aKeptErrorCanBeThrownAgainAndAgain() {
        IxyException kept = new IxyException("kept");
        IxyException again = IxyException.again(kept);
        again.addSuppressed(IxyException.again(kept));
        assertEquals("kept", again.getMessage());
        assertSame(kept, again.getCause());
    }
}
