package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this machine has to have for some tests: without it they are skipped, but in CI they fail. */
final class Machine {
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

    /** What the lab needs; as root, it installs QEMU itself. */
    static void needsLab() {
        needs("amd64".equals(System.getProperty("os.arch")), "an x86-64 machine, as the lab's guest is one");
        needs(hasProgram("apt-get") && hasProgram("dpkg"), "apt-get and dpkg, for the kernel of the lab's guest");
        needs(isRoot() || hasProgram("qemu-system-x86_64"), "qemu-system-x86_64, or root to install it");
    }

    /** What a lab with cards of kind igb or ixgbe needs; it unpacks QEMU itself, and installs nothing. */
    static void needsNewerQemu() {
        needsLab();
        needs(Files.exists(Path.of("/usr/share/keyrings/debian-archive-keyring.gpg")), "Debian, for a newer QEMU");
    }

    static void needsTaps() {
        needs(isRoot(), "root");
        needs(Files.exists(Path.of("/dev/net/tun")), "/dev/net/tun");
        needsProgram("ip");
    }

    static void needsProgram(String name) {
        needs(hasProgram(name), name);
    }

    private static boolean hasProgram(String name) {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
