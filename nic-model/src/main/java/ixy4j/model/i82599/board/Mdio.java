package ixy4j.model.i82599.board;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.model.i82599.registers.RegisterFile;

/** The bus to a PHY outside (datasheet 8.2.3.22.11): with SFP+ there is none, so what is read is all ones. */
public final class Mdio {
    private static final int READS = 2 << 26; // of MSCA_OPCODE: with and without counting up

    private final RegisterFile registers;

    public Mdio(RegisterFile registers) {
        this.registers = registers;
    }

    /** What the registers do. */
    public void addEffects() {
        registers.onWrite(MSCA, (i, old, next, written) -> start(next));
        registers.onRead(MSCA, (i, value) -> registers.selfClear(MSCA, value, MSCA_MDICMD));
    }

    private int start(int command) {
        if ((command & (MSCA_MDICMD | READS)) == (MSCA_MDICMD | READS)) {
            registers.set(MSRWD, registers.get(MSRWD) | MSRWD_MDIRDDATA);
        }
        return command;
    }
}
