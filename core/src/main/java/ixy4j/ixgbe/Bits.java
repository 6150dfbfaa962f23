package ixy4j.ixgbe;

/** Bits and fields of the registers that the driver uses, named as the datasheet has them. */
final class Bits {
    static final int CTRL_MASTER_DISABLE = 1 << 2;
    static final int CTRL_LRST = 1 << 3;
    static final int CTRL_RST = 1 << 26;
    static final int STATUS_MASTER_ENABLE = 1 << 19;
    static final int EEC_AUTO_RD = 1 << 9;
    static final int CTRL_EXT_NS_DIS = 1 << 16;
    static final int AUTOC_RESTART_AN = 1 << 12;
    static final int AUTOC_10G_PMA_PMD = 3 << 7;
    static final int AUTOC_LMS = 7 << 13;
    static final int AUTOC_LMS_10G_SERIAL = 3 << 13;
    static final int LINKS_UP = 1 << 30;
    static final int FCTRL_UPE_MPE = 3 << 8;
    static final int FCTRL_BAM = 1 << 10;
    static final int HLREG0_TXCRCEN = 1;
    static final int HLREG0_RXCRCSTRP = 1 << 1;
    static final int HLREG0_JUMBOEN = 1 << 2;
    static final int HLREG0_TXPADEN = 1 << 10;
    static final int HLREG0_RXLNGTHERREN = 1 << 27;
    static final int RDRXCTL_CRCSTRIP = 1 << 1;
    static final int RDRXCTL_DMAIDONE = 1 << 3;
    static final int RDRXCTL_RSCFRSTSIZE = 0x1f << 17;
    static final int RDRXCTL_RSCACKC_FCOE_WRFIX = 3 << 25;
    static final int RXCTRL_RXEN = 1;
    static final int SECRXCTRL_RX_DIS = 1 << 1;
    static final int SECRXSTAT_RDY = 1;
    static final int SRRCTL_2_KIB_ADVANCED_ONE_BUFFER_DROP = 2 | 1 << 25 | 1 << 28;
    static final int DCA_RXCTRL_BIT_12 = 1 << 12;
    static final int DCTL_ENABLE = 1 << 25; // of RXDCTL and TXDCTL
    static final int TXDCTL_PTHRESH_HTHRESH_WTHRESH = 36 | 8 << 8;
    static final int RTTDCS_ARBDIS = 1 << 6;
    static final int DMATXCTL_TE = 1;
    static final int RAH_AV = 1 << 31;
    static final int MAX_FRAME = 1518;
    static final int FCS = 4;

    private Bits() {}
}
