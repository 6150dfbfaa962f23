package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.MacAddress;
import ixy4j.model.i82599.CardFaults.Kind;
import ixy4j.model.i82599.board.Eeprom;
import ixy4j.model.i82599.board.I2cBus;
import ixy4j.model.i82599.board.Mdio;
import ixy4j.model.i82599.board.SfpCage;
import ixy4j.model.i82599.registers.RegisterFile;
import ixy4j.model.wire.Wire;

/**
 * The card as a whole: reset, EEPROM, bus mastering, and the bits that report on them. What takes a real card some time is
 * done here after one read, or one round of the card: so a driver that does not wait for it is found out, and a
 * run can be repeated.
 */
final class Control {
    private static final int CTRL_RESETS = CTRL_LRST | CTRL_RST;
    private static final int RDRXCTL_ONES = RDRXCTL_RSCACKC | RDRXCTL_FCOE_WRFIX;

    private final Board board;
    private final RegisterFile registers;
    private final Runnable reset;
    private final Eeprom eeprom;
    private final SfpCage cage;
    private final I2cBus i2c;
    private final Link link;
    private final Semaphores semaphores;

    Control(Board board, Wire wire, MacAddress mac, Runnable reset) {
        this.board = board;
        this.registers = board.registers;
        this.reset = reset;
        eeprom = new Eeprom(registers, mac);
        cage = new SfpCage(registers, () -> wire.linkSpeed() > 0, () -> board.interrupts.setCauses(EICR_GPI_SDP2));
        i2c = new I2cBus(registers, cage);
        link = new Link(board, wire, cage);
        semaphores = new Semaphores(registers);
        semaphores.addEffects();
        new Mdio(registers).addEffects();
        new SystemTime(registers, board.clock).addEffects();
        addEffects();
    }

    private void addEffects() {
        registers.onWrite(CTRL, (i, old, next, written) -> writeCtrl(next));
        registers.onRead(CTRL, (i, value) -> readCtrl(value));
        registers.onRead(STATUS, (i, value) -> readStatus(value));
        registers.onLook(STATUS, (i, value) -> shownStatus(value));
        registers.onRead(EEC, (i, value) -> readDone(EEC, value, EEC_AUTO_RD, Kind.EEPROM_NEVER_DONE));
        registers.onRead(RDRXCTL, (i, value) -> readDone(RDRXCTL, value, RDRXCTL_DMAIDONE, Kind.DMA_NEVER_READY));
        registers.onWrite(RXCTRL, (i, old, next, written) -> writeRxctrl(old, next));
        registers.onWrite(SECRXCTRL, (i, old, next, written) -> ready(SECRXSTAT, next));
        registers.onWrite(SECTXCTRL, (i, old, next, written) -> ready(SECTXSTAT, next));
        registers.onWrite(FDIRCTRL, (i, old, next, written) -> next | FDIRCTRL_INIT_DONE);
        registers.onRead(FDIRCMD, (i, value) -> registers.selfClear(FDIRCMD, value, FDIRCMD_CMD));
    }

    // ---- reset

    /** Brings the registers to what they are after a reset and the loading of the EEPROM that follows (4.6.3.2). */
    void loadEeprom() {
        eeprom.load();
        i2c.reset(registers);
        link.reset();
        semaphores.reset();
    }

    private int writeCtrl(int next) {
        if ((next & CTRL_RESETS) == 0) {
            return next;
        }
        reset.run();
        return next & CTRL_RESETS;
    }

    private int readCtrl(int value) {
        boolean goesOn = board.injected.has(Kind.RESET_HANGS) || board.exchange.isMoving();
        return goesOn ? value : registers.selfClear(CTRL, value, CTRL_RESETS);
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

    // ---- bus mastering

    /**
     * Whether the card may read and write memory: it may not once the driver disabled that (5.2.5.3.2, or in the command
     * register of PCI), or in reset.
     */
    boolean isMaster() {
        return board.busMaster && (registers.get(CTRL) & (CTRL_MASTER_DISABLE | CTRL_RESETS)) == 0;
    }

    private int readStatus(int value) {
        settleMaster();
        return shownStatus(value);
    }

    private int shownStatus(int value) {
        return (value & ~STATUS_LINK_UP) | (isUp() ? STATUS_LINK_UP : 0);
    }

    private void settleMaster() {
        boolean disabled = (registers.get(CTRL) & CTRL_MASTER_DISABLE) != 0;
        if (disabled && board.exchange.isMoving()) {
            return; // its requests are not all answered yet
        }
        int status = registers.get(STATUS);
        registers.set(STATUS, disabled ? status & ~STATUS_MASTER_ENABLE : status | STATUS_MASTER_ENABLE);
    }

    // ---- receive

    private int writeRxctrl(int old, int next) {
        if ((next & ~old & RXCTRL_RXEN) != 0) {
            checkRdrxctl(registers.get(RDRXCTL), registers.get(HLREG0));
        }
        return next;
    }

    private void checkRdrxctl(int rdrxctl, int hlreg0) {
        if ((rdrxctl & RDRXCTL_CRCSTRIP) != 0 != ((hlreg0 & HLREG0_RXCRCSTRP) != 0)) {
            board.mistakes.report(
                    "RXCTRL.RXEN is set while RDRXCTL.CRCStrip and HLREG0.RXCRCSTRP differ: they must be the"
                            + " same (datasheet 8.2.3.22.8), RDRXCTL is " + hex(rdrxctl) + ", HLREG0 " + hex(hlreg0));
        }
        if ((rdrxctl & RDRXCTL_RSCFRSTSIZE) != 0 || (rdrxctl & RDRXCTL_ONES) != RDRXCTL_ONES) {
            board.mistakes.report("RXCTRL.RXEN is set while RDRXCTL is " + hex(rdrxctl)
                    + ": RSCFRSTSIZE (21:17) must be 0," + " RSCACKC (25) and FCOE_WRFIX (26) 1 (datasheet 8.2.3.8.8)");
        }
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }

    // ---- link

    /** Whether frames can pass. */
    boolean isUp() {
        return link.isUp();
    }

    /** The cage for the port's module. */
    SfpCage cage() {
        return cage;
    }

    /** What goes on in a round of the card. */
    void round() {
        int ctrl = registers.get(CTRL);
        if ((ctrl & CTRL_RESETS) != 0) {
            readCtrl(ctrl);
        }
        settleMaster();
        link.settle();
    }
}
