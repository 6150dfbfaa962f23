package ixy4j.model.trace;

import ixy4j.ixgbe.Registers;

/** A semaphore of SW_FW_SYNC that is taken or given back, under those of SWSM (datasheet 10.5.4). */
final class SemaphoreBlock extends Block {
    private boolean closed; // SWSM is given back
    private int before;
    private int after;

    @Override
    boolean takes(RegisterAccess access) {
        if (closed || (access.offset() != Registers.SWSM && access.offset() != Registers.SW_FW_SYNC)) {
            return false;
        }
        if (access.offset() == Registers.SWSM) {
            closed = access.writes() && (access.value() & (Registers.SWSM_SMBI | Registers.SWSM_SWESMBI)) == 0;
        } else if (access.writes()) {
            after = access.value();
        } else {
            before = access.value();
            after = before;
        }
        return true;
    }

    @Override
    Summary summary() {
        int changed = before ^ after;
        boolean one = changed == (after & changed) || changed == (before & changed);
        return !closed || changed == 0 || !one
                ? null
                : summary(
                        (after & changed) != 0 ? "takes" : "frees",
                        Registers.SW_FW_SYNC,
                        RegisterBits.text(Registers.SW_FW_SYNC, changed));
    }
}
