package ixy4j.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The course's tests: the reference passes each stage, and each wrong solution is told what is wrong with it. */
class CourseTest {
    private static final int LEAST = 5; // wrong solutions of a stage

    @ParameterizedTest
    @MethodSource("stages")
    void theReferencePasses(Stage stage) {
        Report report = new Checker(stage, Set.of(), false).check(Sources.reference());
        assertNull(report.wrong(), () -> report.wrong() + " at line " + report.lines());
        assertFalse(report.passed().isEmpty());
    }

    /** All but the stage of two queues, which it leaves out. */
    @ParameterizedTest
    @MethodSource("stages")
    void aDriverOfAnotherStylePassesToo(Stage stage) {
        if (stage.number() != 12) {
            Report report = new Checker(stage, Set.of(), false).check(Sources.resource("other/MyDriver.java"));
            assertNull(report.wrong(), () -> report.wrong() + " at line " + report.lines());
        }
    }

    static List<Stage> stages() {
        return Stage.ALL;
    }

    @ParameterizedTest
    @MethodSource("wrongSolutions")
    void aMistakeIsNamed(WrongSolutions.Wrong solution) {
        Report report = new Checker(Stage.of(solution.stage()), Set.of(), false).check(solution.source());
        assertEquals(List.of(), report.errors());
        assertTrue(report.wrong() != null && report.wrong().contains(solution.told()), report::wrong);
        assertFalse(report.sections().isEmpty());
    }

    static List<WrongSolutions.Wrong> wrongSolutions() {
        return WrongSolutions.all();
    }

    @Test
    void eachStageHasEnoughWrongSolutions() {
        for (Stage stage : Stage.ALL) {
            long count = WrongSolutions.all().stream()
                    .filter(wrong -> wrong.stage() == stage.number())
                    .count();
            assertTrue(count >= LEAST, () -> stage + " has " + count + " wrong solutions");
        }
    }
}
