package ixy4j.learn;

import java.util.List;
import java.util.regex.Pattern;

/** What the course has in store for those who ask: texts, hints, and the reference stage by stage. */
final class Solutions {
    private static final Pattern STAGE = Pattern.compile("(?m)^(?=    // ---- Stage \\d+: )");

    private Solutions() {}

    /** The text of a stage. */
    static String text(Stage stage) {
        return Sources.resource("text/" + fileName(stage));
    }

    /** What its file is called, in docs/learn. */
    static String fileName(Stage stage) {
        return String.format(java.util.Locale.ROOT, "%02d-%s.md", stage.number(), stage.name());
    }

    /** The hints of a stage, three: a question, a pointer, the idea of the answer. */
    static List<String> hints(Stage stage) {
        List<String> hints = Sources.resource("hints.txt")
                .lines()
                .filter(line -> line.startsWith(stage.number() + " "))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
        if (hints.size() != 3) {
            throw new IllegalStateException(stage + " has " + hints.size() + " hints in place of 3");
        }
        return hints;
    }

    /** The part of the reference that is a stage's. */
    static String reference(Stage stage) {
        String begin = "    // ---- Stage " + stage.number() + ": ";
        String part = STAGE.splitAsStream(Sources.reference())
                .filter(text -> text.startsWith(begin))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the reference has no part " + begin.strip()));
        boolean isLast = stage.number() == Stage.ALL.size();
        return (isLast ? part.substring(0, part.lastIndexOf('}')) : part).stripTrailing() + "\n";
    }
}
