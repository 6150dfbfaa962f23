package ixy4j.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the course has in store is there, and fits together. */
class MaterialTest {
    static List<Stage> stages() {
        return Stage.ALL;
    }

    @ParameterizedTest
    @MethodSource("stages")
    void eachStageHasTextHintsAndASolution(Stage stage) {
        String text = Solutions.text(stage);
        assertTrue(text.startsWith("# " + stage.toString().replace(": bonus: ", ", a bonus: ")), text);
        assertTrue(text.contains("\n## To do\n") && text.contains("\nSections: "), text);
        assertEquals(3, Solutions.hints(stage).size());
        assertTrue(Solutions.reference(stage).contains("@Override"));
    }

    @Test
    void theFileAtTheBeginningHasAllMethodsUnfinished() throws Exception {
        ClassLoader classes = Compiler.compile(Sources.of(Sources.skeleton(), Set.of()), false);
        Class<?> learners = Sources.instances(classes).getFirst().getClass();
        for (Method method : Sources.methods()) {
            assertNotNull(learners.getDeclaredMethod(method.getName(), method.getParameterTypes()));
        }
    }

    @ParameterizedTest
    @MethodSource("stages")
    void theFileAtTheBeginningIsToldWhatToWrite(Stage stage) {
        Report report = new Checker(stage, Set.of(), false).check(Sources.skeleton());
        assertEquals("find() is still to be written", report.wrong());
        assertEquals(1, report.lines().size());
        assertEquals(stage.number() == 1 ? 0 : 1, report.earlier());
    }

    @ParameterizedTest
    @MethodSource("stages")
    void theReferencesPartsTakeThePlaceOfALearners(Stage stage) {
        Report report = new Checker(stage, EnumSet.allOf(Part.class), false).check(Sources.skeleton());
        assertEquals(null, report.wrong());
        assertEquals(List.of(Part.values()), report.used());
    }

    /** All parts but one are the reference's, and that one is the learner's, and right: methods find one another. */
    @ParameterizedTest
    @EnumSource
    void aPartOfALearnersWorksWithTheReferences(Part own) {
        for (Stage stage : Stage.ALL) {
            Report report = new Checker(stage, EnumSet.complementOf(EnumSet.of(own)), false).check(Sources.reference());
            assertEquals(null, report.wrong(), () -> stage + " with " + own);
        }
    }

    @Test
    void eachMethodIsInAPart() {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        Sources.methods().forEach(method -> parts.add(Part.of(method)));
        assertEquals(EnumSet.allOf(Part.class), parts);
    }
}
