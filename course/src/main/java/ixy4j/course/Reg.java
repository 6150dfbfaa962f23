package ixy4j.course;

/**
 * Registers of the 82599, by their offsets in bytes, and bits in them, by masks; called as the datasheet calls them. A bit of
 * {@code CTRL} is {@code CTRL_RST}. Registers of a queue are those of queue 0; {@link #queue} has the others.
 */
public final class Reg {
    // ---- The whole card

    /** Device Control (8.2.3.1.1). */
    public static final int CTRL = 0x00000;

    /** MASTER_DISABLE in CTRL. */
    public static final int CTRL_MASTER_DISABLE = 1 << 2;

    /** LRST in CTRL. */
    public static final int CTRL_LRST = 1 << 3;

    /** RST in CTRL. */
    public static final int CTRL_RST = 1 << 26;

    /** Device Status (8.2.3.1.2). */
    public static final int STATUS = 0x00008;

    /** LINK_UP in STATUS. */
    public static final int STATUS_LINK_UP = 1 << 7;

    /** MASTER_ENABLE in STATUS. */
    public static final int STATUS_MASTER_ENABLE = 1 << 19;

    /** Extended Device Control (8.2.3.1.3). */
    public static final int CTRL_EXT = 0x00018;

    /** NS_DIS in CTRL_EXT. */
    public static final int CTRL_EXT_NS_DIS = 1 << 16;

    /** EEPROM/Flash Control (8.2.3.2.1). */
    public static final int EEC = 0x10010;

    /** AUTO_RD in EEC. */
    public static final int EEC_AUTO_RD = 1 << 9;

    // ---- Interrupts

    /** Extended Interrupt Cause (8.2.3.5.1). */
    public static final int EICR = 0x00800;

    /** Extended Interrupt Mask Set/Read (8.2.3.5.3). */
    public static final int EIMS = 0x00880;

    /** Extended Interrupt Mask Clear (8.2.3.5.4). */
    public static final int EIMC = 0x00888;

    /** Extended Interrupt Auto Clear (8.2.3.5.5). */
    public static final int EIAC = 0x00810;

    /** Extended Interrupt Throttle (8.2.3.5.12). */
    public static final int EITR = 0x00820;

    /** Interrupt Vector Allocation (8.2.3.5.16). */
    public static final int IVAR = 0x00900;

    /** RX0_VALID in IVAR. */
    public static final int IVAR_RX0_VALID = 1 << 7;

    /** General Purpose Interrupt Enable (8.2.3.5.18). */
    public static final int GPIE = 0x00898;

    /** MULTIPLE_MSIX in GPIE. */
    public static final int GPIE_MULTIPLE_MSIX = 1 << 4;

    /** PBA_SUPPORT in GPIE. */
    public static final int GPIE_PBA_SUPPORT = 1 << 31;

    // ---- Link

    /** Auto Negotiation Control (8.2.3.22.19). */
    public static final int AUTOC = 0x042A0;

    /** LMS in AUTOC. */
    public static final int AUTOC_LMS = 7 << 13;

    /** LMS_1G_AN in AUTOC. */
    public static final int AUTOC_LMS_1G_AN = 2 << 13;

    /** LMS_10G_SERIAL in AUTOC. */
    public static final int AUTOC_LMS_10G_SERIAL = 3 << 13;

    /** 10G_PMA_PMD_PARALLEL in AUTOC. */
    public static final int AUTOC_10G_PMA_PMD_PARALLEL = 3 << 7;

    /** RESTART_AN in AUTOC. */
    public static final int AUTOC_RESTART_AN = 1 << 12;

    /** Link Status (8.2.3.22.20). */
    public static final int LINKS = 0x042A4;

    /** LINK_STATUS in LINKS. */
    public static final int LINKS_LINK_STATUS = 1 << 7;

    /** LINK_SPEED in LINKS. */
    public static final int LINKS_LINK_SPEED = 3 << 28;

    /** LINK_UP in LINKS. */
    public static final int LINKS_LINK_UP = 1 << 30;

    // ---- Receive

    /** Receive Descriptor Base Address Low (8.2.3.8.1). */
    public static final int RDBAL = 0x01000;

    /** Receive Descriptor Base Address High (8.2.3.8.2). */
    public static final int RDBAH = 0x01004;

    /** Receive Descriptor Length (8.2.3.8.3). */
    public static final int RDLEN = 0x01008;

    /** Receive Descriptor Head (8.2.3.8.4). */
    public static final int RDH = 0x01010;

    /** Receive Descriptor Tail (8.2.3.8.5). */
    public static final int RDT = 0x01018;

    /** Receive Descriptor Control (8.2.3.8.6). */
    public static final int RXDCTL = 0x01028;

    /** ENABLE in RXDCTL. */
    public static final int RXDCTL_ENABLE = 1 << 25;

    /** Split Receive Control (8.2.3.8.7). */
    public static final int SRRCTL = 0x01014;

    /** BSIZEPACKET in SRRCTL. */
    public static final int SRRCTL_BSIZEPACKET = 0x1f;

    /** DESCTYPE in SRRCTL. */
    public static final int SRRCTL_DESCTYPE = 7 << 25;

    /** DESCTYPE_ADVANCED_ONE_BUFFER in SRRCTL. */
    public static final int SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER = 1 << 25;

    /** DROP_EN in SRRCTL. */
    public static final int SRRCTL_DROP_EN = 1 << 28;

    /** Receive DMA Control (8.2.3.8.8). */
    public static final int RDRXCTL = 0x02F00;

    /** CRCSTRIP in RDRXCTL. */
    public static final int RDRXCTL_CRCSTRIP = 1 << 1;

    /** DMAIDONE in RDRXCTL. */
    public static final int RDRXCTL_DMAIDONE = 1 << 3;

    /** RSCFRSTSIZE in RDRXCTL. */
    public static final int RDRXCTL_RSCFRSTSIZE = 0x1f << 17;

    /** RSCACKC in RDRXCTL. */
    public static final int RDRXCTL_RSCACKC = 1 << 25;

    /** FCOE_WRFIX in RDRXCTL. */
    public static final int RDRXCTL_FCOE_WRFIX = 1 << 26;

    /** Receive Control (8.2.3.8.10). */
    public static final int RXCTRL = 0x03000;

    /** RXEN in RXCTRL. */
    public static final int RXCTRL_RXEN = 1;

    /** MAC Core Control 0 (8.2.3.22.8). */
    public static final int HLREG0 = 0x04240;

    /** TXCRCEN in HLREG0. */
    public static final int HLREG0_TXCRCEN = 1;

    /** RXCRCSTRP in HLREG0. */
    public static final int HLREG0_RXCRCSTRP = 1 << 1;

    /** JUMBOEN in HLREG0. */
    public static final int HLREG0_JUMBOEN = 1 << 2;

    /** TXPADEN in HLREG0. */
    public static final int HLREG0_TXPADEN = 1 << 10;

    /** Filter Control (8.2.3.7.1). */
    public static final int FCTRL = 0x05080;

    /** MPE in FCTRL. */
    public static final int FCTRL_MPE = 1 << 8;

    /** UPE in FCTRL. */
    public static final int FCTRL_UPE = 1 << 9;

    /** BAM in FCTRL. */
    public static final int FCTRL_BAM = 1 << 10;

    /** Multicast Table Array (8.2.3.7.7). */
    public static final int MTA = 0x05200;

    /** Receive Address Low (8.2.3.7.8). */
    public static final int RAL = 0x0A200;

    /** Receive Address High (8.2.3.7.9). */
    public static final int RAH = 0x0A204;

    /** AV in RAH. */
    public static final int RAH_AV = 1 << 31;

    // ---- Transmit

    /** Transmit Descriptor Base Address Low (8.2.3.9.5). */
    public static final int TDBAL = 0x06000;

    /** Transmit Descriptor Base Address High (8.2.3.9.6). */
    public static final int TDBAH = 0x06004;

    /** Transmit Descriptor Length (8.2.3.9.7). */
    public static final int TDLEN = 0x06008;

    /** Transmit Descriptor Head (8.2.3.9.8). */
    public static final int TDH = 0x06010;

    /** Transmit Descriptor Tail (8.2.3.9.9). */
    public static final int TDT = 0x06018;

    /** Transmit Descriptor Control (8.2.3.9.10). */
    public static final int TXDCTL = 0x06028;

    /** ENABLE in TXDCTL. */
    public static final int TXDCTL_ENABLE = 1 << 25;

    /** DMA Tx Control (8.2.3.9.2). */
    public static final int DMATXCTL = 0x04A80;

    /** TE in DMATXCTL. */
    public static final int DMATXCTL_TE = 1;

    /** DCB Transmit Descriptor Plane Control and Status (8.2.3.10.2). */
    public static final int RTTDCS = 0x04900;

    /** ARBDIS in RTTDCS. */
    public static final int RTTDCS_ARBDIS = 1 << 6;

    // ---- Counters: reading clears

    /** Good Packets Received Count (8.2.3.23). */
    public static final int GPRC = 0x04074;

    /** Good Octets Received Count Low (8.2.3.23). */
    public static final int GORCL = 0x04088;

    /** Good Octets Received Count High (8.2.3.23). */
    public static final int GORCH = 0x0408C;

    /** Good Packets Transmitted Count (8.2.3.23). */
    public static final int GPTC = 0x04080;

    /** Good Octets Transmitted Count Low (8.2.3.23). */
    public static final int GOTCL = 0x04090;

    /** Good Octets Transmitted Count High (8.2.3.23). */
    public static final int GOTCH = 0x04094;

    /** Rx Missed Packets Count (8.2.3.23). */
    public static final int MPC = 0x03FA0;

    /** Queue Packets Received Drop Count (8.2.3.23). */
    public static final int QPRDC = 0x01430;

    // ---- Several receive queues

    /** Multiple Receive Queues Command (8.2.3.7.12). */
    public static final int MRQC = 0x0EC80;

    /** MRQE_RSS in MRQC. */
    public static final int MRQC_MRQE_RSS = 1;

    /** IPV4 in MRQC. */
    public static final int MRQC_IPV4 = 1 << 17;

    /** UDPIPV4 in MRQC. */
    public static final int MRQC_UDPIPV4 = 1 << 22;

    /** Redirection Table (8.2.3.7.15). */
    public static final int RETA = 0x0EB00;

    /** RSS Random Key (8.2.3.7.14). */
    public static final int RSSRK = 0x0EB80;

    private Reg() {}

    /** The register of another queue: {@code queue(RDT, 1)} is that of receive queue 1. */
    public static int queue(int register, int queue) {
        if (queue < 0 || queue > 63) {
            throw new IllegalArgumentException("queues here have numbers from 0 to 63, not " + queue);
        }
        return register + 0x40 * queue;
    }
}
