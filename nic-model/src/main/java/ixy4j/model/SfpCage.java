package ixy4j.model;

import static ixy4j.ixgbe.Registers.ESDP;
import static ixy4j.ixgbe.Registers.GPIE;

import java.util.function.BooleanSupplier;

/**
 * The cage of the port, with a module or without, and the pins that lead to it, wired as on cards with SFP+: SDP2 reads
 * whether a module is there, SDP3 switches its laser off, SDP5 selects its speed (datasheet 3.5.6, 8.2.3.1.4; which pin does
 * what is up to the board, and this is the one that drivers know for device 10FB).
 */
final class SfpCage {
    private static final int PRESENT = 1 << 2; // SDP2
    private static final int LASER_OFF = 1 << 3; // SDP3
    private static final int DIRECTIONS = 8; // of the pins, above their values; 1 is output
    private static final int PINS = 0xff;
    private static final int GPIE_SDP2 = 1 << 2;

    private final Board board;
    private final SfpModule plugged;
    private boolean present = true;

    SfpCage(Board board, BooleanSupplier light) {
        this.board = board;
        plugged = new SfpModule(() -> !isLaserOff(), light);
        board.registers.onRead(ESDP, (i, value) -> pins(value));
    }

    /** Outputs read what was written, inputs what is connected: a module, or nothing that is high. */
    private int pins(int value) {
        int outputs = value >>> DIRECTIONS & PINS;
        return (value & ~PINS) | (value & outputs) | ((present ? PRESENT : 0) & ~outputs);
    }

    private boolean isLaserOff() {
        return board.registers.has(ESDP, LASER_OFF | LASER_OFF << DIRECTIONS);
    }

    /** The module, null if there is none. */
    SfpModule module() {
        return present ? plugged : null;
    }

    /** Whether there is a module and its laser is on. */
    boolean isLit() {
        return present && !isLaserOff();
    }

    /** Plugs or pulls the module, which is a cause of interrupts if GPIE has the pin enabled. */
    void plug(boolean on) {
        if (present != on) {
            present = on;
            if (board.registers.has(GPIE, GPIE_SDP2)) {
                board.interrupts.setCauses(Interrupts.EICR_SDP2);
            }
        }
    }
}
