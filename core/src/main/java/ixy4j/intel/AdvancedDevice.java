package ixy4j.intel;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.linux.Cleanup;
import ixy4j.memory.Refusal;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxInterrupt;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;
import ixy4j.telemetry.Log;
import ixy4j.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/**
 * A card with rings of advanced descriptors: how it is taken, how its queues are opened and closed, and its end. Its own class
 * has all that differs from card to card. Section numbers are those of the 82599's datasheet.
 */
public abstract class AdvancedDevice implements Device {
    /** What all registers of a card read that was pulled out. */
    protected static final int GONE = -1;

    // The registers of a ring, from that with the low half of its IOVA on (RDBAL, TDBAL): receive and transmit have
    // them alike.
    private static final int BASE_HIGH = 0x04; // RDBAH, TDBAH
    private static final int LENGTH = 0x08; // RDLEN, TDLEN, in bytes
    private static final int HEAD = 0x10; // RDH, TDH
    private static final int TAIL = 0x18; // RDT, TDT
    /** RXDCTL, TXDCTL. */
    protected static final int CONTROL = 0x28;

    private static final int ENABLE = 1 << 25;

    /**
     * The registers of a card's rings.
     *
     * @param rx RDBAL of the first receive queue
     * @param tx TDBAL of the first transmit queue
     * @param distance from the registers of one queue to those of the next, in bytes
     * @param txControl TXDCTL, without the bit that enables a ring; WTHRESH 0, as reports are asked for by descriptor (7.2.3.5.1)
     * @param unmask EIMS or its like: bit n unmasks vector n; those from 32 on are in the next register
     * @param mask EIMC or its like
     * @param names of registers, for messages
     */
    public record Rings(int rx, int tx, int distance, int txControl, int unmask, int mask, IntFunction<String> names) {}

    private final PciFunction function;
    protected final DeviceOptions options;
    final Rings registers;
    final AdvancedRxQueue[] rxQueues;
    final AdvancedTxQueue[] txQueues;
    protected Bar bar;
    DmaMemory rings;
    private int[] eventFds; // of interrupt vectors; null as long as nobody waits
    boolean closed;
    private final Map<Integer, Long> counts = new HashMap<>(); // by register

    protected AdvancedDevice(PciFunction function, DeviceOptions options, Rings registers) {
        this.function = function;
        this.options = options;
        this.registers = registers;
        rxQueues = new AdvancedRxQueue[options.rxQueues()];
        txQueues = new AdvancedTxQueue[options.txQueues()];
    }

    /** Takes the card and sets it up, or leaves it as it was and throws. */
    protected final void start() {
        try {
            function.claim(options.force());
            bar = function.bar(0);
            reset();
            rings = DmaMemory.allocate((long) descriptors() * Descriptors.SIZE, function);
            setUp();
            Telemetry.opened(this, rxQueues, txQueues);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, this::close);
            throw e;
        }
    }

    /** Brings the card to a known state. */
    protected abstract void reset();

    /** All that does not concern a certain queue. */
    protected abstract void setUp();

    /** What a receive ring needs besides its place, before it is enabled: all that is to be in SRRCTL, or about it. */
    protected abstract void setUpRxRing(int ring);

    /** Gives each of the first receive queues the interrupt vector of its number. */
    protected abstract void setUpInterrupts(int vectors);

    /** Receives nothing more, whatever the queue. */
    protected abstract void stopReceive();

    /** The steps of 4.6.7 for one queue, in the order of 4.6.7.1, which enables queues while others run. */
    @Override
    public final synchronized RxQueue rxQueue(int index, PacketPool pool) {
        check(rxQueues, index, "receive", pool);
        int place = rxRing(index);
        long ring = setUpRing(place, index);
        setUpRxRing(place);
        String name = "receive queue " + index + " of " + address();
        long tail = bar.address(place + TAIL);
        AdvancedRxQueue queue = new AdvancedRxQueue(
                name, ring, options.ringSize(), tail, () -> close(index, -1), asked -> interrupt(asked, index));
        queue.open(pool);
        rxQueues[index] = queue;
        bar.setFlags(place + CONTROL, ENABLE);
        await(place + CONTROL, ENABLE, ENABLE);
        queue.publish();
        return queue;
    }

    /** The steps of 4.6.8 for one queue, in the order of 4.6.8.1. */
    @Override
    public final synchronized TxQueue txQueue(int index, PacketPool pool) {
        check(txQueues, index, "transmit", pool);
        int place = txRing(index);
        long ring = setUpRing(place, rxQueues.length + index);
        String name = "transmit queue " + index + " of " + address();
        long tail = bar.address(place + TAIL);
        AdvancedTxQueue queue = new AdvancedTxQueue(name, ring, options.ringSize(), tail, () -> close(-1, index));
        queue.open(pool);
        txQueues[index] = queue;
        bar.set32(place + CONTROL, ENABLE | registers.txControl);
        await(place + CONTROL, ENABLE, ENABLE);
        return queue;
    }

    private int rxRing(int index) {
        return registers.rx + index * registers.distance;
    }

    private int txRing(int index) {
        return registers.tx + index * registers.distance;
    }

    /** Tells the card where a ring is, and that it is empty. */
    private long setUpRing(int place, int index) {
        int bytes = options.ringSize() * Descriptors.SIZE;
        long ring = rings.address() + (long) index * bytes; // crosses no page: both sizes are powers of two
        long iova = rings.iova(ring);
        bar.set32(place, (int) iova);
        bar.set32(place + BASE_HIGH, (int) (iova >>> 32));
        bar.set32(place + LENGTH, bytes);
        bar.set32(place + HEAD, 0);
        bar.set32(place + TAIL, 0);
        return ring;
    }

    private void check(AdvancedQueue[] queues, int index, String kind, PacketPool pool) {
        if (closed) {
            throw Refusal.notOpen(kind + " queue " + index, address(), true);
        }
        if (index < 0 || index >= queues.length || queues[index] != null) {
            throw Refusal.noSuchQueue(toString(), kind, index, queues.length);
        }
        if (!pool.isMappedFor(this)) {
            throw Refusal.unreachable(toString());
        }
    }

    /** The first time, all vectors are set up: some kernels cannot add one later. */
    private synchronized RxInterrupt interrupt(AdvancedRxQueue queue, int index) {
        checkOpen();
        if (eventFds == null) {
            int[] made = function.interrupts(rxQueues.length);
            setUpInterrupts(rxQueues.length);
            eventFds = made; // now: what failed half-way is done again
            Log.debug(address(), ": interrupt vectors: ", made.length);
        }
        int place = 4 * (index >> 5);
        return new MsixVector(
                queue, eventFds[index], bar, registers.unmask + place, registers.mask + place, 1 << (index & 31));
    }

    /** Waits for a second at most. */
    protected final void await(int register, int mask, int wanted) {
        if (!bar.await(register, mask, wanted, 1000)) {
            throw IntelTrouble.timeout(address(), registers.names.apply(register), bar.get32(register), mask, wanted);
        }
    }

    @Override
    public final String address() {
        return function.address();
    }

    @Override
    public final int descriptors() {
        return (rxQueues.length + txQueues.length) * options.ringSize();
    }

    protected final void checkOpen() {
        if (closed) {
            throw Refusal.stopped(address(), true);
        }
    }

    /** Whether its registers can be read. */
    protected final boolean isThere(int status) {
        return !closed && bar.get32(status) != GONE;
    }

    /** Adds to what was counted by a register. */
    protected final void count(int register, long more) {
        counts.merge(register, more, Long::sum);
    }

    /** What was counted by a register so far. */
    protected final long count(int register) {
        return counts.getOrDefault(register, 0L);
    }

    /** Of all receive queues together. */
    protected final long rxSum(ToLongFunction<AdvancedRxQueue> count) {
        return Arrays.stream(rxQueues).filter(Objects::nonNull).mapToLong(count).sum();
    }

    /** Of all transmit queues together. */
    protected final long txSum(ToLongFunction<AdvancedTxQueue> count) {
        return Arrays.stream(txQueues).filter(Objects::nonNull).mapToLong(count).sum();
    }

    @Override
    public final DmaSpace dmaSpace() {
        return function.dmaSpace();
    }

    /** Closes one queue, by any thread. What did not stop may still write to its buffers: then all DMA is to end. */
    private synchronized void close(int rx, int tx) {
        List<Runnable> steps = new ArrayList<>();
        addSteps(steps, rx, tx);
        try {
            Cleanup.run(steps);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, this::close);
            throw e;
        }
    }

    /** What closes a receive and a transmit queue, if these are open. */
    private void addSteps(List<Runnable> steps, int rx, int tx) {
        if (rx >= 0 && rx < rxQueues.length && rxQueues[rx] != null && rxQueues[rx].isOpen()) {
            steps.add(rxQueues[rx]::shut);
            steps.add(() -> disable(rxRing(rx))); // 4.6.7.1.2
            steps.add(() -> pause(100_000)); // what is under way is written by then
            steps.add(rxQueues[rx]::stopped);
        }
        if (tx >= 0 && tx < txQueues.length && txQueues[tx] != null && txQueues[tx].isOpen()) {
            int head = txRing(tx) + HEAD;
            AdvancedTxQueue queue = txQueues[tx];
            steps.add(queue::shut);
            steps.add(() -> bar.await(head, 0xffff, queue.end(), 50)); // 4.6.8.1: all is sent, if it can be
            steps.add(() -> disable(txRing(tx)));
            int[] last = {GONE}; // as long as it does not say
            steps.add(() -> last[0] = bar.get32(head));
            steps.add(() -> queue.stopped(last[0]));
        }
    }

    private void disable(int place) {
        bar.clearFlags(place + CONTROL, ENABLE);
        bar.await(place + CONTROL, ENABLE, 0, 10);
    }

    /** Also if the thread is interrupted: what a card needs is not to be cut short. */
    protected static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Override
    public final synchronized void close() {
        List<Runnable> steps = new ArrayList<>();
        if (rings != null && !closed) {
            steps.add(this::stopReceive);
            for (int i = 0; i < Math.max(rxQueues.length, txQueues.length); i++) {
                addSteps(steps, i, i);
            }
            steps.add(() -> IntelTrouble.countLast(this));
        }
        steps.add(() -> closed = true);
        steps.add(() -> Telemetry.closed(this));
        steps.add(function::close); // no more DMA, so that the rings can go
        if (rings != null) {
            steps.add(rings::close);
        }
        Cleanup.run(steps);
    }

    @Override
    public final String toString() {
        return address() + (closed ? ", closed" : "");
    }
}
