package ixy4j.igb;

import static ixy4j.intel.Register.Access.RC;
import static ixy4j.intel.Register.Access.RO;
import static ixy4j.intel.Register.Access.RW_SC;
import static ixy4j.intel.Register.Access.WO;

import ixy4j.intel.Register;
import ixy4j.intel.RegisterTable;

/**
 * The registers of the Intel 82576 in BAR 0 that the driver uses, and their bits, called as in the "Intel 82576 Gigabit Ethernet
 * Controller Datasheet" (320961). It is an interface only so that a register is one line; nothing implements it.
 */
public interface Registers {
    // The formatter would take eight lines for a register that has one here.
    // spotless:off
    // ---- General control (8.2)
    @Register(section = "8.2.1", name = "Device Control", access = RW_SC) int CTRL = 0x00000;
        int CTRL_GIO_MASTER_DISABLE = 1 << 2, CTRL_SLU = 1 << 6, CTRL_FRCSPD = 1 << 11, CTRL_FRCDPX = 1 << 12,
            CTRL_RST = 1 << 26; // clears itself
    @Register(section = "8.2.2", name = "Device Status", access = RO) int STATUS = 0x00008;
        int STATUS_LU = 1 << 1, STATUS_SPEED = 3 << 6, STATUS_SPEED_100 = 1 << 6, // 0: 10 Mbit/s, others: 1 Gbit/s
            STATUS_GIO_MASTER_ENABLE = 1 << 19;
    // A register of the PHY is read or written through this.
    @Register(section = "8.2.4", name = "MDI Control", access = RW_SC) int MDIC = 0x00020;
        int MDIC_OP_WRITE = 1 << 26, MDIC_R = 1 << 28, MDIC_E = 1 << 30; // R: ready, E: error

    // ---- EEPROM (8.4)
    @Register(section = "8.4.1", name = "EEPROM/Flash Control") int EECD = 0x00010;
        int EECD_AUTO_RD = 1 << 9;

    // ---- Interrupts (8.8)
    @Register(section = "8.8", name = "Extended Interrupt Cause", access = RC) int EICR = 0x01580;
    @Register(section = "8.8", name = "Extended Interrupt Mask Set") int EIMS = 0x01524;
    @Register(section = "8.8", name = "Extended Interrupt Mask Clear", access = WO) int EIMC = 0x01528;
    @Register(section = "8.8", name = "Extended Interrupt Auto Clear") int EIAC = 0x0152C;
    @Register(section = "8.8", name = "Extended Interrupt Throttle", count = 25) int EITR = 0x01680;
    @Register(section = "8.8", name = "General Purpose Interrupt Enable") int GPIE = 0x01514;
        int GPIE_NSICR = 1, GPIE_MULTIPLE_MSIX = 1 << 4, GPIE_EIAME = 1 << 30, GPIE_PBA = 1 << 31;
    // Of a byte each: receive n, transmit n, receive n + 8, transmit n + 8.
    @Register(section = "8.8", name = "Interrupt Vector Allocation", count = 8) int IVAR = 0x01700;
        int IVAR_VALID = 1 << 7;
    @Register(section = "8.8", name = "Interrupt Cause Read", access = RC) int ICR = 0x01500;
    @Register(section = "8.8", name = "Interrupt Mask Clear", access = WO) int IMC = 0x0150C;

    // ---- Receive (8.10)
    @Register(section = "8.10", name = "Receive Control") int RCTL = 0x00100;
        int RCTL_RXEN = 1 << 1, RCTL_UPE = 1 << 3, RCTL_MPE = 1 << 4, RCTL_BAM = 1 << 15,
            RCTL_SECRC = 1 << 26;
    @Register(section = "8.10", name = "Receive Descriptor Base Address Low", count = 16, stride = 0x40) int RDBAL = 0x0C000;
    @Register(section = "8.10", name = "Receive Descriptor Base Address High", count = 16, stride = 0x40) int RDBAH = 0x0C004;
    @Register(section = "8.10", name = "Receive Descriptor Length", count = 16, stride = 0x40) int RDLEN = 0x0C008;
    @Register(section = "8.10", name = "Split and Replication Receive Control", count = 16, stride = 0x40) int SRRCTL = 0x0C00C;
        int SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER = 1 << 25,
            SRRCTL_DROP_EN = 1 << 31;
    @Register(section = "8.10", name = "Receive Descriptor Head", count = 16, stride = 0x40) int RDH = 0x0C010;
    @Register(section = "8.10", name = "Receive Descriptor Tail", count = 16, stride = 0x40) int RDT = 0x0C018;
    @Register(section = "8.10", name = "Receive Descriptor Control", count = 16, stride = 0x40) int RXDCTL = 0x0C028;
        int RXDCTL_ENABLE = 1 << 25;
    @Register(section = "8.10", name = "Receive Queue Drop Packet Count", access = RC, count = 16, stride = 0x40) int RQDPC = 0x0C030;
    @Register(section = "8.10", name = "Receive Checksum Control") int RXCSUM = 0x05000;
        int RXCSUM_PCSD = 1 << 13;
    @Register(section = "8.10", name = "Multicast Table Array", count = 128) int MTA = 0x05200;
    @Register(section = "8.10", name = "Receive Address Low", count = 16, stride = 8) int RAL = 0x05400;
    @Register(section = "8.10", name = "Receive Address High", count = 16, stride = 8) int RAH = 0x05404;
        int RAH_AV = 1 << 31;
    @Register(section = "8.10", name = "Multiple Receive Queues Command") int MRQC = 0x05818;
        int MRQC_ENABLE = 7, MRQC_ENABLE_RSS = 2, MRQC_TCP_IPV4 = 1 << 16, MRQC_IPV4 = 1 << 17, MRQC_IPV6 = 1 << 20,
            MRQC_TCP_IPV6 = 1 << 21, MRQC_UDP_IPV4 = 1 << 22, MRQC_UDP_IPV6 = 1 << 23;
    // 128 entries of a byte each
    @Register(section = "8.10", name = "Redirection Table", count = 32) int RETA = 0x05C00;
    @Register(section = "8.10", name = "RSS Random Key", count = 10) int RSSRK = 0x05C80;

    // ---- Transmit (8.12)
    @Register(section = "8.12", name = "Transmit Control") int TCTL = 0x00400;
        int TCTL_EN = 1 << 1, TCTL_PSP = 1 << 3, TCTL_CT = 0xff << 4, TCTL_COLD = 0x3ff << 12, TCTL_RTLC = 1 << 24;
    @Register(section = "8.12", name = "Transmit Descriptor Base Address Low", count = 16, stride = 0x40) int TDBAL = 0x0E000;
    @Register(section = "8.12", name = "Transmit Descriptor Base Address High", count = 16, stride = 0x40) int TDBAH = 0x0E004;
    @Register(section = "8.12", name = "Transmit Descriptor Length", count = 16, stride = 0x40) int TDLEN = 0x0E008;
    @Register(section = "8.12", name = "Transmit Descriptor Head", count = 16, stride = 0x40) int TDH = 0x0E010;
    @Register(section = "8.12", name = "Transmit Descriptor Tail", count = 16, stride = 0x40) int TDT = 0x0E018;
    @Register(section = "8.12", name = "Transmit Descriptor Control", count = 16, stride = 0x40) int TXDCTL = 0x0E028;
        int TXDCTL_ENABLE = 1 << 25;

    // ---- Statistics (8.19)
    @Register(section = "8.19", name = "CRC Error Count", access = RC) int CRCERRS = 0x04000;
    @Register(section = "8.19", name = "Missed Packets Count", access = RC) int MPC = 0x04010;
    @Register(section = "8.19", name = "Receive Length Error Count", access = RC) int RLEC = 0x04040;
    @Register(section = "8.19", name = "Good Packets Received Count", access = RC) int GPRC = 0x04074;
    @Register(section = "8.19", name = "Good Packets Transmitted Count", access = RC) int GPTC = 0x04080;
    @Register(section = "8.19", name = "Good Octets Received Count Low", access = RC) int GORCL = 0x04088;
    @Register(section = "8.19", name = "Good Octets Received Count High", access = RC) int GORCH = 0x0408C;
    @Register(section = "8.19", name = "Good Octets Transmitted Count Low", access = RC) int GOTCL = 0x04090;
    @Register(section = "8.19", name = "Good Octets Transmitted Count High", access = RC) int GOTCH = 0x04094;
    @Register(section = "8.19", name = "Receive Undersize Count", access = RC) int RUC = 0x040A4;
    @Register(section = "8.19", name = "Receive Fragment Count", access = RC) int RFC = 0x040A8;
    @Register(section = "8.19", name = "Receive Oversize Count", access = RC) int ROC = 0x040AC;
    // spotless:on

    /** All of the above, read on first use. */
    RegisterTable TABLE = new RegisterTable(Registers.class, 0x20000);

    /** A register's name with its index, such as {@code RDT[3]}. */
    static String name(int offset) {
        return TABLE.name(offset);
    }
}
