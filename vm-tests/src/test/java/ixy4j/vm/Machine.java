package ixy4j.vm;

import static ixy4j.Machine.hasProgram;
import static ixy4j.Machine.isRoot;
import static ixy4j.Machine.needs;

import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine has to have for some tests: without it they are skipped, but in CI they fail. */
final class Machine {
    /** Who holds this runs beside classes that do not, and not beside others that do: they measure, or share names. */
    static final String ALONE = "the machine";

    private Machine() {}

    /** What the lab needs; as root, it installs QEMU itself. */
    static void needsLab() {
        needs("amd64".equals(System.getProperty("os.arch")), "an x86-64 machine, as the lab's guest is one");
        needs(hasProgram("apt-get") && hasProgram("dpkg"), "apt-get and dpkg, for the kernel of the lab's guest");
        needs(
                isRoot() || hasProgram("qemu-system-x86_64"),
                "qemu-system-x86_64, of the package qemu-system-x86, or root to install it");
        needsProgram("pkill"); // the guest has this machine's programs
    }

    /** What a lab with cards of kind igb or ixgbe needs; it unpacks QEMU itself, and installs nothing. */
    static void needsNewerQemu() {
        needsLab();
        needs(Files.exists(Path.of("/usr/share/keyrings/debian-archive-keyring.gpg")), "Debian, for a newer QEMU");
    }

    static void needsTaps() {
        ixy4j.Machine.needsTaps();
    }

    static void needsProgram(String name) {
        ixy4j.Machine.needsProgram(name);
    }
}
