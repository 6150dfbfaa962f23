package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.intel.RegisterTable;
import ixy4j.ixgbe.Registers;
import ixy4j.model.Mistakes;
import ixy4j.model.i82599.registers.RegisterFile;
import java.util.Locale;

/**
 * Registers that would choose other queues for frames, in ways that the model does not have: switching one of these on is
 * a mistake, which says so; the value is kept, and frames go on as before. Flow director filters are not among them: they
 * are taken, and match nothing, and their frames go where RSS sends them. An EtherType filter without a queue only marks
 * frames, and nobody reads that mark.
 */
final class Unmodelled {
    private Unmodelled() {}

    /** Adds the mistakes to a card's registers. */
    static void watch(RegisterFile registers, Mistakes mistakes) {
        watch(registers, mistakes, FTQF, FTQF_QUEUE_ENABLE, "five-tuple filters");
        watch(registers, mistakes, ETQS, ETQS_QUEUE_ENABLE, "queues of EtherType filters");
        watch(registers, mistakes, SYNQF, SYNQF_QUEUE_ENABLE, "the SYN filter");
        watch(registers, mistakes, MTQC, MTQC_RT_ENA | MTQC_VT_ENA, "transmit queues of DCB and virtualisation");
        watch(registers, mistakes, PFVTCTL, PFVTCTL_VT_ENA, "virtualisation");
    }

    private static void watch(RegisterFile registers, Mistakes mistakes, int register, int on, String what) {
        RegisterTable.Entry entry = Registers.find(register).orElseThrow();
        registers.onWrite(register, (index, old, next, written) -> {
            if ((next & on & ~old) != 0) {
                String name = entry.count() == 1 ? entry.name() : entry.name() + "[" + index + "]";
                mistakes.report(String.format(
                        Locale.ROOT,
                        "%s (datasheet %s) is written 0x%08x, which switches on %s, and this model does not do that",
                        name,
                        entry.section(),
                        written,
                        what));
            }
            return next;
        });
    }
}
