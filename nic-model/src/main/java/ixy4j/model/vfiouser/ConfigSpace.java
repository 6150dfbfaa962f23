package ixy4j.model.vfiouser;

import ixy4j.model.ConfigRegister;
import ixy4j.model.PciIdentity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The PCI configuration space of a card: a header, with BAR 0 for registers and BAR 4 for the tables of MSI-X, and behind it
 * the capabilities that the card has. Not there: other BARs, and the expansion ROM. Not safe for several threads.
 */
final class ConfigSpace {
    /** Bytes of it. */
    static final int SIZE = 4096;

    private static final int COMMAND = 0x04;
    private static final int STATUS = 0x06;
    private static final int COMMAND_MASTER = 1 << 2;
    private static final int COMMAND_NO_PIN = 1 << 10;
    private static final int STATUS_PIN = 1 << 3;
    private static final int STATUS_CAPABILITIES = 1 << 4;
    private static final int STATUS_ERRORS = 0xf900; // written one to clear
    private static final int BAR_64_BITS_PREFETCHABLE = 0xc;
    private static final int FIRST_CAPABILITY = 0x34;
    private static final int POWER = 0x01; // kinds of capabilities
    private static final int MSI = 0x05;
    private static final int MSIX = 0x11;
    private static final int EXPRESS = 0x10;
    private static final int ENABLE_MSI = 1;
    private static final int ENABLE_MSIX = 1 << 15;
    private static final int RESET_FUNCTION = 1 << 15; // in device control

    private final ByteBuffer values = words();
    private final ByteBuffer writable = words();
    private final ByteBuffer cleared = words(); // bits that writing a one clears
    private final PciIdentity identity;
    private final List<ConfigRegister> capabilities;
    private final int power; // where these are, 0 for those that the card has not
    private final int msi;
    private final int msix;
    private final int express;

    /** With capabilities, of which the first is first. */
    ConfigSpace(PciIdentity identity, List<ConfigRegister> capabilities) {
        this.identity = identity;
        this.capabilities = capabilities;
        reset();
        power = find(POWER);
        msi = find(MSI);
        msix = find(MSIX);
        express = find(EXPRESS);
    }

    private int find(int kind) {
        int at = values.get(FIRST_CAPABILITY) & 0xff;
        while (at != 0 && values.get(at) != kind) {
            at = values.get(at + 1) & 0xff;
        }
        return at;
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
        for (ConfigRegister register : capabilities) {
            set(register.offset(), register.value(), register.writable());
            cleared.putInt(register.offset(), register.cleared());
        }
    }

    private void header() {
        set(0x00, identity.id(), 0);
        set(COMMAND, STATUS_CAPABILITIES << 16, 0x0546); // memory, master, parity, SERR#, no pin
        cleared.putShort(STATUS, (short) STATUS_ERRORS);
        set(0x08, identity.classAndRevision(), 0);
        set(0x0c, 0, 0xff); // size of a cache line
        bar(0x10, identity.registerBytes());
        bar(0x20, identity.messageBytes());
        set(0x2c, identity.subsystem(), 0);
        set(FIRST_CAPABILITY, capabilities.getFirst().offset(), 0);
        set(0x3c, 0x0100, 0xff); // INTA, and the line, which is software's
    }

    /** A BAR of 64 bits; what a probe for its size cannot write says how large it is. */
    private void bar(int offset, int size) {
        set(offset, BAR_64_BITS_PREFETCHABLE, -size);
        set(offset + 4, 0, -1);
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
        return express != 0 && offset == express + 9 && (value & RESET_FUNCTION >> 8) != 0;
    }

    /** Whether the function may read and write memory, and send messages. */
    boolean isMaster() {
        return (values.getShort(COMMAND) & COMMAND_MASTER) != 0 && (power == 0 || (values.get(power + 4) & 3) == 0);
    }

    /** Whether the pin may be used (command register, bit 10). */
    boolean mayUsePin() {
        return (values.getShort(COMMAND) & COMMAND_NO_PIN) == 0;
    }

    /** Whether MSI is on. */
    boolean hasMsi() {
        return msi != 0 && (values.getShort(msi + 2) & ENABLE_MSI) != 0;
    }

    /** Where in BAR 4 the pending bits of MSI-X begin. */
    int pendingBits() {
        return msix == 0 ? 0 : values.getInt(msix + 8) & -8;
    }

    /** Whether MSI-X is on. */
    boolean hasMsix() {
        return msix != 0 && (values.getShort(msix + 2) & ENABLE_MSIX) != 0;
    }
}
