package ixy4j.watch.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Descriptor;
import ixy4j.watch.timeline.Moment;
import ixy4j.watch.timeline.RingField;
import ixy4j.watch.timeline.RingPlace;
import ixy4j.watch.timeline.State;
import ixy4j.watch.timeline.Who;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A scene: that it can be repeated, that its moments say all that changed, and what each thing that is broken leads to. */
class StageTest {
    private static final int BRING_UP = 240; // steps, by which frames move

    private static Stage played(int steps, Set<Breakage> broken) {
        Stage stage = new Stage(SceneOptions.DEFAULT, broken);
        for (int i = 0; i < steps && stage.step(null); i++) {
            // on
        }
        return stage;
    }

    private static Stream<Change> changes(Stage stage) {
        return stage.timeline().moments().stream().flatMap(moment -> moment.changes().stream());
    }

    private static long moved(Stage stage, ixy4j.watch.timeline.Place to) {
        return changes(stage)
                .filter(change -> change instanceof Change.Move move && move.to() == to)
                .count();
    }

    @Test
    void framesGoAllTheWay() {
        try (Stage stage = played(600, Set.of())) {
            for (ixy4j.watch.timeline.Place place : ixy4j.watch.timeline.Place.values()) {
                assertTrue(moved(stage, place) > 20, () -> "few frames got to: " + place);
            }
            assertEquals(
                    0, changes(stage).filter(Change.Mistake.class::isInstance).count());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFoldedIsWhatIsThere(Breakage broken) {
        Random random = new Random(broken.name().hashCode());
        try (Stage stage = new Stage(SceneOptions.DEFAULT, EnumSet.noneOf(Breakage.class))) {
            State state = stage.timeline().heading().before();
            long folded = 0;
            for (int i = 0; i < 500; i++) {
                if (i == BRING_UP && !broken.info().restarts()) {
                    stage.set(broken, true);
                } else if (random.nextInt(8) == 0) {
                    stage.step(random.nextBoolean() ? Who.DRIVER : Who.CARD);
                } else {
                    stage.step(null);
                }
                for (Moment moment : stage.timeline().from(folded, 10)) {
                    assertEquals(folded++, moment.number());
                    state.apply(moment);
                }
                assertEquals(stage.state(), state);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void timeRunsBackwards(long seed) {
        Random random = new Random(seed);
        try (Stage stage = played(400, Set.of())) {
            List<Moment> moments = stage.timeline().moments();
            State state = stage.timeline().heading().before();
            int at = 0;
            for (int i = 0; i < 50; i++) {
                int to = random.nextInt(moments.size() + 1);
                for (; at < to; at++) {
                    state.apply(moments.get(at));
                }
                for (; at > to; at--) {
                    state.undo(moments.get(at - 1));
                }
            }
            for (; at > 0; at--) {
                state.undo(moments.get(at - 1));
            }
            assertEquals(stage.timeline().heading().before(), state);
        }
    }

    @Test
    void twoRunsAreAlike() {
        String first = told();
        for (int i = 0; i < 16; i++) { // the IOVAs get other digits each time
            assertEquals(first, told());
        }
    }

    private static String told() {
        try (Stage stage = played(500, Set.of())) {
            return withoutAddresses(stage);
        }
    }

    /** IOVAs are never used again, so those of another run are others. */
    private static String withoutAddresses(Stage stage) {
        StringBuilder text = new StringBuilder();
        for (Moment moment : stage.timeline().moments()) {
            boolean place = moment.changes().stream().anyMatch(StageTest::saysWhereARingIs);
            text.append(place ? "" : moment.what() + moment.who() + moment.card() + moment.source());
            moment.changes().stream()
                    .filter(change -> !saysWhereARingIs(change))
                    .map(StageTest::withoutAddresses)
                    .forEach(text::append);
            text.append('\n');
        }
        return text.toString();
    }

    private static String withoutAddresses(Change change) {
        return change instanceof Change.Desc desc
                ? "descriptor " + desc.index() + " of " + desc.card() + ":" + desc.ring() + " was "
                        + withoutAddresses(desc.old()) + " is " + withoutAddresses(desc.now())
                : change.toString();
    }

    private static String withoutAddresses(Descriptor descriptor) {
        return descriptor == null || descriptor.low() >>> 44 != 1
                ? String.valueOf(descriptor)
                : "IOVA " + Long.toHexString(descriptor.high());
    }

    private static boolean saysWhereARingIs(Change change) {
        return switch (change) {
            case Change.Reg reg -> isBase(reg.offset());
            case Change.Write write -> isBase(write.offset());
            case Change.Ring ring -> ring.field() == RingField.IOVA;
            default -> false;
        };
    }

    private static boolean isBase(int offset) {
        return Stream.of(RingPlace.of82599(true, 0), RingPlace.of82599(false, 0))
                .anyMatch(place -> offset == place.first() || offset == place.baseHigh());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TAIL_ONE_TOO_FAR | .*RDT.0. .* past the head.*",
                "VIRTUAL_ADDRESS  | .*has its buffer at IOVA 0x.* not .*mapped.*",
                "NO_IFCS          | .*has no IFCS.*",
                "NO_DD            | The driver takes receive descriptor \\d+ without looking at DD.*"
            })
    void theDriversMistakesGetTheirSentence(Breakage broken, String sentence) {
        try (Stage stage = played(BRING_UP, Set.of())) {
            assertEquals(
                    0, changes(stage).filter(Change.Mistake.class::isInstance).count());
            stage.set(broken, true);
            for (int i = 0; i < 200; i++) {
                stage.step(null);
            }
            assertMistake(stage, broken, sentence);
        }
    }

    @Test
    void tailBeforeEnableGetsItsSentence() {
        try (Stage stage = played(BRING_UP, Set.of(Breakage.TAIL_BEFORE_ENABLE))) {
            assertMistake(stage, Breakage.TAIL_BEFORE_ENABLE, ".*RDT.0. .* before the queue is enabled.*");
            assertTrue(stage.timeline().moments().getLast().what().startsWith("The driver gives up: "));
        }
    }

    private static void assertMistake(Stage stage, Breakage broken, String sentence) {
        assertTrue(
                changes(stage)
                        .anyMatch(change -> change instanceof Change.Mistake mistake
                                && mistake.sentence().matches(sentence)
                                && mistake.docs().equals(broken.info().docs())),
                () -> changes(stage)
                        .filter(Change.Mistake.class::isInstance)
                        .toList()
                        .toString());
    }

    @Test
    void withoutDdTheCardSeesTheTailPassTheHead() {
        try (Stage stage = played(500, Set.of(Breakage.NO_DD))) {
            assertMistake(stage, Breakage.NO_DD, ".*past the head.*");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RESET_HANGS | The driver gives up: .*CTRL should have become.*",
                "RESET_AT    | The card has no ring any more.*",
                "STALL       | A frame arrives.*",
                "CORRUPT     | The card .*wrong FCS or length.*",
                "LOSE        | A frame is lost on the wire.*",
                "LINK_DOWN   | The card .*lost its link.*",
                "LOST_WRITEBACK | The card .*drops .*no descriptor.*"
            })
    void theFaultsOfCardAndWireShow(Breakage broken, String sentence) {
        try (Stage stage = played(BRING_UP, broken.info().restarts() ? Set.of(broken) : Set.of())) {
            if (!broken.info().restarts()) {
                stage.set(broken, true);
            }
            for (int i = 0; i < 1500 && stage.step(null); i++) {
                // on
            }
            assertTrue(
                    stage.timeline().moments().stream()
                            .anyMatch(moment -> moment.what().matches(sentence)),
                    () -> stage.timeline().moments().stream()
                            .map(Moment::what)
                            .distinct()
                            .toList()
                            .toString());
        }
    }

    @Test
    void aStepOfTheDriverIsOne() {
        try (Stage stage = played(BRING_UP, Set.of())) {
            for (int i = 0; i < 20; i++) {
                assertTrue(stage.step(Who.DRIVER));
                Who who = stage.timeline().moments().getLast().who();
                assertTrue(who == Who.DRIVER || who == Who.APPLICATION, who::toString);
            }
        }
    }

    @Test
    void aSceneEndsInTheMiddleOfAnything() {
        for (int steps = 0; steps < BRING_UP; steps += 7) {
            played(steps, Set.of()).close();
        }
    }

    @Test
    void framesEnd() {
        try (Stage stage = new Stage(new SceneOptions(128, 5), Set.of())) {
            for (int i = 0; i < 2000 && stage.step(null); i++) {
                // on
            }
            assertEquals(5, moved(stage, ixy4j.watch.timeline.Place.CARD));
            assertEquals(5, moved(stage, ixy4j.watch.timeline.Place.WIRE));
        }
    }
}
