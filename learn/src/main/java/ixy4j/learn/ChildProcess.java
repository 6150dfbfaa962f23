package ixy4j.learn;

import ixy4j.IxyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Has a stage checked in a JVM of its own, so that nothing which a learner's code does ends or hangs this one. */
final class ChildProcess {
    private static final long PATIENCE = 30; // seconds; the child itself is more exact
    private static final String HEAP = "-Xmx256m"; // the compiler is in it

    private ChildProcess() {}

    /**
     * What came of it.
     *
     * @param text the report
     * @param isPassed whether the stage is passed
     */
    record Outcome(String text, boolean isPassed) {}

    static Outcome check(Path file, Stage stage, Set<Part> used, boolean json, boolean all) {
        List<String> command = new ArrayList<>(java(Child.class));
        command.addAll(List.of(
                file.toString(), Integer.toString(stage.number()), json ? "json" : "text", all ? "all" : "few"));
        used.stream().map(Part::toString).forEach(command::add);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
            Thread watch = Thread.ofPlatform().daemon().start(() -> end(process));
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            watch.interrupt();
            return outcome(stage, file, used, json, text, code);
        } catch (IOException e) {
            throw new IxyException("no JVM can be started to check the driver in: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IxyException("the check was interrupted");
        }
    }

    /** The words that start a class of this module in another JVM, with the same modules or class path. */
    static List<String> java(Class<?> main) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData"));
        String modules = System.getProperty("jdk.module.path");
        if (modules != null && main.getModule().isNamed()) {
            words.addAll(List.of("--enable-native-access=ixy4j", "-p", modules, "-m", "ixy4j.learn/" + main.getName()));
        } else {
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath, main.getName()));
        }
        return words;
    }

    private static Outcome outcome(Stage stage, Path file, Set<Part> used, boolean json, String text, int code)
            throws IOException {
        if (code == Child.PASSED || code == Child.NOT_PASSED) {
            return new Outcome(text, code == Child.PASSED);
        }
        Report report = new Report(
                stage,
                List.of(),
                "the JVM with your driver has ended with code " + code
                        + " in the middle of the check, as by Runtime.halt or a crash",
                0,
                List.of(),
                List.of(),
                List.of(),
                used.stream().sorted().toList(),
                "");
        return new Outcome(json ? ReportJson.of(report) : ReportText.of(report, Files.readString(file)), false);
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it has ended by itself
        }
    }
}
