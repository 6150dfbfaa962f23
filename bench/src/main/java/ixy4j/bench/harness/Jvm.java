package ixy4j.bench.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How JVMs are started that measure: as {@code ./ixy} starts its own, so that figures are those of its commands, but for {@link
 * #REPEATABLE}.
 *
 * @param user options of the user's, which replace a collector or a heap of ours
 */
record Jvm(List<String> user) {
    private static final List<String> ALWAYS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow", // JMH and HdrHistogram
            "-XX:-UsePerfData");

    /**
     * Of those that measure a rate: the code that waits for the JIT waits, and does not run on meanwhile. So the JIT has seen about
     * the same in each process, and makes about the same of it; without, processes of one program differ twice as much.
     */
    static final String REPEATABLE = "-Xbatch";

    /** What a JVM takes by itself; {@link #ofEnvironment} reads it, so a JVM that measures must not. */
    static final List<String> OF_EACH = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

    /** The options of the user: those for each JVM, and those for ours; the last of two that contradict each other counts. */
    static Jvm ofEnvironment(Map<String, String> environment) {
        List<String> user = new ArrayList<>();
        for (String name : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "IXY_JAVA_OPTS", "_JAVA_OPTIONS")) {
            Matcher word = WORD.matcher(environment.getOrDefault(name, ""));
            while (word.find()) {
                user.add(word.group().replaceAll("[\"']", ""));
            }
        }
        return new Jvm(user);
    }

    /**
     * All options: a collector of the variant goes before one of the user's, and that before ours.
     *
     * @param variant options of the variant
     */
    List<String> options(List<String> variant) {
        List<String> options = new ArrayList<>(ALWAYS);
        boolean own = variant.stream().anyMatch(Jvm::isCollector);
        boolean unknown = user.stream().anyMatch(Jvm::isFile);
        if (!own && !unknown && user.stream().noneMatch(Jvm::isCollector)) {
            options.add("-XX:+UseSerialGC");
        }
        if (!unknown && user.stream().noneMatch(Jvm::isHeap)) {
            options.addAll(List.of("-Xms64m", "-Xmx64m"));
        }
        user.stream().filter(option -> !own || !isCollector(option)).forEach(options::add);
        options.addAll(variant);
        return options;
    }

    private static boolean isCollector(String option) {
        return option.matches("-XX:\\+Use\\w+GC");
    }

    private static boolean isHeap(String option) {
        return option.matches("-Xm[nsx].*|-XX:\\w*(HeapSize|NewSize|OldSize|RAM\\w*)=.*");
    }

    /** Options in a file may be any. */
    private static boolean isFile(String option) {
        return option.matches("@.*|-XX:(Flags|VMOptionsFile)=.*");
    }

    /** The command that starts a class of this class path. */
    List<String> command(List<String> variant, Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options(variant));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }
}
