package ixy4j.igb;

import static ixy4j.intel.Register.Access.RO;
import static ixy4j.intel.Register.Access.RW_SC;
import static ixy4j.intel.Register.Access.WO;

import ixy4j.intel.Register;
import ixy4j.intel.RegisterTable;

/** The registers of a virtual function of the Intel 82576 in its BAR 0 that the driver uses (8.26), as in {@link Registers}. */
public interface VfRegisters {
    // spotless:off
    @Register(section = "8.26", name = "VF Control", access = RW_SC) int VTCTRL = 0x00000;
        int VTCTRL_RST = 1 << 26; // clears itself
    @Register(section = "8.26", name = "VF Status", access = RO) int STATUS = 0x00008;
    // Another set of the physical function's; PFSTS, PFACK and RSTD are cleared by reading.
    @Register(section = "8.26", name = "Virtual Mailbox") int VMAILBOX = 0x00C40;
        int VMAILBOX_REQ = 1, VMAILBOX_ACK = 1 << 1, VMAILBOX_VFU = 1 << 2, VMAILBOX_PFU = 1 << 3, VMAILBOX_PFSTS = 1 << 4,
            VMAILBOX_PFACK = 1 << 5, VMAILBOX_RSTI = 1 << 6, VMAILBOX_RSTD = 1 << 7;
    @Register(section = "8.26", name = "Virtualization Mailbox Memory", count = 16) int VMBMEM = 0x00800;
    @Register(section = "8.26", name = "VF Extended Interrupt Mask Set") int VTEIMS = 0x01524;
    @Register(section = "8.26", name = "VF Extended Interrupt Mask Clear", access = WO) int VTEIMC = 0x01528;
    @Register(section = "8.26", name = "VF Extended Interrupt Auto Clear") int VTEIAC = 0x0152C;
    @Register(section = "8.26", name = "VF Extended Interrupt Throttle", count = 3) int VTEITR = 0x01680;
    // Of a byte each: receive 0, transmit 0, receive 1, transmit 1.
    @Register(section = "8.26", name = "VF Interrupt Vector Allocation") int VTIVAR = 0x01700;
        int VTIVAR_VALID = 1 << 7;
    @Register(section = "8.26", name = "Receive Descriptor Base Address Low", count = 2, stride = 0x100) int RDBAL = 0x02800;
    @Register(section = "8.26", name = "Receive Descriptor Base Address High", count = 2, stride = 0x100) int RDBAH = 0x02804;
    @Register(section = "8.26", name = "Receive Descriptor Length", count = 2, stride = 0x100) int RDLEN = 0x02808;
    @Register(section = "8.26", name = "Split and Replication Receive Control", count = 2, stride = 0x100) int SRRCTL = 0x0280C;
    @Register(section = "8.26", name = "Receive Descriptor Head", count = 2, stride = 0x100) int RDH = 0x02810;
    @Register(section = "8.26", name = "Receive Descriptor Tail", count = 2, stride = 0x100) int RDT = 0x02818;
    @Register(section = "8.26", name = "Receive Descriptor Control", count = 2, stride = 0x100) int RXDCTL = 0x02828;
    @Register(section = "8.26", name = "Transmit Descriptor Base Address Low", count = 2, stride = 0x100) int TDBAL = 0x03800;
    @Register(section = "8.26", name = "Transmit Descriptor Base Address High", count = 2, stride = 0x100) int TDBAH = 0x03804;
    @Register(section = "8.26", name = "Transmit Descriptor Length", count = 2, stride = 0x100) int TDLEN = 0x03808;
    @Register(section = "8.26", name = "Transmit Descriptor Head", count = 2, stride = 0x100) int TDH = 0x03810;
    @Register(section = "8.26", name = "Transmit Descriptor Tail", count = 2, stride = 0x100) int TDT = 0x03818;
    @Register(section = "8.26", name = "Transmit Descriptor Control", count = 2, stride = 0x100) int TXDCTL = 0x03828;
    // Of 32 bits; they go on from 0, and reading does not clear them.
    @Register(section = "8.26", name = "VF Good Packets Received Count", access = RO) int VFGPRC = 0x00F10;
    @Register(section = "8.26", name = "VF Good Packets Transmitted Count", access = RO) int VFGPTC = 0x00F14;
    @Register(section = "8.26", name = "VF Good Octets Received Count", access = RO) int VFGORC = 0x00F18;
    @Register(section = "8.26", name = "VF Good Octets Transmitted Count", access = RO) int VFGOTC = 0x00F34;
    // spotless:on

    /** All of the above, read on first use. */
    RegisterTable TABLE = new RegisterTable(VfRegisters.class, 0x4000);

    /** A register's name with its index, such as {@code RDT[3]}. */
    static String name(int offset) {
        return TABLE.name(offset);
    }
}
