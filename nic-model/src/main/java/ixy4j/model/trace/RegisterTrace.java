package ixy4j.model.trace;

import ixy4j.ixgbe.Registers;
import ixy4j.model.vfiouser.RegisterObserver;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Writes what a driver does to registers as lines that can be read as a story: when, what, which register with its value,
 * the bits that are set in it, its section in the datasheet and its long name.
 *
 * <pre>
 *     0.001234  write CTRL         0x00000 = 0x04000000  RST                       8.2.3.1.1 Device Control
 *     0.002345  read  EEC          0x10010 = 0x00000310  FWE=DISABLED EE_PRES AUTO_RD  8.2.3.2.1 EEPROM/Flash Control, 12 times
 *     0.002599  write MTA[0..127]  0x05200 = 0x00000000                            8.2.3.7.7 Multicast Table Array
 * </pre>
 *
 * <p>Reads of the same value in a row are one line with their number, an array that is set to one value is one line, and of
 * accesses to the same registers in the same order, again and again, the first rounds are shown, and of short ones the last.
 * What takes many accesses is one line with their number: words of the EEPROM, transfers on the I2C bus, a semaphore that
 * is taken or given back. A read of STATUS right after a write, which tells nothing new, is left out: drivers read it so
 * that the write arrives. Safe for several threads.
 */
public final class RegisterTrace implements RegisterObserver {
    private final Repetitions told;
    private final LongSupplier clock;
    private final long start;
    private RegisterAccess held; // may become one line with the next, null without one
    private Block block; // that the next may belong to, null without one
    private boolean wrote; // the last access was a write
    private Integer status; // as it was read last, null before
    private boolean moved; // since the last pause

    /** A trace whose time begins now. */
    public RegisterTrace(Consumer<String> lines) {
        this(lines, System::nanoTime);
    }

    RegisterTrace(Consumer<String> lines, LongSupplier clock) {
        told = new Repetitions(lines);
        this.clock = clock;
        start = clock.getAsLong();
    }

    @Override
    public void read(int offset, int value) {
        add(new RegisterAccess(clock.getAsLong() - start, false, offset, value));
    }

    @Override
    public void write(int offset, int value) {
        add(new RegisterAccess(clock.getAsLong() - start, true, offset, value));
    }

    private synchronized void add(RegisterAccess next) {
        moved = true;
        boolean written = wrote;
        wrote = next.writes();
        if (next.offset() == Registers.STATUS && !next.writes()) {
            boolean same = status != null && status == next.value();
            status = next.value();
            if (same && written) {
                return; // read only so that what was written arrives
            }
        }
        if (block != null && block.add(next)) {
            return;
        }
        endBlock();
        block = Block.begin(next);
        if (block == null) {
            tell(next);
        }
    }

    private void endBlock() {
        Block ended = block;
        block = null;
        if (ended == null) {
            return;
        }
        Summary summary = ended.summary();
        if (summary == null) {
            ended.accesses().forEach(this::tell);
        } else {
            endHeld();
            told.add(summary);
        }
    }

    private void tell(RegisterAccess next) {
        RegisterAccess both = held == null ? null : held.with(next);
        if (both == null) {
            endHeld();
        }
        held = both != null ? both : next;
    }

    private void endHeld() {
        if (held != null) {
            told.add(held);
            held = null;
        }
    }

    /** Called now and then; writes what is held back if nothing happened since it was called last, so one can watch. */
    public synchronized void pause() {
        if (!moved) {
            flush();
        }
        moved = false;
    }

    /** Writes what is held back. */
    public synchronized void flush() {
        endBlock();
        endHeld();
        told.end();
    }
}
