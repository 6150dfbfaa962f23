package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.model.i82599.CardFaults.Kind;
import ixy4j.model.i82599.board.SfpCage;
import ixy4j.model.i82599.registers.RegisterFile;
import ixy4j.model.wire.Wire;

/**
 * The link (datasheet 3.7, 4.6.4, 8.2.3.22): up when the module is there, its laser is on, the wire has a speed, and the
 * link mode selected is one for that speed. A restart takes it down until it was looked at once, or for a round.
 */
final class Link {
    private static final int AUTOC_LMS_KX_KR = 4 << 13; // set in all modes that negotiate by clause 73
    private static final int NEGOTIATION = 1 << 16; // a value of ANLP1_ANAS: anything but 0 is under way
    private static final int FULL_SPEED = 10_000;

    private final Board board;
    private final RegisterFile registers;
    private final Wire wire;
    private final SfpCage cage;
    private boolean negotiating; // after a reset or restart
    private int anState; // of clause 73
    private boolean up;
    private boolean wentDown; // since LINKS was read

    Link(Board board, Wire wire, SfpCage cage) {
        this.board = board;
        this.registers = board.registers;
        this.wire = wire;
        this.cage = cage;
        registers.onWrite(AUTOC, (i, old, next, written) -> writeAutoc(next));
        registers.onRead(AUTOC, (i, value) -> registers.selfClear(AUTOC, value, AUTOC_RESTART_AN));
        registers.onRead(LINKS, (i, value) -> readLinks());
        registers.onLook(LINKS, (i, value) -> links());
        registers.onRead(ANLP1, (i, value) -> readAnlp1(value));
    }

    /** After a reset, and when AUTOC has what the EEPROM says. */
    void reset() {
        negotiating = true;
        anState = 0;
        up = false;
        wentDown = true;
    }

    private int writeAutoc(int next) {
        if ((next & AUTOC_RESTART_AN) != 0) {
            negotiating = true;
            anState = 0;
            setUp(false);
        }
        return next;
    }

    /** Drivers see by the state that a restart has begun (Linux: ixgbe_reset_pipeline_82599). */
    private int readAnlp1(int value) {
        int seen = value | anState;
        settleNegotiation();
        return seen;
    }

    private void settleNegotiation() {
        anState = registers.has(AUTOC, AUTOC_LMS_KX_KR) ? NEGOTIATION : 0;
    }

    /** Whether frames can pass. */
    boolean isUp() {
        return up;
    }

    private int links() {
        int speed = up ? speedBits(speed()) << 28 : 0;
        return (up ? LINKS_LINK_UP : 0) | speed | (up && !wentDown ? LINKS_LINK_STATUS : 0);
    }

    private int readLinks() {
        int value = links();
        wentDown = false; // bit 7 latches a link that was down until it is read
        settle();
        return value;
    }

    private static int speedBits(int mbits) {
        return mbits >= FULL_SPEED ? 3 : mbits >= 1000 ? 2 : mbits >= 100 ? 1 : 0;
    }

    private int speed() {
        return isForced() ? FULL_SPEED : wire.linkSpeed();
    }

    /** Force link up (8.2.3.22.19, FLU): for loopback, whatever is plugged in. */
    private boolean isForced() {
        return registers.has(AUTOC, AUTOC_FLU);
    }

    /** What goes on in a round of the card. */
    void settle() {
        settleNegotiation();
        if (negotiating) {
            negotiating = false;
        } else {
            setUp(isForced() || (hasSignal() && reachable(wire.linkSpeed())));
        }
    }

    private boolean hasSignal() {
        return cage.isLit() && wire.linkSpeed() > 0 && !board.injected.has(Kind.NO_LINK);
    }

    /** Whether the link mode that is selected (8.2.3.22.19, LMS) is one that a card with SFP+ has at this speed. */
    private boolean reachable(int mbits) {
        int mode = registers.get(AUTOC) & AUTOC_LMS;
        boolean sfi = (registers.get(AUTOC2) & AUTOC2_10G_PMA_PMD_SERIAL) == AUTOC2_10G_PMA_PMD_SERIAL_SFI;
        return mbits >= FULL_SPEED ? mode == AUTOC_LMS_10G_SERIAL && sfi : mode == 0 || mode == AUTOC_LMS_1G_AN;
    }

    private void setUp(boolean now) {
        if (up != now) {
            up = now;
            wentDown |= !now;
            board.interrupts.setCauses(EICR_LSC);
        }
    }
}
