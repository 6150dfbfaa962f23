package ixy4j.model.trace;

import ixy4j.ixgbe.Registers;
import java.util.ArrayList;
import java.util.List;

/** Accesses in a row that do one thing together, as long as they are read as that. */
abstract class Block {
    private final List<RegisterAccess> accesses = new ArrayList<>();

    /** The block that an access begins; null if it begins none. */
    static Block begin(RegisterAccess access) {
        Block block = switch (access.offset()) {
            case Registers.I2CCTL -> new I2cBlock();
            case Registers.EERD -> new EepromBlock();
            case Registers.SWSM -> new SemaphoreBlock();
            default -> null;
        };
        return block != null && block.add(access) ? block : null;
    }

    /** Takes an access; false if it belongs to the block no more. */
    final boolean add(RegisterAccess access) {
        if (!takes(access)) {
            return false;
        }
        accesses.add(access);
        return true;
    }

    /** What was taken, in order. */
    final List<RegisterAccess> accesses() {
        return accesses;
    }

    final Summary summary(String verb, int offset, String text) {
        return new Summary(accesses.getFirst().nanos(), verb, offset, text, accesses.size());
    }

    abstract boolean takes(RegisterAccess access);

    /** Null if it was not what it looked like. */
    abstract Summary summary();
}
