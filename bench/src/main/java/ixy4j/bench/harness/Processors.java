package ixy4j.bench.harness;

import ixy4j.IxyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Processors of the packet thread and of the cards.
 *
 * @param packets its number
 * @param cards its number, -1 for any: cards that are not in memory need none
 */
public record Processors(int packets, int cards) {
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");

    /** The processors that this process may use. */
    public static List<Integer> allowed() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("Cpus_allowed_list:")) {
                    return list(line.substring(line.indexOf(':') + 1).trim());
                }
            }
        } catch (IOException e) {
            throw new IxyException("/proc/self/status does not say which processors there are: " + e.getMessage(), e);
        }
        return List.of();
    }

    /** Reads a list in the form of the kernel, such as {@code 0-3,8}. */
    static List<Integer> list(String text) {
        List<Integer> cpus = new ArrayList<>();
        for (String range : text.split(",", -1)) {
            String[] ends = range.trim().split("-", 2);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int cpu = Integer.parseInt(ends[0]); cpu <= last; cpu++) {
                cpus.add(cpu);
            }
        }
        return cpus;
    }

    /**
     * Two of these: the last one, as the kernel's own work is more often on the first, and one that shares no core with
     * it, if there is one.
     *
     * @throws IxyException if there are not two
     */
    public static Processors choose(List<Integer> allowed) {
        if (allowed.size() < 2) {
            throw new IxyException(
                    "bench needs two processors, one for the packet thread and one for the cards, but this"
                            + " process may use " + allowed.size() + ": with one, there is './ixy bench stages'");
        }
        int packets = allowed.getLast();
        List<Integer> siblings = siblings(packets);
        for (int i = allowed.size() - 2; i >= 0; i--) {
            if (!siblings.contains(allowed.get(i))) {
                return new Processors(packets, allowed.get(i));
            }
        }
        return new Processors(packets, allowed.get(allowed.size() - 2));
    }

    /** The last one of these, and none for the cards. */
    static Processors one(List<Integer> allowed) {
        return new Processors(allowed.getLast(), -1);
    }

    /**
     * Those that a user names.
     *
     * @throws IllegalArgumentException if the text is not of the form 1,0 or one is not allowed
     */
    public static Processors parse(String text, List<Integer> allowed) {
        if (!text.matches("\\d{1,4},\\d{1,4}")) {
            throw new IllegalArgumentException(
                    "--cpus takes two numbers, packet thread and cards, such as 1,0, not '" + text + "'");
        }
        List<Integer> both = list(text);
        for (int cpu : both) {
            if (!allowed.contains(cpu)) {
                throw new IllegalArgumentException(
                        "--cpus " + text + ": this process may not use processor " + cpu + ", but " + allowed);
            }
        }
        if (both.get(0).equals(both.get(1))) {
            throw new IllegalArgumentException("--cpus " + text + ": packet thread and cards need one each");
        }
        return new Processors(both.get(0), both.get(1));
    }

    private static List<Integer> siblings(int cpu) {
        try {
            return list(Files.readString(CPUS.resolve("cpu" + cpu + "/topology/thread_siblings_list")));
        } catch (IOException e) {
            return List.of(cpu); // a machine that does not say, as some virtual ones
        }
    }
}
