package ixy4j.model.trace;

import ixy4j.ixgbe.Registers;
import java.util.Locale;
import java.util.StringJoiner;

/** Transfers on the I2C bus, which a driver makes of clock and data by I2CCTL (datasheet 8.2.3.1.5). */
final class I2cBlock extends Block {

    private final StringJoiner text = new StringJoiner(", ");
    private boolean clock = true;
    private boolean data = true; // as the driver has it
    private boolean bit; // as it is on the line
    private boolean running; // between start and stop
    private boolean starting; // the clock has not fallen since the start
    private boolean addressed; // the first byte after a start has gone by
    private boolean reads;
    private int bits;
    private int shift;

    @Override
    boolean takes(RegisterAccess access) {
        if (access.offset() != Registers.I2CCTL) {
            return false;
        }
        int value = access.value();
        if (access.writes()) {
            drive((value & Registers.I2CCTL_I2C_CLK_OUT) != 0, (value & Registers.I2CCTL_I2C_DATA_OUT) != 0);
        } else if (clock) {
            bit = (value & Registers.I2CCTL_I2C_DATA_IN) != 0;
        }
        return true;
    }

    private void drive(boolean newClock, boolean newData) {
        if (clock && newClock && data != newData) {
            running = data; // falls for a start, rises for a stop
            starting = running;
            addressed = false;
            bits = 0;
            shift = 0;
        } else if (!clock && newClock) {
            bit = newData;
        } else if (clock && !newClock && running) {
            clocked();
        }
        clock = newClock;
        data = newData;
    }

    private void clocked() {
        if (starting) {
            starting = false; // the clock falls once before the first bit
            return;
        }
        bits++;
        if (bits < 9) {
            shift = shift << 1 | (bit ? 1 : 0);
            return;
        }
        if (!addressed) {
            reads = (shift & 1) != 0;
            text.add(String.format(Locale.ROOT, bit ? "0x%02x does not answer" : "0x%02x", shift & 0xfe));
        } else {
            text.add(String.format(Locale.ROOT, reads ? "says %02x" : "gets %02x", shift));
        }
        addressed = true;
        bits = 0;
        shift = 0;
    }

    @Override
    Summary summary() {
        return text.length() == 0 ? null : summary("I2C", Registers.I2CCTL, text.toString());
    }
}
