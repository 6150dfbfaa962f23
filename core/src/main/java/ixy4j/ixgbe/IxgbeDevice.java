package ixy4j.ixgbe;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.DeviceStats;
import ixy4j.MacAddress;
import ixy4j.RxQueue;
import ixy4j.TxQueue;
import ixy4j.intel.AdvancedRxQueue;
import ixy4j.intel.AdvancedTxQueue;
import ixy4j.intel.Descriptors;
import ixy4j.linux.IxyException;
import ixy4j.memory.DmaMemory;
import ixy4j.memory.PacketPool;
import ixy4j.pci.Bar;
import ixy4j.pci.PciFunction;

/**
 * An Intel 82599, X540 or X550. Read it with the datasheet "Intel 82599 10 GbE Controller" (331520) at hand: section
 * numbers are its. Initialisation is in the order of section 4.6.3. Left out on purpose: interrupts, since we poll;
 * offloads, RSS, VLANs, DCB, virtualisation, flow control, security.
 */
final class IxgbeDevice implements Device {
    private static final int QUEUE = 0x40; // from a register of one queue to that of the next
    private static final int ALL = -1;

    private static final int CTRL_MASTER_DISABLE = 1 << 2;
    private static final int CTRL_LRST = 1 << 3;
    private static final int CTRL_RST = 1 << 26;
    private static final int STATUS_MASTER_ENABLE = 1 << 19;
    private static final int EEC_AUTO_RD = 1 << 9;
    private static final int CTRL_EXT_NS_DIS = 1 << 16;
    private static final int AUTOC_RESTART_AN = 1 << 12;
    private static final int AUTOC_10G_PMA_PMD = 3 << 7;
    private static final int AUTOC_LMS = 7 << 13;
    private static final int AUTOC_LMS_10G_SERIAL = 3 << 13;
    private static final int LINKS_UP = 1 << 30;
    private static final int FCTRL_MPE = 1 << 8;
    private static final int FCTRL_UPE = 1 << 9;
    private static final int FCTRL_BAM = 1 << 10;
    private static final int HLREG0_TXCRCEN = 1;
    private static final int HLREG0_RXCRCSTRP = 1 << 1;
    private static final int HLREG0_JUMBOEN = 1 << 2;
    private static final int HLREG0_TXPADEN = 1 << 10;
    private static final int RDRXCTL_CRCSTRIP = 1 << 1;
    private static final int RDRXCTL_DMAIDONE = 1 << 3;
    private static final int RDRXCTL_RSCFRSTSIZE = 0x1f << 17;
    private static final int RDRXCTL_RSCACKC_FCOE_WRFIX = 3 << 25;
    private static final int RXCTRL_RXEN = 1;
    private static final int SECRXCTRL_RX_DIS = 1 << 1;
    private static final int SECRXSTAT_RDY = 1;
    private static final int SRRCTL_2_KIB_ADVANCED_ONE_BUFFER_DROP = 2 | 1 << 25 | 1 << 28;
    private static final int DCA_RXCTRL_BIT_12 = 1 << 12;
    private static final int DCTL_ENABLE = 1 << 25; // of RXDCTL and TXDCTL
    private static final int TXDCTL_PTHRESH_HTHRESH_WTHRESH = 36 | 8 << 8;
    private static final int RTTDCS_ARBDIS = 1 << 6;
    private static final int DMATXCTL_TE = 1;
    private static final int RAH_AV = 1 << 31;
    private static final int MAX_FRAME = 1518;

    private final PciFunction function;
    private final DeviceOptions options;
    private final boolean is82599; // and not an X540 or X550
    private final AdvancedRxQueue[] rxQueues;
    private final AdvancedTxQueue[] txQueues;
    private Bar bar;
    private DmaMemory rings;
    private boolean closed;
    private long rxPackets;
    private long rxBytes;
    private long txPackets;
    private long txBytes;
    private long rxMissed;
    private long rxCrcErrors;

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
            rings = DmaMemory.allocate((long) (rxQueues.length + txQueues.length) * ringBytes(), function);
            setUpLink();
            stats(); // 4.6.5: reading the counters clears them
            setUpReceive();
            setUpTransmit();
            setPromiscuous(options.promiscuous());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Brings the card to a known state (4.6.3.1, 4.6.3.2). */
    private void reset() {
        disableInterrupts();
        // 5.2.5.3.2: a reset under way of a transaction can leave the bus waiting, so the card ends those first; where
        // it
        // cannot, it is to be reset twice.
        bar.setFlags(CTRL, CTRL_MASTER_DISABLE);
        int resets = bar.comes(STATUS, STATUS_MASTER_ENABLE, 0, 50) ? 1 : 2;
        for (int i = 0; i < resets; i++) {
            bar.setFlags(CTRL, CTRL_RST | CTRL_LRST);
            await(CTRL, CTRL_RST | CTRL_LRST, 0);
            Bar.pause(10_000_000); // 4.2.1.6.1: the card's own initialisation takes up to 10 ms
        }
        disableInterrupts();
        await(EEC, EEC_AUTO_RD, EEC_AUTO_RD);
        await(RDRXCTL, RDRXCTL_DMAIDONE, RDRXCTL_DMAIDONE);
    }

    private void disableInterrupts() {
        bar.set32(EIMC, 0x7fff_ffff); // 8.2.3.5.7
        bar.set32(EIMC_EX, ALL);
        bar.set32(EIMC_EX + 4, ALL);
        bar.get32(EICR); // clears what is pending
    }

    /** 4.6.4: tells a card with SFP+ to use it, at 10 Gbit/s; others are set up by their firmware or EEPROM. */
    private void setUpLink() {
        if (is82599) {
            int autoc = bar.get32(AUTOC) & ~(AUTOC_LMS | AUTOC_10G_PMA_PMD);
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
        // The FCS is stripped, which takes both bits (8.2.3.22.8). No frame is longer than a buffer of the pool.
        bar.set32(HLREG0, (bar.get32(HLREG0) & ~HLREG0_JUMBOEN) | HLREG0_RXCRCSTRP);
        bar.set32(MAXFRS, MAX_FRAME << 16);
        // 4.6.7.2 and 8.2.3.8.8: RSCFRSTSIZE must be 0 and the two others 1, unlike their defaults.
        bar.set32(RDRXCTL, (bar.get32(RDRXCTL) & ~RDRXCTL_RSCFRSTSIZE) | RDRXCTL_CRCSTRIP | RDRXCTL_RSCACKC_FCOE_WRFIX);
        bar.setFlags(FCTRL, FCTRL_BAM);
        bar.setFlags(CTRL_EXT, CTRL_EXT_NS_DIS);
        // A frame that arrives while RXEN is set can hang receive DMA, so the path is stopped meanwhile. Linux and DPDK
        // go
        // on where it does not say that it has stopped, and so do we.
        bar.setFlags(SECRXCTRL, SECRXCTRL_RX_DIS);
        bar.comes(SECRXSTAT, SECRXSTAT_RDY, SECRXSTAT_RDY, 10);
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
    public RxQueue rxQueue(int index, PacketPool pool) {
        checkFree(rxQueues, index, "receive");
        int offset = index * QUEUE;
        long ring = ring(index);
        bar.set32(RDBAL + offset, (int) rings.iova(ring));
        bar.set32(RDBAH + offset, (int) (rings.iova(ring) >>> 32));
        bar.set32(RDLEN + offset, ringBytes());
        bar.set32(SRRCTL + offset, SRRCTL_2_KIB_ADVANCED_ONE_BUFFER_DROP);
        bar.clearFlags(DCA_RXCTRL + offset, DCA_RXCTRL_BIT_12); // last sentence of 4.6.7: reserved, 1, to be written 0
        bar.set32(RDH + offset, 0);
        bar.set32(RDT + offset, 0);
        String name = "receive queue " + index + " of " + address();
        rxQueues[index] = new AdvancedRxQueue(name, ring, options.ringSize(), bar.address(RDT + offset), pool);
        bar.setFlags(RXDCTL + offset, DCTL_ENABLE);
        await(RXDCTL + offset, DCTL_ENABLE, DCTL_ENABLE);
        rxQueues[index].publish();
        return rxQueues[index];
    }

    /** The steps of 4.6.8 for one queue, in the order of 4.6.8.1. */
    @Override
    public TxQueue txQueue(int index, PacketPool pool) {
        checkFree(txQueues, index, "transmit");
        int offset = index * QUEUE;
        long ring = ring(rxQueues.length + index);
        bar.set32(TDBAL + offset, (int) rings.iova(ring));
        bar.set32(TDBAH + offset, (int) (rings.iova(ring) >>> 32));
        bar.set32(TDLEN + offset, ringBytes());
        bar.set32(TDH + offset, 0);
        bar.set32(TDT + offset, 0);
        // 7.2.3.4.1: fetch early and several at once; WTHRESH 0, as reports are asked for by descriptor (7.2.3.5.1).
        bar.set32(TXDCTL + offset, TXDCTL_PTHRESH_HTHRESH_WTHRESH | DCTL_ENABLE);
        await(TXDCTL + offset, DCTL_ENABLE, DCTL_ENABLE);
        String name = "transmit queue " + index + " of " + address();
        txQueues[index] = new AdvancedTxQueue(name, ring, options.ringSize(), bar.address(TDT + offset), pool);
        return txQueues[index];
    }

    private void checkFree(Object[] queues, int index, String kind) {
        if (closed || index < 0 || index >= queues.length || queues[index] != null) {
            throw new IllegalArgumentException("no " + kind + " queue " + index + " of " + this
                    + " can be opened: it has " + queues.length + ", counted from 0, and each can be opened once");
        }
    }

    private int ringBytes() {
        return options.ringSize() * Descriptors.SIZE;
    }

    /** Where a ring is; no ring crosses a page, since its size and the page's are powers of two. */
    private long ring(int index) {
        return rings.address() + (long) index * ringBytes();
    }

    private void await(int register, int mask, int wanted) {
        try {
            bar.await(register, mask, wanted, 1000, Registers::name);
        } catch (IxyException e) {
            throw new IxyException(address() + ": " + e.getMessage());
        }
    }

    @Override
    public String address() {
        return function.address();
    }

    @Override
    public MacAddress macAddress() {
        // 8.2.3.7.9 and 8.2.3.7.10: the first byte on the wire is the lowest of RAL
        long high = Short.toUnsignedLong(Short.reverseBytes((short) bar.get32(RAH)));
        return new MacAddress(Integer.toUnsignedLong(Integer.reverseBytes(bar.get32(RAL))) << 16 | high);
    }

    @Override
    public void setMacAddress(MacAddress address) {
        if (address.isMulticast()) {
            throw new IllegalArgumentException(address + " is a group address: a card has an individual one");
        }
        bar.set32(RAL, Integer.reverseBytes((int) (address.bits() >>> 16)));
        bar.set32(RAH, Short.toUnsignedInt(Short.reverseBytes((short) address.bits())) | RAH_AV);
    }

    @Override
    public void setPromiscuous(boolean promiscuous) {
        if (promiscuous) {
            bar.setFlags(FCTRL, FCTRL_UPE | FCTRL_MPE);
        } else {
            bar.clearFlags(FCTRL, FCTRL_UPE | FCTRL_MPE);
        }
    }

    @Override
    public int linkSpeed() {
        int links = bar.get32(LINKS);
        if ((links & LINKS_UP) == 0) {
            return 0;
        }
        return switch (links >>> 28 & 3) { // 8.2.3.22.20
            case 1 -> 100;
            case 2 -> 1000;
            case 3 -> 10000;
            default -> 0;
        };
    }

    @Override
    public int awaitLink(int millis) {
        bar.comes(LINKS, LINKS_UP, LINKS_UP, millis);
        return linkSpeed();
    }

    @Override
    public synchronized DeviceStats stats() {
        if (!closed) {
            // Reading clears, so all that is read is added up. The low word of a pair is read first (8.2.3.23). One
            // packet buffer is in use, and all queues count in the first of 16 sets, as RQSMR has it after a reset.
            rxPackets += unsigned(GPRC);
            txPackets += unsigned(GPTC);
            rxBytes += unsigned(GORCL) | (unsigned(GORCH) & 0xf) << 32;
            txBytes += unsigned(GOTCL) | (unsigned(GOTCH) & 0xf) << 32;
            rxMissed += unsigned(MPC) + unsigned(QPRDC);
            rxCrcErrors += unsigned(CRCERRS);
        }
        long broken = 0;
        long poolEmpty = 0;
        for (AdvancedRxQueue queue : rxQueues) {
            broken += queue == null ? 0 : queue.broken();
            poolEmpty += queue == null ? 0 : queue.poolEmpty();
        }
        return new DeviceStats(rxPackets, rxBytes, txPackets, txBytes, rxMissed, rxCrcErrors, broken, poolEmpty);
    }

    private long unsigned(int register) {
        return Integer.toUnsignedLong(bar.get32(register));
    }

    @Override
    public boolean needsPhysicalAddresses() {
        return function.needsPhysicalAddresses();
    }

    @Override
    public void map(DmaMemory memory) {
        function.map(memory);
    }

    @Override
    public void unmap(DmaMemory memory) {
        for (int i = 0; i < rxQueues.length; i++) {
            if (rxQueues[i] != null && rxQueues[i].uses(memory)) {
                closeRx(i);
            }
        }
        for (int i = 0; i < txQueues.length; i++) {
            if (txQueues[i] != null && txQueues[i].uses(memory)) {
                closeTx(i);
            }
        }
        function.unmap(memory);
    }

    /** 4.6.7.1.2: the queue stays disabled; the card may still write for up to 100 µs after it says so. */
    private void closeRx(int index) {
        bar.clearFlags(RXDCTL + index * QUEUE, DCTL_ENABLE);
        bar.comes(RXDCTL + index * QUEUE, DCTL_ENABLE, 0, 10);
        Bar.pause(100_000);
        rxQueues[index].close();
    }

    /** 4.6.8.1: lets the card send what it was given, as far as it can. */
    private void closeTx(int index) {
        bar.comes(TDH + index * QUEUE, 0xffff, txQueues[index].end(), 50);
        bar.clearFlags(TXDCTL + index * QUEUE, DCTL_ENABLE);
        bar.comes(TXDCTL + index * QUEUE, DCTL_ENABLE, 0, 10);
        txQueues[index].close();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        try {
            if (rings != null) {
                bar.clearFlags(RXCTRL, RXCTRL_RXEN);
                for (int i = 0; i < rxQueues.length; i++) {
                    if (rxQueues[i] != null) {
                        closeRx(i);
                    }
                }
                for (int i = 0; i < txQueues.length; i++) {
                    if (txQueues[i] != null) {
                        closeTx(i);
                    }
                }
                stats(); // the last counts, for who asks later
                rings.close();
            }
        } finally {
            closed = true;
            function.close();
        }
    }

    @Override
    public String toString() {
        return address() + (closed ? ", closed" : "");
    }
}
