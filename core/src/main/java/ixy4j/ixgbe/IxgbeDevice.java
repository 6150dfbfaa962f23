package ixy4j.ixgbe;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.*;
import ixy4j.intel.*;
import ixy4j.linux.Cleanup;
import ixy4j.memory.Refusal;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/**
 * An Intel 82599, X540 or X550. Read it with the datasheet "Intel 82599 10 GbE Controller" (331520) at hand: section
 * numbers are its. Initialisation is in the order of section 4.6.3. Left out on purpose: interrupts, since we poll;
 * offloads, RSS, VLANs, DCB, virtualisation, flow control, security.
 */
final class IxgbeDevice implements Device {
    private static final int GONE = -1; // what all registers of a card read that was pulled out
    private static final int QUEUE = 0x40; // from a register of one queue to that of the next
    private static final int MAX_FRAME = 1518;
    private static final int FCS = 4;
    private static final int[] LINKS_SPEEDS = {0, 100, 1000, 10_000}; // by LINKS, bits 29:28

    // The low word of a pair is read first (8.2.3.23). RXNFGPC is read before GPRC, so that what comes in between makes
    // rxFiltered too small for now, and not too large. Not read: RJC, ILLERRC and ERRBC, whose frames have a wrong FCS,
    // so that CRCERRS has them too; MSPDC, whose frames RUC or RFC has.
    private static final int[] COUNTERS = {
        QPRC, QBRC_L, QBRC_H, GPTC, GOTCL, GOTCH, MPC, QPRDC, CRCERRS, RUC, RFC, ROC, RLEC, RXNFGPC, GPRC
    };

    private final PciFunction function;
    private final DeviceOptions options;
    private final boolean is82599; // and not an X540 or X550
    private final AdvancedRxQueue[] rxQueues;
    private final AdvancedTxQueue[] txQueues;
    private Bar bar;
    private DmaMemory rings;
    private boolean closed;
    private final Map<Integer, Long> counts = new HashMap<>(); // by register
    private long filtered;

    IxgbeDevice(PciFunction function, DeviceOptions options, boolean is82599) {
        this.function = function;
        this.options = options;
        this.is82599 = is82599;
        rxQueues = new AdvancedRxQueue[options.rxQueues()];
        txQueues = new AdvancedTxQueue[options.txQueues()];
        try {
            function.claim(options.force());
            bar = function.bar(0);
            reset();
            rings = DmaMemory.allocate((long) descriptors() * Descriptors.SIZE, function);
            setUpLink();
            for (int counter : COUNTERS) {
                bar.get32(counter); // 4.6.5: reading clears
            }
            setUpReceive();
            setUpTransmit();
            setPromiscuous(options.promiscuous());
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, this::close);
            throw e;
        }
    }

    /** Brings the card to a known state (4.6.3.1, 4.6.3.2). */
    private void reset() {
        disableInterrupts();
        // 5.2.5.3.2: a reset in the middle of a transaction can leave the bus waiting, so the card ends those first; a
        // card that cannot is to be reset twice.
        bar.setFlags(CTRL, CTRL_MASTER_DISABLE);
        int resets = bar.await(STATUS, STATUS_MASTER_ENABLE, 0, 50) ? 1 : 2;
        for (int i = 0; i < resets; i++) {
            bar.setFlags(CTRL, CTRL_RST | CTRL_LRST);
            await(CTRL, CTRL_RST | CTRL_LRST, 0);
            pause(10_000_000); // 4.2.1.6.1: the card's own initialisation takes up to 10 ms
        }
        disableInterrupts();
        await(EEC, EEC_AUTO_RD, EEC_AUTO_RD);
        await(RDRXCTL, RDRXCTL_DMAIDONE, RDRXCTL_DMAIDONE);
    }

    private void disableInterrupts() {
        bar.set32(EIMC, 0x7fff_ffff); // 8.2.3.5.4
        bar.set32(EIMC_EX, -1);
        bar.set32(EIMC_EX + 4, -1);
        bar.get32(EICR); // clears what is pending
    }

    /** 4.6.4: tells a card with SFP+ to use it, at 10 Gbit/s; others are set up by their firmware or EEPROM. */
    private void setUpLink() {
        if (is82599) {
            int autoc = bar.get32(AUTOC) & ~(AUTOC_LMS | AUTOC_10G_PMA_PMD_PARALLEL);
            bar.set32(AUTOC, autoc | AUTOC_LMS_10G_SERIAL | AUTOC_RESTART_AN);
        }
    }

    /** 4.6.7, without the steps that concern each queue. */
    private void setUpReceive() {
        bar.clearFlags(RXCTRL, RXCTRL_RXEN);
        for (int i = 0; i < 128; i++) {
            bar.set32(MTA + 4 * i, 0); // no multicast group
        }
        int packetBuffer = (is82599 ? 512 : 384) << 10;
        bar.set32(RXPBSIZE, packetBuffer); // one has it all
        bar.set32(FCRTH, packetBuffer - 0x6000); // 4.6.3.2 wants this also without flow control
        for (int i = 1; i < 8; i++) {
            bar.set32(RXPBSIZE + 4 * i, 0);
        }
        // The FCS is stripped, which takes both bits (8.2.3.22.8). No frame is longer than a buffer of the pool. Unlike
        // by default, one whose length field (IEEE 802.3) is wrong is no error: it is for others to judge.
        int others = bar.get32(HLREG0) & ~(HLREG0_JUMBOEN | HLREG0_RXLNGTHERREN);
        bar.set32(HLREG0, others | HLREG0_RXCRCSTRP);
        bar.set32(MAXFRS, MAX_FRAME << 16);
        // 4.6.7.2 and 8.2.3.8.8: RSCFRSTSIZE must be 0 and the two others 1, unlike their defaults.
        others = bar.get32(RDRXCTL) & ~RDRXCTL_RSCFRSTSIZE;
        bar.set32(RDRXCTL, others | RDRXCTL_CRCSTRIP | RDRXCTL_RSCACKC | RDRXCTL_FCOE_WRFIX);
        bar.setFlags(FCTRL, FCTRL_BAM);
        bar.setFlags(CTRL_EXT, CTRL_EXT_NS_DIS);
        // A frame that arrives while RXEN is being set can hang receive DMA, so the path is stopped meanwhile. If it
        // does not say that it has stopped, Linux and DPDK go on all the same, and so do we.
        bar.setFlags(SECRXCTRL, SECRXCTRL_RX_DIS);
        bar.await(SECRXSTAT, SECRXSTAT_SECRX_RDY, SECRXSTAT_SECRX_RDY, 10);
        bar.setFlags(RXCTRL, RXCTRL_RXEN);
        bar.clearFlags(SECRXCTRL, SECRXCTRL_RX_DIS);
    }

    /** 4.6.8, without the steps that concern each queue. */
    private void setUpTransmit() {
        bar.setFlags(HLREG0, HLREG0_TXCRCEN | HLREG0_TXPADEN);
        bar.setFlags(RTTDCS, RTTDCS_ARBDIS); // while these change
        bar.set32(DTXMXSZRQ, 0xfff);
        bar.set32(TXPBSIZE, 160 << 10);
        bar.set32(TXPBTHRESH, 160 - 2); // less the KiB of a frame
        for (int i = 1; i < 8; i++) {
            bar.set32(TXPBSIZE + 4 * i, 0);
            bar.set32(TXPBTHRESH + 4 * i, 0);
        }
        bar.clearFlags(RTTDCS, RTTDCS_ARBDIS);
        bar.setFlags(DMATXCTL, DMATXCTL_TE);
    }

    /** The steps of 4.6.7 for one queue, in the order of 4.6.7.1, which enables queues while others run. */
    @Override
    public synchronized RxQueue rxQueue(int index, PacketPool pool) {
        check(rxQueues, index, "receive", pool);
        int offset = index * QUEUE;
        long ring = setUpRing(RDBAL + offset, index);
        bar.set32(SRRCTL + offset, 2 | SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER | SRRCTL_DROP_EN); // buffers of 2 KiB
        bar.clearFlags(DCA_RXCTRL + offset, DCA_RXCTRL_BIT_12); // last sentence of 4.6.7: reserved, 1, to be written 0
        String name = "receive queue " + index + " of " + address();
        long tail = bar.address(RDT + offset);
        AdvancedRxQueue queue = new AdvancedRxQueue(name, ring, options.ringSize(), tail, () -> close(index, -1));
        queue.open(pool);
        rxQueues[index] = queue;
        bar.setFlags(RXDCTL + offset, RXDCTL_ENABLE);
        await(RXDCTL + offset, RXDCTL_ENABLE, RXDCTL_ENABLE);
        queue.publish();
        return queue;
    }

    /** The steps of 4.6.8 for one queue, in the order of 4.6.8.1. */
    @Override
    public synchronized TxQueue txQueue(int index, PacketPool pool) {
        check(txQueues, index, "transmit", pool);
        int offset = index * QUEUE;
        long ring = setUpRing(TDBAL + offset, rxQueues.length + index);
        String name = "transmit queue " + index + " of " + address();
        long tail = bar.address(TDT + offset);
        AdvancedTxQueue queue = new AdvancedTxQueue(name, ring, options.ringSize(), tail, () -> close(-1, index));
        queue.open(pool);
        txQueues[index] = queue;
        // 7.2.3.4.1: fetch early and several at once; WTHRESH 0, as reports are asked for by descriptor (7.2.3.5.1).
        bar.set32(TXDCTL + offset, TXDCTL_ENABLE | 8 << 8 | 36); // HTHRESH 8, PTHRESH 36
        await(TXDCTL + offset, TXDCTL_ENABLE, TXDCTL_ENABLE);
        return queue;
    }

    /** Tells the card where a ring is, and that it is empty; receive and transmit have these registers alike. */
    private long setUpRing(int base, int index) {
        int bytes = options.ringSize() * Descriptors.SIZE;
        long ring = rings.address() + (long) index * bytes; // crosses no page: both sizes are powers of two
        long iova = rings.iova(ring);
        bar.set32(base, (int) iova);
        bar.set32(base + RDBAH - RDBAL, (int) (iova >>> 32));
        bar.set32(base + RDLEN - RDBAL, bytes);
        bar.set32(base + RDH - RDBAL, 0);
        bar.set32(base + RDT - RDBAL, 0);
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

    private void await(int register, int mask, int wanted) {
        if (!bar.await(register, mask, wanted, 1000)) {
            throw IxgbeTrouble.timeout(address(), bar, register, mask, wanted);
        }
    }

    @Override
    public String address() {
        return function.address();
    }

    @Override
    public int descriptors() {
        return (rxQueues.length + txQueues.length) * options.ringSize();
    }

    @Override
    public synchronized MacAddress macAddress() {
        checkOpen();
        return ReceiveAddress.get(bar);
    }

    @Override
    public synchronized void setMacAddress(MacAddress address) {
        checkOpen();
        ReceiveAddress.set(bar, address);
    }

    @Override
    public synchronized void setPromiscuous(boolean promiscuous) {
        checkOpen();
        int others = bar.get32(FCTRL) & ~(FCTRL_UPE | FCTRL_MPE);
        bar.set32(FCTRL, promiscuous ? others | FCTRL_UPE | FCTRL_MPE : others);
    }

    @Override
    public synchronized int linkSpeed() {
        checkOpen();
        int links = bar.get32(LINKS); // 8.2.3.22.20
        return links == GONE || (links & LINKS_LINK_UP) == 0 ? 0 : LINKS_SPEEDS[links >>> 28 & 3];
    }

    private void checkOpen() {
        if (closed) {
            throw Refusal.stopped(address(), true);
        }
    }

    @Override
    public synchronized DeviceStats stats() {
        boolean readable = !closed && bar.get32(STATUS) != GONE;
        for (int i = 0; i < COUNTERS.length && readable; i++) {
            // Reading clears, so all that is read is added up; of a high word, 4 bits count.
            long mask = COUNTERS[i] == QBRC_H || COUNTERS[i] == GOTCH ? 0xf : 0xffff_ffffL;
            counts.merge(COUNTERS[i], bar.get32(COUNTERS[i]) & mask, Long::sum);
        }
        // One packet buffer is in use, and all queues count in the first of 16 sets, as RQSMR has it after a reset.
        // GPRC and GORC count missed frames too (comment in Linux's ixgbe_update_stats). QBRC is without FCS.
        filtered = Math.max(filtered, count(RXNFGPC) - count(GPRC));
        return new DeviceStats(
                count(QPRC),
                count(QBRC_L) + (count(QBRC_H) << 32) + FCS * count(QPRC),
                count(GPTC),
                count(GOTCL) + (count(GOTCH) << 32),
                count(MPC) + count(QPRDC),
                count(CRCERRS),
                count(RUC) + count(RFC) + count(ROC) + count(RLEC),
                filtered,
                sum(rxQueues, AdvancedRxQueue::broken),
                sum(rxQueues, AdvancedRxQueue::poolEmpty),
                sum(rxQueues, AdvancedRxQueue::unread),
                sum(txQueues, AdvancedTxQueue::wrongLength),
                sum(txQueues, AdvancedTxQueue::unsent),
                0);
    }

    private long count(int register) {
        return counts.getOrDefault(register, 0L);
    }

    private static <Q> long sum(Q[] queues, ToLongFunction<Q> count) {
        return Arrays.stream(queues).filter(Objects::nonNull).mapToLong(count).sum();
    }

    @Override
    public DmaSpace dmaSpace() {
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
            steps.add(() -> disable(RXDCTL + rx * QUEUE, RXDCTL_ENABLE)); // 4.6.7.1.2
            steps.add(() -> pause(100_000)); // what is under way is written by then
            steps.add(rxQueues[rx]::stopped);
        }
        if (tx >= 0 && tx < txQueues.length && txQueues[tx] != null && txQueues[tx].isOpen()) {
            int offset = tx * QUEUE;
            AdvancedTxQueue queue = txQueues[tx];
            steps.add(queue::shut);
            steps.add(() -> bar.await(TDH + offset, 0xffff, queue.end(), 50)); // 4.6.8.1: all is sent, if it can be
            steps.add(() -> disable(TXDCTL + offset, TXDCTL_ENABLE));
            int[] head = {GONE}; // as long as it does not say
            steps.add(() -> head[0] = bar.get32(TDH + offset));
            steps.add(() -> queue.stopped(head[0]));
        }
    }

    private void disable(int control, int enable) {
        bar.clearFlags(control, enable);
        bar.await(control, enable, 0, 10);
    }

    /** Also if the thread is interrupted: what a card needs is not to be cut short. */
    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Override
    public synchronized void close() {
        List<Runnable> steps = new ArrayList<>();
        if (rings != null && !closed) {
            steps.add(() -> bar.clearFlags(RXCTRL, RXCTRL_RXEN));
            for (int i = 0; i < Math.max(rxQueues.length, txQueues.length); i++) {
                addSteps(steps, i, i);
            }
            steps.add(this::stats); // the last counts, for those who ask later
        }
        steps.add(() -> closed = true);
        steps.add(function::close); // no more DMA, so that the rings can go
        if (rings != null) {
            steps.add(rings::close);
        }
        Cleanup.run(steps);
    }

    @Override
    public String toString() {
        return address() + (closed ? ", closed" : "");
    }
}
