package ixy4j.igb;

import static ixy4j.igb.Registers.*;

import ixy4j.*;
import ixy4j.intel.*;
import ixy4j.spi.Bar;
import ixy4j.spi.PciFunction;

/**
 * An Intel 82576. Read it with the datasheet "Intel 82576 Gigabit Ethernet Controller" (320961) at hand: section numbers are
 * its, and initialisation is in the order of section 4.5. Rings and descriptors are the 82599's; what differs is how the rest
 * of the card is set up, and a PHY for copper. Left out on purpose: offloads, VLANs, virtualisation, flow control.
 */
final class IgbDevice extends AdvancedDevice {
    /** Queues each way. */
    static final int QUEUES = 16;

    static final int TX_CONTROL = 8 | 1 << 8; // PTHRESH 8, HTHRESH 1

    private static final int QUEUE = 0x40; // from a register of one queue to that of the next
    private static final int PHY = 1 << 21; // the address of the port's own, in MDIC
    private static final int PHY_CONTROL = 0; // IEEE 802.3, 22.2.4.1
    private static final int PHY_CONTROL_AUTONEGOTIATE = 1 << 12 | 1 << 9; // enable it, and begin now; powered up
    private static final int REDIRECTIONS = 128; // entries of RETA
    private static final int RSS_KEY = 0x5a6d_5a6d; // repeated: both directions of a connection hash alike

    // The low word of a pair is read first, and reading the high one clears both.
    private static final int[] COUNTERS = {GPRC, GORCL, GORCH, GPTC, GOTCL, GOTCH, MPC, CRCERRS, RUC, RFC, ROC, RLEC};

    IgbDevice(PciFunction function, DeviceOptions options) {
        super(function, options, new Rings(RDBAL, TDBAL, QUEUE, TX_CONTROL, EIMS, EIMC, Registers::name));
        start();
    }

    /** Brings the card to a known state (4.5.3, 4.5.5). */
    @Override
    protected void reset() {
        disableInterrupts();
        // 5.2.3.3: a reset in the middle of a transaction can leave the bus waiting, so the card ends those first.
        bar.setFlags(CTRL, CTRL_GIO_MASTER_DISABLE);
        bar.await(STATUS, STATUS_GIO_MASTER_ENABLE, 0, 100);
        bar.clearFlags(RCTL, RCTL_RXEN);
        bar.clearFlags(TCTL, TCTL_EN);
        bar.setFlags(CTRL, CTRL_RST);
        pause(10_000_000); // no register is to be read for the first millisecond; the EEPROM is read meanwhile
        await(CTRL, CTRL_RST, 0);
        bar.await(EECD, EECD_AUTO_RD, EECD_AUTO_RD, 100); // or there is none, and the card goes on without
        disableInterrupts();
    }

    private void disableInterrupts() {
        bar.set32(IMC, -1);
        bar.set32(EIMC, -1);
        bar.get32(ICR); // clears what is pending
        bar.get32(EICR);
    }

    @Override
    protected void setUp() {
        setUpLink();
        for (int counter : COUNTERS) {
            bar.get32(counter); // 4.5.8: reading clears
        }
        for (int i = 0; i < QUEUES; i++) {
            bar.get32(RQDPC + i * QUEUE);
        }
        bar.set32(RXDCTL, 0); // the first queue of each kind is enabled after a reset
        bar.set32(TXDCTL, 0);
        setUpReceive();
        setPromiscuous(options.promiscuous());
        // 4.5.10. Collisions are of half duplex; the values are those that the datasheet recommends.
        int others = bar.get32(TCTL) & ~(TCTL_CT | TCTL_COLD);
        bar.set32(TCTL, others | TCTL_EN | TCTL_PSP | 15 << 4 | 63 << 12 | TCTL_RTLC);
    }

    /** 4.5.7: the PHY finds out about speed and duplex, and tells the MAC. */
    private void setUpLink() {
        int others = bar.get32(CTRL) & ~(CTRL_FRCSPD | CTRL_FRCDPX | CTRL_GIO_MASTER_DISABLE);
        bar.set32(CTRL, others | CTRL_SLU);
        bar.set32(MDIC, MDIC_OP_WRITE | PHY | PHY_CONTROL << 16 | PHY_CONTROL_AUTONEGOTIATE);
        await(MDIC, MDIC_R | MDIC_E, MDIC_R);
    }

    /** 4.5.9, without the steps that concern each queue. */
    private void setUpReceive() {
        for (int i = 0; i < 128; i++) {
            bar.set32(MTA + 4 * i, 0); // no multicast group
        }
        // A wrong checksum of a packet is no error of its frame: it is for others to judge. PCSD: in the place of a
        // checksum, descriptors have the hash of RSS.
        bar.set32(RXCSUM, RXCSUM_PCSD);
        setUpRss();
        // Frames of up to 1518 bytes, or 1522 with a VLAN tag, without their FCS; none that has an error.
        bar.set32(RCTL, RCTL_RXEN | RCTL_BAM | RCTL_SECRC);
    }

    /** 7.1.1.7: where there are several queues, frames are spread by a hash of their addresses and ports. */
    private void setUpRss() {
        int queues = options.rxQueues();
        if (queues == 1) {
            bar.set32(MRQC, 0);
            return;
        }
        for (int i = 0; i < REDIRECTIONS; i += 4) {
            int entries = 0;
            for (int k = 3; k >= 0; k--) {
                entries = entries << 8 | (i + k) % queues;
            }
            bar.set32(RETA + i, entries);
        }
        for (int i = 0; i < 10; i++) {
            bar.set32(RSSRK + 4 * i, RSS_KEY);
        }
        bar.set32(
                MRQC,
                MRQC_ENABLE_RSS
                        | MRQC_IPV4
                        | MRQC_TCP_IPV4
                        | MRQC_UDP_IPV4
                        | MRQC_IPV6
                        | MRQC_TCP_IPV6
                        | MRQC_UDP_IPV6);
    }

    @Override
    protected void setUpRxRing(int ring) {
        setUpRxRing(bar, ring);
    }

    /** Buffers of 2 KiB; a full ring drops its frames, lest other queues wait for it. Virtual functions have these alike. */
    static void setUpRxRing(Bar bar, int ring) {
        bar.set32(SRRCTL - RDBAL + ring, 2 | SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER | SRRCTL_DROP_EN);
        // PTHRESH 8, HTHRESH 8; WTHRESH 1: each is written back at once
        bar.set32(CONTROL + ring, 8 | 8 << 8 | 1 << 16);
    }

    /** 8.8: with MSI-X, and causes that clear themselves when an interrupt is sent. */
    @Override
    protected void setUpInterrupts(int vectors) {
        bar.set32(GPIE, GPIE_NSICR | GPIE_MULTIPLE_MSIX | GPIE_PBA);
        for (int i = 0; i < vectors; i++) {
            int register = IVAR + 4 * (i & 7); // queues n and n + 8 share one
            int shift = (i >> 3) << 4;
            bar.set32(register, (bar.get32(register) & ~(0xff << shift)) | (IVAR_VALID | i) << shift);
            bar.set32(EITR + 4 * i, options.moderation() << 2); // 8.8: steps of 1 µs
        }
        bar.set32(EIAC, (1 << vectors) - 1);
    }

    @Override
    protected void stopReceive() {
        bar.clearFlags(RCTL, RCTL_RXEN);
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
        int others = bar.get32(RCTL) & ~(RCTL_UPE | RCTL_MPE);
        bar.set32(RCTL, promiscuous ? others | RCTL_UPE | RCTL_MPE : others);
    }

    @Override
    public synchronized int linkSpeed() {
        checkOpen();
        return linkSpeed(bar.get32(STATUS));
    }

    /** What STATUS says of it. */
    static int linkSpeed(int status) {
        if (status == GONE || (status & STATUS_LU) == 0) {
            return 0;
        }
        return switch (status & STATUS_SPEED) {
            case 0 -> 10;
            case STATUS_SPEED_100 -> 100;
            default -> 1000;
        };
    }

    @Override
    public synchronized DeviceStats stats() {
        boolean readable = isThere(STATUS);
        for (int i = 0; i < COUNTERS.length && readable; i++) {
            count(COUNTERS[i], bar.get32(COUNTERS[i]) & 0xffff_ffffL);
        }
        for (int i = 0; i < options.rxQueues() && readable; i++) {
            count(RQDPC, bar.get32(RQDPC + i * QUEUE) & 0xfff);
        }
        IntelTrouble.checkNotReset(this, !readable || (bar.get32(TCTL) & TCTL_EN) != 0, "TCTL.EN");
        return new DeviceStats(
                count(GPRC),
                count(GORCL) + (count(GORCH) << 32),
                count(GPTC),
                count(GOTCL) + (count(GOTCH) << 32),
                count(MPC) + count(RQDPC),
                count(CRCERRS),
                count(RUC) + count(RFC) + count(ROC) + count(RLEC),
                0, // the card does not count frames for others
                rxSum(AdvancedRxQueue::broken),
                rxSum(AdvancedRxQueue::poolEmpty),
                rxSum(AdvancedRxQueue::unread),
                txSum(AdvancedTxQueue::wrongLength),
                txSum(AdvancedTxQueue::unsent),
                0);
    }
}
