package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this machine has to have for some tests: without it they are skipped, but in CI they fail. */
final class Machine {
    static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB");

    private Machine() {}

    static void needs(boolean there, String what) {
        if (!there) {
            if ("true".equals(System.getenv("CI"))) {
                fail("CI must have: " + what);
            }
            abort("needs " + what);
        }
    }

    static boolean isRoot() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void needsRoot() {
        needs(isRoot(), "root");
    }

    /** A program, tried with an argument with which it succeeds at once. */
    static void needsProgram(String... command) {
        boolean works;
        try {
            works = Cli.run(List.of(command), Cli.SHORT).exit() == 0;
        } catch (UncheckedIOException e) {
            works = false;
        }
        needs(works, command[0]);
    }

    static int hugePages(String file) {
        try {
            return Integer.parseInt(Files.readString(HUGE_PAGES.resolve(file)).strip());
        } catch (IOException e) {
            return 0;
        }
    }

    static void needsHugePages() {
        needs(hugePages("free_hugepages") >= 32, "32 free huge pages of 2 MiB");
    }
}
