package ixy4j.model;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.MacAddress;
import ixy4j.model.CardFaults.Kind;
import ixy4j.model.wire.Wire;

/**
 * The card as a whole: reset, EEPROM, link, and the bits that report on them. What takes a real card some time is
 * done here after one read, or one round of the card: so a driver that does not wait for it is found out, and a
 * run can be repeated.
 */
final class Control {
    static final int MASTER_DISABLE = 1 << 2; // in CTRL
    private static final int CTRL_RESETS = 1 << 3 | 1 << 26; // LRST, RST
    private static final int STATUS_LINK_UP = 1 << 7;
    private static final int STATUS_MASTER_ENABLE = 1 << 19;
    private static final int EEC_PRESENT = 1 << 8 | 1 << 4; // and writing to flash disabled, FWE 01b
    private static final int EEC_DONE = 1 << 9;
    private static final int EEC_SIZE_AND_LOADED = 4 << 11 | 0x3f_8000; // 2^(4+6) words, all parts configured
    private static final int EEC_WRITABLE = 0x77;
    private static final int RDRXCTL_DMAIDONE = 1 << 3;
    private static final int RDRXCTL_CRCSTRIP = 1 << 1;
    private static final int RDRXCTL_RSCFRSTSIZE = 0x1f << 17;
    private static final int RDRXCTL_ONES = 3 << 25; // RSCACKC, FCOE_WRFIX
    private static final int HLREG0_RXCRCSTRP = 1 << 1;
    private static final int AUTOC_RESTART = 1 << 12;
    private static final int AUTOC_LMS = 7 << 13;
    private static final int AUTOC_LMS_10G_SERIAL = 3 << 13;
    private static final int AUTOC_OF_EEPROM = (0xC19D8284 & ~AUTOC_LMS) | AUTOC_LMS_10G_SERIAL;
    private static final int LINKS_UP = 1 << 30;
    private static final int LINKS_STATUS = 1 << 7;
    private static final int RAH_AV = 1 << 31;

    private final Board board;
    private final RegisterFile registers;
    private final Wire wire;
    private final MacAddress mac;
    private final Runnable reset;
    private final Interrupts interrupts;
    private final Eeprom eeprom;
    private boolean negotiating; // the link, after a reset or restart
    private boolean up;
    private boolean wentDown; // since LINKS was read

    Control(Board board, Wire wire, MacAddress mac, Runnable reset) {
        this.board = board;
        this.registers = board.registers;
        this.wire = wire;
        this.mac = mac;
        this.reset = reset;
        interrupts = board.interrupts;
        eeprom = new Eeprom(mac);
        addEffects();
    }

    private void addEffects() {
        registers.onWrite(CTRL, (i, old, next, written) -> writeCtrl(next));
        registers.onRead(CTRL, (i, value) -> readCtrl(value));
        registers.onRead(STATUS, (i, value) -> readStatus(value));
        registers.onWrite(
                EEC,
                (i, old, next, written) -> (old & ~EEC_WRITABLE & ~(1 << 7))
                        | (written & EEC_WRITABLE)
                        | (written & 1 << 6) << 1); // a request is granted
        registers.onRead(EEC, (i, value) -> readDone(EEC, value, EEC_DONE, Kind.EEPROM_NEVER_DONE));
        registers.onWrite(EERD, (i, old, next, written) -> (written & 1) != 0 ? eeprom.read(written) : next);
        registers.onRead(RDRXCTL, (i, value) -> readDone(RDRXCTL, value, RDRXCTL_DMAIDONE, Kind.DMA_NEVER_READY));
        registers.onWrite(RXCTRL, (i, old, next, written) -> writeRxctrl(old, next));
        registers.onWrite(AUTOC, (i, old, next, written) -> writeAutoc(next));
        registers.onRead(AUTOC, (i, value) -> selfClear(AUTOC, value, AUTOC_RESTART));
        registers.onRead(LINKS, (i, value) -> readLinks());
        registers.onRead(SWSM, (i, value) -> readSwsm(value));
        registers.onWrite(SECRXCTRL, (i, old, next, written) -> ready(SECRXSTAT, next));
        registers.onWrite(SECTXCTRL, (i, old, next, written) -> ready(SECTXSTAT, next));
        registers.onWrite(FDIRCTRL, (i, old, next, written) -> next | 1 << 3); // INIT_DONE
        registers.onRead(FDIRCMD, (i, value) -> selfClear(FDIRCMD, value, 3));
        registers.onRead(MSCA, (i, value) -> selfClear(MSCA, value, 1 << 30));
    }

    // ---- reset

    /** Brings the registers to what they are after a reset and the loading of the EEPROM that follows (4.6.3.2). */
    void loadEeprom() {
        long bits = Long.reverseBytes(mac.bits() << 16);
        registers.set(RAL, (int) bits);
        registers.set(RAH, ((int) (bits >>> 32) & 0xffff) | RAH_AV);
        registers.set(EEC, EEC_PRESENT | EEC_SIZE_AND_LOADED);
        registers.set(AUTOC, AUTOC_OF_EEPROM);
        negotiating = true;
        up = false;
        wentDown = true;
    }

    private int writeCtrl(int next) {
        if ((next & CTRL_RESETS) == 0) {
            return next;
        }
        reset.run();
        return next & CTRL_RESETS;
    }

    private int readCtrl(int value) {
        return board.injected.has(Kind.RESET_HANGS) ? value : selfClear(CTRL, value, CTRL_RESETS);
    }

    private int selfClear(int register, int value, int bits) {
        registers.set(register, value & ~bits);
        return value;
    }

    private int readDone(int register, int value, int bit, Kind never) {
        if (!board.injected.has(never)) {
            registers.set(register, value | bit);
        }
        return value;
    }

    private int ready(int statusRegister, int control) {
        registers.set(statusRegister, control >>> 1 & 1);
        return control;
    }

    private int readSwsm(int value) {
        registers.set(SWSM, value | 1);
        return value;
    }

    // ---- bus mastering

    /**
     * Whether the card may read and write memory: it may not once the driver disabled that (5.2.5.3.2, or in the command
     * register of PCI), or in reset.
     */
    boolean isMaster() {
        return board.busMaster && (registers.get(CTRL) & (MASTER_DISABLE | CTRL_RESETS)) == 0;
    }

    private int readStatus(int value) {
        settleMaster();
        return (value & ~STATUS_LINK_UP) | (up ? STATUS_LINK_UP : 0);
    }

    private void settleMaster() {
        boolean disabled = (registers.get(CTRL) & MASTER_DISABLE) != 0;
        int status = registers.get(STATUS);
        registers.set(STATUS, disabled ? status & ~STATUS_MASTER_ENABLE : status | STATUS_MASTER_ENABLE);
    }

    // ---- receive

    private int writeRxctrl(int old, int next) {
        if ((next & ~old & 1) != 0) {
            checkRdrxctl(registers.get(RDRXCTL), registers.get(HLREG0));
        }
        return next;
    }

    private void checkRdrxctl(int rdrxctl, int hlreg0) {
        if ((rdrxctl & RDRXCTL_CRCSTRIP) != 0 != ((hlreg0 & HLREG0_RXCRCSTRP) != 0)) {
            board.faults.report(
                    "RXCTRL.RXEN is set while RDRXCTL.CRCStrip and HLREG0.RXCRCSTRP differ: they must be the"
                            + " same (datasheet 8.2.3.22.8), RDRXCTL is " + hex(rdrxctl) + ", HLREG0 " + hex(hlreg0));
        }
        if ((rdrxctl & RDRXCTL_RSCFRSTSIZE) != 0 || (rdrxctl & RDRXCTL_ONES) != RDRXCTL_ONES) {
            board.faults.report("RXCTRL.RXEN is set while RDRXCTL is " + hex(rdrxctl)
                    + ": RSCFRSTSIZE (21:17) must be 0," + " RSCACKC (25) and FCOE_WRFIX (26) 1 (datasheet 8.2.3.8.8)");
        }
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }

    // ---- link (4.6.4)

    private int writeAutoc(int next) {
        if ((next & AUTOC_RESTART) != 0) {
            negotiating = true;
            setUp(false);
        }
        return next;
    }

    /** Whether frames can pass. */
    boolean isUp() {
        return up;
    }

    private int readLinks() {
        int speed = up ? speedBits(wire.linkSpeed()) << 28 : 0;
        int value = (up ? LINKS_UP : 0) | speed | (up && !wentDown ? LINKS_STATUS : 0);
        wentDown = false; // bit 7 latches a link that was down until it is read
        settleLink();
        return value;
    }

    private static int speedBits(int mbits) {
        return mbits >= 10_000 ? 3 : mbits >= 1000 ? 2 : mbits >= 100 ? 1 : 0;
    }

    private void settleLink() {
        if (negotiating) {
            negotiating = false;
        } else {
            setUp(wire.linkSpeed() > 0 && reachable(wire.linkSpeed()) && !board.injected.has(Kind.NO_LINK));
        }
    }

    /** Whether the link mode that is selected (8.2.3.22.19, LMS) is one that a card with SFP+ has at this speed. */
    private boolean reachable(int mbits) {
        int mode = registers.get(AUTOC) & AUTOC_LMS;
        return mbits >= 10_000 ? mode == AUTOC_LMS_10G_SERIAL : mode == 0 || mode == 2 << 13;
    }

    private void setUp(boolean now) {
        if (up != now) {
            up = now;
            wentDown |= !now;
            interrupts.setCauses(Interrupts.EICR_LSC);
        }
    }

    /** What goes on in a round of the card. */
    void round() {
        int ctrl = registers.get(CTRL);
        if ((ctrl & CTRL_RESETS) != 0) {
            readCtrl(ctrl);
        }
        settleMaster();
        settleLink();
    }
}
