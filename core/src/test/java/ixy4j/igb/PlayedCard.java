package ixy4j.igb;

import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;
import ixy4j.spi.Spaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/** Registers that keep what is written, but for those that a test plays. */
final class PlayedCard implements PciFunction, DmaSpace, Bar {
    /** A write. */
    record Write(int offset, int value) {}

    final List<Write> writes = new ArrayList<>();
    final Map<Integer, Integer> registers = new HashMap<>();
    final Set<DmaMemory> mapped = new HashSet<>();
    boolean closed;
    private final Map<Integer, IntUnaryOperator> onRead = new HashMap<>();
    private final Map<Integer, IntUnaryOperator> onWrite = new HashMap<>();
    private final DmaMemory tails = DmaMemory.allocate(1, Spaces.VIRTUAL);
    private final int id;

    PlayedCard(int id) {
        this.id = id;
    }

    /** What a register reads, of what was written. */
    PlayedCard onRead(int offset, IntUnaryOperator play) {
        onRead.put(offset, play);
        return this;
    }

    /** What a register keeps of what is written. */
    PlayedCard onWrite(int offset, IntUnaryOperator play) {
        onWrite.put(offset, play);
        return this;
    }

    int get(int offset) {
        return registers.getOrDefault(offset, 0);
    }

    /** Where the first write is to a register whose bits under a mask are these. */
    int first(int offset, int mask, int bits) {
        for (int i = 0; i < writes.size(); i++) {
            if (writes.get(i).offset == offset && (writes.get(i).value & mask) == bits) {
                return i;
            }
        }
        throw new AssertionError("not in " + writes);
    }

    @Override
    public int get32(int offset) {
        return onRead.getOrDefault(offset, value -> value).applyAsInt(get(offset));
    }

    @Override
    public void set32(int offset, int value) {
        writes.add(new Write(offset, value));
        registers.put(offset, onWrite.getOrDefault(offset, written -> written).applyAsInt(value));
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
        // nobody else has it
    }

    @Override
    public Bar bar(int index) {
        return this;
    }

    @Override
    public int[] interrupts(int count) {
        return new int[count];
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
        closed = true;
    }

    /** The memory behind the tails, once no queue writes them any more. */
    void release() {
        tails.close();
    }
}
