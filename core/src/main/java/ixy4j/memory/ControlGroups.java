package ixy4j.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The control groups that this process is in (cgroups(7)), of both versions, as far as they can be seen from here. */
final class ControlGroups {
    /**
     * A limit that a group has.
     *
     * @param file that has it
     * @param bytes the limit
     * @param used of it, by all of the group
     */
    record Limit(Path file, long bytes, long used) {
        long left() {
            return Math.max(0, bytes - used);
        }
    }

    private final Path process;

    /** Those of a process, by its folder in /proc. */
    ControlGroups(Path process) {
        this.process = process;
    }

    static ControlGroups own() {
        return new ControlGroups(Path.of("/proc/self"));
    }

    /** The folders of its group of a controller and of those around it, innermost first. */
    List<Path> folders(String controller) {
        List<Path> folders = new ArrayList<>();
        for (String mount : lines(process.resolve("mountinfo"))) {
            // id parent device root mount-point options tags... - type source super-options (proc_pid_mountinfo(5))
            String[] ends = mount.split(" - ", 2);
            String[] first = ends[0].split(" ", -1);
            String[] last = ends.length < 2 ? new String[0] : ends[1].split(" ", -1);
            boolean unified = last.length == 3 && last[0].equals("cgroup2");
            boolean named = last.length == 3 && last[0].equals("cgroup") && has(last[2], controller);
            if (unified || named) {
                Path top = Path.of(first[4].replace("\\040", " "));
                Path root = Path.of(first[3].replace("\\040", " "));
                Path at = own(top, root, unified ? "" : controller);
                while (at != null && at.startsWith(top)) {
                    folders.add(at);
                    at = at.getParent();
                }
            }
        }
        return folders;
    }

    /** Where the process is below a mount; at its top where that is not known, as in a container. */
    private Path own(Path top, Path root, String controller) {
        for (String line : lines(process.resolve("cgroup"))) {
            String[] parts = line.split(":", 3); // id:controllers:path
            if (parts.length == 3 && (controller.isEmpty() ? parts[1].isEmpty() : has(parts[1], controller))) {
                Path path = Path.of(parts[2]);
                Path own = path.startsWith(root)
                        ? top.resolve(root.relativize(path)).normalize()
                        : top;
                return own.startsWith(top) && Files.isDirectory(own) ? own : top;
            }
        }
        return top;
    }

    private static boolean has(String list, String name) {
        return Arrays.asList(list.split(",", -1)).contains(name);
    }

    /** The innermost limit of a controller that leaves fewer bytes than these, null if none does. */
    Limit below(long bytes, String controller, String limitFile, String usedFile) {
        for (Path folder : folders(controller)) {
            long limit = number(folder.resolve(limitFile));
            long used = number(folder.resolve(usedFile));
            if (limit >= 0 && used >= 0 && limit - used < bytes) {
                return new Limit(folder.resolve(limitFile), limit, used);
            }
        }
        return null;
    }

    /** The number in a file, -1 if there is none: no such file, or {@code max}. */
    static long number(Path file) {
        List<String> lines = lines(file);
        return lines.size() == 1 && lines.getFirst().matches("\\d{1,18}") ? Long.parseLong(lines.getFirst()) : -1;
    }

    /** A number by its name in a file of names and numbers, 0 if it is not there. */
    static long number(Path file, String name) {
        for (String line : lines(file)) {
            String[] words = line.split(":?\\s+", -1);
            if (words[0].equals(name) && words.length > 1 && words[1].matches("\\d{1,18}")) {
                return Long.parseLong(words[1]);
            }
        }
        return 0;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
