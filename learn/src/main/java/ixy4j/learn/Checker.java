package ixy4j.learn;

import ixy4j.course.Driver;
import ixy4j.course.Unfinished;
import ixy4j.model.DriverMistake;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Compiles a learner's file and checks a stage of it. */
final class Checker {
    private static final int SHOWN = 8; // accesses
    private static final int DEPTH = 5; // calls

    private final Stage stage;
    private final Set<Part> used;
    private final boolean all;
    private final Journal journal;

    /**
     * A checker of a stage.
     *
     * @param used the parts in which the reference takes the place of the learner's
     * @param all whether the learner's code may use the whole JDK
     */
    Checker(Stage stage, Set<Part> used, boolean all) {
        this(stage, used, all, new Journal());
    }

    /** The same with a journal that others write, too. */
    Checker(Stage stage, Set<Part> used, boolean all, Journal journal) {
        this.stage = stage;
        this.used = used;
        this.all = all;
        this.journal = journal;
    }

    /** Checks a source. */
    Report check(String source) {
        ClassLoader classes;
        try {
            classes = Compiler.compile(Sources.of(source, used), all);
        } catch (Compiler.Refused e) {
            return report("the file does not compile", List.of(), List.of(), e.errors());
        }
        try (Trial trial = new Trial(() -> drivers(classes), journal)) {
            stage.check().run(trial);
            return report(null, List.of(), List.of(), List.of());
        } catch (Throwable e) { // whatever a learner's code throws
            return wrong(e);
        }
    }

    /** What is told of an error of the driver. */
    Report failed(Throwable error) {
        return wrong(error);
    }

    /** What is told of a check that was given up from outside. */
    Report givenUp(String sentence, StackTraceElement[] where) {
        return report(sentence, lines(where), journal.log().last(SHOWN), List.of());
    }

    static List<Driver> drivers(ClassLoader classes) {
        try {
            return Sources.instances(classes);
        } catch (ClassCastException e) {
            throw new Wrong("the class " + Sources.LEARNERS + " must extend Driver");
        } catch (ClassNotFoundException e) {
            throw new Wrong("there is no class " + Sources.LEARNERS + " in the file " + Sources.FILE
                    + ", or it is in a package: it must be in none");
        } catch (java.lang.reflect.InvocationTargetException e) {
            throw new Thrown(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new Wrong("the class " + Sources.LEARNERS
                    + " must not be abstract, and needs a constructor without parameters");
        }
    }

    /** Something that the constructor of a driver has thrown. */
    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Thrown(Throwable cause) {
            super(cause);
        }
    }

    private Report wrong(Throwable thrown) {
        Throwable error = thrown instanceof Thrown ? thrown.getCause() : thrown;
        boolean isUnfinished = error instanceof Unfinished; // so what was done before is no news
        List<Access> last = isUnfinished ? List.of() : journal.log().last(SHOWN);
        return report(sentence(error), lines(error.getStackTrace()), last, List.of());
    }

    private static String sentence(Throwable error) {
        return switch (error) {
            case Wrong wrong -> wrong.getMessage();
            case DriverMistake mistake -> mistake.getMessage().replace(" (the card has stopped)", "");
            case Unfinished unfinished -> method(unfinished) + " is still to be written";
            case StackOverflowError overflow -> "the stack is full: a method of yours calls itself without end";
            case OutOfMemoryError full -> "the memory of the JVM is full: " + full.getMessage();
            case IndexOutOfBoundsException outside -> "outside of what there is: " + outside.getMessage();
            default -> "your code has thrown " + error;
        };
    }

    private static String method(Throwable error) {
        return Stream.of(error.getStackTrace())
                .filter(frame -> !frame.getClassName().equals(Unfinished.class.getName()))
                .findFirst()
                .map(frame -> frame.getMethodName() + "()")
                .orElse("a method");
    }

    private static List<Integer> lines(StackTraceElement[] trace) {
        return Stream.of(trace)
                .filter(frame -> Sources.isLearners(frame.getClassName()))
                .map(StackTraceElement::getLineNumber)
                .distinct()
                .limit(DEPTH)
                .toList();
    }

    private Report report(String wrong, List<Integer> lines, List<Access> last, List<String> errors) {
        int in = journal.stage();
        boolean isBehind = lines.isEmpty() && !last.isEmpty() && last.getLast().line() > 0;
        return new Report(
                stage,
                journal.passed(),
                wrong,
                wrong != null && in > 0 && in < stage.number() ? in : 0,
                isBehind ? List.of(last.getLast().line()) : lines,
                last,
                errors,
                used.stream().sorted().toList(),
                "");
    }
}
