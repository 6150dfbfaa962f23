package ixy4j.learn;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The JVM that a learner's driver runs in: it checks a stage, writes the report, and ends, whatever the driver does. Started by
 * {@link ChildProcess}, with the file, the number of the stage, {@code json} or {@code text}, {@code all} or {@code few}
 * modules, and the parts that are used.
 */
public final class Child {
    /** The driver passed. */
    static final int PASSED = 40;

    /** It did not, and the report says why. */
    static final int NOT_PASSED = 41;

    private static final long PATIENCE = 10_000; // ms for code that accesses neither card nor memory
    private static final PrintStream OUT = System.out;

    private final Checker checker;
    private final String source;
    private final boolean json;
    private final Printed printed = new Printed();
    private final AtomicBoolean told = new AtomicBoolean();

    private Child(List<String> words) throws IOException {
        source = Files.readString(Path.of(words.get(0)));
        json = words.get(2).equals("json");
        Set<Part> used = EnumSet.noneOf(Part.class);
        words.stream().skip(4).map(Part::named).forEach(used::add);
        checker = new Checker(
                Stage.of(Integer.parseInt(words.get(1))), used, words.get(3).equals("all"));
    }

    /** Checks, reports and ends. */
    public static void main(String[] words) throws IOException, InterruptedException {
        new Child(List.of(words)).run();
    }

    private void run() throws InterruptedException {
        PrintStream limited = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(limited);
        System.setErr(limited);
        Thread driver = Thread.ofPlatform().name("driver").daemon().unstarted(() -> tell(checker.check(source)));
        Thread ending = Thread.ofPlatform().unstarted(() -> tellOfEnd(driver));
        Runtime.getRuntime().addShutdownHook(ending);
        driver.start();
        driver.join(PATIENCE);
        if (driver.isAlive()) {
            tell(checker.givenUp(
                    "your code has run for " + PATIENCE / 1000
                            + " seconds and does not end: a loop in it accesses neither"
                            + " the card nor its memory, or it waits for another thread",
                    driver.getStackTrace()));
        }
    }

    /** The driver itself has ended the JVM. */
    private void tellOfEnd(Thread driver) {
        tell(checker.givenUp("your code has ended the JVM, by System.exit or the like", driver.getStackTrace()));
    }

    /** Writes a report, the first one alone, and ends the JVM, in which threads of the driver may still run. */
    private void tell(Report report) {
        if (told.getAndSet(true)) {
            return;
        }
        Report whole = report.withOutput(printed.toString());
        OUT.print(json ? ReportJson.of(whole) : ReportText.of(whole, source));
        OUT.flush();
        Runtime.getRuntime().halt(report.isPassed() ? PASSED : NOT_PASSED);
    }
}
