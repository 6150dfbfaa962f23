package ixy4j.model.i82599.board;

import static ixy4j.ixgbe.Registers.MSCA;
import static ixy4j.ixgbe.Registers.MSRWD;

import ixy4j.model.i82599.registers.RegisterFile;

/** The bus to a PHY outside (datasheet 8.2.3.22.11): with SFP+ there is none, so what is read is all ones. */
public final class Mdio {
    private static final int COMMAND = 1 << 30;
    private static final int READS = 1 << 27; // of the operation, 27:26
    private static final int READ_DATA = 0xffff << 16;

    private final RegisterFile registers;

    public Mdio(RegisterFile registers) {
        this.registers = registers;
    }

    /** What the registers do. */
    public void addEffects() {
        registers.onWrite(MSCA, (i, old, next, written) -> start(next));
        registers.onRead(MSCA, (i, value) -> registers.selfClear(MSCA, value, COMMAND));
    }

    private int start(int command) {
        if ((command & (COMMAND | READS)) == (COMMAND | READS)) {
            registers.set(MSRWD, registers.get(MSRWD) | READ_DATA);
        }
        return command;
    }
}
