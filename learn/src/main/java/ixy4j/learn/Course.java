package ixy4j.learn;

import ixy4j.IxyException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The course as its command has it. Methods return what is to be printed. A stage that does not exist, or a part, is an
 * {@link IllegalArgumentException}; a folder that cannot be had is an {@link IxyException}.
 */
public final class Course {
    private static final List<String> HINTS = List.of("A question", "A pointer", "The idea");

    private final Folder folder;

    private Course(Folder folder) {
        this.folder = folder;
    }

    /**
     * The course in the folder of a learner.
     *
     * @param path its path; null: the current folder, or my-driver in it
     */
    public static Course in(Path path) {
        return new Course(Folder.find(path));
    }

    /**
     * Begins the course: makes a driver that is still to be written. Nothing is overwritten.
     *
     * @param path the folder, which may be new; null: the current one, or my-driver in the project's
     */
    public static String start(Path path) {
        Folder folder = Folder.start(path);
        return folder.file() + " is yours to write. Read what stage 1 is about: ./ixy learn read 1"
                + "\nThen check what you wrote: ./ixy learn check" + elsewhere(path) + "\n";
    }

    private static String elsewhere(Path path) {
        return path == null ? "" : " --dir " + path;
    }

    /** The text of a stage. */
    public static String text(int stage) {
        return Solutions.text(Stage.of(stage));
    }

    /** The reference of a stage. */
    public static String solution(int stage) {
        return Solutions.reference(Stage.of(stage));
    }

    /** The number of the first stage that is not passed; of the last one if all are. */
    public int current() {
        return folder.current().number();
    }

    /** Where one is. */
    public String overview() {
        StringBuilder text = new StringBuilder("A driver of the 82599, in " + folder.file() + "\n");
        for (Stage stage : Stage.ALL) {
            String line = String.format(
                    Locale.ROOT,
                    "  %2d  %-32s %s",
                    stage.number(),
                    stage.title(),
                    folder.isPassed(stage) ? "passed" : "");
            text.append(line.stripTrailing()).append('\n');
        }
        if (!folder.used().isEmpty()) {
            text.append("The reference takes the place of yours in: ")
                    .append(Part.names(folder.used()))
                    .append('\n');
        }
        int current = current();
        return text.append("Next: ./ixy learn read ")
                .append(current)
                .append(", ./ixy learn check ")
                .append(current)
                .append('\n')
                .toString();
    }

    /**
     * What a check came to.
     *
     * @param text the report
     * @param isPassed whether the stage is passed
     */
    public record Checked(String text, boolean isPassed) {}

    /**
     * Checks a stage, in another JVM, and remembers what came of it.
     *
     * @param json whether the report is an object of JSON, on a line
     * @param all whether the driver may use all modules of the JDK
     */
    public Checked check(int stage, boolean json, boolean all) {
        Stage checked = Stage.of(stage);
        ChildProcess.Outcome outcome = ChildProcess.check(folder.readableFile(), checked, folder.used(), json, all);
        folder.setPassed(checked, outcome.isPassed());
        return new Checked(outcome.text(), outcome.isPassed());
    }

    /**
     * Has Linux ping the driver, from a virtual machine.
     *
     * @param all as for {@link #check}
     * @param told what is to be printed meanwhile
     * @return whether it was answered
     */
    public boolean ping(boolean all, Consumer<String> told) {
        String launcher = System.getProperty("ixy4j.launcher");
        if (launcher == null) {
            throw new IxyException("the virtual machine is started by the launcher: ./ixy learn ping");
        }
        return Ping.run(launcher, folder.readableFile(), folder.used(), all, told);
    }

    /** The hints of a stage that were given, and the next one. */
    public String hint(int number) {
        Stage stage = Stage.of(number);
        int given = Math.min(folder.hints(stage) + 1, HINTS.size());
        folder.setHints(stage, given);
        StringBuilder text = new StringBuilder(stage + "\n");
        for (int i = 0; i < given; i++) {
            text.append(HINTS.get(i))
                    .append(": ")
                    .append(Solutions.hints(stage).get(i))
                    .append('\n');
        }
        text.append(
                given < HINTS.size()
                        ? "One more: ./ixy learn hint " + number + "\n"
                        : "That was the last one. The reference: ./ixy learn solution " + number + "\n");
        return text.toString();
    }

    /** Has the reference take the place of the learner's in these parts, besides those where it does already. */
    public String use(List<String> parts) {
        Set<Part> used = folder.used();
        parts.forEach(name -> used.add(Part.named(name)));
        return use(used);
    }

    /** Has the learner's own driver stand alone. */
    public String useNone() {
        return use(EnumSet.noneOf(Part.class));
    }

    private String use(Set<Part> parts) {
        folder.setUsed(parts);
        return parts.isEmpty()
                ? "The driver is all yours.\n"
                : "The reference takes the place of yours in: " + Part.names(parts) + "\n";
    }
}
