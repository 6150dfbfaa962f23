package ixy4j.model.i82599.board;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.model.i82599.registers.RegisterFile;

/**
 * The I2C bus between card and module, driven bit by bit through I2CCTL (datasheet 3.6, 8.2.3.1.5). Both ends can only pull
 * a line low; it reads high while neither does. The module never stretches the clock.
 */
public final class I2cBus {

    private enum State {
        IDLE,
        ADDRESS,
        POINTER,
        WRITING,
        READING
    }

    private final SfpCage cage;
    private boolean clock = true;
    private boolean masterData = true;
    private boolean moduleData = true;
    private State state = State.IDLE;
    private int bits; // of the byte under way that were clocked; the ninth is the acknowledgement
    private int shift;
    private int address; // of the transfer
    private int pointer; // where the module's next byte is read

    public I2cBus(RegisterFile registers, SfpCage cage) {
        this.cage = cage;
        registers.onWrite(I2CCTL, (i, old, next, written) -> {
            drive((next & I2CCTL_I2C_CLK_OUT) != 0, (next & I2CCTL_I2C_DATA_OUT) != 0);
            return next;
        });
        registers.onRead(
                I2CCTL,
                (i, value) -> (value & (I2CCTL_I2C_CLK_OUT | I2CCTL_I2C_DATA_OUT))
                        | (clock ? I2CCTL_I2C_CLK_IN : 0)
                        | (data() ? I2CCTL_I2C_DATA_IN : 0));
    }

    /** Nobody pulls a line, as I2CCTL has it after a reset that is followed by the EEPROM's values. */
    public void reset(RegisterFile registers) {
        registers.set(I2CCTL, I2CCTL_I2C_CLK_OUT | I2CCTL_I2C_DATA_OUT);
        clock = true;
        masterData = true;
        moduleData = true;
        state = State.IDLE;
    }

    private boolean data() {
        return masterData && moduleData;
    }

    private void drive(boolean newClock, boolean newData) {
        boolean before = data();
        boolean stays = clock && newClock;
        boolean rises = !clock && newClock;
        boolean falls = clock && !newClock;
        masterData = newData;
        clock = newClock;
        if (stays && before != data()) {
            startOrStop(before);
        } else if (rises) {
            sample();
        } else if (falls) {
            next();
        }
    }

    /** Data changes while the clock is high only to start a transfer, by falling, or to end it. */
    private void startOrStop(boolean starts) {
        state = starts && cage.module() != null ? State.ADDRESS : State.IDLE;
        moduleData = true;
        bits = 0;
        shift = 0;
    }

    private void sample() {
        if (state == State.IDLE) {
            return;
        }
        bits++;
        if (bits <= 8) {
            shift = (shift << 1 & 0xff) | (data() ? 1 : 0);
        } else if (state == State.READING && data()) {
            state = State.IDLE; // the reader does not acknowledge the last byte
        }
    }

    /** The clock is low: the module sets data for its next rise. */
    private void next() {
        if (state == State.IDLE) {
            moduleData = true;
        } else if (bits == 8) {
            moduleData = state == State.READING || !takes(shift);
        } else if (bits == 9) {
            acknowledged();
        } else if (state == State.READING) {
            moduleData = (shift & 0x80) != 0;
        }
    }

    /** Whether the module acknowledges a byte that it got. */
    private boolean takes(int value) {
        if (state == State.ADDRESS) {
            address = value;
            return cage.module() != null && cage.module().answers(value);
        }
        if (state == State.POINTER) {
            pointer = value;
        }
        return cage.module() != null; // what is written is not kept: nothing in the pages is writable
    }

    private void acknowledged() {
        boolean refused = moduleData && state != State.READING;
        bits = 0;
        moduleData = true;
        if (refused || cage.module() == null) {
            state = State.IDLE;
        } else if (state == State.ADDRESS && (address & 1) == 0) {
            state = State.POINTER;
        } else if (state == State.ADDRESS || state == State.READING) {
            state = State.READING;
            shift = cage.module().read(address, pointer);
            pointer = pointer + 1 & 0xff;
            moduleData = (shift & 0x80) != 0;
        } else {
            state = State.WRITING;
        }
    }
}
