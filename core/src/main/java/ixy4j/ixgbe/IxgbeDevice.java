package ixy4j.ixgbe;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.*;
import ixy4j.intel.*;
import ixy4j.spi.PciFunction;

/**
 * An Intel 82599, X540 or X550. Read it with the datasheet "Intel 82599 10 GbE Controller" (331520) at hand: section
 * numbers are its. Initialisation is in the order of section 4.6.3. Left out on purpose: interrupts of anything but
 * receive queues, offloads, RSS, VLANs, DCB, virtualisation, flow control, security.
 */
final class IxgbeDevice extends AdvancedDevice {
    private static final int QUEUE = 0x40; // from a register of one queue to that of the next
    private static final int TX_CONTROL = 8 << 8 | 36; // HTHRESH, PTHRESH: fetch early and several at once (7.2.3.4.1)
    private static final int MAX_FRAME = 1518;
    private static final int FCS = 4;
    private static final int[] LINKS_SPEEDS = {0, 100, 1000, 10_000}; // by LINKS, bits 29:28

    // The low word of a pair is read first (8.2.3.23). RXNFGPC is read before GPRC, so that what comes in between makes
    // rxFiltered too small for now, and not too large. Not read: RJC, ILLERRC and ERRBC, whose frames have a wrong FCS,
    // so that CRCERRS has them too; MSPDC, whose frames RUC or RFC has.
    private static final int[] COUNTERS = {
        QPRC, QBRC_L, QBRC_H, GPTC, GOTCL, GOTCH, MPC, QPRDC, CRCERRS, RUC, RFC, ROC, RLEC, RXNFGPC, GPRC
    };

    private final boolean is82599; // and not an X540 or X550
    private long filtered;

    IxgbeDevice(PciFunction function, DeviceOptions options, boolean is82599) {
        super(function, options, new Rings(RDBAL, TDBAL, QUEUE, TX_CONTROL, EIMS_EX, EIMC_EX, Registers::name));
        this.is82599 = is82599;
        start();
    }

    /** Brings the card to a known state (4.6.3.1, 4.6.3.2). */
    @Override
    protected void reset() {
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

    @Override
    protected void setUp() {
        setUpLink();
        for (int counter : COUNTERS) {
            bar.get32(counter); // 4.6.5: reading clears
        }
        setUpReceive();
        setUpTransmit();
        setPromiscuous(options.promiscuous());
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

    @Override
    protected void setUpRxRing(int ring) {
        int srrctl = SRRCTL - RDBAL + ring;
        bar.set32(srrctl, 2 | SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER | SRRCTL_DROP_EN); // buffers of 2 KiB
        bar.clearFlags(DCA_RXCTRL - RDBAL + ring, DCA_RXCTRL_BIT_12); // end of 4.6.7: reserved, 1, to be written 0
    }

    /** With MSI-X, and causes that clear themselves when an interrupt is sent (8.2.3.5.5, 8.2.3.5.16, 8.2.3.5.18). */
    @Override
    protected void setUpInterrupts(int vectors) {
        bar.set32(GPIE, GPIE_MULTIPLE_MSIX | GPIE_PBA_SUPPORT);
        for (int i = 0; i < vectors; i++) {
            int shift = (i & 1) << 4; // two queues share a register
            int others = bar.get32(IVAR + 4 * (i >> 1)) & ~(0xff << shift);
            bar.set32(IVAR + 4 * (i >> 1), others | (IVAR_RX0_VALID | i) << shift);
            int throttle = i < 24 ? EITR + 4 * i : EITR_24 + 4 * (i - 24);
            // 8.2.3.5.12: steps of 2 µs, and no less than asked
            bar.set32(throttle, ((options.moderation() + 1) / 2) << 3);
        }
        bar.set32(EIAC, EICR_RTXQ);
    }

    @Override
    protected void stopReceive() {
        bar.clearFlags(RXCTRL, RXCTRL_RXEN);
    }

    @Override
    public synchronized MacAddress macAddress() {
        checkOpen();
        return ReceiveAddress.get(bar, RAL);
    }

    @Override
    public synchronized void setMacAddress(MacAddress address) {
        checkOpen();
        ReceiveAddress.set(bar, RAL, address);
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

    @Override
    public synchronized DeviceStats stats() {
        boolean readable = isThere(STATUS);
        for (int i = 0; i < COUNTERS.length && readable; i++) {
            // Reading clears, so all that is read is added up; of a high word, 4 bits count.
            long mask = COUNTERS[i] == QBRC_H || COUNTERS[i] == GOTCH ? 0xf : 0xffff_ffffL;
            count(COUNTERS[i], bar.get32(COUNTERS[i]) & mask);
        }
        boolean isSet = !readable || (bar.get32(DMATXCTL) & DMATXCTL_TE) != 0; // by setUpTransmit
        IntelTrouble.checkNotReset(this, isSet, "DMATXCTL.TE");
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
                rxSum(AdvancedRxQueue::broken),
                rxSum(AdvancedRxQueue::poolEmpty),
                rxSum(AdvancedRxQueue::unread),
                txSum(AdvancedTxQueue::wrongLength),
                txSum(AdvancedTxQueue::unsent),
                0);
    }
}
