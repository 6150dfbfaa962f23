package ixy4j.ixgbe;

import static ixy4j.intel.Register.Access.RC;
import static ixy4j.intel.Register.Access.RC_W;
import static ixy4j.intel.Register.Access.RC_W1C;
import static ixy4j.intel.Register.Access.RO;
import static ixy4j.intel.Register.Access.RW_SC;
import static ixy4j.intel.Register.Access.W1C;
import static ixy4j.intel.Register.Access.W1S;
import static ixy4j.intel.Register.Access.WO;

import ixy4j.intel.Register;
import ixy4j.intel.Register.Also;
import ixy4j.intel.RegisterTable;
import java.util.List;
import java.util.Optional;

/**
 * The registers of the Intel 82599 in BAR 0 and their bits, one table for the drivers, the emulated device and its traces.
 * It is an interface only so that a register is one line; nothing implements it.
 *
 * <p>Offsets and bits are compile-time constants, so a driver that uses them does not load this. Sections are those of the
 * "Intel 82599 10 GbE Controller Datasheet", and bits are called as there. A suffix {@code _64} or the like marks a block
 * that continues an array elsewhere, {@code _LEGACY} a second address of the same registers, kept for software written for
 * the 82598.
 */
public interface Registers {
    // The formatter would take eight lines for a register that has one here.
    // spotless:off
    // ---- General control (8.2.3.1)
    @Register(section = "8.2.3.1.1", name = "Device Control", access = RW_SC, writable = 0x0400000C) int CTRL = 0x00000;
        int CTRL_MASTER_DISABLE = 1 << 2, CTRL_LRST = 1 << 3, CTRL_RST = 1 << 26; // LRST and RST clear themselves
    // Alias kept for older devices.
    @Also(of = "CTRL") int CTRL_LEGACY = 0x00004;
    @Register(section = "8.2.3.1.2", name = "Device Status", access = RO, reset = 0x00080000) int STATUS = 0x00008;
        int STATUS_LAN_ID = 3 << 2, STATUS_LINK_UP = 1 << 7, STATUS_NUM_VFS = 0xff << 10, STATUS_IOV_ACTIVE = 1 << 18,
            STATUS_MASTER_ENABLE = 1 << 19; // LAN_ID and LINK_UP are the port's, MASTER_ENABLE follows CTRL
    @Register(section = "8.2.3.1.3", name = "Extended Device Control", writable = 0x14034000) int CTRL_EXT = 0x00018;
        int CTRL_EXT_PFRSTD = 1 << 14, CTRL_EXT_NS_DIS = 1 << 16, CTRL_EXT_RO_DIS = 1 << 17, CTRL_EXT_EXTENDED_VLAN = 1 << 26,
            CTRL_EXT_DRV_LOAD = 1 << 28;
    // Inputs read the pins; on SFP+ cards SDP2 is module-absent and SDP3 the laser (board specific).
    @Register(section = "8.2.3.1.4", name = "Extended SDP Control") int ESDP = 0x00020;
        int ESDP_SDP0_DATA = 1, ESDP_SDP1_DATA = 1 << 1, ESDP_SDP2_DATA = 1 << 2, ESDP_SDP3_DATA = 1 << 3, ESDP_SDP4_DATA = 1 << 4,
            ESDP_SDP5_DATA = 1 << 5, ESDP_SDP6_DATA = 1 << 6, ESDP_SDP7_DATA = 1 << 7, ESDP_SDP0_IODIR = 1 << 8, ESDP_SDP1_IODIR = 1 << 9,
            ESDP_SDP2_IODIR = 1 << 10, ESDP_SDP3_IODIR = 1 << 11, ESDP_SDP4_IODIR = 1 << 12, ESDP_SDP5_IODIR = 1 << 13,
            ESDP_SDP6_IODIR = 1 << 14, ESDP_SDP7_IODIR = 1 << 15;
    @Register(section = "8.2.3.1.5", name = "I2C Control", writable = 0xA) int I2CCTL = 0x00028;
        // the inputs read the bus, which is pulled up
        int I2CCTL_I2C_CLK_IN = 1, I2CCTL_I2C_CLK_OUT = 1 << 1, I2CCTL_I2C_DATA_IN = 1 << 2, I2CCTL_I2C_DATA_OUT = 1 << 3;
    @Register(section = "8.2.3.1.6", name = "LED Control", reset = 0x05040100, writable = 0xCFCFCFEF) int LEDCTL = 0x00200;
        int LEDCTL_LED0_MODE = 0xf, LEDCTL_GLOBAL_BLINK_MODE = 1 << 5, LEDCTL_LED0_IVRT = 1 << 6, LEDCTL_LED0_BLINK = 1 << 7,
            LEDCTL_LED1_MODE = 0xf << 8, LEDCTL_LED1_IVRT = 1 << 14, LEDCTL_LED1_BLINK = 1 << 15, LEDCTL_LED2_MODE = 0xf << 16,
            LEDCTL_LED2_IVRT = 1 << 22, LEDCTL_LED2_BLINK = 1 << 23, LEDCTL_LED3_MODE = 0xf << 24, LEDCTL_LED3_IVRT = 1 << 30,
            LEDCTL_LED3_BLINK = 1 << 31;
    @Register(section = "8.2.3.1.7", name = "Extended VLAN Ether Type", reset = 0x81000000, writable = 0xFFFF0000) int EXVET = 0x05078;
        int EXVET_VET_EXT = 0xffff << 16;

    // ---- EEPROM and flash (8.2.3.2)
    // EE_PRES and AUTO_RD come up after reset; the value depends on the card.
    @Register(section = "8.2.3.2.1", name = "EEPROM/Flash Control") int EEC = 0x10010;
        int EEC_EE_SK = 1, EEC_EE_CS = 1 << 1, EEC_EE_DI = 1 << 2, EEC_EE_DO = 1 << 3, EEC_FWE = 3 << 4, EEC_FWE_DISABLED = 1 << 4,
            EEC_EE_REQ = 1 << 6, EEC_EE_GNT = 1 << 7, EEC_EE_PRES = 1 << 8, EEC_AUTO_RD = 1 << 9, EEC_EE_ADDR_SIZE = 1 << 10,
            EEC_EE_SIZE = 0xf << 11, EEC_PCI_ANA_DONE = 1 << 15, EEC_PCI_CORE_DONE = 1 << 16, EEC_PCI_GENERAL_DONE = 1 << 17,
            EEC_PCI_FUNC_DONE = 1 << 18, EEC_CORE_DONE = 1 << 19, EEC_CORE_CSR_DONE = 1 << 20, EEC_MAC_DONE = 1 << 21;
    @Register(section = "8.2.3.2.2", name = "EEPROM Read", access = RW_SC, writable = 0xFFFD) int EERD = 0x10014;
        int EERD_START = 1, EERD_DONE = 1 << 1, EERD_ADDR = 0x3fff << 2, EERD_DATA = 0xffff << 16; // START clears itself
    // Not in the 82599's datasheet; shared code defines it.
    @Register(section = "8.2.3.2", name = "EEPROM Write", access = RW_SC, bits = "EERD") int EEWR = 0x10018;
    @Register(section = "8.2.3.2.3", name = "Flash Access") int FLA = 0x1001C;
    @Register(section = "8.2.3.2.4", name = "Manageability EEPROM Control") int EEMNGCTL = 0x10110;
        int EEMNGCTL_CFG_DONE_0 = 1 << 18, EEMNGCTL_CFG_DONE_1 = 1 << 19; // configuration of the ports is done
    @Register(section = "8.2.3.2.5", name = "Manageability EEPROM Read/Write Data") int EEMNGDATA = 0x10114;
    @Register(section = "8.2.3.2.6", name = "Manageability Flash Control") int FLMNGCTL = 0x10118;
    @Register(section = "8.2.3.2.7", name = "Manageability Flash Read Data") int FLMNGDATA = 0x1011C;
    @Register(section = "8.2.3.2", name = "Manageability Flash Read Counter") int FLMNGCNT = 0x10120;
    @Register(section = "8.2.3.2.8", name = "Flash Opcode") int FLOP = 0x1013C;
    @Register(section = "8.2.3.2.9", name = "General Receive Control", writable = 0x3) int GRC = 0x10200;
        int GRC_MNG_EN = 1, GRC_APME = 1 << 1;
    @Register(section = "8.2.3.2", name = "SRAM Release") int SRAMREL = 0x10210;

    // ---- Flow control (8.2.3.3)
    @Register(section = "8.2.3.3.1", name = "Priority Flow Control Type Opcode", reset = 0x01018808) int PFCTOP = 0x03008;
    @Register(section = "8.2.3.3.2", name = "Flow Control Transmit Timer Value", count = 4) int FCTTV = 0x03200;
    @Register(section = "8.2.3.3.3", name = "Flow Control Receive Threshold Low", count = 8, writable = 0x8007FFF0) int FCRTL = 0x03220;
        int FCRTL_RTL = 0x3fff << 5, FCRTL_XONE = 1 << 31;
    @Register(section = "8.2.3.3.4", name = "Flow Control Receive Threshold High", count = 8, writable = 0x8007FFF0) int FCRTH = 0x03260;
        int FCRTH_RTH = 0x3fff << 5, FCRTH_FCEN = 1 << 31;
    @Register(section = "8.2.3.3.5", name = "Flow Control Refresh Threshold Value", writable = 0xFFFF) int FCRTV = 0x032A0;
        int FCRTV_FC_REFRESH_TH = 0xffff;
    @Register(section = "8.2.3.3.6", name = "Transmit Flow Control Status", access = RO) int TFCS = 0x0CE00;
    @Register(section = "8.2.3.3.7", name = "Flow Control Configuration", writable = 0x18) int FCCFG = 0x03D00;
        int FCCFG_TFCE = 3 << 3, FCCFG_TFCE_LINK = 1 << 3, FCCFG_TFCE_PRIORITY = 2 << 3;

    // ---- PCIe (8.2.3.4)
    // The value depends on the EEPROM.
    @Register(section = "8.2.3.4.1", name = "PCIe Control") int GCR = 0x11000;
    @Register(section = "8.2.3.4", name = "Function Tag") int FUNCTAG = 0x11008;
    @Register(section = "8.2.3.4.2", name = "PCIe Statistic Control 1") int GSCL_1 = 0x11010;
    @Register(section = "8.2.3.4.3", name = "PCIe Statistic Control 2") int GSCL_2 = 0x11014;
    @Register(section = "8.2.3.4", name = "PCIe Statistic Control 3") int GSCL_3 = 0x11018;
    @Register(section = "8.2.3.4", name = "PCIe Statistic Control 4") int GSCL_4 = 0x1101C;
    @Register(section = "8.2.3.4.5", name = "PCIe Counter", access = RC, count = 4) int GSCN = 0x11020;
    @Register(section = "8.2.3.4.4", name = "PCIe Statistic Control 5") int GSCL_5 = 0x11030;
    @Register(section = "8.2.3.4.4", name = "PCIe Statistic Control 6") int GSCL_6 = 0x11034;
    @Register(section = "8.2.3.4.4", name = "PCIe Statistic Control 7") int GSCL_7 = 0x11038;
    @Register(section = "8.2.3.4.4", name = "PCIe Statistic Control 8") int GSCL_8 = 0x1103C;
    @Register(section = "8.2.3.4.6", name = "Function Active and Power State to Manageability", access = RO) int FACTPS = 0x10150;
    @Register(section = "8.2.3.4.7", name = "PCIe PHY Address") int PCIEPHYADR = 0x11040;
    @Register(section = "8.2.3.4.8", name = "PCIe PHY Data") int PCIEPHYDAT = 0x11044;
    @Register(section = "8.2.3.4", name = "PCIe PHY Control") int PCIEPHYCTL = 0x11048;
    @Register(section = "8.2.3.4.9", name = "Software Semaphore", writable = 0x3) int SWSM = 0x10140;
        // reading sets SMBI after returning its old value, software writes 0 to release; shared by both ports
        int SWSM_SMBI = 1, SWSM_SWESMBI = 1 << 1;
    @Register(section = "8.2.3.4.10", name = "Firmware Semaphore", access = RO) int FWSM = 0x10148;
        int FWSM_FW_MODE = 7 << 1, FWSM_FW_VAL_BIT = 1 << 15, FWSM_EXT_ERR_IND = 0x3f << 19;
    // Also called GSSR; take SWSM.SWESMBI first. Shared by both ports. MNG, the host interface, is from Linux.
    @Register(section = "8.2.3.4.11", name = "Software-Firmware Synchronization", writable = 0x7FF) int SW_FW_SYNC = 0x10160;
        int SW_FW_SYNC_EEPROM = 1, SW_FW_SYNC_PHY0 = 1 << 1, SW_FW_SYNC_PHY1 = 1 << 2, SW_FW_SYNC_MAC_CSR = 1 << 3,
            SW_FW_SYNC_FLASH = 1 << 4, SW_FW_SYNC_FIRMWARE = 0x1f << 5, SW_FW_SYNC_MNG = 1 << 10;
    @Register(section = "8.2.3.4.12", name = "PCIe Control Extended") int GCR_EXT = 0x11050;
    @Register(section = "8.2.3.4.13", name = "Mirrored Revision ID", access = RO) int MREVID = 0x11064;
    @Register(section = "8.2.3.4", name = "PCIe Configuration Indirect Access Address") int CIAA = 0x11088;
    @Register(section = "8.2.3.4", name = "PCIe Configuration Indirect Access Data") int CIAD = 0x1108C;
    @Register(section = "8.2.3.4.14", name = "PCIe Interrupt Cause", access = W1C) int PICAUSE = 0x110B0;
    @Register(section = "8.2.3.4.15", name = "PCIe Interrupts Enable") int PIENA = 0x110B8;
    @Register(section = "8.2.3.4", name = "PCIe Completion Data Queue Buffer") int CDQ_MBR = 0x110B4;
    @Register(section = "8.2.3.4", name = "PCIe Spare") int PCIESPARE = 0x110BC;
    @Register(section = "8.2.3.4", name = "PCIe ECC Status", access = RO) int ECC_STATUS = 0x110E0;
    @Register(section = "8.2.3.4", name = "PCIe BAR Control", access = RO) int BARCTRL = 0x110F4;
        int BARCTRL_FLSIZE = 7 << 8, BARCTRL_CSRSIZE = 1 << 13;
    @Register(section = "8.2.3.4", name = "PCIe ECC Control", count = 2) int ECC_CTRL = 0x11100;

    // ---- Interrupts (8.2.3.5); the MSI-X table itself lies in BAR 4
    // GPIE.OCD limits clearing on read to bits 29:16.
    @Register(section = "8.2.3.5.1", name = "Extended Interrupt Cause", access = RC_W1C) int EICR = 0x00800;
        int EICR_RTXQ = 0xffff, EICR_FLOW_DIRECTOR = 1 << 16, EICR_RX_MISS = 1 << 17, EICR_PCI_EXCEPTION = 1 << 18, EICR_MAILBOX = 1 << 19,
            EICR_LSC = 1 << 20, EICR_LINKSEC = 1 << 21, EICR_MNG = 1 << 22, EICR_GPI_SDP0 = 1 << 24, EICR_GPI_SDP1 = 1 << 25,
            EICR_GPI_SDP2 = 1 << 26, EICR_GPI_SDP3 = 1 << 27, EICR_ECC = 1 << 28, EICR_TCP_TIMER = 1 << 30, EICR_OTHER = 1 << 31;
    // Drivers read it as an EICR that does not clear.
    @Register(section = "8.2.3.5.2", name = "Extended Interrupt Cause Set", access = WO, writable = 0x7FFFFFFF, bits = "EICR")
            int EICS = 0x00808;
    @Register(section = "8.2.3.5.3", name = "Extended Interrupt Mask Set/Read", access = W1S, writable = 0x7FFFFFFF, bits = "EICR")
            int EIMS = 0x00880;
    // Ones clear bits of EIMS.
    @Register(section = "8.2.3.5.4", name = "Extended Interrupt Mask Clear", access = WO, writable = 0x7FFFFFFF, bits = "EICR")
            int EIMC = 0x00888;
    @Register(section = "8.2.3.5.5", name = "Extended Interrupt Auto Clear", bits = "EICR") int EIAC = 0x00810;
    @Register(section = "8.2.3.5.6", name = "Extended Interrupt Auto Mask Enable", writable = 0x7FFFFFFF, bits = "EICR") int EIAM = 0x00890;
    @Also(of = "EICS", section = "8.2.3.5.7", first = 1, count = 2, writable = -1, sameBits = false) int EICS_EX = 0x00A90;
    @Also(of = "EIMS", section = "8.2.3.5.8", first = 1, count = 2, writable = -1, sameBits = false) int EIMS_EX = 0x00AA0;
    // Ones clear bits of EIMS_EX.
    @Also(of = "EIMC", section = "8.2.3.5.9", first = 1, count = 2, writable = -1, sameBits = false) int EIMC_EX = 0x00AB0;
    @Also(of = "EIAM", section = "8.2.3.5.10", first = 1, count = 2, writable = -1, sameBits = false) int EIAM_EX = 0x00AD0;
    @Register(section = "8.2.3.5.11", name = "MSI-X to EITR Select") int EITRSEL = 0x00894;
    @Register(section = "8.2.3.5.12", name = "Extended Interrupt Throttle", count = 24) int EITR = 0x00820;
        int EITR_ITR_INTERVAL = 0x1ff << 3, EITR_LLI_MODERATION = 1 << 15, EITR_LLI_CREDIT = 0x1f << 16, EITR_ITR_COUNTER = 0x7f << 21,
            EITR_CNT_WDIS = 1 << 31;
    @Also(of = "EITR", first = 24, count = 105) int EITR_24 = 0x12300;
    @Register(section = "8.2.3.5.13", name = "L3 L4 Tuples Immediate Interrupt Rx", count = 128) int L34TIMIR = 0x0E800;
    @Register(section = "8.2.3.5.14", name = "LLI Size Threshold") int LLITHRESH = 0x0EC90;
    @Register(section = "8.2.3.5.15", name = "Immediate Interrupt Rx VLAN Priority", writable = 0xF) int IMIRVP = 0x05AC0;
    @Register(section = "8.2.3.5.16", name = "Interrupt Vector Allocation", count = 64) int IVAR = 0x00900;
        int IVAR_RX0 = 0x3f, IVAR_RX0_VALID = 1 << 7, IVAR_TX0 = 0x3f << 8, IVAR_TX0_VALID = 1 << 15, IVAR_RX1 = 0x3f << 16,
            IVAR_RX1_VALID = 1 << 23, IVAR_TX1 = 0x3f << 24, IVAR_TX1_VALID = 1 << 31; // INT_Alloc and INT_Alloc_val, 0 to 3: of two queues
    @Register(section = "8.2.3.5.17", name = "Miscellaneous Interrupt Vector Allocation", writable = 0xBFBF) int IVAR_MISC = 0x00A00;
        // INT_Alloc and INT_Alloc_val, 0 and 1
        int IVAR_MISC_TCP_TIMER = 0x3f, IVAR_MISC_TCP_TIMER_VALID = 1 << 7, IVAR_MISC_OTHER = 0x3f << 8, IVAR_MISC_OTHER_VALID = 1 << 15;
    @Register(section = "8.2.3.5.18", name = "General Purpose Interrupt Enable") int GPIE = 0x00898;
        int GPIE_SDP0_GPIEN = 1, GPIE_SDP1_GPIEN = 1 << 1, GPIE_SDP2_GPIEN = 1 << 2, GPIE_SDP3_GPIEN = 1 << 3, GPIE_MULTIPLE_MSIX = 1 << 4,
            GPIE_OCD = 1 << 5, GPIE_EIMEN = 1 << 6, GPIE_LL_INTERVAL = 0xf << 7, GPIE_RSC_DELAY = 7 << 11, GPIE_VT_MODE = 3 << 14,
            GPIE_EIAME = 1 << 30, GPIE_PBA_SUPPORT = 1 << 31;
    @Register(section = "8.2.3.6", name = "MSI-X PBA Clear", access = W1C, count = 8) int PBACL = 0x110C0;
    // Alias of PBACL[0].
    @Also(of = "PBACL") int PBACL_LEGACY = 0x11068;

    // ---- Receive (8.2.3.7)
    @Register(section = "8.2.3.7.1", name = "Filter Control", writable = 0x702) int FCTRL = 0x05080;
        int FCTRL_SBP = 1 << 1, FCTRL_MPE = 1 << 8, FCTRL_UPE = 1 << 9, FCTRL_BAM = 1 << 10;
    @Register(section = "8.2.3.7.2", name = "VLAN Control", reset = 0x8100, writable = 0x7000FFFF) int VLNCTRL = 0x05088;
        int VLNCTRL_VET = 0xffff, VLNCTRL_CFI = 1 << 28, VLNCTRL_CFIEN = 1 << 29, VLNCTRL_VFE = 1 << 30;
    @Register(section = "8.2.3.7.3", name = "Multicast Control", writable = 0x7) int MCSTCTRL = 0x05090;
        int MCSTCTRL_MO = 3, MCSTCTRL_MFE = 1 << 2;
    @Register(section = "8.2.3.7.4", name = "Packet Split Receive Type", count = 64) int PSRTYPE = 0x0EA00;
    // Alias of the first 16.
    @Also(of = "PSRTYPE", count = 16) int PSRTYPE_LEGACY = 0x05480;
    @Register(section = "8.2.3.7.5", name = "Receive Checksum Control", writable = 0x3000) int RXCSUM = 0x05000;
        int RXCSUM_IPPCSE = 1 << 12, RXCSUM_PCSD = 1 << 13;
    @Register(section = "8.2.3.7.6", name = "Receive Filter Control", writable = 0x47E0) int RFCTL = 0x05008;
        int RFCTL_RSC_DIS = 1 << 5, RFCTL_NFSW_DIS = 1 << 6, RFCTL_NFSR_DIS = 1 << 7, RFCTL_NFS_VER = 3 << 8, RFCTL_IPV6_DIS = 1 << 10,
            RFCTL_IPFRSP_DIS = 1 << 14;
    // Contents undefined after power up; software clears it.
    @Register(section = "8.2.3.7.7", name = "Multicast Table Array", count = 128) int MTA = 0x05200;
    // Entry 0 is loaded from the EEPROM.
    @Register(section = "8.2.3.7.8", name = "Receive Address Low", count = 128, stride = 0x8) int RAL = 0x0A200;
    @Register(section = "8.2.3.7.9", name = "Receive Address High", count = 128, stride = 0x8, writable = 0x8000FFFF) int RAH = 0x0A204;
        int RAH_RAH = 0xffff, RAH_AV = 1 << 31;
    // Alias of the first 16; what most drivers use.
    @Also(of = "RAL", count = 16) int RAL_LEGACY = 0x05400;
    // Alias of the first 16.
    @Also(of = "RAH", count = 16) int RAH_LEGACY = 0x05404;
    // Two words, low then high, per receive address; undefined after power up.
    @Register(section = "8.2.3.7.10", name = "MAC Pool Select Array", count = 256) int MPSAR = 0x0A600;
    @Register(section = "8.2.3.7.11", name = "VLAN Filter Table Array", count = 128) int VFTA = 0x0A000;
    @Register(section = "8.2.3.7.12", name = "Multiple Receive Queues Command", writable = 0xFFFF000F) int MRQC = 0x0EC80;
        int MRQC_MRQE = 0xf, MRQC_MRQE_RSS = 1, MRQC_TCPIPV4 = 1 << 16, MRQC_IPV4 = 1 << 17, MRQC_IPV6 = 1 << 20, MRQC_TCPIPV6 = 1 << 21,
            MRQC_UDPIPV4 = 1 << 22, MRQC_UDPIPV6 = 1 << 23; // 31:16 are the fields that are hashed
    // Alias; what most drivers use.
    @Also(of = "MRQC") int MRQC_LEGACY = 0x05818;
    // Not zero after reset; drivers program it before RSS with traffic classes.
    @Register(section = "8.2.3.7.13", name = "RSS Queues Per Traffic Class", writable = 0x77777777) int RQTC = 0x0EC70;
    @Register(section = "8.2.3.7.14", name = "RSS Random Key", count = 10) int RSSRK = 0x0EB80;
    // Alias; what most drivers use.
    @Also(of = "RSSRK", count = 10) int RSSRK_LEGACY = 0x05C80;
    @Register(section = "8.2.3.7.15", name = "Redirection Table", count = 32, writable = 0x0F0F0F0F) int RETA = 0x0EB00;
    // Alias; what most drivers use.
    @Also(of = "RETA", count = 32) int RETA_LEGACY = 0x05C00;
    @Register(section = "8.2.3.7.16", name = "Source Address Queue Filter", count = 128) int SAQF = 0x0E000;
    @Register(section = "8.2.3.7.17", name = "Destination Address Queue Filter", count = 128) int DAQF = 0x0E200;
    @Register(section = "8.2.3.7.18", name = "Source Destination Port Queue Filter", count = 128) int SDPQF = 0x0E400;
    @Register(section = "8.2.3.7.19", name = "Five Tuple Queue Filter", count = 128) int FTQF = 0x0E600;
        int FTQF_PROTOCOL = 3, FTQF_PRIORITY = 7 << 2, FTQF_POOL = 0x3f << 8, FTQF_MASK = 0x1f << 25, FTQF_POOL_MASK = 1 << 30,
            FTQF_QUEUE_ENABLE = 1 << 31; // undefined after power up
    @Register(section = "8.2.3.7.20", name = "SYN Packet Queue Filter", writable = 0x800000FF) int SYNQF = 0x0EC30;
        int SYNQF_QUEUE_ENABLE = 1, SYNQF_RX_QUEUE = 0x7f << 1, SYNQF_SYNQFP = 1 << 31;
    @Register(section = "8.2.3.7.21", name = "EType Queue Filter", count = 8) int ETQF = 0x05128;
        int ETQF_ETYPE = 0xffff, ETQF_POOL = 0x3f << 20, ETQF_POOL_ENABLE = 1 << 26, ETQF_FCOE = 1 << 27, ETQF_IEEE_1588 = 1 << 30,
            ETQF_FILTER_ENABLE = 1 << 31;
    @Register(section = "8.2.3.7.22", name = "EType Queue Select", count = 8) int ETQS = 0x0EC00;
        int ETQS_RX_QUEUE = 0x7f << 16, ETQS_LLI = 1 << 29, ETQS_QUEUE_ENABLE = 1 << 31;
    @Register(section = "8.2.3.7.23", name = "Rx Filter ECC Error Insertion 0") int RXFECCERR0 = 0x051B8;
        int RXFECCERR0_ECCFLT_EN = 1 << 9; // set once the filter tables are initialised

    // ---- Receive DMA (8.2.3.8); queues 64 to 127 are a second block
    @Register(section = "8.2.3.8.1", name = "Receive Descriptor Base Address Low", count = 64, stride = 0x40, writable = 0xFFFFFF80)
            int RDBAL = 0x01000;
    @Also(of = "RDBAL", first = 64, count = 64) int RDBAL_64 = 0x0D000;
    @Register(section = "8.2.3.8.2", name = "Receive Descriptor Base Address High", count = 64, stride = 0x40) int RDBAH = 0x01004;
    @Also(of = "RDBAH", first = 64, count = 64) int RDBAH_64 = 0x0D004;
    @Register(section = "8.2.3.8.3", name = "Receive Descriptor Length", count = 64, stride = 0x40, writable = 0x000FFF80)
            int RDLEN = 0x01008;
    @Also(of = "RDLEN", first = 64, count = 64) int RDLEN_64 = 0x0D008;
    @Register(section = "8.2.3.8.4", name = "Receive Descriptor Head", access = RO, count = 64, stride = 0x40) int RDH = 0x01010;
    @Also(of = "RDH", first = 64, count = 64) int RDH_64 = 0x0D010;
    @Register(section = "8.2.3.8.5", name = "Receive Descriptor Tail", count = 64, stride = 0x40, writable = 0xFFFF) int RDT = 0x01018;
    @Also(of = "RDT", first = 64, count = 64) int RDT_64 = 0x0D018;
    @Register(section = "8.2.3.8.6", name = "Receive Descriptor Control", count = 64, stride = 0x40, writable = 0x467F4000)
            int RXDCTL = 0x01028;
        int RXDCTL_ENABLE = 1 << 25, RXDCTL_VME = 1 << 30;
    @Also(of = "RXDCTL", first = 64, count = 64) int RXDCTL_64 = 0x0D028;
    @Register(section = "8.2.3.8.7", name = "Split Receive Control", count = 64, stride = 0x40, reset = 0x402, writable = 0x1FC03F1F)
            int SRRCTL = 0x01014;
        // sizes of a packet's buffer in KiB, of a header's in 64 bytes
        int SRRCTL_BSIZEPACKET = 0x1f, SRRCTL_BSIZEHEADER = 0x3f << 8, SRRCTL_RDMTS = 7 << 22, SRRCTL_DESCTYPE = 7 << 25,
            SRRCTL_DESCTYPE_ADVANCED_ONE_BUFFER = 1 << 25, SRRCTL_DROP_EN = 1 << 28;
    @Also(of = "SRRCTL", first = 64, count = 64) int SRRCTL_64 = 0x0D014;
    // Alias of the first 16.
    @Also(of = "SRRCTL", count = 16, stride = 4) int SRRCTL_LEGACY = 0x02100;
    @Register(section = "8.2.3.8.8", name = "Receive DMA Control", reset = 0x00108800, writable = 0xFFFFFFF7) int RDRXCTL = 0x02F00;
        int RDRXCTL_CRCSTRIP = 1 << 1, RDRXCTL_DMAIDONE = 1 << 3, RDRXCTL_RSCFRSTSIZE = 0x1f << 17, RDRXCTL_RSCACKC = 1 << 25,
            RDRXCTL_FCOE_WRFIX = 1 << 26; // DMAIDONE rises when the DMA has initialised
    @Register(section = "8.2.3.8.9", name = "Receive Packet Buffer Size", count = 8, reset = 0x00080000, writable = 0x000FFC00)
            int RXPBSIZE = 0x03C00;
        int RXPBSIZE_SIZE = 0x3ff << 10; // in KiB
    @Register(section = "8.2.3.8.10", name = "Receive Control", writable = 0x1) int RXCTRL = 0x03000;
        int RXCTRL_RXEN = 1;
    @Register(section = "8.2.3.8.11", name = "Rx Packet Buffer Flush Detect", access = RO) int RXMEMWRAP = 0x03190;
    @Register(section = "8.2.3.8.12", name = "RSC Data Buffer Control") int RSCDBU = 0x03028;
    @Register(section = "8.2.3.8.13", name = "RSC Control", count = 64, stride = 0x40, writable = 0xF) int RSCCTL = 0x0102C;
        int RSCCTL_RSCEN = 1, RSCCTL_MAXDESC = 3 << 2;
    @Also(of = "RSCCTL", first = 64, count = 64) int RSCCTL_64 = 0x0D02C;

    // ---- Transmit (8.2.3.9)
    @Register(section = "8.2.3.9.1", name = "DMA Tx TCP Max Allow Size Requests", reset = 0x10, writable = 0xFFF) int DTXMXSZRQ = 0x08100;
        int DTXMXSZRQ_MAX_BYTES_NUM_REQ = 0xfff;
    @Register(section = "8.2.3.9.2", name = "DMA Tx Control", reset = 0x81000004, writable = 0xFFFF0009) int DMATXCTL = 0x04A80;
        int DMATXCTL_TE = 1, DMATXCTL_GDV = 1 << 3, DMATXCTL_VT = 0xffff << 16;
    @Register(section = "8.2.3.9.3", name = "DMA Tx TCP Flags Control Low", reset = 0x0FF60FF6, writable = 0x0FFF0FFF)
            int DTXTCPFLGL = 0x04A88;
    @Register(section = "8.2.3.9.4", name = "DMA Tx TCP Flags Control High", reset = 0xF7F, writable = 0xFFF) int DTXTCPFLGH = 0x04A8C;
    @Register(section = "8.2.3.9.5", name = "Transmit Descriptor Base Address Low", count = 128, stride = 0x40, writable = 0xFFFFFF80)
            int TDBAL = 0x06000;
    @Register(section = "8.2.3.9.6", name = "Transmit Descriptor Base Address High", count = 128, stride = 0x40) int TDBAH = 0x06004;
    @Register(section = "8.2.3.9.7", name = "Transmit Descriptor Length", count = 128, stride = 0x40, writable = 0x000FFF80)
            int TDLEN = 0x06008;
    // Software writes it only before TXDCTL.ENABLE.
    @Register(section = "8.2.3.9.8", name = "Transmit Descriptor Head", count = 128, stride = 0x40, writable = 0xFFFF) int TDH = 0x06010;
    @Register(section = "8.2.3.9.9", name = "Transmit Descriptor Tail", count = 128, stride = 0x40, writable = 0xFFFF) int TDT = 0x06018;
    @Register(section = "8.2.3.9.10", name = "Transmit Descriptor Control",
            access = RW_SC, count = 128, stride = 0x40, writable = 0x067F7F7F)
            int TXDCTL = 0x06028;
        int TXDCTL_PTHRESH = 0x7f, TXDCTL_HTHRESH = 0x7f << 8, TXDCTL_WTHRESH = 0x7f << 16, TXDCTL_ENABLE = 1 << 25,
            TXDCTL_SWFLSH = 1 << 26; // SWFLSH clears itself
    @Register(section = "8.2.3.9.11", name = "Tx Descriptor Completion Write Back Address Low", count = 128, stride = 0x40)
            int TDWBAL = 0x06038;
        int TDWBAL_HEAD_WB_EN = 1, TDWBAL_HEADWB_LOW = 0x3fffffff << 2;
    @Register(section = "8.2.3.9.12", name = "Tx Descriptor Completion Write Back Address High", count = 128, stride = 0x40)
            int TDWBAH = 0x0603C;
    @Register(section = "8.2.3.9.13", name = "Transmit Packet Buffer Size", count = 8, reset = 0x00028000, writable = 0x000FFC00)
            int TXPBSIZE = 0x0CC00;
        int TXPBSIZE_SIZE = 0x3ff << 10; // in KiB
    @Register(section = "8.2.3.9.14", name = "Manageability Transmit TC Mapping", writable = 0x7) int MNGTXMAP = 0x0CD10;
    @Register(section = "8.2.3.9.15", name = "Multiple Transmit Queues Command", writable = 0xF) int MTQC = 0x08120;
        int MTQC_RT_ENA = 1, MTQC_VT_ENA = 1 << 1, MTQC_NUM_TC_OR_Q = 3 << 2; // written only while RTTDCS_ARBDIS is set
    @Register(section = "8.2.3.9.16", name = "Tx Packet Buffer Threshold", count = 8, reset = 0x96, writable = 0x3FF)
            int TXPBTHRESH = 0x04950;
        int TXPBTHRESH_THRESH = 0x3ff; // in KiB; the reset value is that of entry 0, the others are 0

    // ---- DCB (8.2.3.10)
    @Register(section = "8.2.3.10.1", name = "DCB Receive Packet Plane Control and Status", writable = 0x6) int RTRPCS = 0x02430;
        int RTRPCS_RRM = 1 << 1, RTRPCS_RAC = 1 << 2;
    @Register(section = "8.2.3.10.2", name = "DCB Transmit Descriptor Plane Control and Status", reset = 0x00C00000, writable = 0x00C00053)
            int RTTDCS = 0x04900;
        int RTTDCS_TDPAC = 1, RTTDCS_VMPAC = 1 << 1, RTTDCS_TDRM = 1 << 4, RTTDCS_ARBDIS = 1 << 6, RTTDCS_BDPM = 1 << 22,
            RTTDCS_BPBFSM = 1 << 23;
    @Register(section = "8.2.3.10.3", name = "DCB Transmit Packet Plane Control and Status", reset = 0x89000000) int RTTPCS = 0x0CD00;
    @Register(section = "8.2.3.10.4", name = "DCB Receive User Priority to Traffic Class", writable = 0x00FFFFFF) int RTRUP2TC = 0x03020;
    @Register(section = "8.2.3.10.5", name = "DCB Transmit User Priority to Traffic Class", writable = 0x00FFFFFF) int RTTUP2TC = 0x0C800;
    @Register(section = "8.2.3.10.6", name = "DCB Receive Packet Plane T4 Config", count = 8) int RTRPT4C = 0x02140;
    @Register(section = "8.2.3.10", name = "Strict Low Latency Tx Queues", count = 4) int TXLLQ = 0x082E0;
    @Register(section = "8.2.3.10", name = "DCB Receive Packet Plane T4 Status", access = RO, count = 8) int RTRPT4S = 0x02160;
    @Register(section = "8.2.3.10.9", name = "DCB Transmit Descriptor Plane T2 Config", count = 8) int RTTDT2C = 0x04910;
    @Register(section = "8.2.3.10.10", name = "DCB Transmit Packet Plane T2 Config", count = 8) int RTTPT2C = 0x0CD20;
    @Register(section = "8.2.3.10", name = "DCB Transmit Descriptor Plane T2 Status", access = RO, count = 8) int RTTDT2S = 0x04930;
    @Register(section = "8.2.3.10", name = "DCB Transmit Packet Plane T2 Status", access = RO, count = 8) int RTTPT2S = 0x0CD40;
    @Register(section = "8.2.3.10.13", name = "DCB Transmit Descriptor Plane Queue Select", writable = 0x7F) int RTTDQSEL = 0x04904;
    // One per queue, chosen by RTTDQSEL.
    @Register(section = "8.2.3.10.14", name = "DCB Transmit Descriptor Plane T1 Config") int RTTDT1C = 0x04908;
    @Register(section = "8.2.3.10", name = "DCB Transmit Descriptor Plane T1 Status", access = RO) int RTTDT1S = 0x0490C;
    @Register(section = "8.2.3.10", name = "DCB Transmit Rate-Scheduler MMW") int RTTBCNRM = 0x04980;
    // One per queue, chosen by RTTDQSEL.
    @Register(section = "8.2.3.10", name = "DCB Transmit Rate-Scheduler Config", writable = 0x80FFFFFF) int RTTBCNRC = 0x04984;
    @Register(section = "8.2.3.10", name = "DCB Transmit Rate-Scheduler Status") int RTTBCNRS = 0x04988;
    @Register(section = "8.2.3.10", name = "DCB Transmit Rate Drift") int RTTBCNRD = 0x0498C;
    @Register(section = "8.2.3.10", name = "DCB Transmit Descriptor Plane ECC") int RTTDTECC = 0x04990;
    @Register(section = "8.2.3.10", name = "DCB Transmit BCN Tagging") int RTTBCNTG = 0x04A90;
    @Register(section = "8.2.3.10", name = "DCB Transmit BCN Control") int RTTBCNCR = 0x08B00;
    @Register(section = "8.2.3.10", name = "DCB Transmit BCN Address High") int RTTBCNACH = 0x08B04;
    @Register(section = "8.2.3.10", name = "DCB Transmit BCN Address Low") int RTTBCNACL = 0x08B08;
    @Register(section = "8.2.3.10", name = "DCB Transmit BCN Index") int RTTBCNIDX = 0x08B0C;
    @Register(section = "8.2.3.10", name = "DCB Transmit BCN Congestion Point") int RTTBCNCP = 0x08B10;
    @Register(section = "8.2.3.10", name = "Free Running Timer", access = RO) int RTFRTIMER = 0x08B14;
    @Register(section = "8.2.3.10", name = "DCB Receive BCN Round Trip Time") int RTTBCNRTT = 0x05150;

    // ---- DCA (8.2.3.11)
    @Register(section = "8.2.3.11.1", name = "Rx DCA Control", count = 64, stride = 0x40, reset = 0xB200) int DCA_RXCTRL = 0x0100C;
        int DCA_RXCTRL_RX_DESCRIPTOR_DCA_EN = 1 << 5, DCA_RXCTRL_RX_HEADER_DCA_EN = 1 << 6, DCA_RXCTRL_RX_PAYLOAD_DCA_EN = 1 << 7,
            DCA_RXCTRL_RXDESCREADROEN = 1 << 9, DCA_RXCTRL_BIT_12 = 1 << 12, DCA_RXCTRL_RXDATAWRITEROEN = 1 << 13,
            DCA_RXCTRL_RXREPHEADERROEN = 1 << 15, DCA_RXCTRL_CPUID = 0xff << 24; // BIT_12 is reserved, and must be cleared
    @Also(of = "DCA_RXCTRL", first = 64, count = 64) int DCA_RXCTRL_64 = 0x0D00C;
    // Alias of the first 16.
    @Also(of = "DCA_RXCTRL", count = 16, stride = 4) int DCA_RXCTRL_LEGACY = 0x02200;
    @Register(section = "8.2.3.11.2", name = "Tx DCA Control", count = 128, stride = 0x40, reset = 0x2A00, writable = 0xFF002A20)
            int DCA_TXCTRL = 0x0600C;
        int DCA_TXCTRL_TX_DESCRIPTOR_DCA_EN = 1 << 5, DCA_TXCTRL_TXDESCRDROEN = 1 << 9, DCA_TXCTRL_TXDESCWBROEN = 1 << 11,
            DCA_TXCTRL_TXDATAREADROEN = 1 << 13, DCA_TXCTRL_CPUID = 0xff << 24;
    @Register(section = "8.2.3.11.3", name = "DCA Requester ID Information", access = RO) int DCA_ID = 0x11070;
    @Register(section = "8.2.3.11.4", name = "DCA Control", reset = 0x1, writable = 0x1F) int DCA_CTRL = 0x11074;

    // ---- Security (8.2.3.12)
    @Register(section = "8.2.3.12.1", name = "Security Tx Control", reset = 0x1, writable = 0x7) int SECTXCTRL = 0x08800;
        int SECTXCTRL_SECTX_DIS = 1, SECTXCTRL_TX_DIS = 1 << 1, SECTXCTRL_STORE_FORWARD = 1 << 2;
    // SECTX_RDY follows SECTXCTRL_TX_DIS.
    @Register(section = "8.2.3.12.2", name = "Security Tx Status", access = RO) int SECTXSTAT = 0x08804;
        int SECTXSTAT_SECTX_RDY = 1;
    @Register(section = "8.2.3.12.3", name = "Security Tx Buffer Almost Full", reset = 0x250, writable = 0x3FF) int SECTXBUFFAF = 0x08808;
    @Register(section = "8.2.3.12.4", name = "Security Tx Buffer Minimum IFG", reset = 0x1001) int SECTXMINIFG = 0x08810;
    @Register(section = "8.2.3.12.5", name = "Security Rx Control", reset = 0x1, writable = 0x3) int SECRXCTRL = 0x08D00;
        int SECRXCTRL_SECRX_DIS = 1, SECRXCTRL_RX_DIS = 1 << 1;
    // SECRX_RDY follows SECRXCTRL_RX_DIS.
    @Register(section = "8.2.3.12.6", name = "Security Rx Status", access = RO, reset = 0x1) int SECRXSTAT = 0x08D04;
        int SECRXSTAT_SECRX_RDY = 1;

    // ---- LinkSec (8.2.3.13 on)
    @Register(section = "8.2.3.13", name = "LinkSec Tx Capabilities") int LSECTXCAP = 0x08A00;
    @Register(section = "8.2.3.13", name = "LinkSec Tx Control") int LSECTXCTRL = 0x08A04;
    @Register(section = "8.2.3.13", name = "LinkSec Tx SCI Low") int LSECTXSCL = 0x08A08;
    @Register(section = "8.2.3.13", name = "LinkSec Tx SCI High") int LSECTXSCH = 0x08A0C;
    @Register(section = "8.2.3.13", name = "LinkSec Tx SA") int LSECTXSA = 0x08A10;
    @Register(section = "8.2.3.13", name = "LinkSec Tx SA Packet Number", count = 2) int LSECTXPN = 0x08A14;
    @Register(section = "8.2.3.13", name = "LinkSec Tx Key 0", access = WO, count = 4) int LSECTXKEY0 = 0x08A1C;
    @Register(section = "8.2.3.13", name = "LinkSec Tx Key 1", access = WO, count = 4) int LSECTXKEY1 = 0x08A2C;
    @Register(section = "8.2.3.13", name = "Tx Untagged Packet Counter", access = RC) int LSECTXUT = 0x08A3C;
    @Register(section = "8.2.3.13", name = "Encrypted Tx Packets", access = RC) int LSECTXPKTE = 0x08A40;
    @Register(section = "8.2.3.13", name = "Protected Tx Packets", access = RC) int LSECTXPKTP = 0x08A44;
    @Register(section = "8.2.3.13", name = "Encrypted Tx Octets", access = RC) int LSECTXOCTE = 0x08A48;
    @Register(section = "8.2.3.13", name = "Protected Tx Octets", access = RC) int LSECTXOCTP = 0x08A4C;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Capabilities") int LSECRXCAP = 0x08F00;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Control") int LSECRXCTRL = 0x08F04;
    @Register(section = "8.2.3.13", name = "LinkSec Rx SCI Low") int LSECRXSCL = 0x08F08;
    @Register(section = "8.2.3.13", name = "LinkSec Rx SCI High") int LSECRXSCH = 0x08F0C;
    @Register(section = "8.2.3.13", name = "LinkSec Rx SA", count = 2) int LSECRXSA = 0x08F10;
    @Register(section = "8.2.3.13", name = "LinkSec Rx SA Packet Number", count = 2) int LSECRXPN = 0x08F18;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Key", access = WO, count = 8) int LSECRXKEY = 0x08F20;
    @Register(section = "8.2.3.13", name = "LinkSec Untagged Rx Packet", access = RC) int LSECRXUT = 0x08F40;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Octets Decrypted", access = RC) int LSECRXOCTD = 0x08F44;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Octets Validated", access = RC) int LSECRXOCTV = 0x08F48;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Packet with Bad Tag", access = RC) int LSECRXBAD = 0x08F4C;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Packet No SCI", access = RC) int LSECRXNOSCI = 0x08F50;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Packet Unknown SCI", access = RC) int LSECRXUNSCI = 0x08F54;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Unchecked Packets", access = RC) int LSECRXUNCH = 0x08F58;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Delayed Packets", access = RC) int LSECRXDELAY = 0x08F5C;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Late Packets", access = RC) int LSECRXLATE = 0x08F60;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Packet OK", access = RC, count = 2) int LSECRXOK = 0x08F64;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Invalid", access = RC, count = 2) int LSECRXINV = 0x08F6C;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Not Valid", access = RC, count = 2) int LSECRXNV = 0x08F74;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Unused SA", access = RC) int LSECRXUNSA = 0x08F7C;
    @Register(section = "8.2.3.13", name = "LinkSec Rx Not Using SA", access = RC) int LSECRXNUSA = 0x08F80;

    // ---- IPsec
    @Register(section = "8.2.3", name = "IPsec Tx Index") int IPSTXIDX = 0x08900;
        int IPSTXIDX_IPS_TX_EN = 1, IPSTXIDX_SA_IDX = 0x3ff << 3, IPSTXIDX_READ = 1 << 30, IPSTXIDX_WRITE = 1 << 31;
    @Register(section = "8.2.3", name = "IPsec Tx Salt") int IPSTXSALT = 0x08904;
    @Register(section = "8.2.3", name = "IPsec Tx Key", count = 4) int IPSTXKEY = 0x08908;
    @Register(section = "8.2.3", name = "IPsec Rx Index") int IPSRXIDX = 0x08E00;
        int IPSRXIDX_IPS_RX_EN = 1, IPSRXIDX_TABLE = 3 << 1, IPSRXIDX_TB_IDX = 0x3ff << 3, IPSRXIDX_READ = 1 << 30,
            IPSRXIDX_WRITE = 1 << 31;
    @Register(section = "8.2.3", name = "IPsec Rx IP Address", count = 4) int IPSRXIPADDR = 0x08E04;
    @Register(section = "8.2.3", name = "IPsec Rx SPI") int IPSRXSPI = 0x08E14;
    @Register(section = "8.2.3", name = "IPsec Rx SPI to IP Index") int IPSRXIPIDX = 0x08E18;
    @Register(section = "8.2.3", name = "IPsec Rx Key", count = 4) int IPSRXKEY = 0x08E1C;
    @Register(section = "8.2.3", name = "IPsec Rx Salt") int IPSRXSALT = 0x08E2C;
    @Register(section = "8.2.3", name = "IPsec Rx Mode") int IPSRXMOD = 0x08E30;

    // ---- Timers
    @Register(section = "8.2.3", name = "Free Running Timer", access = RO) int FRTIMER = 0x00048;
    @Register(section = "8.2.3", name = "TCP Timer") int TCPTIMER = 0x0004C;
        int TCPTIMER_DURATION = 0xff, TCPTIMER_KICKSTART = 1 << 8, TCPTIMER_TCPCOUNTEN = 1 << 9, TCPTIMER_TCPCOUNTFINISH = 1 << 10,
            TCPTIMER_LOOP = 1 << 11;

    // ---- FCoE (8.2.3.20)
    @Register(section = "8.2.3.20", name = "FC Receive Control") int FCRXCTRL = 0x05100;
    @Register(section = "8.2.3.20", name = "FC FLT Context") int FCFLT = 0x05108;
    @Register(section = "8.2.3.20", name = "FC Filter Context Read/Write Control") int FCFLTRW = 0x05110;
    @Register(section = "8.2.3.20", name = "FC Offset Parameter") int FCPARAM = 0x051D8;
    @Register(section = "8.2.3.20", name = "FC User Descriptor Pointer Low") int FCPTRL = 0x02410;
    @Register(section = "8.2.3.20", name = "FC User Descriptor Pointer High") int FCPTRH = 0x02414;
    @Register(section = "8.2.3.20", name = "FC Buffer Control") int FCBUFF = 0x02418;
    @Register(section = "8.2.3.20", name = "FC Receive DMA Context Read/Write") int FCDMARW = 0x02420;
    @Register(section = "8.2.3.20", name = "Tx FC EOF Flags") int TEOFF = 0x04A94;
    @Register(section = "8.2.3.20", name = "Tx FC SOF Flags") int TSOFF = 0x04A98;
    @Register(section = "8.2.3.20", name = "Rx FC EOF Flags") int REOFF = 0x05158;
    @Register(section = "8.2.3.20", name = "Rx FC SOF Flags") int RSOFF = 0x051F8;
    @Register(section = "8.2.3.20", name = "FCoE Redirection Control") int FCRECTL = 0x0ED00;
    @Register(section = "8.2.3.20", name = "FCoE Redirection Table", count = 8) int FCRETA = 0x0ED10;

    // ---- Flow director (8.2.3.21)
    @Register(section = "8.2.3.21", name = "Flow Director Filters Control") int FDIRCTRL = 0x0EE00;
        int FDIRCTRL_PBALLOC = 3, FDIRCTRL_INIT_DONE = 1 << 3, FDIRCTRL_PERFECT_MATCH = 1 << 4, FDIRCTRL_REPORT_STATUS = 1 << 5,
            FDIRCTRL_REPORT_STATUS_ALWAYS = 1 << 7, FDIRCTRL_DROP_QUEUE = 0x7f << 8, FDIRCTRL_FLEX_OFFSET = 0x1f << 16,
            FDIRCTRL_MAX_LENGTH = 0xf << 24, FDIRCTRL_FULL_THRESH = 0xf << 28; // INIT_DONE rises after a write
    @Register(section = "8.2.3.21", name = "Flow Director Source IPv6", count = 3) int FDIRSIPV6 = 0x0EE0C;
    @Register(section = "8.2.3.21", name = "Flow Director IP Source Address") int FDIRIPSA = 0x0EE18;
    @Register(section = "8.2.3.21", name = "Flow Director IP Destination Address") int FDIRIPDA = 0x0EE1C;
    @Register(section = "8.2.3.21", name = "Flow Director Port") int FDIRPORT = 0x0EE20;
    @Register(section = "8.2.3.21", name = "Flow Director VLAN and Flexible Bytes") int FDIRVLAN = 0x0EE24;
    @Register(section = "8.2.3.21", name = "Flow Director Hash Signature") int FDIRHASH = 0x0EE28;
    @Register(section = "8.2.3.21", name = "Flow Director Command", access = RW_SC) int FDIRCMD = 0x0EE2C;
        int FDIRCMD_CMD = 3; // clears itself when done
    @Register(section = "8.2.3.21", name = "Flow Director Free Filters") int FDIRFREE = 0x0EE38;
    // Masks: a one excludes the bit.
    @Register(section = "8.2.3.21", name = "Flow Director Destination IPv4 Mask") int FDIRDIP4M = 0x0EE3C;
    @Register(section = "8.2.3.21", name = "Flow Director Source IPv4 Mask") int FDIRSIP4M = 0x0EE40;
    @Register(section = "8.2.3.21", name = "Flow Director TCP Mask") int FDIRTCPM = 0x0EE44;
    @Register(section = "8.2.3.21", name = "Flow Director UDP Mask") int FDIRUDPM = 0x0EE48;
    @Register(section = "8.2.3.21", name = "Flow Director Longest Bucket", access = RC) int FDIRLEN = 0x0EE4C;
    @Register(section = "8.2.3.21", name = "Flow Director Usage Statistics", access = RC) int FDIRUSTAT = 0x0EE50;
    @Register(section = "8.2.3.21", name = "Flow Director Failed Usage Statistics", access = RC) int FDIRFSTAT = 0x0EE54;
    @Register(section = "8.2.3.21", name = "Flow Director Match Statistics", access = RC) int FDIRMATCH = 0x0EE58;
    @Register(section = "8.2.3.21", name = "Flow Director Miss Statistics", access = RC) int FDIRMISS = 0x0EE5C;
    @Register(section = "8.2.3.21", name = "Flow Director Lookup Table Hash Key") int FDIRHKEY = 0x0EE68;
    @Register(section = "8.2.3.21", name = "Flow Director Signature Hash Key") int FDIRSKEY = 0x0EE6C;
    @Register(section = "8.2.3.21", name = "Flow Director Other Mask") int FDIRM = 0x0EE70;
    @Register(section = "8.2.3.21", name = "Flow Director IPv6 Mask") int FDIRIP6M = 0x0EE74;

    // ---- MAC and link (8.2.3.22)
    @Register(section = "8.2.3.22.1", name = "PCS 1G Global Config 1") int PCS1GCFIG = 0x04200;
    @Register(section = "8.2.3.22.2", name = "PCS 1G Link Control", reset = 0x02040000) int PCS1GLCTL = 0x04208;
    @Register(section = "8.2.3.22.3", name = "PCS 1G Link Status", access = RO) int PCS1GLSTA = 0x0420C;
    @Register(section = "8.2.3.22.4", name = "PCS 1G Auto Negotiation Advanced", reset = 0x1A0, writable = 0xB1A0) int PCS1GANA = 0x04218;
    @Register(section = "8.2.3.22.5", name = "PCS 1G Auto Negotiation Link Partner Ability", access = RO) int PCS1GANLP = 0x0421C;
    @Register(section = "8.2.3.22.6", name = "PCS 1G Auto Negotiation Next Page Transmit") int PCS1GANNP = 0x04220;
    @Register(section = "8.2.3.22.7", name = "PCS 1G Auto Negotiation Link Partner Next Page", access = RO) int PCS1GANLPNP = 0x04224;
    @Register(section = "8.2.3.22.8", name = "MAC Core Control 0", reset = 0x08012C0B) int HLREG0 = 0x04240;
        int HLREG0_TXCRCEN = 1, HLREG0_RXCRCSTRP = 1 << 1, HLREG0_JUMBOEN = 1 << 2, HLREG0_TXPADEN = 1 << 10, HLREG0_LPBK = 1 << 15,
            HLREG0_MDCSPD = 1 << 16, HLREG0_CONTMDC = 1 << 17, HLREG0_PREPEND = 0xf << 20, HLREG0_RXLNGTHERREN = 1 << 27,
            HLREG0_RXPADSTRIPEN = 1 << 28;
    @Register(section = "8.2.3.22.9", name = "MAC Core Status 1", access = RO) int HLREG1 = 0x04244;
    @Register(section = "8.2.3.22.10", name = "Pause and Pace", writable = 0x000F0000) int PAP = 0x04248;
    @Register(section = "8.2.3.22.11", name = "MDI Single Command and Address", access = RW_SC, writable = 0x7FFFFFFF) int MSCA = 0x0425C;
        int MSCA_MDIADD = 0xffff, MSCA_DEVADD = 0x1f << 16, MSCA_PHYADD = 0x1f << 21, MSCA_OPCODE = 3 << 26, MSCA_STCODE = 3 << 28,
            MSCA_MDICMD = 1 << 30, MSCA_MDIINPROGEN = 1 << 31; // MDICMD clears itself when done
    @Register(section = "8.2.3.22.12", name = "MDI Single Read and Write Data", writable = 0xFFFF) int MSRWD = 0x04260;
        int MSRWD_MDIWRDATA = 0xffff, MSRWD_MDIRDDATA = 0xffff << 16;
    @Register(section = "8.2.3.22.13", name = "Max Frame Size", reset = 0x05EE0000, writable = 0xFFFF0000) int MAXFRS = 0x04268;
        int MAXFRS_MFS = 0xffff << 16; // header and CRC included, VLAN tag not; counts when HLREG0_JUMBOEN is set. The 82598 calls it MHADD
    @Register(section = "8.2.3.22.14", name = "XGXS Status 1", access = RO) int PCSS1 = 0x04288;
    @Register(section = "8.2.3.22.15", name = "XGXS Status 2", access = RO) int PCSS2 = 0x0428C;
    @Register(section = "8.2.3.22.16", name = "10GBASE-X PCS Status", access = RO) int XPCSS = 0x04290;
    @Register(section = "8.2.3.22.17", name = "SerDes Interface Control") int SERDESC = 0x04298;
    @Register(section = "8.2.3.22.18", name = "FIFO Status/Control") int MACS = 0x0429C;
    @Register(section = "8.2.3.22.19", name = "Auto Negotiation Control", access = RW_SC, reset = 0xC19D8284) int AUTOC = 0x042A0;
        // RESTART_AN clears itself; all but FLU are overwritten from the EEPROM
        int AUTOC_FLU = 1, AUTOC_ANSF = 0x1f << 2, AUTOC_10G_PMA_PMD_PARALLEL = 3 << 7, AUTOC_1G_PMA_PMD = 1 << 9,
            AUTOC_RESTART_AN = 1 << 12, AUTOC_LMS = 7 << 13, AUTOC_LMS_1G_AN = 2 << 13, AUTOC_LMS_10G_SERIAL = 3 << 13,
            AUTOC_KR_SUPPORT = 1 << 16, AUTOC_FECR = 1 << 17, AUTOC_FECA = 1 << 18, AUTOC_ANRXAT = 0xf << 19, AUTOC_ANRXDM = 1 << 23,
            AUTOC_ANRXLM = 1 << 24, AUTOC_ANPDT = 3 << 25, AUTOC_RF = 1 << 27, AUTOC_PB = 3 << 28, AUTOC_KX_SUPPORT = 3 << 30;
    @Register(section = "8.2.3.22.20", name = "Link Status", access = RO) int LINKS = 0x042A4;
        int LINKS_LINK_STATUS = 1 << 7, LINKS_LINK_SPEED = 3 << 28, LINKS_LINK_UP = 1 << 30,
            LINKS_KX_AN_COMPLETED = 1 << 31; // live; LINK_STATUS latches link down until read
    @Register(section = "8.2.3.22.21", name = "Link Status 2", access = RO) int LINKS2 = 0x04324;
    @Register(section = "8.2.3.22.22", name = "Auto Negotiation Control 2") int AUTOC2 = 0x042A8;
        int AUTOC2_10G_PMA_PMD_SERIAL = 3 << 16, AUTOC2_10G_PMA_PMD_SERIAL_SFI = 2 << 16; // loaded from the EEPROM
    @Register(section = "8.2.3.22.23", name = "Auto Negotiation Link Partner 1", access = RO) int ANLP1 = 0x042B0;
        int ANLP1_ANAS = 0xf << 16;
    @Register(section = "8.2.3.22.24", name = "Auto Negotiation Link Partner 2", access = RO) int ANLP2 = 0x042B4;
    @Register(section = "8.2.3.22.25", name = "MAC Manageability Control", access = RO) int MMNGC = 0x042D0;
        int MMNGC_MNG_VETO = 1; // of link changes, by management
    @Register(section = "8.2.3.22.26", name = "Auto Negotiation Link Partner Next Page 1", access = RO) int ANLPNP1 = 0x042D4;
    @Register(section = "8.2.3.22.27", name = "Auto Negotiation Link Partner Next Page 2", access = RO) int ANLPNP2 = 0x042D8;
    @Register(section = "8.2.3.22.28", name = "KR PCS and FEC Control") int KRPCSFC = 0x042E0;
    @Register(section = "8.2.3.22.29", name = "KR PCS Status", access = RO) int KRPCSS = 0x042E4;
    @Register(section = "8.2.3.22.30", name = "FEC Status 1", access = RC) int FECS1 = 0x042E8;
    @Register(section = "8.2.3.22.31", name = "FEC Status 2", access = RC) int FECS2 = 0x042EC;
    @Register(section = "8.2.3.22.32", name = "Core Analog Configuration") int CORECTL = 0x14F00;
    @Register(section = "8.2.3.22.33", name = "Core Common Configuration") int SMADARCTL = 0x14F10;
    @Register(section = "8.2.3.22.34", name = "MAC Flow Control", writable = 0xF) int MFLCN = 0x04294;
    @Register(section = "8.2.3.22.35", name = "SGMII Control") int SGMIIC = 0x04314;
    // Not in the 82599's datasheet; dumps read it.
    @Register(section = "8.2.3.22", name = "Auto Negotiation Control 3") int AUTOC3 = 0x042AC;
    // Not in the 82599's datasheet.
    @Register(section = "8.2.3.22", name = "MAC PHY Version Control") int MPVC = 0x04318;
    @Register(section = "8.2.3.22", name = "MAC Control") int MACC = 0x04330;
        int MACC_FLU = 1, MACC_FSV = 3 << 16, MACC_FS = 1 << 18; // X540 on: force link up, speed, force speed

    // ---- Statistics (8.2.3.23); counters clear when read and stay at their maximum
    @Register(section = "8.2.3.23", name = "CRC Error Count", access = RC) int CRCERRS = 0x04000;
    @Register(section = "8.2.3.23", name = "Illegal Byte Error Count", access = RC) int ILLERRC = 0x04004;
    @Register(section = "8.2.3.23", name = "Error Byte Count", access = RC) int ERRBC = 0x04008;
    // RXMPC in the datasheet.
    @Register(section = "8.2.3.23", name = "Rx Missed Packets Count", access = RC, count = 8) int MPC = 0x03FA0;
    @Register(section = "8.2.3.23", name = "MAC Local Fault Count", access = RC) int MLFC = 0x04034;
    @Register(section = "8.2.3.23", name = "MAC Remote Fault Count", access = RC) int MRFC = 0x04038;
    @Register(section = "8.2.3.23", name = "Receive Length Error Count", access = RC) int RLEC = 0x04040;
    @Register(section = "8.2.3.23", name = "Switch Security Violation Packet Count", access = RC) int SSVPC = 0x08780;
    @Register(section = "8.2.3.23", name = "Link XON Transmitted Count", access = RC) int LXONTXC = 0x03F60;
    @Register(section = "8.2.3.23", name = "Link XON Received Count", access = RC) int LXONRXCNT = 0x041A4;
    @Register(section = "8.2.3.23", name = "Link XOFF Transmitted Count", access = RC) int LXOFFTXC = 0x03F68;
    @Register(section = "8.2.3.23", name = "Link XOFF Received Count", access = RC) int LXOFFRXCNT = 0x041A8;
    @Register(section = "8.2.3.23", name = "Priority XON Transmitted Count", access = RC, count = 8) int PXONTXC = 0x03F00;
    @Register(section = "8.2.3.23", name = "Priority XON Received Count", access = RC, count = 8) int PXONRXCNT = 0x04140;
    @Register(section = "8.2.3.23", name = "Priority XOFF Transmitted Count", access = RC, count = 8) int PXOFFTXCNT = 0x03F20;
    @Register(section = "8.2.3.23", name = "Priority XOFF Received Count", access = RC, count = 8) int PXOFFRXCNT = 0x04160;
    @Register(section = "8.2.3.23", name = "Priority XON to XOFF Count", access = RC, count = 8) int PXON2OFFCNT = 0x03240;
    @Register(section = "8.2.3.23", name = "Packets Received [64 Bytes] Count", access = RC_W) int PRC64 = 0x0405C;
    @Register(section = "8.2.3.23", name = "Packets Received [65-127 Bytes] Count", access = RC_W) int PRC127 = 0x04060;
    @Register(section = "8.2.3.23", name = "Packets Received [128-255 Bytes] Count", access = RC_W) int PRC255 = 0x04064;
    @Register(section = "8.2.3.23", name = "Packets Received [256-511 Bytes] Count", access = RC_W) int PRC511 = 0x04068;
    @Register(section = "8.2.3.23", name = "Packets Received [512-1023 Bytes] Count", access = RC_W) int PRC1023 = 0x0406C;
    @Register(section = "8.2.3.23", name = "Packets Received [1024 to Max Bytes] Count", access = RC_W) int PRC1522 = 0x04070;
    // BPRC to GORCH: read-only in the datasheet, cleared by reading in practice.
    @Register(section = "8.2.3.23", name = "Broadcast Packets Received Count", access = RC) int BPRC = 0x04078;
    @Register(section = "8.2.3.23", name = "Multicast Packets Received Count", access = RC) int MPRC = 0x0407C;
    @Register(section = "8.2.3.23", name = "Good Packets Received Count", access = RC) int GPRC = 0x04074;
    // 36 bits, like the other pairs: low word first, then the upper four.
    @Register(section = "8.2.3.23", name = "Good Octets Received Count Low", access = RC) int GORCL = 0x04088;
    @Register(section = "8.2.3.23", name = "Good Octets Received Count High", access = RC) int GORCH = 0x0408C;
    @Register(section = "8.2.3.23", name = "Good Rx Non-Filtered Packet Counter", access = RC) int RXNFGPC = 0x041B0;
    @Register(section = "8.2.3.23", name = "Good Rx Non-Filter Byte Counter Low", access = RC) int RXNFGBCL = 0x041B4;
    @Register(section = "8.2.3.23", name = "Good Rx Non-Filter Byte Counter High", access = RC) int RXNFGBCH = 0x041B8;
    @Register(section = "8.2.3.23", name = "DMA Good Rx Packet Counter", access = RC) int RXDGPC = 0x02F50;
    @Register(section = "8.2.3.23", name = "DMA Good Rx Byte Counter Low", access = RC) int RXDGBCL = 0x02F54;
    @Register(section = "8.2.3.23", name = "DMA Good Rx Byte Counter High", access = RC) int RXDGBCH = 0x02F58;
    @Register(section = "8.2.3.23", name = "DMA Duplicated Good Rx Packet Counter", access = RC) int RXDDGPC = 0x02F5C;
    @Register(section = "8.2.3.23", name = "DMA Duplicated Good Rx Byte Counter Low", access = RC) int RXDDGBCL = 0x02F60;
    @Register(section = "8.2.3.23", name = "DMA Duplicated Good Rx Byte Counter High", access = RC) int RXDDGBCH = 0x02F64;
    @Register(section = "8.2.3.23", name = "DMA Good Rx LPBK Packet Counter", access = RC) int RXLPBKGPC = 0x02F68;
    @Register(section = "8.2.3.23", name = "DMA Good Rx LPBK Byte Counter Low", access = RC) int RXLPBKGBCL = 0x02F6C;
    @Register(section = "8.2.3.23", name = "DMA Good Rx LPBK Byte Counter High", access = RC) int RXLPBKGBCH = 0x02F70;
    @Register(section = "8.2.3.23", name = "DMA Duplicated Good Rx LPBK Packet Counter", access = RC) int RXDLPBKGPC = 0x02F74;
    @Register(section = "8.2.3.23", name = "DMA Duplicated Good Rx LPBK Byte Counter Low", access = RC) int RXDLPBKGBCL = 0x02F78;
    @Register(section = "8.2.3.23", name = "DMA Duplicated Good Rx LPBK Byte Counter High", access = RC) int RXDLPBKGBCH = 0x02F7C;
    @Register(section = "8.2.3.23", name = "Good Packets Transmitted Count", access = RC) int GPTC = 0x04080;
    @Register(section = "8.2.3.23", name = "Good Octets Transmitted Count Low", access = RC) int GOTCL = 0x04090;
    @Register(section = "8.2.3.23", name = "Good Octets Transmitted Count High", access = RC) int GOTCH = 0x04094;
    @Register(section = "8.2.3.23", name = "DMA Good Tx Packet Counter", access = RC) int TXDGPC = 0x087A0;
    @Register(section = "8.2.3.23", name = "DMA Good Tx Byte Counter Low", access = RC) int TXDGBCL = 0x087A4;
    @Register(section = "8.2.3.23", name = "DMA Good Tx Byte Counter High", access = RC) int TXDGBCH = 0x087A8;
    @Register(section = "8.2.3.23", name = "Receive Undersize Count", access = RC) int RUC = 0x040A4;
    @Register(section = "8.2.3.23", name = "Receive Fragment Count", access = RC) int RFC = 0x040A8;
    @Register(section = "8.2.3.23", name = "Receive Oversize Count", access = RC) int ROC = 0x040AC;
    @Register(section = "8.2.3.23", name = "Receive Jabber Count", access = RC) int RJC = 0x040B0;
    // MNGP*: read-only in the datasheet.
    @Register(section = "8.2.3.23", name = "Management Packets Received Count", access = RC) int MNGPRC = 0x040B4;
    @Register(section = "8.2.3.23", name = "Management Packets Dropped Count", access = RC) int MNGPDC = 0x040B8;
    @Register(section = "8.2.3.23", name = "Management Packets Transmitted Count", access = RC) int MNGPTC = 0x0CF90;
    @Register(section = "8.2.3.23", name = "Total Octets Received Low", access = RC) int TORL = 0x040C0;
    @Register(section = "8.2.3.23", name = "Total Octets Received High", access = RC) int TORH = 0x040C4;
    @Register(section = "8.2.3.23", name = "Total Packets Received", access = RC) int TPR = 0x040D0;
    @Register(section = "8.2.3.23", name = "Total Packets Transmitted", access = RC) int TPT = 0x040D4;
    @Register(section = "8.2.3.23", name = "Packets Transmitted [64 Bytes] Count", access = RC) int PTC64 = 0x040D8;
    @Register(section = "8.2.3.23", name = "Packets Transmitted [65-127 Bytes] Count", access = RC) int PTC127 = 0x040DC;
    @Register(section = "8.2.3.23", name = "Packets Transmitted [128-255 Bytes] Count", access = RC) int PTC255 = 0x040E0;
    @Register(section = "8.2.3.23", name = "Packets Transmitted [256-511 Bytes] Count", access = RC) int PTC511 = 0x040E4;
    @Register(section = "8.2.3.23", name = "Packets Transmitted [512-1023 Bytes] Count", access = RC) int PTC1023 = 0x040E8;
    @Register(section = "8.2.3.23", name = "Packets Transmitted [Greater Than 1024 Bytes] Count", access = RC) int PTC1522 = 0x040EC;
    @Register(section = "8.2.3.23", name = "Multicast Packets Transmitted Count", access = RC) int MPTC = 0x040F0;
    @Register(section = "8.2.3.23", name = "Broadcast Packets Transmitted Count", access = RC) int BPTC = 0x040F4;
    @Register(section = "8.2.3.23", name = "MAC Short Packet Discard Count", access = RC) int MSPDC = 0x04010;
    @Register(section = "8.2.3.23", name = "XSUM Error Count", access = RC) int XEC = 0x04120;
    @Register(section = "8.2.3.23", name = "Receive Queue Statistic Mapping", count = 32, writable = 0x0F0F0F0F) int RQSMR = 0x02300;
    @Register(section = "8.2.3.23", name = "Rx DMA Statistic Counter Control", writable = 0x1F) int RXDSTATCTRL = 0x02F40;
    @Register(section = "8.2.3.23", name = "Transmit Queue Statistic Mapping", count = 32, writable = 0x0F0F0F0F) int TQSM = 0x08600;
    @Register(section = "8.2.3.23", name = "Queue Packets Received Count", access = RC, count = 16, stride = 0x40) int QPRC = 0x01030;
    @Register(section = "8.2.3.23", name = "Queue Packets Received Drop Count", access = RC, count = 16, stride = 0x40) int QPRDC = 0x01430;
    @Register(section = "8.2.3.23", name = "Queue Bytes Received Count Low", access = RC, count = 16, stride = 0x40) int QBRC_L = 0x01034;
    @Register(section = "8.2.3.23", name = "Queue Bytes Received Count High", access = RC, count = 16, stride = 0x40) int QBRC_H = 0x01038;
    @Register(section = "8.2.3.23", name = "Queue Packets Transmitted Count", access = RC, count = 16) int QPTC = 0x08680;
    // Alias; what most drivers use.
    @Also(of = "QPTC", count = 16, stride = 0x40) int QPTC_LEGACY = 0x06030;
    @Register(section = "8.2.3.23", name = "Queue Bytes Transmitted Count Low", access = RC, count = 16, stride = 0x8) int QBTC_L = 0x08700;
    @Register(section = "8.2.3.23", name = "Queue Bytes Transmitted Count High", access = RC, count = 16, stride = 0x8)
            int QBTC_H = 0x08704;
    @Register(section = "8.2.3.23", name = "FC CRC Error Count", access = RC) int FCCRC = 0x05118;
    @Register(section = "8.2.3.23", name = "FCoE Rx Packets Dropped Count", access = RC) int FCOERPDC = 0x0241C;
    @Register(section = "8.2.3.23", name = "FC Last Error Count", access = RC) int FCLAST = 0x02424;
    @Register(section = "8.2.3.23", name = "FCoE Packets Received Count", access = RC) int FCOEPRC = 0x02428;
    @Register(section = "8.2.3.23", name = "FCoE DWord Received Count", access = RC) int FCOEDWRC = 0x0242C;
    @Register(section = "8.2.3.23", name = "FCoE Packets Transmitted Count", access = RC) int FCOEPTC = 0x08784;
    @Register(section = "8.2.3.23", name = "FCoE DWord Transmitted Count", access = RC) int FCOEDWTC = 0x08788;

    // ---- Wake up (8.2.3.24)
    @Register(section = "8.2.3.24.1", name = "Wake Up Control") int WUC = 0x05800;
        int WUC_PME_EN = 1 << 1, WUC_PME_STATUS = 1 << 2, WUC_WKEN = 1 << 4; // PME_STATUS is cleared by writing a one
    @Register(section = "8.2.3.24.2", name = "Wake Up Filter Control") int WUFC = 0x05808;
    @Register(section = "8.2.3.24.3", name = "Wake Up Status", access = W1C) int WUS = 0x05810;
    @Register(section = "8.2.3.24.4", name = "IP Address Valid") int IPAV = 0x05838;
    @Register(section = "8.2.3.24.5", name = "IPv4 Address Table", count = 4, stride = 0x8) int IP4AT = 0x05840;
    @Register(section = "8.2.3.24.6", name = "IPv6 Address Table", count = 4) int IP6AT = 0x05880;
    @Register(section = "8.2.3.24.7", name = "Wake Up Packet Length", access = RO) int WUPL = 0x05900;
    @Register(section = "8.2.3.24.8", name = "Wake Up Packet Memory", access = RO, count = 32) int WUPM = 0x05A00;
    // Filters 0 to 3, 64 words each.
    @Register(section = "8.2.3.24.9", name = "Flexible Host Filter Table", count = 256) int FHFT = 0x09000;
    // Filters 4 and 5.
    @Also(of = "FHFT", first = 256, count = 128) int FHFT_EXT = 0x09800;

    // ---- Manageability filters (8.2.3.25)
    @Register(section = "8.2.3.25", name = "Management VLAN TAG Value", count = 8) int MAVTV = 0x05010;
    @Register(section = "8.2.3.25", name = "Management Flex UDP/TCP Ports", count = 8) int MFUTP = 0x05030;
    @Register(section = "8.2.3.25", name = "Manageability Decision Filters", count = 8) int MDEF_EXT = 0x05160;
    @Register(section = "8.2.3.25", name = "Management Ethernet Type Filters", count = 4) int METF = 0x05190;
    // Owned by firmware.
    @Register(section = "8.2.3.25", name = "Management Control") int MANC = 0x05820;
    @Register(section = "8.2.3.25", name = "Manageability Filters Valid") int MFVAL = 0x05824;
    @Register(section = "8.2.3.25", name = "Management Control To Host") int MANC2H = 0x05860;
    @Register(section = "8.2.3.25", name = "Manageability Decision Filters", count = 8) int MDEF = 0x05890;
    @Register(section = "8.2.3.25", name = "Manageability IP Address Filter", count = 16) int MIPAF = 0x058B0;
    @Register(section = "8.2.3.25", name = "Manageability Ethernet MAC Address Low", count = 4, stride = 0x8) int MMAL = 0x05910;
    @Register(section = "8.2.3.25", name = "Manageability Ethernet MAC Address High", count = 4, stride = 0x8) int MMAH = 0x05914;
    @Register(section = "8.2.3.25", name = "Flexible TCO Filter Table", count = 256) int FTFT = 0x09400;
    // FLEX_MNG and these are how a driver talks to the firmware.
    @Register(section = "8.2.3.25", name = "Host Interface Control") int HICR = 0x15F00;
        int HICR_EN = 1, HICR_C = 1 << 1, HICR_SV = 1 << 2;
    @Register(section = "8.2.3.25", name = "Software Mailbox 0") int HSMC0R = 0x15F04;
    @Register(section = "8.2.3.25", name = "Software Mailbox 1") int HSMC1R = 0x15F08;
    @Register(section = "8.2.3.25", name = "Firmware Status", access = RO) int FWSTS = 0x15F0C;
    @Register(section = "8.2.3.25", name = "Software Status", access = RO) int SWSR = 0x15F10;
    @Register(section = "8.2.3.25", name = "LinkSec Software/Firmware Interface", access = RO) int LSWFW = 0x15F14;
    @Register(section = "8.2.3.25", name = "Firmware Reset Count", access = RO) int FWRESETCNT = 0x15F40;
    @Register(section = "8.2.3.25", name = "Shared RAM of the Host Interface", count = 448) int FLEX_MNG = 0x15800;

    // ---- Time sync (8.2.3.26)
    @Register(section = "8.2.3.26", name = "Rx Time Sync Control", writable = 0x1E) int TSYNCRXCTL = 0x05188;
        // RXTT is set by a time stamp, cleared by reading RXSTMPH
        int TSYNCRXCTL_RXTT = 1, TSYNCRXCTL_TYPE = 7 << 1, TSYNCRXCTL_EN = 1 << 4;
    @Register(section = "8.2.3.26", name = "Rx Timestamp Low", access = RO) int RXSTMPL = 0x051E8;
    @Register(section = "8.2.3.26", name = "Rx Timestamp High", access = RO) int RXSTMPH = 0x051A4;
    @Register(section = "8.2.3.26", name = "Rx Timestamp Attributes Low", access = RO) int RXSATRL = 0x051A0;
    @Register(section = "8.2.3.26", name = "Rx Timestamp Attributes High", access = RO) int RXSATRH = 0x051A8;
    @Register(section = "8.2.3.26", name = "Rx Message Type Low") int RXMTRL = 0x05120;
    @Register(section = "8.2.3.26", name = "Tx Time Sync Control", writable = 0x10) int TSYNCTXCTL = 0x08C00;
        int TSYNCTXCTL_TXTT = 1, TSYNCTXCTL_EN = 1 << 4; // TXTT is cleared by reading TXSTMPH
    @Register(section = "8.2.3.26", name = "Tx Timestamp Value Low", access = RO) int TXSTMPL = 0x08C04;
    @Register(section = "8.2.3.26", name = "Tx Timestamp Value High", access = RO) int TXSTMPH = 0x08C08;
    @Register(section = "8.2.3.26", name = "System Time Low") int SYSTIML = 0x08C0C;
    @Register(section = "8.2.3.26", name = "System Time High") int SYSTIMH = 0x08C10;
    @Register(section = "8.2.3.26", name = "Increment Attributes") int TIMINCA = 0x08C14;
        int TIMINCA_INCVALUE = 0xffffff, TIMINCA_INCPERIOD = 0xff << 24;
    @Register(section = "8.2.3.26", name = "Time Adjustment Offset Low") int TIMADJL = 0x08C18;
    @Register(section = "8.2.3.26", name = "Time Adjustment Offset High") int TIMADJH = 0x08C1C;
    @Register(section = "8.2.3.26", name = "TimeSync Auxiliary Control") int TSAUXC = 0x08C20;
    @Register(section = "8.2.3.26", name = "Target Time 0 Low") int TRGTTIML0 = 0x08C24;
    @Register(section = "8.2.3.26", name = "Target Time 0 High") int TRGTTIMH0 = 0x08C28;
    @Register(section = "8.2.3.26", name = "Target Time 1 Low") int TRGTTIML1 = 0x08C2C;
    @Register(section = "8.2.3.26", name = "Target Time 1 High") int TRGTTIMH1 = 0x08C30;
    @Register(section = "8.2.3.26", name = "Frequency Out Control", count = 2) int FREQOUT = 0x08C34;
    @Register(section = "8.2.3.26", name = "Auxiliary Time Stamp 0 Low", access = RO) int AUXSTMPL0 = 0x08C3C;
    @Register(section = "8.2.3.26", name = "Auxiliary Time Stamp 0 High", access = RO) int AUXSTMPH0 = 0x08C40;
    @Register(section = "8.2.3.26", name = "Auxiliary Time Stamp 1 Low", access = RO) int AUXSTMPL1 = 0x08C44;
    @Register(section = "8.2.3.26", name = "Auxiliary Time Stamp 1 High", access = RO) int AUXSTMPH1 = 0x08C48;

    // ---- Virtualization, physical function (8.2.3.27)
    @Register(section = "8.2.3.27.1", name = "PF VT Control") int PFVTCTL = 0x051B0;
        int PFVTCTL_VT_ENA = 1, PFVTCTL_DEF_PL = 0x3f << 7, PFVTCTL_DIS_DEF_PL = 1 << 29, PFVTCTL_RPL_EN = 1 << 30;
    @Register(section = "8.2.3.27.2", name = "PF Mailbox", count = 64) int PFMAILBOX = 0x04B00;
    // 16 words for each of 64 pools.
    @Register(section = "8.2.3.27.2", name = "PF Mailbox Memory", count = 1024) int PFMBMEM = 0x13000;
    @Register(section = "8.2.3.27.3", name = "PF Mailbox Interrupt Causes", access = W1C, count = 4) int PFMBICR = 0x00710;
    @Register(section = "8.2.3.27.4", name = "PF Mailbox Interrupt Mask", count = 2) int PFMBIMR = 0x00720;
    // VFs 0 to 31; the other half is elsewhere.
    @Register(section = "8.2.3.27.5", name = "PF VFLR Events Indication", access = RO) int PFVFLRE = 0x00600;
    @Also(of = "PFVFLRE", first = 1) int PFVFLRE_1 = 0x001C0;
    @Register(section = "8.2.3.27.6", name = "PF VFLR Events Clear", access = W1C, count = 2) int PFVFLREC = 0x00700;
    @Register(section = "8.2.3.27.7", name = "PF VF Receive Enable", count = 2) int PFVFRE = 0x051E0;
    @Register(section = "8.2.3.27.8", name = "PF VF Transmit Enable", count = 2) int PFVFTE = 0x08110;
    @Register(section = "8.2.3.27.9", name = "PF Queue Drop Enable") int PFQDE = 0x02F04;
        int PFQDE_QDE = 1, PFQDE_QUEUE_INDEX = 0x7f << 8, PFQDE_WE = 1 << 16, PFQDE_RE = 1 << 17;
    @Register(section = "8.2.3.27.10", name = "PF VM Tx Switch Loopback Enable", count = 2) int PFVMTXSW = 0x05180;
    @Register(section = "8.2.3.27.11", name = "PF VF Anti Spoof Control", count = 8) int PFVFSPOOF = 0x08200;
    @Register(section = "8.2.3.27.12", name = "PF DMA Tx General Switch Control") int PFDTXGSWC = 0x08220;
    @Register(section = "8.2.3.27.13", name = "PF VM VLAN Insert", count = 64) int PFVMVIR = 0x08000;
    @Register(section = "8.2.3.27.14", name = "PF VM L2 Control", count = 64) int PFVML2FLT = 0x0F000;
    // Undefined after power up.
    @Register(section = "8.2.3.27.15", name = "PF VM VLAN Pool Filter", count = 64, writable = 0x80000FFF) int PFVLVF = 0x0F100;
        int PFVLVF_VLAN_ID = 0xfff, PFVLVF_VI_EN = 1 << 31;
    // Undefined after power up.
    @Register(section = "8.2.3.27.16", name = "PF VM VLAN Pool Filter Bitmap", count = 128) int PFVLVFB = 0x0F200;
    // Undefined after power up.
    @Register(section = "8.2.3.27.17", name = "PF Unicast Table Array", count = 128) int PFUTA = 0x0F400;
    @Register(section = "8.2.3.27.18", name = "PF Mirror Rule Control", count = 4) int PFMRCTL = 0x0F600;
    @Register(section = "8.2.3.27.19", name = "PF Mirror Rule VLAN", count = 8) int PFMRVLAN = 0x0F610;
    @Register(section = "8.2.3.27.20", name = "PF Mirror Rule Pool", count = 8) int PFMRVM = 0x0F630;
    // Not in the 82599's datasheet.
    @Register(section = "8.2.3.27", name = "PF VM Egress Control", count = 2) int VMECM = 0x08790;
    // X550; LVMMC in the 82599's datasheet is 0x08108.
    @Register(section = "8.2.3.27", name = "Last VM Misbehavior Cause, Rx", access = RC) int LVMMC_RX = 0x02FA8;
    @Register(section = "8.2.3.27", name = "Last VM Misbehavior Cause", access = RC) int LVMMC = 0x08108;
    @Register(section = "8.2.3.27", name = "Last Malicious VM", access = RO) int LMVM = 0x08124;
    @Register(section = "8.2.3.27", name = "Wrong Queue Behavior", access = W1C, count = 4) int WQBR = 0x08130;

    // ---- Diagnostics and leftovers of the 82598 that register dumps read; mostly reserved here
    // Linux's ixgbe_get_regs reads these five of any card; on the 82599 they lie between registers of transmit queues.
    @Register(section = "8.2.3", name = "MSI-X Pending Bit Array of the 82598", access = RO) int MSIXPBA = 0x02000;
    @Register(section = "8.2.3", name = "Tx DMA Statistics of the 82598", access = RO, count = 2, stride = 0x8) int TDSTAT_5 = 0x07C14;
    @Register(section = "8.2.3", name = "Tx DMA Statistic Control of the 82598", access = RO) int TDSTATCTL = 0x07C20;
    @Register(section = "8.2.3", name = "Tx Descriptor Cache of the 82598", access = RO, count = 2, stride = 0x8) int TIC_DW_1 = 0x07F14;
    @Register(section = "8.2.3", name = "Tx Probe Mode Status of the 82598", access = RO) int TDPROBE = 0x07F20;
    @Register(section = "8.2.3", name = "Rx DMA Statistics", access = RO, count = 8) int RDSTAT = 0x02C00;
    @Register(section = "8.2.3", name = "Rx DMA Statistic Control") int RDSTATCTL = 0x02C20;
    @Register(section = "8.2.3", name = "Rx Descriptor Handler Memory Page Number") int RDHMPN = 0x02F08;
    @Register(section = "8.2.3", name = "Rx Descriptor Handler Memory Data", access = RO, count = 4) int RIC_DW = 0x02F10;
    @Register(section = "8.2.3", name = "Rx Probe Mode Status", access = RO) int RDPROBE = 0x02F20;
    @Register(section = "8.2.3", name = "Rx Packet Buffer Write Pointer", access = RO, count = 8) int RXWRPTR = 0x03100;
    @Register(section = "8.2.3", name = "Rx Packet Buffer Used Space", access = RO, count = 8) int RXUSED = 0x03120;
    @Register(section = "8.2.3", name = "Rx Packet Buffer Read Pointer", access = RO, count = 8) int RXRDPTR = 0x03140;
    @Register(section = "8.2.3", name = "Rx Packet Buffer ECC", access = RO) int PBRXECC = 0x03300;
    @Register(section = "8.2.3", name = "Rx Buffer Access Control") int RXBUFCTRL = 0x03600;
    @Register(section = "8.2.3", name = "Rx Buffer Access Data", access = RO, count = 4) int RXBUFDATA = 0x03610;
    @Register(section = "8.2.3", name = "Rx Data Buffer ECC", access = RO) int RXDBUECC = 0x03F70;
    @Register(section = "8.2.3", name = "Rx Data Buffer ECC Status", access = RO) int RXDBUEST = 0x03F74;
    @Register(section = "8.2.3", name = "PCS 1G Debug 0", access = RO) int PCS1GDBG0 = 0x04210;
    @Register(section = "8.2.3", name = "PCS 1G Debug 1", access = RO) int PCS1GDBG1 = 0x04214;
    @Register(section = "8.2.3", name = "MDI Auto-Scan Command and Address") int MACA = 0x0424C;
    @Register(section = "8.2.3", name = "Auto-Scan PHY Address Enable") int APAE = 0x04250;
    @Register(section = "8.2.3", name = "Auto-Scan Read Data", access = RO) int ARD = 0x04254;
    @Register(section = "8.2.3", name = "Auto-Scan Interrupt Status", access = RO) int AIS = 0x04258;
    @Register(section = "8.2.3", name = "MAC Address Low", access = RO) int MLADD = 0x04264;
    @Register(section = "8.2.3", name = "XGXS Status Register", access = RO) int TREG = 0x0426C;
    @Register(section = "8.2.3", name = "MAC DFT Control 1") int MDFTC1 = 0x042B8;
    @Register(section = "8.2.3", name = "MAC DFT Control 2") int MDFTC2 = 0x042C0;
    @Register(section = "8.2.3", name = "MAC DFT FIFO 1", access = RO) int MDFTFIFO1 = 0x042C4;
    @Register(section = "8.2.3", name = "MAC DFT FIFO 2", access = RO) int MDFTFIFO2 = 0x042C8;
    @Register(section = "8.2.3", name = "MAC DFT Status", access = RO) int MDFTS = 0x042CC;
    @Register(section = "8.2.3", name = "Analog Configuration") int ATLASCTL = 0x04800;
    @Register(section = "8.2.3", name = "Rx User Priority to Packet Buffer Mapping") int RUPPBMR = 0x050A0;
    @Register(section = "8.2.3", name = "Receive Filter Validation") int RFVAL = 0x050A4;
    @Register(section = "8.2.3", name = "VMDq Control") int VMD_CTL = 0x0581C;
    @Register(section = "8.2.3", name = "Immediate Interrupt Rx", count = 8) int IMIR = 0x05A80;
    @Register(section = "8.2.3", name = "Immediate Interrupt Rx Extended", count = 8) int IMIREXT = 0x05AA0;
    @Register(section = "8.2.3", name = "Tx Queue to Traffic Class Config", count = 8, stride = 0x40) int TDTQ2TCCR = 0x0602C;
    @Register(section = "8.2.3", name = "Tx Queue to Traffic Class Status", access = RO, count = 8, stride = 0x40) int TDTQ2TCSR = 0x0622C;
    // 82599: TIC_DW2 and TXDESCIC locate stuck transmit descriptors.
    @Register(section = "8.2.3", name = "Tx Descriptor Internal Cache Control") int TXDESCIC = 0x082CC;
    @Register(section = "8.2.3", name = "Tx Descriptor Internal Cache Data", access = RO, count = 4) int TIC_DW2 = 0x082B0;
    @Register(section = "8.2.3", name = "Tx Descriptor Handler Memory Page Number 2") int TDHMPN2 = 0x082FC;
    @Register(section = "8.2.3", name = "Tx Packet Buffer Write Pointer", access = RO, count = 8) int TXWRPTR = 0x0C100;
    @Register(section = "8.2.3", name = "Tx Packet Buffer Used Space", access = RO, count = 8) int TXUSED = 0x0C120;
    @Register(section = "8.2.3", name = "Tx Packet Buffer Read Pointer", access = RO, count = 8) int TXRDPTR = 0x0C140;
    @Register(section = "8.2.3", name = "Tx Packet Buffer ECC", access = RO) int PBTXECC = 0x0C300;
    @Register(section = "8.2.3", name = "Tx Buffer Access Control") int TXBUFCTRL = 0x0C600;
    @Register(section = "8.2.3", name = "Tx Buffer Access Data", access = RO, count = 4) int TXBUFDATA = 0x0C610;
    @Register(section = "8.2.3", name = "Transmit IPG") int TIPG = 0x0CB00;
    @Register(section = "8.2.3", name = "Tx Data Buffer ECC", access = RO) int TXDBUECC = 0x0CF70;
    @Register(section = "8.2.3", name = "Tx Data Buffer ECC Status", access = RO) int TXDBUEST = 0x0CF74;
    @Register(section = "8.2.3", name = "Drop Enable") int DROPEN = 0x03D04;
    @Register(section = "8.2.3", name = "Receive T2 Configure", count = 8) int RT2CR = 0x03C20;
    @Register(section = "8.2.3", name = "Receive T2 Status", access = RO, count = 8) int RT2SR = 0x03C40;
    @Register(section = "8.2.3", name = "Receive No Buffers Count", access = RC, count = 8) int RNBC = 0x03FC0;
    @Register(section = "8.2.3", name = "Link XON Received Count of the 82598", access = RC) int LXONRXC = 0x0CF60;
    @Register(section = "8.2.3", name = "Link XOFF Received Count of the 82598", access = RC) int LXOFFRXC = 0x0CF68;
    @Register(section = "8.2.3", name = "Priority XON Received Count of the 82598", access = RC, count = 8) int PXONRXC = 0x0CF00;
    @Register(section = "8.2.3", name = "Priority XOFF Received Count of the 82598", access = RC, count = 8) int PXOFFRXC = 0x0CF20;
    @Register(section = "8.2.3", name = "PCIe ECC Control", access = RO) int PCIEECCCTL = 0x1106C;
    @Register(section = "8.2.3", name = "PCIe Diagnostic", access = RO, count = 8) int PCIE_DIAG = 0x11090;
    // spotless:on

    /** All of the above, read on first use. What follows in BAR 0 is flash. */
    RegisterTable TABLE = new RegisterTable(Registers.class, 0x20000);

    /** Every register, in the order above. */
    static List<RegisterTable.Entry> table() {
        return TABLE.entries();
    }

    /** The register, or array of registers, that covers an offset, unless that is reserved. */
    static Optional<RegisterTable.Entry> find(int offset) {
        return TABLE.find(offset);
    }

    /** The offset at which the datasheet has a register, for an offset that may be an alias of it. */
    static int canonical(int offset) {
        return TABLE.canonical(offset);
    }

    /** A register's name with its index, such as {@code RDT[3]}; {@code 0x12345 (reserved)} where there is none. */
    static String name(int offset) {
        return TABLE.name(offset);
    }
}
