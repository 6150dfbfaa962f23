package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.model.i82599.registers.RegisterFile;
import java.util.Arrays;

/**
 * Which frames are for this port, by destination address (datasheet 7.1.1.1). Addresses are 48 bits with the first byte
 * on the wire in the lowest, as the card has them.
 */
final class AddressFilter {
    /** Not for this port. */
    static final int NO = 0;

    /** An address that it has in its table of addresses, or the broadcast address. */
    static final int EXACT = 1;

    /** Passed by the multicast hash table, or since it is promiscuous. */
    static final int INEXACT = 2;

    private static final long ADDRESS = 0xffff_ffff_ffffL;
    private static final int ENTRIES = 128;
    private static final int MCSTCTRL_MO = 3;

    private final RegisterFile registers;
    private long[] own = {}; // the valid addresses, mostly one

    AddressFilter(RegisterFile registers) {
        this.registers = registers;
        registers.onWrite(RAL, (index, old, next, written) -> changed(RAL + 8 * index, next));
        registers.onWrite(RAH, (index, old, next, written) -> changed(RAH + 8 * index, next));
    }

    private int changed(int register, int value) {
        registers.set(register, value);
        update();
        return value;
    }

    /** Reads the table of addresses again. */
    void update() {
        long[] addresses = new long[ENTRIES];
        int count = 0;
        for (int i = 0; i < ENTRIES; i++) {
            int high = registers.get(RAH + 8 * i);
            if ((high & RAH_AV) != 0) {
                addresses[count++] = Integer.toUnsignedLong(registers.get(RAL + 8 * i)) | (high & 0xffffL) << 32;
            }
        }
        own = Arrays.copyOf(addresses, count);
    }

    static boolean isBroadcast(long firstBytes) {
        return (firstBytes & ADDRESS) == ADDRESS;
    }

    /** What becomes of a frame that begins with these bytes. */
    int match(long firstBytes) {
        int control = registers.get(FCTRL);
        long address = firstBytes & ADDRESS;
        if (address == ADDRESS && (control & FCTRL_BAM) != 0) {
            return EXACT;
        }
        for (long one : own) {
            if (one == address) {
                return EXACT;
            }
        }
        boolean multicast = (address & 1) != 0;
        int promiscuous = multicast ? FCTRL_MPE : FCTRL_UPE;
        return (control & promiscuous) != 0 || (multicast && address != ADDRESS && inTable(address)) ? INEXACT : NO;
    }

    /** 12 bits of the last two bytes choose one of 4096 bits (8.2.3.7.3, 8.2.3.7.7). */
    private boolean inTable(long address) {
        int control = registers.get(MCSTCTRL);
        if ((control & MCSTCTRL_MFE) == 0) {
            return false;
        }
        int shift = switch (control & MCSTCTRL_MO) {
            case 0 -> 36;
            case 1 -> 35;
            case 2 -> 34;
            default -> 32;
        };
        int hash = (int) (address >>> shift) & 0xfff;
        return (registers.get(MTA + 4 * (hash >>> 5)) >>> (hash & 31) & 1) != 0;
    }
}
