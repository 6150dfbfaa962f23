package ixy4j.ixgbe;

import ixy4j.intel.Register;
import ixy4j.memory.RawMemory;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;
import ixy4j.spi.Spaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Registers that remember who did what to them, and answer as a card does that moves no packet. */
final class FakeCard implements PciFunction, DmaSpace, Bar {
    /** One access; {@code rdt} is what receive queue 0's tail held at that moment. */
    record Access(boolean write, int offset, int value, int rdt) {
        @Override
        public String toString() {
            return (write ? "write " : "read ") + Registers.name(offset) + String.format(Locale.ROOT, " 0x%x", value);
        }
    }

    static final int NO_TAIL = 0x7777_7777;

    final List<Access> log = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final Map<Integer, Integer> registers = new HashMap<>();
    final Set<DmaMemory> mapped = new HashSet<>();
    private final Set<Integer> stuck = new HashSet<>();
    private final DmaMemory tails = DmaMemory.allocate(1, Spaces.VIRTUAL);
    private final int id;
    private RuntimeException barFailure;

    FakeCard(int id) {
        this.id = id;
        RawMemory.setInt(address(Registers.RDT), NO_TAIL);
    }

    /** A register that no longer becomes what the driver waits for. */
    FakeCard stuck(int offset) {
        stuck.add(offset);
        return this;
    }

    FakeCard withoutBar(RuntimeException failure) {
        barFailure = failure;
        return this;
    }

    @Override
    public int get32(int offset) {
        int value = read(offset);
        log.add(new Access(false, offset, value, rdt()));
        return value;
    }

    private int read(int offset) {
        int value = registers.getOrDefault(offset, 0);
        boolean works = !stuck.contains(offset);
        if (offset == Registers.CTRL) {
            return works ? value & ~(Registers.CTRL_RST | Registers.CTRL_LRST) : value; // they clear themselves
        }
        if (offset == Registers.STATUS) {
            boolean disabled = (registers.getOrDefault(Registers.CTRL, 0) & Registers.CTRL_MASTER_DISABLE) != 0;
            return disabled && works ? value : value | Registers.STATUS_MASTER_ENABLE;
        }
        if (offset == Registers.EEC) {
            return works ? value | Registers.EEC_AUTO_RD : value;
        }
        if (offset == Registers.RDRXCTL) {
            return works ? value | Registers.RDRXCTL_DMAIDONE : value;
        }
        if (offset == Registers.SECRXSTAT) {
            boolean stopped = (registers.getOrDefault(Registers.SECRXCTRL, 0) & Registers.SECRXCTRL_RX_DIS) != 0;
            return stopped && works ? value | Registers.SECRXSTAT_SECRX_RDY : value;
        }
        if (Registers.find(offset).orElseThrow().access() == Register.Access.RC) {
            registers.remove(offset);
        }
        return works ? value : 0;
    }

    @Override
    public void set32(int offset, int value) {
        log.add(new Access(true, offset, value, rdt()));
        registers.put(offset, value);
    }

    int rdt() {
        return RawMemory.getIntAcquire(address(Registers.RDT));
    }

    @Override
    public long address(int offset) {
        return tails.address() + offset;
    }

    @Override
    public String address() {
        return "fake:0";
    }

    @Override
    public int config(int offset) {
        return offset == 0 ? Integer.rotateLeft(id, 16) : 0x020000 << 8;
    }

    @Override
    public void claim(boolean force) {
        calls.add("claim " + force);
    }

    @Override
    public Bar bar(int index) {
        if (barFailure != null) {
            throw barFailure;
        }
        calls.add("bar " + index);
        return this;
    }

    @Override
    public void map(DmaMemory memory) {
        mapped.add(memory);
    }

    @Override
    public void unmap(DmaMemory memory) {
        mapped.remove(memory);
    }

    @Override
    public void close() {
        calls.add("close");
    }

    /** The memory behind the tails, once no queue writes them any more. */
    void release() {
        tails.close();
    }
}
