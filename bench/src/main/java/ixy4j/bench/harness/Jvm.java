package ixy4j.bench.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How JVMs are started that measure: as {@code ./ixy} starts its own, so that figures are those of its commands.
 *
 * @param user options of the user's, which replace a collector or a heap of ours
 */
record Jvm(List<String> user) {
    private static final List<String> ALWAYS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow", // JMH and HdrHistogram
            "-XX:-UsePerfData");

    /** The options of the user in the environment variable that the launcher takes. */
    static Jvm ofEnvironment(String text) {
        return new Jvm(
                text == null || text.isBlank() ? List.of() : List.of(text.trim().split("\\s+")));
    }

    /**
     * All options: a collector of the variant goes before one of the user's, and that before ours.
     *
     * @param variant options of the variant
     */
    List<String> options(List<String> variant) {
        List<String> options = new ArrayList<>(ALWAYS);
        boolean own = variant.stream().anyMatch(Jvm::isCollector);
        if (!own && user.stream().noneMatch(Jvm::isCollector)) {
            options.add("-XX:+UseSerialGC");
        }
        if (user.stream().noneMatch(Jvm::isHeap)) {
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
        return option.matches("-Xm[nsx].*|-XX:\\w*HeapSize=.*|-XX:\\w*RAM\\w*=.*");
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
