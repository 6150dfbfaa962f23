package ixy4j.learn;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a check has found.
 *
 * @param stage that was checked
 * @param passed what is right, in order
 * @param wrong the first thing that is not, in a sentence; null if all is right
 * @param earlier the stage whose method went wrong, if that is an earlier one, and otherwise 0
 * @param lines of the learner's file that led to it: where it happened, and from where that was called
 * @param accesses the last ones before
 * @param errors of the compiler, a line each
 * @param used the parts of the reference that were in it
 * @param output what the driver printed
 */
record Report(
        Stage stage,
        List<String> passed,
        String wrong,
        int earlier,
        List<Integer> lines,
        List<Access> accesses,
        List<String> errors,
        List<Part> used,
        String output) {
    private static final Pattern SECTION = Pattern.compile("(?<![\\d.])\\d{1,2}(?:\\.\\d{1,2}){1,4}(?![\\d.]*\\d)");

    boolean isPassed() {
        return wrong == null;
    }

    /** The same with what the driver printed. */
    Report withOutput(String text) {
        return new Report(stage, passed, wrong, earlier, lines, accesses, errors, used, text);
    }

    /** The sections of the datasheet that the sentence names; those of the stage if it names none. */
    String sections() {
        String named = Optional.ofNullable(wrong).stream()
                .flatMap(sentence -> SECTION.matcher(sentence).results())
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(", "));
        return named.isEmpty() ? stage.sections() : named;
    }
}
