package ixy4j.model.vfiouser;

import ixy4j.MacAddress;
import ixy4j.model.PciIdentity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The PCI configuration space of a card, which has what an 82599 has (datasheet 9.3 to 9.4, with its offsets): header,
 * power management, MSI, MSI-X, PCI Express, and of the extended capabilities advanced error reporting and the serial
 * number. Not there: vital product data, ARI, SR-IOV, BAR 2 with its I/O ports, the expansion ROM. Not safe for several
 * threads.
 */
final class ConfigSpace {
    /** Bytes of it. */
    static final int SIZE = 4096;

    /** Bytes of BAR 4: the tables of MSI-X. */
    static final int MSIX_TABLES = 16 << 10;

    /** Where in BAR 4 the pending bits are (9.3.8.3). */
    static final int PENDING_BITS = 0x2000;

    private static final int COMMAND = 0x04;
    private static final int STATUS = 0x06;
    private static final int COMMAND_MASTER = 1 << 2;
    private static final int COMMAND_NO_PIN = 1 << 10;
    private static final int STATUS_PIN = 1 << 3;
    private static final int STATUS_CAPABILITIES = 1 << 4;
    private static final int STATUS_ERRORS = 0xf900; // written one to clear
    private static final int BAR_64_BITS_PREFETCHABLE = 0xc;
    private static final int POWER = 0x40;
    private static final int MSI = 0x50;
    private static final int MSIX = 0x70;
    private static final int EXPRESS = 0xa0;
    private static final int ERRORS = 0x100;
    private static final int SERIAL = 0x140;
    private static final int ENABLE_MSI = 1;
    private static final int ENABLE_MSIX = 1 << 15;
    private static final int RESET_FUNCTION = 1 << 15; // in device control

    private final ByteBuffer values = words();
    private final ByteBuffer writable = words();
    private final ByteBuffer cleared = words(); // bits that writing a one clears
    private final PciIdentity identity;
    private final long serial;

    ConfigSpace(PciIdentity identity, MacAddress mac) {
        this.identity = identity;
        serial = mac.bits() >>> 24 << 40 | 0xffffL << 24 | (mac.bits() & 0xff_ffff); // 9.4.2: FFFF in the middle
        reset();
    }

    private static ByteBuffer words() {
        return ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Sets all to what it is after power came up. */
    void reset() {
        for (int i = 0; i < SIZE; i += 8) {
            values.putLong(i, 0);
            writable.putLong(i, 0);
            cleared.putLong(i, 0);
        }
        header();
        powerManagement();
        messages();
        express();
        extended();
    }

    private void header() {
        set(0x00, identity.id(), 0);
        set(COMMAND, STATUS_CAPABILITIES << 16, 0x0546); // memory, master, parity, SERR#, no pin
        cleared.putShort(STATUS, (short) STATUS_ERRORS);
        set(0x08, identity.classAndRevision(), 0);
        set(0x0c, 0, 0xff); // size of a cache line
        bar(0x10, identity.registerBytes());
        bar(0x20, MSIX_TABLES);
        set(0x2c, identity.subsystem(), 0);
        set(0x34, POWER, 0);
        set(0x3c, 0x0100, 0xff); // INTA, and the line, which is software's
    }

    /** A BAR of 64 bits; what a probe for its size cannot write says how large it is. */
    private void bar(int offset, int size) {
        set(offset, BAR_64_BITS_PREFETCHABLE, -size);
        set(offset + 4, 0, -1);
    }

    private void powerManagement() {
        set(POWER, 0x4823 << 16 | MSI << 8 | 0x01, 0); // version 3; PME from D0 and D3hot
        set(POWER + 4, 0x2008, 0x0103); // no soft reset; state, PME enable
        cleared.putShort(POWER + 4, (short) 0x8000);
    }

    private void messages() {
        set(MSI, 0x0180 << 16 | MSIX << 8 | 0x05, 0x0071 << 16); // 64 bits, maskable, one message
        set(MSI + 4, 0, ~3);
        set(MSI + 8, 0, -1);
        set(MSI + 12, 0, 0xffff);
        set(MSI + 16, 0, 1);
        set(MSIX, (identity.vectors() - 1) << 16 | EXPRESS << 8 | 0x11, 0xc000 << 16);
        set(MSIX + 4, 4, 0); // table at the start of BAR 4
        set(MSIX + 8, PENDING_BITS | 4, 0);
    }

    private void express() {
        set(EXPRESS, 0x0002 << 16 | 0x10, 0); // version 2, an endpoint, the last capability
        set(EXPRESS + 4, 0x1000_8cc2, 0); // function level reset, error reporting, latencies, 512 bytes
        set(EXPRESS + 8, 0x2810, 0x7fff); // requests of 512 bytes, no snoop, relaxed ordering
        cleared.putShort(EXPRESS + 10, (short) 0xf);
        set(EXPRESS + 12, 0x0000_0482 | 3 << 10, 0); // 5 GT/s, eight lanes
        set(EXPRESS + 16, 0x1082 << 16, 0x0fdb); // and that is what it runs at
        set(EXPRESS + 36, 0x1f, 0); // time-outs of completions
        set(EXPRESS + 40, 0, 0x1f);
        set(EXPRESS + 48, 2, 0xffff);
    }

    private void extended() {
        set(ERRORS, SERIAL << 20 | 1 << 16 | 0x0001, 0);
        cleared.putInt(ERRORS + 4, 0x001f_f010);
        set(ERRORS + 8, 0, 0x001f_f010);
        set(ERRORS + 12, 0x0006_2030, 0x001f_f010); // which errors are fatal
        cleared.putInt(ERRORS + 16, 0x31c1);
        set(ERRORS + 20, 0x2000, 0x31c1);
        set(ERRORS + 24, 0xa0, 0x0140); // ECRC can be made and checked
        set(SERIAL, 1 << 16 | 0x0003, 0);
        values.putLong(SERIAL + 4, serial);
    }

    private void set(int offset, int value, int mask) {
        values.putInt(offset, value);
        writable.putInt(offset, mask);
    }

    /** One byte; {@code pin} is the level of INTA, which the status register shows. */
    byte read(int offset, boolean pin) {
        byte value = values.get(offset);
        return offset == STATUS && pin ? (byte) (value | STATUS_PIN) : value;
    }

    /** Writes one byte; whether that asks for a reset of the function. */
    boolean write(int offset, byte value) {
        int old = values.get(offset);
        int mask = writable.get(offset);
        values.put(offset, (byte) (((old & ~mask) | (value & mask)) & ~(value & cleared.get(offset))));
        return offset == EXPRESS + 9 && (value & RESET_FUNCTION >> 8) != 0;
    }

    /** Whether the function may read and write memory, and send messages. */
    boolean isMaster() {
        return (values.getShort(COMMAND) & COMMAND_MASTER) != 0 && (values.get(POWER + 4) & 3) == 0;
    }

    /** Whether the pin may be used (command register, bit 10). */
    boolean mayUsePin() {
        return (values.getShort(COMMAND) & COMMAND_NO_PIN) == 0;
    }

    /** Whether MSI is on. */
    boolean hasMsi() {
        return (values.getShort(MSI + 2) & ENABLE_MSI) != 0;
    }

    /** Whether MSI-X is on. */
    boolean hasMsix() {
        return (values.getShort(MSIX + 2) & ENABLE_MSIX) != 0;
    }
}
