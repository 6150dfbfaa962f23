package ixy4j.sysfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Names of vendors and devices, from the list that distributions install (the format is described at its top). */
public final class PciNames {
    private static final List<Path> LISTS =
            List.of(Path.of("/usr/share/misc/pci.ids"), Path.of("/usr/share/hwdata/pci.ids"));

    private PciNames() {}

    /** The name of an id, vendor in bits 31:16; without a list, says that it is not known. */
    public static String of(int id) {
        for (Path list : LISTS) {
            if (Files.isReadable(list)) {
                try {
                    return find(Files.readAllLines(list, StandardCharsets.UTF_8), id);
                } catch (IOException e) {
                    break; // without a list
                }
            }
        }
        return "(no name: pci.ids is not installed)";
    }

    /** Looks an id up: lines of vendors begin with the id, those of their devices with a tab. */
    static String find(List<String> lines, int id) {
        String vendor = String.format(Locale.ROOT, "%04x  ", id >>> 16);
        String device = String.format(Locale.ROOT, "\t%04x  ", id & 0xffff);
        String found = null;
        for (String line : lines) {
            if (line.startsWith(vendor)) {
                found = line.substring(vendor.length());
            } else if (found != null && line.startsWith(device)) {
                return found + ", " + line.substring(device.length());
            } else if (found != null && !line.startsWith("\t") && !line.startsWith("#")) {
                break;
            }
        }
        return found == null ? "(an unknown vendor's)" : found + ", an unknown device";
    }
}
