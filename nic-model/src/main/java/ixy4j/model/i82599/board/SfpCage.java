package ixy4j.model.i82599.board;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.model.i82599.registers.RegisterFile;
import java.util.function.BooleanSupplier;

/**
 * The cage of the port, with a module or without, and the pins that lead to it, wired as on cards with SFP+: SDP2 reads
 * whether a module is there, SDP3 switches its laser off, SDP5 selects its speed (datasheet 3.5.6, 8.2.3.1.4; which pin does
 * what is up to the board, and this is the one that drivers know for device 10FB).
 */
public final class SfpCage {
    private static final int PRESENT = ESDP_SDP2_DATA;
    private static final int LASER_OFF = ESDP_SDP3_DATA;
    private static final int DIRECTIONS = 8; // of the pins, above their values; 1 is output
    private static final int PINS = 0xff;

    private final RegisterFile registers;
    private final Runnable changed;
    private final SfpModule plugged;
    private boolean present = true;

    /**
     * The cage with a module in it.
     *
     * @param light whether some comes in by the fibre
     * @param changed is told when a module is plugged or pulled, if GPIE has the pin enabled
     */
    public SfpCage(RegisterFile registers, BooleanSupplier light, Runnable changed) {
        this.registers = registers;
        this.changed = changed;
        plugged = new SfpModule(() -> !isLaserOff(), light);
        registers.onRead(ESDP, (i, value) -> pins(value));
        registers.onLook(ESDP, (i, value) -> pins(value));
    }

    /** Outputs read what was written, inputs what is connected: a module, or nothing that is high. */
    private int pins(int value) {
        int outputs = value >>> DIRECTIONS & PINS;
        return (value & ~PINS) | (value & outputs) | ((present ? PRESENT : 0) & ~outputs);
    }

    private boolean isLaserOff() {
        return registers.has(ESDP, LASER_OFF | LASER_OFF << DIRECTIONS);
    }

    /** The module, null if there is none. */
    SfpModule module() {
        return present ? plugged : null;
    }

    /** Whether there is a module and its laser is on. */
    public boolean isLit() {
        return present && !isLaserOff();
    }

    /** Plugs or pulls the module, which is a cause of interrupts if GPIE has the pin enabled. */
    public void plug(boolean on) {
        if (present != on) {
            present = on;
            if (registers.has(GPIE, GPIE_SDP2_GPIEN)) {
                changed.run();
            }
        }
    }
}
