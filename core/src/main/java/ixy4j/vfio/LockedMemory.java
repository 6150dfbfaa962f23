package ixy4j.vfio;

import ixy4j.IxyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory for cards cannot be moved or swapped, and how much of that a user may have is limited. */
final class LockedMemory {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern LIMIT = Pattern.compile("Max locked memory +(\\w+) ");
    private static final Pattern LOCKED = Pattern.compile("VmLck:\\s+(\\d+) kB");

    private LockedMemory() {}

    static IxyException tooLittle(long bytes) {
        return tooLittle(bytes, read(LIMITS), read(STATUS));
    }

    static IxyException tooLittle(long bytes, String limits, String status) {
        Matcher limit = LIMIT.matcher(limits);
        Matcher locked = LOCKED.matcher(status);
        long has = locked.find() ? Long.parseLong(locked.group(1)) << 10 : 0;
        String needed = "this needs " + mib(bytes) + " of memory that stays where it is";
        if (limit.find() && limit.group(1).matches("\\d+")) {
            long allowed = Long.parseLong(limit.group(1));
            long kib = (has + bytes) >> 10;
            if (has + bytes <= allowed) {
                return noMore(needed);
            }
            return new IxyException(needed + ", besides the " + mib(has) + " that this process has, but its limit is "
                    + mib(allowed) + ": ulimit -l " + kib + " (as root; for good, a line such as \"USER - memlock "
                    + kib
                    + "\" in /etc/security/limits.conf), or take fewer buffers");
        }
        return noMore(needed);
    }

    private static IxyException noMore(String needed) {
        return new IxyException(needed + ", and the machine has no more: take fewer buffers");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private static String mib(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
