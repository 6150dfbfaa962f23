package ixy4j.model.i82599;

import ixy4j.MacAddress;
import ixy4j.model.ConfigRegister;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an 82599 has in PCI configuration space behind the header (datasheet 9.3 to 9.4, with its offsets): power management,
 * MSI, MSI-X, PCI Express, and of the extended capabilities advanced error reporting and the serial number. Not there: vital
 * product data, ARI, SR-IOV.
 */
final class Capabilities {
    /** Bytes of BAR 4: the tables of MSI-X. */
    static final int MESSAGE_BYTES = 16 << 10;

    /** Messages of MSI-X. */
    static final int VECTORS = 64;

    private static final int POWER = 0x40;
    private static final int MSI = 0x50;
    private static final int MSIX = 0x70;
    private static final int EXPRESS = 0xa0;
    private static final int ERRORS = 0x100;
    private static final int SERIAL = 0x140;
    private static final int PENDING_BITS = 0x2000; // in BAR 4 (9.3.8.3)
    private static final int ERROR_BITS = 0x001f_f010;
    private static final int CORRECTABLE = 0x31c1;

    private Capabilities() {}

    static List<ConfigRegister> of(MacAddress mac) {
        return Stream.of(powerManagement(), messages(), express(), errors(), serial(mac.bits()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<ConfigRegister> powerManagement() {
        return List.of(
                new ConfigRegister(POWER, 0x4823 << 16 | MSI << 8 | 0x01), // version 3; PME from D0 and D3hot
                new ConfigRegister(POWER + 4, 0x2008, 0x0103, 0x8000)); // no soft reset; state, PME enable
    }

    private static List<ConfigRegister> messages() {
        return List.of(
                new ConfigRegister(
                        MSI, 0x0180 << 16 | MSIX << 8 | 0x05, 0x0071 << 16), // 64 bits, maskable, one message
                new ConfigRegister(MSI + 4, 0, ~3),
                new ConfigRegister(MSI + 8, 0, -1),
                new ConfigRegister(MSI + 12, 0, 0xffff),
                new ConfigRegister(MSI + 16, 0, 1),
                new ConfigRegister(MSIX, (VECTORS - 1) << 16 | EXPRESS << 8 | 0x11, 0xc000 << 16),
                new ConfigRegister(MSIX + 4, 4), // table at the start of BAR 4
                new ConfigRegister(MSIX + 8, PENDING_BITS | 4));
    }

    private static List<ConfigRegister> express() {
        return List.of(
                new ConfigRegister(EXPRESS, 0x0002 << 16 | 0x10), // version 2, an endpoint, the last capability
                new ConfigRegister(
                        EXPRESS + 4, 0x1000_8cc2), // function level reset, error reporting, latencies, 512 bytes
                new ConfigRegister(EXPRESS + 8, 0x2810, 0x7fff, 0xf << 16), // 512 bytes, no snoop, relaxed ordering
                new ConfigRegister(EXPRESS + 12, 0x0000_0482 | 3 << 10), // 5 GT/s, eight lanes
                new ConfigRegister(EXPRESS + 16, 0x1082 << 16, 0x0fdb), // and that is what it runs at
                new ConfigRegister(EXPRESS + 36, 0x1f), // time-outs of completions
                new ConfigRegister(EXPRESS + 40, 0, 0x1f),
                new ConfigRegister(EXPRESS + 48, 2, 0xffff));
    }

    private static List<ConfigRegister> errors() {
        return List.of(
                new ConfigRegister(ERRORS, SERIAL << 20 | 1 << 16 | 0x0001),
                new ConfigRegister(ERRORS + 4, 0, 0, ERROR_BITS),
                new ConfigRegister(ERRORS + 8, 0, ERROR_BITS),
                new ConfigRegister(ERRORS + 12, 0x0006_2030, ERROR_BITS), // which errors are fatal
                new ConfigRegister(ERRORS + 16, 0, 0, CORRECTABLE),
                new ConfigRegister(ERRORS + 20, 0x2000, CORRECTABLE),
                new ConfigRegister(ERRORS + 24, 0xa0, 0x0140)); // ECRC can be made and checked
    }

    /** The address with FFFF in its middle (9.4.2). */
    private static List<ConfigRegister> serial(long mac) {
        return List.of(
                new ConfigRegister(SERIAL, 1 << 16 | 0x0003),
                new ConfigRegister(SERIAL + 4, (int) (0xffL << 24 | (mac & 0xff_ffff))),
                new ConfigRegister(SERIAL + 8, (int) (mac >>> 24 << 8 | 0xff)));
    }
}
