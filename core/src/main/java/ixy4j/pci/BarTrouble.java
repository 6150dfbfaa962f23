package ixy4j.pci;

import ixy4j.IxyException;
import ixy4j.linux.Errno;
import java.util.Locale;

/** What can be wrong with a BAR. */
final class BarTrouble {
    private BarTrouble() {}

    static IxyException unmappable(String name, long size, int errno) {
        return new IxyException("cannot map the " + size + " bytes of " + name + ": " + Errno.text(errno)
                + "; the card has no such BAR, or a kernel with lockdown=confidentiality hides it");
    }

    static IxyException noAddress(String name) {
        return new IxyException(name + " is reached by reads and writes of a file, and has no address in memory");
    }

    static IxyException behindEnd(int offset, long size) {
        return new IxyException(String.format(
                Locale.ROOT,
                "register 0x%05x lies behind the end of the BAR, 0x%x: this is another card than its id says",
                offset,
                size));
    }
}
