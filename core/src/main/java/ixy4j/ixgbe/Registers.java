package ixy4j.ixgbe;

import static ixy4j.ixgbe.Register.Access.RC;
import static ixy4j.ixgbe.Register.Access.RC_W;
import static ixy4j.ixgbe.Register.Access.RC_W1C;
import static ixy4j.ixgbe.Register.Access.RO;
import static ixy4j.ixgbe.Register.Access.RW;
import static ixy4j.ixgbe.Register.Access.RW_SC;
import static ixy4j.ixgbe.Register.Access.W1C;
import static ixy4j.ixgbe.Register.Access.W1S;
import static ixy4j.ixgbe.Register.Access.WO;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The registers of the Intel 82599 in BAR 0, one table for the drivers, the emulated device and register dumps.
 *
 * <p>Offsets are compile-time constants, so a driver that uses them does not load this class. Sections are those of the
 * "Intel 82599 10 GbE Controller Datasheet". A suffix {@code _64} or the like marks a block that continues an array
 * elsewhere, {@code _LEGACY} a second address of the same registers, kept for software written for the 82598.
 */
public final class Registers {

    // ---- General control (8.2.3.1)

    // LRST (3) and RST (26) clear themselves.
    @Register(access = RW_SC, writable = 0x0400000C, section = "8.2.3.1.1", name = "Device Control")
    public static final int CTRL = 0x00000;

    // Alias kept for older devices.
    @Register(access = RW_SC, writable = 0x0400000C, section = "8.2.3.1.1", of = "CTRL", name = "Device Control")
    public static final int CTRL_LEGACY = 0x00004;

    // LAN id (3:2) and link up (7) depend on the port; bit 19 follows CTRL.PCIe Master Disable.
    @Register(access = RO, reset = 0x00080000, section = "8.2.3.1.2", name = "Device Status")
    public static final int STATUS = 0x00008;

    @Register(access = RW, writable = 0x14034000, section = "8.2.3.1.3", name = "Extended Device Control")
    public static final int CTRL_EXT = 0x00018;

    // Inputs read the pins; on SFP+ cards SDP2 is module-absent and SDP3 the laser (board specific).
    @Register(access = RW, section = "8.2.3.1.4", name = "Extended SDP Control")
    public static final int ESDP = 0x00020;

    // Bits 0 and 2 read the bus (pulled up), 1 and 3 drive it.
    @Register(access = RW, writable = 0xA, section = "8.2.3.1.5", name = "I2C Control")
    public static final int I2CCTL = 0x00028;

    @Register(access = RW, reset = 0x05040100, writable = 0xCFCFCFEF, section = "8.2.3.1.6", name = "LED Control")
    public static final int LEDCTL = 0x00200;

    @Register(
            access = RW,
            reset = 0x81000000,
            writable = 0xFFFF0000,
            section = "8.2.3.1.7",
            name = "Extended VLAN Ether Type")
    public static final int EXVET = 0x05078;

    // ---- EEPROM and flash (8.2.3.2)

    // Presence (8) and auto-read done (9) come up after reset; size in 14:11; the value depends on the card.
    @Register(access = RW, section = "8.2.3.2.1", name = "EEPROM/Flash Control")
    public static final int EEC = 0x10010;

    // Start (0) clears itself, done (1), word address 15:2, data 31:16.
    @Register(access = RW_SC, writable = 0xFFFD, section = "8.2.3.2.2", name = "EEPROM Read")
    public static final int EERD = 0x10014;

    // Not in the 82599's datasheet; shared code defines it.
    @Register(access = RW_SC, section = "8.2.3.2", name = "EEPROM Write")
    public static final int EEWR = 0x10018;

    @Register(access = RW, section = "8.2.3.2.3", name = "Flash Access")
    public static final int FLA = 0x1001C;

    // Configuration done: bit 18 for port 0, bit 19 for port 1.
    @Register(access = RW, section = "8.2.3.2.4", name = "Manageability EEPROM Control")
    public static final int EEMNGCTL = 0x10110;

    @Register(access = RW, section = "8.2.3.2.5", name = "Manageability EEPROM Read/Write Data")
    public static final int EEMNGDATA = 0x10114;

    @Register(access = RW, section = "8.2.3.2.6", name = "Manageability Flash Control")
    public static final int FLMNGCTL = 0x10118;

    @Register(access = RW, section = "8.2.3.2.7", name = "Manageability Flash Read Data")
    public static final int FLMNGDATA = 0x1011C;

    @Register(access = RW, section = "8.2.3.2", name = "Manageability Flash Read Counter")
    public static final int FLMNGCNT = 0x10120;

    @Register(access = RW, section = "8.2.3.2.8", name = "Flash Opcode")
    public static final int FLOP = 0x1013C;

    @Register(access = RW, writable = 0x3, section = "8.2.3.2.9", name = "General Receive Control")
    public static final int GRC = 0x10200;

    @Register(access = RW, section = "8.2.3.2", name = "SRAM Release")
    public static final int SRAMREL = 0x10210;

    // ---- Flow control (8.2.3.3)

    @Register(access = RW, reset = 0x01018808, section = "8.2.3.3.1", name = "Priority Flow Control Type Opcode")
    public static final int PFCTOP = 0x03008;

    @Register(access = RW, section = "8.2.3.3.2", count = 4, name = "Flow Control Transmit Timer Value")
    public static final int FCTTV = 0x03200;

    @Register(
            access = RW,
            writable = 0x8007FFF0,
            section = "8.2.3.3.3",
            count = 8,
            name = "Flow Control Receive Threshold Low")
    public static final int FCRTL = 0x03220;

    @Register(
            access = RW,
            writable = 0x8007FFF0,
            section = "8.2.3.3.4",
            count = 8,
            name = "Flow Control Receive Threshold High")
    public static final int FCRTH = 0x03260;

    @Register(access = RW, writable = 0xFFFF, section = "8.2.3.3.5", name = "Flow Control Refresh Threshold Value")
    public static final int FCRTV = 0x032A0;

    @Register(access = RO, section = "8.2.3.3.6", name = "Transmit Flow Control Status")
    public static final int TFCS = 0x0CE00;

    @Register(access = RW, writable = 0x18, section = "8.2.3.3.7", name = "Flow Control Configuration")
    public static final int FCCFG = 0x03D00;

    // ---- PCIe (8.2.3.4)

    // The value depends on the EEPROM.
    @Register(access = RW, section = "8.2.3.4.1", name = "PCIe Control")
    public static final int GCR = 0x11000;

    @Register(access = RW, section = "8.2.3.4", name = "Function Tag")
    public static final int FUNCTAG = 0x11008;

    @Register(access = RW, section = "8.2.3.4.2", name = "PCIe Statistic Control 1")
    public static final int GSCL_1 = 0x11010;

    @Register(access = RW, section = "8.2.3.4.3", name = "PCIe Statistic Control 2")
    public static final int GSCL_2 = 0x11014;

    @Register(access = RW, section = "8.2.3.4", name = "PCIe Statistic Control 3")
    public static final int GSCL_3 = 0x11018;

    @Register(access = RW, section = "8.2.3.4", name = "PCIe Statistic Control 4")
    public static final int GSCL_4 = 0x1101C;

    @Register(access = RC, section = "8.2.3.4.5", count = 4, name = "PCIe Counter")
    public static final int GSCN = 0x11020;

    @Register(access = RW, section = "8.2.3.4.4", name = "PCIe Statistic Control 5")
    public static final int GSCL_5 = 0x11030;

    @Register(access = RW, section = "8.2.3.4.4", name = "PCIe Statistic Control 6")
    public static final int GSCL_6 = 0x11034;

    @Register(access = RW, section = "8.2.3.4.4", name = "PCIe Statistic Control 7")
    public static final int GSCL_7 = 0x11038;

    @Register(access = RW, section = "8.2.3.4.4", name = "PCIe Statistic Control 8")
    public static final int GSCL_8 = 0x1103C;

    @Register(access = RO, section = "8.2.3.4.6", name = "Function Active and Power State to Manageability")
    public static final int FACTPS = 0x10150;

    @Register(access = RW, section = "8.2.3.4.7", name = "PCIe PHY Address")
    public static final int PCIEPHYADR = 0x11040;

    @Register(access = RW, section = "8.2.3.4.8", name = "PCIe PHY Data")
    public static final int PCIEPHYDAT = 0x11044;

    @Register(access = RW, section = "8.2.3.4", name = "PCIe PHY Control")
    public static final int PCIEPHYCTL = 0x11048;

    // Reading sets SMBI (0) after returning its old value; software writes 0 to release. Shared by both ports.
    @Register(access = RW, writable = 0x3, section = "8.2.3.4.9", name = "Software Semaphore")
    public static final int SWSM = 0x10140;

    // Firmware valid (15), error indication 24:19.
    @Register(access = RO, section = "8.2.3.4.10", name = "Firmware Semaphore")
    public static final int FWSM = 0x10148;

    // Also called GSSR; take SWSM.SWESMBI first. Shared by both ports. Bit 10, for the host interface, is from Linux.
    @Register(access = RW, writable = 0x7FF, section = "8.2.3.4.11", name = "Software-Firmware Synchronization")
    public static final int SW_FW_SYNC = 0x10160;

    @Register(access = RW, section = "8.2.3.4.12", name = "PCIe Control Extended")
    public static final int GCR_EXT = 0x11050;

    @Register(access = RO, section = "8.2.3.4.13", name = "Mirrored Revision ID")
    public static final int MREVID = 0x11064;

    @Register(access = RW, section = "8.2.3.4", name = "PCIe Configuration Indirect Access Address")
    public static final int CIAA = 0x11088;

    @Register(access = RW, section = "8.2.3.4", name = "PCIe Configuration Indirect Access Data")
    public static final int CIAD = 0x1108C;

    @Register(access = W1C, section = "8.2.3.4.14", name = "PCIe Interrupt Cause")
    public static final int PICAUSE = 0x110B0;

    @Register(access = RW, section = "8.2.3.4.15", name = "PCIe Interrupts Enable")
    public static final int PIENA = 0x110B8;

    @Register(access = RW, section = "8.2.3.4", name = "PCIe Completion Data Queue Buffer")
    public static final int CDQ_MBR = 0x110B4;

    @Register(access = RW, section = "8.2.3.4", name = "PCIe Spare")
    public static final int PCIESPARE = 0x110BC;

    @Register(access = RO, section = "8.2.3.4", name = "PCIe ECC Status")
    public static final int ECC_STATUS = 0x110E0;

    // Flash size 10:8, CSR size 13.
    @Register(access = RO, section = "8.2.3.4", name = "PCIe BAR Control")
    public static final int BARCTRL = 0x110F4;

    @Register(access = RW, section = "8.2.3.4", count = 2, name = "PCIe ECC Control")
    public static final int ECC_CTRL = 0x11100;

    // ---- Interrupts (8.2.3.5); the MSI-X table itself lies in BAR 4

    // GPIE.OCD limits clearing on read to bits 29:16.
    @Register(access = RC_W1C, section = "8.2.3.5.1", name = "Extended Interrupt Cause")
    public static final int EICR = 0x00800;

    // Drivers read it as an EICR that does not clear.
    @Register(access = WO, writable = 0x7FFFFFFF, section = "8.2.3.5.2", name = "Extended Interrupt Cause Set")
    public static final int EICS = 0x00808;

    @Register(access = W1S, writable = 0x7FFFFFFF, section = "8.2.3.5.3", name = "Extended Interrupt Mask Set/Read")
    public static final int EIMS = 0x00880;

    // Ones clear bits of EIMS.
    @Register(access = WO, writable = 0x7FFFFFFF, section = "8.2.3.5.4", name = "Extended Interrupt Mask Clear")
    public static final int EIMC = 0x00888;

    @Register(access = RW, section = "8.2.3.5.5", name = "Extended Interrupt Auto Clear")
    public static final int EIAC = 0x00810;

    @Register(access = RW, writable = 0x7FFFFFFF, section = "8.2.3.5.6", name = "Extended Interrupt Auto Mask Enable")
    public static final int EIAM = 0x00890;

    @Register(
            access = WO,
            section = "8.2.3.5.7",
            count = 2,
            first = 1,
            of = "EICS",
            name = "Extended Interrupt Cause Set")
    public static final int EICS_EX = 0x00A90;

    @Register(
            access = W1S,
            section = "8.2.3.5.8",
            count = 2,
            first = 1,
            of = "EIMS",
            name = "Extended Interrupt Mask Set/Read")
    public static final int EIMS_EX = 0x00AA0;

    // Ones clear bits of EIMS_EX.
    @Register(
            access = WO,
            section = "8.2.3.5.9",
            count = 2,
            first = 1,
            of = "EIMC",
            name = "Extended Interrupt Mask Clear")
    public static final int EIMC_EX = 0x00AB0;

    @Register(
            access = RW,
            section = "8.2.3.5.10",
            count = 2,
            first = 1,
            of = "EIAM",
            name = "Extended Interrupt Auto Mask Enable")
    public static final int EIAM_EX = 0x00AD0;

    @Register(access = RW, section = "8.2.3.5.11", name = "MSI-X to EITR Select")
    public static final int EITRSEL = 0x00894;

    @Register(access = RW, section = "8.2.3.5.12", count = 24, name = "Extended Interrupt Throttle")
    public static final int EITR = 0x00820;

    @Register(
            access = RW,
            section = "8.2.3.5.12",
            count = 105,
            first = 24,
            of = "EITR",
            name = "Extended Interrupt Throttle")
    public static final int EITR_24 = 0x12300;

    @Register(access = RW, section = "8.2.3.5.13", count = 128, name = "L3 L4 Tuples Immediate Interrupt Rx")
    public static final int L34TIMIR = 0x0E800;

    @Register(access = RW, section = "8.2.3.5.14", name = "LLI Size Threshold")
    public static final int LLITHRESH = 0x0EC90;

    @Register(access = RW, writable = 0xF, section = "8.2.3.5.15", name = "Immediate Interrupt Rx VLAN Priority")
    public static final int IMIRVP = 0x05AC0;

    // Two queues each: rx 2n, tx 2n, rx 2n+1, tx 2n+1; bit 7 of a byte makes it valid.
    @Register(access = RW, section = "8.2.3.5.16", count = 64, name = "Interrupt Vector Allocation")
    public static final int IVAR = 0x00900;

    // TCP timer, then other causes.
    @Register(
            access = RW,
            writable = 0xBFBF,
            section = "8.2.3.5.17",
            name = "Miscellaneous Interrupt Vector Allocation")
    public static final int IVAR_MISC = 0x00A00;

    @Register(access = RW, section = "8.2.3.5.18", name = "General Purpose Interrupt Enable")
    public static final int GPIE = 0x00898;

    @Register(access = W1C, section = "8.2.3.6", count = 8, name = "MSI-X PBA Clear")
    public static final int PBACL = 0x110C0;

    // Alias of PBACL[0].
    @Register(access = W1C, section = "8.2.3.6", of = "PBACL", name = "MSI-X PBA Clear")
    public static final int PBACL_LEGACY = 0x11068;

    // ---- Receive (8.2.3.7)

    @Register(access = RW, writable = 0x702, section = "8.2.3.7.1", name = "Filter Control")
    public static final int FCTRL = 0x05080;

    @Register(access = RW, reset = 0x8100, writable = 0x7000FFFF, section = "8.2.3.7.2", name = "VLAN Control")
    public static final int VLNCTRL = 0x05088;

    @Register(access = RW, writable = 0x7, section = "8.2.3.7.3", name = "Multicast Control")
    public static final int MCSTCTRL = 0x05090;

    @Register(access = RW, section = "8.2.3.7.4", count = 64, name = "Packet Split Receive Type")
    public static final int PSRTYPE = 0x0EA00;

    // Alias of the first 16.
    @Register(access = RW, section = "8.2.3.7.4", count = 16, of = "PSRTYPE", name = "Packet Split Receive Type")
    public static final int PSRTYPE_LEGACY = 0x05480;

    @Register(access = RW, writable = 0x3000, section = "8.2.3.7.5", name = "Receive Checksum Control")
    public static final int RXCSUM = 0x05000;

    @Register(access = RW, writable = 0x47E0, section = "8.2.3.7.6", name = "Receive Filter Control")
    public static final int RFCTL = 0x05008;

    // Contents undefined after power up; software clears it.
    @Register(access = RW, section = "8.2.3.7.7", count = 128, name = "Multicast Table Array")
    public static final int MTA = 0x05200;

    // Entry 0 is loaded from the EEPROM.
    @Register(access = RW, section = "8.2.3.7.8", stride = 0x8, count = 128, name = "Receive Address Low")
    public static final int RAL = 0x0A200;

    // Valid is bit 31.
    @Register(
            access = RW,
            writable = 0x8000FFFF,
            section = "8.2.3.7.9",
            stride = 0x8,
            count = 128,
            name = "Receive Address High")
    public static final int RAH = 0x0A204;

    // Alias of the first 16; what most drivers use.
    @Register(access = RW, section = "8.2.3.7.8", stride = 0x8, count = 16, of = "RAL", name = "Receive Address Low")
    public static final int RAL_LEGACY = 0x05400;

    // Alias of the first 16.
    @Register(
            access = RW,
            writable = 0x8000FFFF,
            section = "8.2.3.7.9",
            stride = 0x8,
            count = 16,
            of = "RAH",
            name = "Receive Address High")
    public static final int RAH_LEGACY = 0x05404;

    // Two words, low then high, per receive address; undefined after power up.
    @Register(access = RW, section = "8.2.3.7.10", count = 256, name = "MAC Pool Select Array")
    public static final int MPSAR = 0x0A600;

    @Register(access = RW, section = "8.2.3.7.11", count = 128, name = "VLAN Filter Table Array")
    public static final int VFTA = 0x0A000;

    @Register(access = RW, writable = 0xFFFF000F, section = "8.2.3.7.12", name = "Multiple Receive Queues Command")
    public static final int MRQC = 0x0EC80;

    // Alias; what most drivers use.
    @Register(
            access = RW,
            writable = 0xFFFF000F,
            section = "8.2.3.7.12",
            of = "MRQC",
            name = "Multiple Receive Queues Command")
    public static final int MRQC_LEGACY = 0x05818;

    // Not zero after reset; drivers program it before RSS with traffic classes.
    @Register(access = RW, writable = 0x77777777, section = "8.2.3.7.13", name = "RSS Queues Per Traffic Class")
    public static final int RQTC = 0x0EC70;

    @Register(access = RW, section = "8.2.3.7.14", count = 10, name = "RSS Random Key")
    public static final int RSSRK = 0x0EB80;

    // Alias; what most drivers use.
    @Register(access = RW, section = "8.2.3.7.14", count = 10, of = "RSSRK", name = "RSS Random Key")
    public static final int RSSRK_LEGACY = 0x05C80;

    @Register(access = RW, writable = 0x0F0F0F0F, section = "8.2.3.7.15", count = 32, name = "Redirection Table")
    public static final int RETA = 0x0EB00;

    // Alias; what most drivers use.
    @Register(
            access = RW,
            writable = 0x0F0F0F0F,
            section = "8.2.3.7.15",
            count = 32,
            of = "RETA",
            name = "Redirection Table")
    public static final int RETA_LEGACY = 0x05C00;

    @Register(access = RW, section = "8.2.3.7.16", count = 128, name = "Source Address Queue Filter")
    public static final int SAQF = 0x0E000;

    @Register(access = RW, section = "8.2.3.7.17", count = 128, name = "Destination Address Queue Filter")
    public static final int DAQF = 0x0E200;

    @Register(access = RW, section = "8.2.3.7.18", count = 128, name = "Source Destination Port Queue Filter")
    public static final int SDPQF = 0x0E400;

    // Undefined after power up, enable (31) included.
    @Register(access = RW, section = "8.2.3.7.19", count = 128, name = "Five Tuple Queue Filter")
    public static final int FTQF = 0x0E600;

    @Register(access = RW, writable = 0x800000FF, section = "8.2.3.7.20", name = "SYN Packet Queue Filter")
    public static final int SYNQF = 0x0EC30;

    @Register(access = RW, section = "8.2.3.7.21", count = 8, name = "EType Queue Filter")
    public static final int ETQF = 0x05128;

    @Register(access = RW, section = "8.2.3.7.22", count = 8, name = "EType Queue Select")
    public static final int ETQS = 0x0EC00;

    // ECCFLT_EN (9) is set once the filter tables are initialised.
    @Register(access = RW, section = "8.2.3.7.23", name = "Rx Filter ECC Error Insertion 0")
    public static final int RXFECCERR0 = 0x051B8;

    // ---- Receive DMA (8.2.3.8); queues 64 to 127 are a second block

    @Register(
            access = RW,
            writable = 0xFFFFFF80,
            section = "8.2.3.8.1",
            stride = 0x40,
            count = 64,
            name = "Receive Descriptor Base Address Low")
    public static final int RDBAL = 0x01000;

    @Register(
            access = RW,
            writable = 0xFFFFFF80,
            section = "8.2.3.8.1",
            stride = 0x40,
            count = 64,
            first = 64,
            of = "RDBAL",
            name = "Receive Descriptor Base Address Low")
    public static final int RDBAL_64 = 0x0D000;

    @Register(
            access = RW,
            section = "8.2.3.8.2",
            stride = 0x40,
            count = 64,
            name = "Receive Descriptor Base Address High")
    public static final int RDBAH = 0x01004;

    @Register(
            access = RW,
            section = "8.2.3.8.2",
            stride = 0x40,
            count = 64,
            first = 64,
            of = "RDBAH",
            name = "Receive Descriptor Base Address High")
    public static final int RDBAH_64 = 0x0D004;

    @Register(
            access = RW,
            writable = 0x000FFF80,
            section = "8.2.3.8.3",
            stride = 0x40,
            count = 64,
            name = "Receive Descriptor Length")
    public static final int RDLEN = 0x01008;

    @Register(
            access = RW,
            writable = 0x000FFF80,
            section = "8.2.3.8.3",
            stride = 0x40,
            count = 64,
            first = 64,
            of = "RDLEN",
            name = "Receive Descriptor Length")
    public static final int RDLEN_64 = 0x0D008;

    @Register(access = RO, section = "8.2.3.8.4", stride = 0x40, count = 64, name = "Receive Descriptor Head")
    public static final int RDH = 0x01010;

    @Register(
            access = RO,
            section = "8.2.3.8.4",
            stride = 0x40,
            count = 64,
            first = 64,
            of = "RDH",
            name = "Receive Descriptor Head")
    public static final int RDH_64 = 0x0D010;

    @Register(
            access = RW,
            writable = 0xFFFF,
            section = "8.2.3.8.5",
            stride = 0x40,
            count = 64,
            name = "Receive Descriptor Tail")
    public static final int RDT = 0x01018;

    @Register(
            access = RW,
            writable = 0xFFFF,
            section = "8.2.3.8.5",
            stride = 0x40,
            count = 64,
            first = 64,
            of = "RDT",
            name = "Receive Descriptor Tail")
    public static final int RDT_64 = 0x0D018;

    @Register(
            access = RW,
            writable = 0x467F4000,
            section = "8.2.3.8.6",
            stride = 0x40,
            count = 64,
            name = "Receive Descriptor Control")
    public static final int RXDCTL = 0x01028;

    @Register(
            access = RW,
            writable = 0x467F4000,
            section = "8.2.3.8.6",
            stride = 0x40,
            count = 64,
            first = 64,
            of = "RXDCTL",
            name = "Receive Descriptor Control")
    public static final int RXDCTL_64 = 0x0D028;

    @Register(
            access = RW,
            reset = 0x402,
            writable = 0x1FC03F1F,
            section = "8.2.3.8.7",
            stride = 0x40,
            count = 64,
            name = "Split Receive Control")
    public static final int SRRCTL = 0x01014;

    @Register(
            access = RW,
            reset = 0x402,
            writable = 0x1FC03F1F,
            section = "8.2.3.8.7",
            stride = 0x40,
            count = 64,
            first = 64,
            of = "SRRCTL",
            name = "Split Receive Control")
    public static final int SRRCTL_64 = 0x0D014;

    // Alias of the first 16.
    @Register(
            access = RW,
            reset = 0x402,
            writable = 0x1FC03F1F,
            section = "8.2.3.8.7",
            count = 16,
            of = "SRRCTL",
            name = "Split Receive Control")
    public static final int SRRCTL_LEGACY = 0x02100;

    // DMAIDONE (3) rises when the DMA has initialised.
    @Register(
            access = RW,
            reset = 0x00108800,
            writable = 0xFFFFFFF7,
            section = "8.2.3.8.8",
            name = "Receive DMA Control")
    public static final int RDRXCTL = 0x02F00;

    @Register(
            access = RW,
            reset = 0x00080000,
            writable = 0x000FFC00,
            section = "8.2.3.8.9",
            count = 8,
            name = "Receive Packet Buffer Size")
    public static final int RXPBSIZE = 0x03C00;

    @Register(access = RW, writable = 0x1, section = "8.2.3.8.10", name = "Receive Control")
    public static final int RXCTRL = 0x03000;

    @Register(access = RO, section = "8.2.3.8.11", name = "Rx Packet Buffer Flush Detect")
    public static final int RXMEMWRAP = 0x03190;

    @Register(access = RW, section = "8.2.3.8.12", name = "RSC Data Buffer Control")
    public static final int RSCDBU = 0x03028;

    @Register(access = RW, writable = 0xF, section = "8.2.3.8.13", stride = 0x40, count = 64, name = "RSC Control")
    public static final int RSCCTL = 0x0102C;

    @Register(
            access = RW,
            writable = 0xF,
            section = "8.2.3.8.13",
            stride = 0x40,
            count = 64,
            first = 64,
            of = "RSCCTL",
            name = "RSC Control")
    public static final int RSCCTL_64 = 0x0D02C;

    // ---- Transmit (8.2.3.9)

    @Register(
            access = RW,
            reset = 0x10,
            writable = 0xFFF,
            section = "8.2.3.9.1",
            name = "DMA Tx TCP Max Allow Size Requests")
    public static final int DTXMXSZRQ = 0x08100;

    @Register(access = RW, reset = 0x81000004, writable = 0xFFFF0009, section = "8.2.3.9.2", name = "DMA Tx Control")
    public static final int DMATXCTL = 0x04A80;

    @Register(
            access = RW,
            reset = 0x0FF60FF6,
            writable = 0x0FFF0FFF,
            section = "8.2.3.9.3",
            name = "DMA Tx TCP Flags Control Low")
    public static final int DTXTCPFLGL = 0x04A88;

    @Register(
            access = RW,
            reset = 0xF7F,
            writable = 0xFFF,
            section = "8.2.3.9.4",
            name = "DMA Tx TCP Flags Control High")
    public static final int DTXTCPFLGH = 0x04A8C;

    @Register(
            access = RW,
            writable = 0xFFFFFF80,
            section = "8.2.3.9.5",
            stride = 0x40,
            count = 128,
            name = "Transmit Descriptor Base Address Low")
    public static final int TDBAL = 0x06000;

    @Register(
            access = RW,
            section = "8.2.3.9.6",
            stride = 0x40,
            count = 128,
            name = "Transmit Descriptor Base Address High")
    public static final int TDBAH = 0x06004;

    @Register(
            access = RW,
            writable = 0x000FFF80,
            section = "8.2.3.9.7",
            stride = 0x40,
            count = 128,
            name = "Transmit Descriptor Length")
    public static final int TDLEN = 0x06008;

    // Software writes it only before TXDCTL.ENABLE.
    @Register(
            access = RW,
            writable = 0xFFFF,
            section = "8.2.3.9.8",
            stride = 0x40,
            count = 128,
            name = "Transmit Descriptor Head")
    public static final int TDH = 0x06010;

    @Register(
            access = RW,
            writable = 0xFFFF,
            section = "8.2.3.9.9",
            stride = 0x40,
            count = 128,
            name = "Transmit Descriptor Tail")
    public static final int TDT = 0x06018;

    // SWFLSH (26) clears itself.
    @Register(
            access = RW_SC,
            writable = 0x067F7F7F,
            section = "8.2.3.9.10",
            stride = 0x40,
            count = 128,
            name = "Transmit Descriptor Control")
    public static final int TXDCTL = 0x06028;

    // Bit 0 enables head write back.
    @Register(
            access = RW,
            section = "8.2.3.9.11",
            stride = 0x40,
            count = 128,
            name = "Tx Descriptor Completion Write Back Address Low")
    public static final int TDWBAL = 0x06038;

    @Register(
            access = RW,
            section = "8.2.3.9.12",
            stride = 0x40,
            count = 128,
            name = "Tx Descriptor Completion Write Back Address High")
    public static final int TDWBAH = 0x0603C;

    @Register(
            access = RW,
            reset = 0x00028000,
            writable = 0x000FFC00,
            section = "8.2.3.9.13",
            count = 8,
            name = "Transmit Packet Buffer Size")
    public static final int TXPBSIZE = 0x0CC00;

    @Register(access = RW, writable = 0x7, section = "8.2.3.9.14", name = "Manageability Transmit TC Mapping")
    public static final int MNGTXMAP = 0x0CD10;

    // Written only while RTTDCS.ARBDIS is set.
    @Register(access = RW, writable = 0xF, section = "8.2.3.9.15", name = "Multiple Transmit Queues Command")
    public static final int MTQC = 0x08120;

    // The reset value is that of entry 0; the others are 0.
    @Register(
            access = RW,
            reset = 0x96,
            writable = 0x3FF,
            section = "8.2.3.9.16",
            count = 8,
            name = "Tx Packet Buffer Threshold")
    public static final int TXPBTHRESH = 0x04950;

    // ---- DCB (8.2.3.10)

    @Register(access = RW, writable = 0x6, section = "8.2.3.10.1", name = "DCB Receive Packet Plane Control and Status")
    public static final int RTRPCS = 0x02430;

    @Register(
            access = RW,
            reset = 0x00C00000,
            writable = 0x00C00053,
            section = "8.2.3.10.2",
            name = "DCB Transmit Descriptor Plane Control and Status")
    public static final int RTTDCS = 0x04900;

    @Register(
            access = RW,
            reset = 0x89000000,
            section = "8.2.3.10.3",
            name = "DCB Transmit Packet Plane Control and Status")
    public static final int RTTPCS = 0x0CD00;

    @Register(
            access = RW,
            writable = 0x00FFFFFF,
            section = "8.2.3.10.4",
            name = "DCB Receive User Priority to Traffic Class")
    public static final int RTRUP2TC = 0x03020;

    @Register(
            access = RW,
            writable = 0x00FFFFFF,
            section = "8.2.3.10.5",
            name = "DCB Transmit User Priority to Traffic Class")
    public static final int RTTUP2TC = 0x0C800;

    @Register(access = RW, section = "8.2.3.10.6", count = 8, name = "DCB Receive Packet Plane T4 Config")
    public static final int RTRPT4C = 0x02140;

    @Register(access = RW, section = "8.2.3.10", count = 4, name = "Strict Low Latency Tx Queues")
    public static final int TXLLQ = 0x082E0;

    @Register(access = RO, section = "8.2.3.10", count = 8, name = "DCB Receive Packet Plane T4 Status")
    public static final int RTRPT4S = 0x02160;

    @Register(access = RW, section = "8.2.3.10.9", count = 8, name = "DCB Transmit Descriptor Plane T2 Config")
    public static final int RTTDT2C = 0x04910;

    @Register(access = RW, section = "8.2.3.10.10", count = 8, name = "DCB Transmit Packet Plane T2 Config")
    public static final int RTTPT2C = 0x0CD20;

    @Register(access = RO, section = "8.2.3.10", count = 8, name = "DCB Transmit Descriptor Plane T2 Status")
    public static final int RTTDT2S = 0x04930;

    @Register(access = RO, section = "8.2.3.10", count = 8, name = "DCB Transmit Packet Plane T2 Status")
    public static final int RTTPT2S = 0x0CD40;

    @Register(
            access = RW,
            writable = 0x7F,
            section = "8.2.3.10.13",
            name = "DCB Transmit Descriptor Plane Queue Select")
    public static final int RTTDQSEL = 0x04904;

    // One per queue, chosen by RTTDQSEL.
    @Register(access = RW, section = "8.2.3.10.14", name = "DCB Transmit Descriptor Plane T1 Config")
    public static final int RTTDT1C = 0x04908;

    @Register(access = RO, section = "8.2.3.10", name = "DCB Transmit Descriptor Plane T1 Status")
    public static final int RTTDT1S = 0x0490C;

    @Register(access = RW, section = "8.2.3.10", name = "DCB Transmit Rate-Scheduler MMW")
    public static final int RTTBCNRM = 0x04980;

    // One per queue, chosen by RTTDQSEL.
    @Register(access = RW, writable = 0x80FFFFFF, section = "8.2.3.10", name = "DCB Transmit Rate-Scheduler Config")
    public static final int RTTBCNRC = 0x04984;

    @Register(access = RW, section = "8.2.3.10", name = "DCB Transmit Rate-Scheduler Status")
    public static final int RTTBCNRS = 0x04988;

    @Register(access = RW, section = "8.2.3.10", name = "DCB Transmit Rate Drift")
    public static final int RTTBCNRD = 0x0498C;

    @Register(access = RW, section = "8.2.3.10", name = "DCB Transmit Descriptor Plane ECC")
    public static final int RTTDTECC = 0x04990;

    @Register(access = RW, section = "8.2.3.10", name = "DCB Transmit BCN Tagging")
    public static final int RTTBCNTG = 0x04A90;

    @Register(access = RW, section = "8.2.3.10", name = "DCB Transmit BCN Control")
    public static final int RTTBCNCR = 0x08B00;

    @Register(access = RW, section = "8.2.3.10", name = "DCB Transmit BCN Address High")
    public static final int RTTBCNACH = 0x08B04;

    @Register(access = RW, section = "8.2.3.10", name = "DCB Transmit BCN Address Low")
    public static final int RTTBCNACL = 0x08B08;

    @Register(access = RW, section = "8.2.3.10", name = "DCB Transmit BCN Index")
    public static final int RTTBCNIDX = 0x08B0C;

    @Register(access = RW, section = "8.2.3.10", name = "DCB Transmit BCN Congestion Point")
    public static final int RTTBCNCP = 0x08B10;

    @Register(access = RO, section = "8.2.3.10", name = "Free Running Timer")
    public static final int RTFRTIMER = 0x08B14;

    @Register(access = RW, section = "8.2.3.10", name = "DCB Receive BCN Round Trip Time")
    public static final int RTTBCNRTT = 0x05150;

    // ---- DCA (8.2.3.11)

    // Bit 12 must be cleared by software.
    @Register(access = RW, reset = 0xB200, section = "8.2.3.11.1", stride = 0x40, count = 64, name = "Rx DCA Control")
    public static final int DCA_RXCTRL = 0x0100C;

    @Register(
            access = RW,
            reset = 0xB200,
            section = "8.2.3.11.1",
            stride = 0x40,
            count = 64,
            first = 64,
            of = "DCA_RXCTRL",
            name = "Rx DCA Control")
    public static final int DCA_RXCTRL_64 = 0x0D00C;

    // Alias of the first 16.
    @Register(
            access = RW,
            reset = 0xB200,
            section = "8.2.3.11.1",
            count = 16,
            of = "DCA_RXCTRL",
            name = "Rx DCA Control")
    public static final int DCA_RXCTRL_LEGACY = 0x02200;

    @Register(
            access = RW,
            reset = 0x2A00,
            writable = 0xFF002A20,
            section = "8.2.3.11.2",
            stride = 0x40,
            count = 128,
            name = "Tx DCA Control")
    public static final int DCA_TXCTRL = 0x0600C;

    @Register(access = RO, section = "8.2.3.11.3", name = "DCA Requester ID Information")
    public static final int DCA_ID = 0x11070;

    @Register(access = RW, reset = 0x1, writable = 0x1F, section = "8.2.3.11.4", name = "DCA Control")
    public static final int DCA_CTRL = 0x11074;

    // ---- Security (8.2.3.12)

    @Register(access = RW, reset = 0x1, writable = 0x7, section = "8.2.3.12.1", name = "Security Tx Control")
    public static final int SECTXCTRL = 0x08800;

    // Ready (0) follows SECTXCTRL.TX_DIS.
    @Register(access = RO, section = "8.2.3.12.2", name = "Security Tx Status")
    public static final int SECTXSTAT = 0x08804;

    @Register(
            access = RW,
            reset = 0x250,
            writable = 0x3FF,
            section = "8.2.3.12.3",
            name = "Security Tx Buffer Almost Full")
    public static final int SECTXBUFFAF = 0x08808;

    @Register(access = RW, reset = 0x1001, section = "8.2.3.12.4", name = "Security Tx Buffer Minimum IFG")
    public static final int SECTXMINIFG = 0x08810;

    @Register(access = RW, reset = 0x1, writable = 0x3, section = "8.2.3.12.5", name = "Security Rx Control")
    public static final int SECRXCTRL = 0x08D00;

    // Ready (0) follows SECRXCTRL.RX_DIS.
    @Register(access = RO, reset = 0x1, section = "8.2.3.12.6", name = "Security Rx Status")
    public static final int SECRXSTAT = 0x08D04;

    // ---- LinkSec (8.2.3.13 on)

    @Register(access = RW, section = "8.2.3.13", name = "LinkSec Tx Capabilities")
    public static final int LSECTXCAP = 0x08A00;

    @Register(access = RW, section = "8.2.3.13", name = "LinkSec Tx Control")
    public static final int LSECTXCTRL = 0x08A04;

    @Register(access = RW, section = "8.2.3.13", name = "LinkSec Tx SCI Low")
    public static final int LSECTXSCL = 0x08A08;

    @Register(access = RW, section = "8.2.3.13", name = "LinkSec Tx SCI High")
    public static final int LSECTXSCH = 0x08A0C;

    @Register(access = RW, section = "8.2.3.13", name = "LinkSec Tx SA")
    public static final int LSECTXSA = 0x08A10;

    @Register(access = RW, section = "8.2.3.13", count = 2, name = "LinkSec Tx SA Packet Number")
    public static final int LSECTXPN = 0x08A14;

    @Register(access = WO, section = "8.2.3.13", count = 4, name = "LinkSec Tx Key 0")
    public static final int LSECTXKEY0 = 0x08A1C;

    @Register(access = WO, section = "8.2.3.13", count = 4, name = "LinkSec Tx Key 1")
    public static final int LSECTXKEY1 = 0x08A2C;

    @Register(access = RC, section = "8.2.3.13", name = "Tx Untagged Packet Counter")
    public static final int LSECTXUT = 0x08A3C;

    @Register(access = RC, section = "8.2.3.13", name = "Encrypted Tx Packets")
    public static final int LSECTXPKTE = 0x08A40;

    @Register(access = RC, section = "8.2.3.13", name = "Protected Tx Packets")
    public static final int LSECTXPKTP = 0x08A44;

    @Register(access = RC, section = "8.2.3.13", name = "Encrypted Tx Octets")
    public static final int LSECTXOCTE = 0x08A48;

    @Register(access = RC, section = "8.2.3.13", name = "Protected Tx Octets")
    public static final int LSECTXOCTP = 0x08A4C;

    @Register(access = RW, section = "8.2.3.13", name = "LinkSec Rx Capabilities")
    public static final int LSECRXCAP = 0x08F00;

    @Register(access = RW, section = "8.2.3.13", name = "LinkSec Rx Control")
    public static final int LSECRXCTRL = 0x08F04;

    @Register(access = RW, section = "8.2.3.13", name = "LinkSec Rx SCI Low")
    public static final int LSECRXSCL = 0x08F08;

    @Register(access = RW, section = "8.2.3.13", name = "LinkSec Rx SCI High")
    public static final int LSECRXSCH = 0x08F0C;

    @Register(access = RW, section = "8.2.3.13", count = 2, name = "LinkSec Rx SA")
    public static final int LSECRXSA = 0x08F10;

    @Register(access = RW, section = "8.2.3.13", count = 2, name = "LinkSec Rx SA Packet Number")
    public static final int LSECRXPN = 0x08F18;

    @Register(access = WO, section = "8.2.3.13", count = 8, name = "LinkSec Rx Key")
    public static final int LSECRXKEY = 0x08F20;

    @Register(access = RC, section = "8.2.3.13", name = "LinkSec Untagged Rx Packet")
    public static final int LSECRXUT = 0x08F40;

    @Register(access = RC, section = "8.2.3.13", name = "LinkSec Rx Octets Decrypted")
    public static final int LSECRXOCTD = 0x08F44;

    @Register(access = RC, section = "8.2.3.13", name = "LinkSec Rx Octets Validated")
    public static final int LSECRXOCTV = 0x08F48;

    @Register(access = RC, section = "8.2.3.13", name = "LinkSec Rx Packet with Bad Tag")
    public static final int LSECRXBAD = 0x08F4C;

    @Register(access = RC, section = "8.2.3.13", name = "LinkSec Rx Packet No SCI")
    public static final int LSECRXNOSCI = 0x08F50;

    @Register(access = RC, section = "8.2.3.13", name = "LinkSec Rx Packet Unknown SCI")
    public static final int LSECRXUNSCI = 0x08F54;

    @Register(access = RC, section = "8.2.3.13", name = "LinkSec Rx Unchecked Packets")
    public static final int LSECRXUNCH = 0x08F58;

    @Register(access = RC, section = "8.2.3.13", name = "LinkSec Rx Delayed Packets")
    public static final int LSECRXDELAY = 0x08F5C;

    @Register(access = RC, section = "8.2.3.13", name = "LinkSec Rx Late Packets")
    public static final int LSECRXLATE = 0x08F60;

    @Register(access = RC, section = "8.2.3.13", count = 2, name = "LinkSec Rx Packet OK")
    public static final int LSECRXOK = 0x08F64;

    @Register(access = RC, section = "8.2.3.13", count = 2, name = "LinkSec Rx Invalid")
    public static final int LSECRXINV = 0x08F6C;

    @Register(access = RC, section = "8.2.3.13", count = 2, name = "LinkSec Rx Not Valid")
    public static final int LSECRXNV = 0x08F74;

    @Register(access = RC, section = "8.2.3.13", name = "LinkSec Rx Unused SA")
    public static final int LSECRXUNSA = 0x08F7C;

    @Register(access = RC, section = "8.2.3.13", name = "LinkSec Rx Not Using SA")
    public static final int LSECRXNUSA = 0x08F80;

    // ---- IPsec

    @Register(access = RW, section = "8.2.3", name = "IPsec Tx Index")
    public static final int IPSTXIDX = 0x08900;

    @Register(access = RW, section = "8.2.3", name = "IPsec Tx Salt")
    public static final int IPSTXSALT = 0x08904;

    @Register(access = RW, section = "8.2.3", count = 4, name = "IPsec Tx Key")
    public static final int IPSTXKEY = 0x08908;

    @Register(access = RW, section = "8.2.3", name = "IPsec Rx Index")
    public static final int IPSRXIDX = 0x08E00;

    @Register(access = RW, section = "8.2.3", count = 4, name = "IPsec Rx IP Address")
    public static final int IPSRXIPADDR = 0x08E04;

    @Register(access = RW, section = "8.2.3", name = "IPsec Rx SPI")
    public static final int IPSRXSPI = 0x08E14;

    @Register(access = RW, section = "8.2.3", name = "IPsec Rx SPI to IP Index")
    public static final int IPSRXIPIDX = 0x08E18;

    @Register(access = RW, section = "8.2.3", count = 4, name = "IPsec Rx Key")
    public static final int IPSRXKEY = 0x08E1C;

    @Register(access = RW, section = "8.2.3", name = "IPsec Rx Salt")
    public static final int IPSRXSALT = 0x08E2C;

    @Register(access = RW, section = "8.2.3", name = "IPsec Rx Mode")
    public static final int IPSRXMOD = 0x08E30;

    // ---- Timers

    @Register(access = RO, section = "8.2.3", name = "Free Running Timer")
    public static final int FRTIMER = 0x00048;

    @Register(access = RW, section = "8.2.3", name = "TCP Timer")
    public static final int TCPTIMER = 0x0004C;

    // ---- FCoE (8.2.3.20)

    @Register(access = RW, section = "8.2.3.20", name = "FC Receive Control")
    public static final int FCRXCTRL = 0x05100;

    @Register(access = RW, section = "8.2.3.20", name = "FC FLT Context")
    public static final int FCFLT = 0x05108;

    @Register(access = RW, section = "8.2.3.20", name = "FC Filter Context Read/Write Control")
    public static final int FCFLTRW = 0x05110;

    @Register(access = RW, section = "8.2.3.20", name = "FC Offset Parameter")
    public static final int FCPARAM = 0x051D8;

    @Register(access = RW, section = "8.2.3.20", name = "FC User Descriptor Pointer Low")
    public static final int FCPTRL = 0x02410;

    @Register(access = RW, section = "8.2.3.20", name = "FC User Descriptor Pointer High")
    public static final int FCPTRH = 0x02414;

    @Register(access = RW, section = "8.2.3.20", name = "FC Buffer Control")
    public static final int FCBUFF = 0x02418;

    @Register(access = RW, section = "8.2.3.20", name = "FC Receive DMA Context Read/Write")
    public static final int FCDMARW = 0x02420;

    @Register(access = RW, section = "8.2.3.20", name = "Tx FC EOF Flags")
    public static final int TEOFF = 0x04A94;

    @Register(access = RW, section = "8.2.3.20", name = "Tx FC SOF Flags")
    public static final int TSOFF = 0x04A98;

    @Register(access = RW, section = "8.2.3.20", name = "Rx FC EOF Flags")
    public static final int REOFF = 0x05158;

    @Register(access = RW, section = "8.2.3.20", name = "Rx FC SOF Flags")
    public static final int RSOFF = 0x051F8;

    @Register(access = RW, section = "8.2.3.20", name = "FCoE Redirection Control")
    public static final int FCRECTL = 0x0ED00;

    @Register(access = RW, section = "8.2.3.20", count = 8, name = "FCoE Redirection Table")
    public static final int FCRETA = 0x0ED10;

    // ---- Flow director (8.2.3.21)

    // INIT_DONE (3) rises after a write.
    @Register(access = RW, section = "8.2.3.21", name = "Flow Director Filters Control")
    public static final int FDIRCTRL = 0x0EE00;

    @Register(access = RW, section = "8.2.3.21", count = 3, name = "Flow Director Source IPv6")
    public static final int FDIRSIPV6 = 0x0EE0C;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director IP Source Address")
    public static final int FDIRIPSA = 0x0EE18;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director IP Destination Address")
    public static final int FDIRIPDA = 0x0EE1C;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director Port")
    public static final int FDIRPORT = 0x0EE20;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director VLAN and Flexible Bytes")
    public static final int FDIRVLAN = 0x0EE24;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director Hash Signature")
    public static final int FDIRHASH = 0x0EE28;

    // The command (1:0) clears itself when done.
    @Register(access = RW_SC, section = "8.2.3.21", name = "Flow Director Command")
    public static final int FDIRCMD = 0x0EE2C;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director Free Filters")
    public static final int FDIRFREE = 0x0EE38;

    // Masks: a one excludes the bit.
    @Register(access = RW, section = "8.2.3.21", name = "Flow Director Destination IPv4 Mask")
    public static final int FDIRDIP4M = 0x0EE3C;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director Source IPv4 Mask")
    public static final int FDIRSIP4M = 0x0EE40;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director TCP Mask")
    public static final int FDIRTCPM = 0x0EE44;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director UDP Mask")
    public static final int FDIRUDPM = 0x0EE48;

    @Register(access = RC, section = "8.2.3.21", name = "Flow Director Longest Bucket")
    public static final int FDIRLEN = 0x0EE4C;

    @Register(access = RC, section = "8.2.3.21", name = "Flow Director Usage Statistics")
    public static final int FDIRUSTAT = 0x0EE50;

    @Register(access = RC, section = "8.2.3.21", name = "Flow Director Failed Usage Statistics")
    public static final int FDIRFSTAT = 0x0EE54;

    @Register(access = RC, section = "8.2.3.21", name = "Flow Director Match Statistics")
    public static final int FDIRMATCH = 0x0EE58;

    @Register(access = RC, section = "8.2.3.21", name = "Flow Director Miss Statistics")
    public static final int FDIRMISS = 0x0EE5C;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director Lookup Table Hash Key")
    public static final int FDIRHKEY = 0x0EE68;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director Signature Hash Key")
    public static final int FDIRSKEY = 0x0EE6C;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director Other Mask")
    public static final int FDIRM = 0x0EE70;

    @Register(access = RW, section = "8.2.3.21", name = "Flow Director IPv6 Mask")
    public static final int FDIRIP6M = 0x0EE74;

    // ---- MAC and link (8.2.3.22)

    @Register(access = RW, section = "8.2.3.22.1", name = "PCS 1G Global Config 1")
    public static final int PCS1GCFIG = 0x04200;

    @Register(access = RW, reset = 0x02040000, section = "8.2.3.22.2", name = "PCS 1G Link Control")
    public static final int PCS1GLCTL = 0x04208;

    @Register(access = RO, section = "8.2.3.22.3", name = "PCS 1G Link Status")
    public static final int PCS1GLSTA = 0x0420C;

    @Register(
            access = RW,
            reset = 0x1A0,
            writable = 0xB1A0,
            section = "8.2.3.22.4",
            name = "PCS 1G Auto Negotiation Advanced")
    public static final int PCS1GANA = 0x04218;

    @Register(access = RO, section = "8.2.3.22.5", name = "PCS 1G Auto Negotiation Link Partner Ability")
    public static final int PCS1GANLP = 0x0421C;

    @Register(access = RW, section = "8.2.3.22.6", name = "PCS 1G Auto Negotiation Next Page Transmit")
    public static final int PCS1GANNP = 0x04220;

    @Register(access = RO, section = "8.2.3.22.7", name = "PCS 1G Auto Negotiation Link Partner Next Page")
    public static final int PCS1GANLPNP = 0x04224;

    @Register(access = RW, reset = 0x08012C0B, section = "8.2.3.22.8", name = "MAC Core Control 0")
    public static final int HLREG0 = 0x04240;

    @Register(access = RO, section = "8.2.3.22.9", name = "MAC Core Status 1")
    public static final int HLREG1 = 0x04244;

    @Register(access = RW, writable = 0x000F0000, section = "8.2.3.22.10", name = "Pause and Pace")
    public static final int PAP = 0x04248;

    // The command bit (30) clears itself when done.
    @Register(access = RW_SC, writable = 0x7FFFFFFF, section = "8.2.3.22.11", name = "MDI Single Command and Address")
    public static final int MSCA = 0x0425C;

    // Write data 15:0, read data 31:16.
    @Register(access = RW, writable = 0xFFFF, section = "8.2.3.22.12", name = "MDI Single Read and Write Data")
    public static final int MSRWD = 0x04260;

    // Header and CRC included, VLAN tag not; counts when HLREG0.JUMBOEN is set. The 82598 calls it MHADD.
    @Register(access = RW, reset = 0x05EE0000, writable = 0xFFFF0000, section = "8.2.3.22.13", name = "Max Frame Size")
    public static final int MAXFRS = 0x04268;

    @Register(access = RO, section = "8.2.3.22.14", name = "XGXS Status 1")
    public static final int PCSS1 = 0x04288;

    @Register(access = RO, section = "8.2.3.22.15", name = "XGXS Status 2")
    public static final int PCSS2 = 0x0428C;

    @Register(access = RO, section = "8.2.3.22.16", name = "10GBASE-X PCS Status")
    public static final int XPCSS = 0x04290;

    @Register(access = RW, section = "8.2.3.22.17", name = "SerDes Interface Control")
    public static final int SERDESC = 0x04298;

    @Register(access = RW, section = "8.2.3.22.18", name = "FIFO Status/Control")
    public static final int MACS = 0x0429C;

    // Restart_AN (12) clears itself; all but bit 0 are overwritten from the EEPROM.
    @Register(access = RW_SC, reset = 0xC19D8284, section = "8.2.3.22.19", name = "Auto Negotiation Control")
    public static final int AUTOC = 0x042A0;

    // Live; bit 7 latches link down until read.
    @Register(access = RO, section = "8.2.3.22.20", name = "Link Status")
    public static final int LINKS = 0x042A4;

    @Register(access = RO, section = "8.2.3.22.21", name = "Link Status 2")
    public static final int LINKS2 = 0x04324;

    // Loaded from the EEPROM.
    @Register(access = RW, section = "8.2.3.22.22", name = "Auto Negotiation Control 2")
    public static final int AUTOC2 = 0x042A8;

    @Register(access = RO, section = "8.2.3.22.23", name = "Auto Negotiation Link Partner 1")
    public static final int ANLP1 = 0x042B0;

    @Register(access = RO, section = "8.2.3.22.24", name = "Auto Negotiation Link Partner 2")
    public static final int ANLP2 = 0x042B4;

    // Bit 0 is the management veto of link changes.
    @Register(access = RO, section = "8.2.3.22.25", name = "MAC Manageability Control")
    public static final int MMNGC = 0x042D0;

    @Register(access = RO, section = "8.2.3.22.26", name = "Auto Negotiation Link Partner Next Page 1")
    public static final int ANLPNP1 = 0x042D4;

    @Register(access = RO, section = "8.2.3.22.27", name = "Auto Negotiation Link Partner Next Page 2")
    public static final int ANLPNP2 = 0x042D8;

    @Register(access = RW, section = "8.2.3.22.28", name = "KR PCS and FEC Control")
    public static final int KRPCSFC = 0x042E0;

    @Register(access = RO, section = "8.2.3.22.29", name = "KR PCS Status")
    public static final int KRPCSS = 0x042E4;

    @Register(access = RC, section = "8.2.3.22.30", name = "FEC Status 1")
    public static final int FECS1 = 0x042E8;

    @Register(access = RC, section = "8.2.3.22.31", name = "FEC Status 2")
    public static final int FECS2 = 0x042EC;

    @Register(access = RW, section = "8.2.3.22.32", name = "Core Analog Configuration")
    public static final int CORECTL = 0x14F00;

    @Register(access = RW, section = "8.2.3.22.33", name = "Core Common Configuration")
    public static final int SMADARCTL = 0x14F10;

    @Register(access = RW, writable = 0xF, section = "8.2.3.22.34", name = "MAC Flow Control")
    public static final int MFLCN = 0x04294;

    @Register(access = RW, section = "8.2.3.22.35", name = "SGMII Control")
    public static final int SGMIIC = 0x04314;

    // Not in the 82599's datasheet; dumps read it.
    @Register(access = RW, section = "8.2.3.22", name = "Auto Negotiation Control 3")
    public static final int AUTOC3 = 0x042AC;

    // Not in the 82599's datasheet.
    @Register(access = RW, section = "8.2.3.22", name = "MAC PHY Version Control")
    public static final int MPVC = 0x04318;

    // X540 on: force link up (0), speed 17:16, force speed 18.
    @Register(access = RW, section = "8.2.3.22", name = "MAC Control")
    public static final int MACC = 0x04330;

    // ---- Statistics (8.2.3.23); counters clear when read and stay at their maximum

    @Register(access = RC, section = "8.2.3.23", name = "CRC Error Count")
    public static final int CRCERRS = 0x04000;

    @Register(access = RC, section = "8.2.3.23", name = "Illegal Byte Error Count")
    public static final int ILLERRC = 0x04004;

    @Register(access = RC, section = "8.2.3.23", name = "Error Byte Count")
    public static final int ERRBC = 0x04008;

    // RXMPC in the datasheet.
    @Register(access = RC, section = "8.2.3.23", count = 8, name = "Rx Missed Packets Count")
    public static final int MPC = 0x03FA0;

    @Register(access = RC, section = "8.2.3.23", name = "MAC Local Fault Count")
    public static final int MLFC = 0x04034;

    @Register(access = RC, section = "8.2.3.23", name = "MAC Remote Fault Count")
    public static final int MRFC = 0x04038;

    @Register(access = RC, section = "8.2.3.23", name = "Receive Length Error Count")
    public static final int RLEC = 0x04040;

    @Register(access = RC, section = "8.2.3.23", name = "Switch Security Violation Packet Count")
    public static final int SSVPC = 0x08780;

    @Register(access = RC, section = "8.2.3.23", name = "Link XON Transmitted Count")
    public static final int LXONTXC = 0x03F60;

    @Register(access = RC, section = "8.2.3.23", name = "Link XON Received Count")
    public static final int LXONRXCNT = 0x041A4;

    @Register(access = RC, section = "8.2.3.23", name = "Link XOFF Transmitted Count")
    public static final int LXOFFTXC = 0x03F68;

    @Register(access = RC, section = "8.2.3.23", name = "Link XOFF Received Count")
    public static final int LXOFFRXCNT = 0x041A8;

    @Register(access = RC, section = "8.2.3.23", count = 8, name = "Priority XON Transmitted Count")
    public static final int PXONTXC = 0x03F00;

    @Register(access = RC, section = "8.2.3.23", count = 8, name = "Priority XON Received Count")
    public static final int PXONRXCNT = 0x04140;

    @Register(access = RC, section = "8.2.3.23", count = 8, name = "Priority XOFF Transmitted Count")
    public static final int PXOFFTXCNT = 0x03F20;

    @Register(access = RC, section = "8.2.3.23", count = 8, name = "Priority XOFF Received Count")
    public static final int PXOFFRXCNT = 0x04160;

    @Register(access = RC, section = "8.2.3.23", count = 8, name = "Priority XON to XOFF Count")
    public static final int PXON2OFFCNT = 0x03240;

    @Register(access = RC_W, section = "8.2.3.23", name = "Packets Received [64 Bytes] Count")
    public static final int PRC64 = 0x0405C;

    @Register(access = RC_W, section = "8.2.3.23", name = "Packets Received [65-127 Bytes] Count")
    public static final int PRC127 = 0x04060;

    @Register(access = RC_W, section = "8.2.3.23", name = "Packets Received [128-255 Bytes] Count")
    public static final int PRC255 = 0x04064;

    @Register(access = RC_W, section = "8.2.3.23", name = "Packets Received [256-511 Bytes] Count")
    public static final int PRC511 = 0x04068;

    @Register(access = RC_W, section = "8.2.3.23", name = "Packets Received [512-1023 Bytes] Count")
    public static final int PRC1023 = 0x0406C;

    @Register(access = RC_W, section = "8.2.3.23", name = "Packets Received [1024 to Max Bytes] Count")
    public static final int PRC1522 = 0x04070;

    // BPRC to GORCH: read-only in the datasheet, cleared by reading in practice.
    @Register(access = RC, section = "8.2.3.23", name = "Broadcast Packets Received Count")
    public static final int BPRC = 0x04078;

    @Register(access = RC, section = "8.2.3.23", name = "Multicast Packets Received Count")
    public static final int MPRC = 0x0407C;

    @Register(access = RC, section = "8.2.3.23", name = "Good Packets Received Count")
    public static final int GPRC = 0x04074;

    // 36 bits, like the other pairs: low word first, then the upper four.
    @Register(access = RC, section = "8.2.3.23", name = "Good Octets Received Count Low")
    public static final int GORCL = 0x04088;

    @Register(access = RC, section = "8.2.3.23", name = "Good Octets Received Count High")
    public static final int GORCH = 0x0408C;

    @Register(access = RC, section = "8.2.3.23", name = "Good Rx Non-Filtered Packet Counter")
    public static final int RXNFGPC = 0x041B0;

    @Register(access = RC, section = "8.2.3.23", name = "Good Rx Non-Filter Byte Counter Low")
    public static final int RXNFGBCL = 0x041B4;

    @Register(access = RC, section = "8.2.3.23", name = "Good Rx Non-Filter Byte Counter High")
    public static final int RXNFGBCH = 0x041B8;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Good Rx Packet Counter")
    public static final int RXDGPC = 0x02F50;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Good Rx Byte Counter Low")
    public static final int RXDGBCL = 0x02F54;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Good Rx Byte Counter High")
    public static final int RXDGBCH = 0x02F58;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Duplicated Good Rx Packet Counter")
    public static final int RXDDGPC = 0x02F5C;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Duplicated Good Rx Byte Counter Low")
    public static final int RXDDGBCL = 0x02F60;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Duplicated Good Rx Byte Counter High")
    public static final int RXDDGBCH = 0x02F64;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Good Rx LPBK Packet Counter")
    public static final int RXLPBKGPC = 0x02F68;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Good Rx LPBK Byte Counter Low")
    public static final int RXLPBKGBCL = 0x02F6C;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Good Rx LPBK Byte Counter High")
    public static final int RXLPBKGBCH = 0x02F70;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Duplicated Good Rx LPBK Packet Counter")
    public static final int RXDLPBKGPC = 0x02F74;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Duplicated Good Rx LPBK Byte Counter Low")
    public static final int RXDLPBKGBCL = 0x02F78;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Duplicated Good Rx LPBK Byte Counter High")
    public static final int RXDLPBKGBCH = 0x02F7C;

    @Register(access = RC, section = "8.2.3.23", name = "Good Packets Transmitted Count")
    public static final int GPTC = 0x04080;

    @Register(access = RC, section = "8.2.3.23", name = "Good Octets Transmitted Count Low")
    public static final int GOTCL = 0x04090;

    @Register(access = RC, section = "8.2.3.23", name = "Good Octets Transmitted Count High")
    public static final int GOTCH = 0x04094;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Good Tx Packet Counter")
    public static final int TXDGPC = 0x087A0;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Good Tx Byte Counter Low")
    public static final int TXDGBCL = 0x087A4;

    @Register(access = RC, section = "8.2.3.23", name = "DMA Good Tx Byte Counter High")
    public static final int TXDGBCH = 0x087A8;

    @Register(access = RC, section = "8.2.3.23", name = "Receive Undersize Count")
    public static final int RUC = 0x040A4;

    @Register(access = RC, section = "8.2.3.23", name = "Receive Fragment Count")
    public static final int RFC = 0x040A8;

    @Register(access = RC, section = "8.2.3.23", name = "Receive Oversize Count")
    public static final int ROC = 0x040AC;

    @Register(access = RC, section = "8.2.3.23", name = "Receive Jabber Count")
    public static final int RJC = 0x040B0;

    // MNGP*: read-only in the datasheet.
    @Register(access = RC, section = "8.2.3.23", name = "Management Packets Received Count")
    public static final int MNGPRC = 0x040B4;

    @Register(access = RC, section = "8.2.3.23", name = "Management Packets Dropped Count")
    public static final int MNGPDC = 0x040B8;

    @Register(access = RC, section = "8.2.3.23", name = "Management Packets Transmitted Count")
    public static final int MNGPTC = 0x0CF90;

    @Register(access = RC, section = "8.2.3.23", name = "Total Octets Received Low")
    public static final int TORL = 0x040C0;

    @Register(access = RC, section = "8.2.3.23", name = "Total Octets Received High")
    public static final int TORH = 0x040C4;

    @Register(access = RC, section = "8.2.3.23", name = "Total Packets Received")
    public static final int TPR = 0x040D0;

    @Register(access = RC, section = "8.2.3.23", name = "Total Packets Transmitted")
    public static final int TPT = 0x040D4;

    @Register(access = RC, section = "8.2.3.23", name = "Packets Transmitted [64 Bytes] Count")
    public static final int PTC64 = 0x040D8;

    @Register(access = RC, section = "8.2.3.23", name = "Packets Transmitted [65-127 Bytes] Count")
    public static final int PTC127 = 0x040DC;

    @Register(access = RC, section = "8.2.3.23", name = "Packets Transmitted [128-255 Bytes] Count")
    public static final int PTC255 = 0x040E0;

    @Register(access = RC, section = "8.2.3.23", name = "Packets Transmitted [256-511 Bytes] Count")
    public static final int PTC511 = 0x040E4;

    @Register(access = RC, section = "8.2.3.23", name = "Packets Transmitted [512-1023 Bytes] Count")
    public static final int PTC1023 = 0x040E8;

    @Register(access = RC, section = "8.2.3.23", name = "Packets Transmitted [Greater Than 1024 Bytes] Count")
    public static final int PTC1522 = 0x040EC;

    @Register(access = RC, section = "8.2.3.23", name = "Multicast Packets Transmitted Count")
    public static final int MPTC = 0x040F0;

    @Register(access = RC, section = "8.2.3.23", name = "Broadcast Packets Transmitted Count")
    public static final int BPTC = 0x040F4;

    @Register(access = RC, section = "8.2.3.23", name = "MAC Short Packet Discard Count")
    public static final int MSPDC = 0x04010;

    @Register(access = RC, section = "8.2.3.23", name = "XSUM Error Count")
    public static final int XEC = 0x04120;

    @Register(
            access = RW,
            writable = 0x0F0F0F0F,
            section = "8.2.3.23",
            count = 32,
            name = "Receive Queue Statistic Mapping")
    public static final int RQSMR = 0x02300;

    @Register(access = RW, writable = 0x1F, section = "8.2.3.23", name = "Rx DMA Statistic Counter Control")
    public static final int RXDSTATCTRL = 0x02F40;

    @Register(
            access = RW,
            writable = 0x0F0F0F0F,
            section = "8.2.3.23",
            count = 32,
            name = "Transmit Queue Statistic Mapping")
    public static final int TQSM = 0x08600;

    @Register(access = RC, section = "8.2.3.23", stride = 0x40, count = 16, name = "Queue Packets Received Count")
    public static final int QPRC = 0x01030;

    @Register(access = RC, section = "8.2.3.23", stride = 0x40, count = 16, name = "Queue Packets Received Drop Count")
    public static final int QPRDC = 0x01430;

    @Register(access = RC, section = "8.2.3.23", stride = 0x40, count = 16, name = "Queue Bytes Received Count Low")
    public static final int QBRC_L = 0x01034;

    @Register(access = RC, section = "8.2.3.23", stride = 0x40, count = 16, name = "Queue Bytes Received Count High")
    public static final int QBRC_H = 0x01038;

    @Register(access = RC, section = "8.2.3.23", count = 16, name = "Queue Packets Transmitted Count")
    public static final int QPTC = 0x08680;

    // Alias; what most drivers use.
    @Register(
            access = RC,
            section = "8.2.3.23",
            stride = 0x40,
            count = 16,
            of = "QPTC",
            name = "Queue Packets Transmitted Count")
    public static final int QPTC_LEGACY = 0x06030;

    @Register(access = RC, section = "8.2.3.23", stride = 0x8, count = 16, name = "Queue Bytes Transmitted Count Low")
    public static final int QBTC_L = 0x08700;

    @Register(access = RC, section = "8.2.3.23", stride = 0x8, count = 16, name = "Queue Bytes Transmitted Count High")
    public static final int QBTC_H = 0x08704;

    @Register(access = RC, section = "8.2.3.23", name = "FC CRC Error Count")
    public static final int FCCRC = 0x05118;

    @Register(access = RC, section = "8.2.3.23", name = "FCoE Rx Packets Dropped Count")
    public static final int FCOERPDC = 0x0241C;

    @Register(access = RC, section = "8.2.3.23", name = "FC Last Error Count")
    public static final int FCLAST = 0x02424;

    @Register(access = RC, section = "8.2.3.23", name = "FCoE Packets Received Count")
    public static final int FCOEPRC = 0x02428;

    @Register(access = RC, section = "8.2.3.23", name = "FCoE DWord Received Count")
    public static final int FCOEDWRC = 0x0242C;

    @Register(access = RC, section = "8.2.3.23", name = "FCoE Packets Transmitted Count")
    public static final int FCOEPTC = 0x08784;

    @Register(access = RC, section = "8.2.3.23", name = "FCoE DWord Transmitted Count")
    public static final int FCOEDWTC = 0x08788;

    // ---- Wake up (8.2.3.24)

    // PME_Status (2) is cleared by writing a one.
    @Register(access = RW, section = "8.2.3.24.1", name = "Wake Up Control")
    public static final int WUC = 0x05800;

    @Register(access = RW, section = "8.2.3.24.2", name = "Wake Up Filter Control")
    public static final int WUFC = 0x05808;

    @Register(access = W1C, section = "8.2.3.24.3", name = "Wake Up Status")
    public static final int WUS = 0x05810;

    @Register(access = RW, section = "8.2.3.24.4", name = "IP Address Valid")
    public static final int IPAV = 0x05838;

    @Register(access = RW, section = "8.2.3.24.5", stride = 0x8, count = 4, name = "IPv4 Address Table")
    public static final int IP4AT = 0x05840;

    @Register(access = RW, section = "8.2.3.24.6", count = 4, name = "IPv6 Address Table")
    public static final int IP6AT = 0x05880;

    @Register(access = RO, section = "8.2.3.24.7", name = "Wake Up Packet Length")
    public static final int WUPL = 0x05900;

    @Register(access = RO, section = "8.2.3.24.8", count = 32, name = "Wake Up Packet Memory")
    public static final int WUPM = 0x05A00;

    // Filters 0 to 3, 64 words each.
    @Register(access = RW, section = "8.2.3.24.9", count = 256, name = "Flexible Host Filter Table")
    public static final int FHFT = 0x09000;

    // Filters 4 and 5.
    @Register(
            access = RW,
            section = "8.2.3.24.9",
            count = 128,
            first = 256,
            of = "FHFT",
            name = "Flexible Host Filter Table")
    public static final int FHFT_EXT = 0x09800;

    // ---- Manageability filters (8.2.3.25)

    @Register(access = RW, section = "8.2.3.25", count = 8, name = "Management VLAN TAG Value")
    public static final int MAVTV = 0x05010;

    @Register(access = RW, section = "8.2.3.25", count = 8, name = "Management Flex UDP/TCP Ports")
    public static final int MFUTP = 0x05030;

    @Register(access = RW, section = "8.2.3.25", count = 8, name = "Manageability Decision Filters")
    public static final int MDEF_EXT = 0x05160;

    @Register(access = RW, section = "8.2.3.25", count = 4, name = "Management Ethernet Type Filters")
    public static final int METF = 0x05190;

    // Owned by firmware.
    @Register(access = RW, section = "8.2.3.25", name = "Management Control")
    public static final int MANC = 0x05820;

    @Register(access = RW, section = "8.2.3.25", name = "Manageability Filters Valid")
    public static final int MFVAL = 0x05824;

    @Register(access = RW, section = "8.2.3.25", name = "Management Control To Host")
    public static final int MANC2H = 0x05860;

    @Register(access = RW, section = "8.2.3.25", count = 8, name = "Manageability Decision Filters")
    public static final int MDEF = 0x05890;

    @Register(access = RW, section = "8.2.3.25", count = 16, name = "Manageability IP Address Filter")
    public static final int MIPAF = 0x058B0;

    @Register(
            access = RW,
            section = "8.2.3.25",
            stride = 0x8,
            count = 4,
            name = "Manageability Ethernet MAC Address Low")
    public static final int MMAL = 0x05910;

    @Register(
            access = RW,
            section = "8.2.3.25",
            stride = 0x8,
            count = 4,
            name = "Manageability Ethernet MAC Address High")
    public static final int MMAH = 0x05914;

    @Register(access = RW, section = "8.2.3.25", count = 256, name = "Flexible TCO Filter Table")
    public static final int FTFT = 0x09400;

    // FLEX_MNG and these are how a driver talks to the firmware.
    @Register(access = RW, section = "8.2.3.25", name = "Host Interface Control")
    public static final int HICR = 0x15F00;

    @Register(access = RW, section = "8.2.3.25", name = "Software Mailbox 0")
    public static final int HSMC0R = 0x15F04;

    @Register(access = RW, section = "8.2.3.25", name = "Software Mailbox 1")
    public static final int HSMC1R = 0x15F08;

    @Register(access = RO, section = "8.2.3.25", name = "Firmware Status")
    public static final int FWSTS = 0x15F0C;

    @Register(access = RO, section = "8.2.3.25", name = "Software Status")
    public static final int SWSR = 0x15F10;

    @Register(access = RO, section = "8.2.3.25", name = "LinkSec Software/Firmware Interface")
    public static final int LSWFW = 0x15F14;

    @Register(access = RO, section = "8.2.3.25", name = "Firmware Reset Count")
    public static final int FWRESETCNT = 0x15F40;

    @Register(access = RW, section = "8.2.3.25", count = 448, name = "Shared RAM of the Host Interface")
    public static final int FLEX_MNG = 0x15800;

    // ---- Time sync (8.2.3.26)

    // Valid (0) is set by a time stamp, cleared by reading RXSTMPH.
    @Register(access = RW, writable = 0x1E, section = "8.2.3.26", name = "Rx Time Sync Control")
    public static final int TSYNCRXCTL = 0x05188;

    @Register(access = RO, section = "8.2.3.26", name = "Rx Timestamp Low")
    public static final int RXSTMPL = 0x051E8;

    @Register(access = RO, section = "8.2.3.26", name = "Rx Timestamp High")
    public static final int RXSTMPH = 0x051A4;

    @Register(access = RO, section = "8.2.3.26", name = "Rx Timestamp Attributes Low")
    public static final int RXSATRL = 0x051A0;

    @Register(access = RO, section = "8.2.3.26", name = "Rx Timestamp Attributes High")
    public static final int RXSATRH = 0x051A8;

    @Register(access = RW, section = "8.2.3.26", name = "Rx Message Type Low")
    public static final int RXMTRL = 0x05120;

    // Valid (0) is cleared by reading TXSTMPH.
    @Register(access = RW, writable = 0x10, section = "8.2.3.26", name = "Tx Time Sync Control")
    public static final int TSYNCTXCTL = 0x08C00;

    @Register(access = RO, section = "8.2.3.26", name = "Tx Timestamp Value Low")
    public static final int TXSTMPL = 0x08C04;

    @Register(access = RO, section = "8.2.3.26", name = "Tx Timestamp Value High")
    public static final int TXSTMPH = 0x08C08;

    @Register(access = RW, section = "8.2.3.26", name = "System Time Low")
    public static final int SYSTIML = 0x08C0C;

    @Register(access = RW, section = "8.2.3.26", name = "System Time High")
    public static final int SYSTIMH = 0x08C10;

    @Register(access = RW, section = "8.2.3.26", name = "Increment Attributes")
    public static final int TIMINCA = 0x08C14;

    @Register(access = RW, section = "8.2.3.26", name = "Time Adjustment Offset Low")
    public static final int TIMADJL = 0x08C18;

    @Register(access = RW, section = "8.2.3.26", name = "Time Adjustment Offset High")
    public static final int TIMADJH = 0x08C1C;

    @Register(access = RW, section = "8.2.3.26", name = "TimeSync Auxiliary Control")
    public static final int TSAUXC = 0x08C20;

    @Register(access = RW, section = "8.2.3.26", name = "Target Time 0 Low")
    public static final int TRGTTIML0 = 0x08C24;

    @Register(access = RW, section = "8.2.3.26", name = "Target Time 0 High")
    public static final int TRGTTIMH0 = 0x08C28;

    @Register(access = RW, section = "8.2.3.26", name = "Target Time 1 Low")
    public static final int TRGTTIML1 = 0x08C2C;

    @Register(access = RW, section = "8.2.3.26", name = "Target Time 1 High")
    public static final int TRGTTIMH1 = 0x08C30;

    @Register(access = RW, section = "8.2.3.26", count = 2, name = "Frequency Out Control")
    public static final int FREQOUT = 0x08C34;

    @Register(access = RO, section = "8.2.3.26", name = "Auxiliary Time Stamp 0 Low")
    public static final int AUXSTMPL0 = 0x08C3C;

    @Register(access = RO, section = "8.2.3.26", name = "Auxiliary Time Stamp 0 High")
    public static final int AUXSTMPH0 = 0x08C40;

    @Register(access = RO, section = "8.2.3.26", name = "Auxiliary Time Stamp 1 Low")
    public static final int AUXSTMPL1 = 0x08C44;

    @Register(access = RO, section = "8.2.3.26", name = "Auxiliary Time Stamp 1 High")
    public static final int AUXSTMPH1 = 0x08C48;

    // ---- Virtualization, physical function (8.2.3.27)

    @Register(access = RW, section = "8.2.3.27.1", name = "PF VT Control")
    public static final int PFVTCTL = 0x051B0;

    @Register(access = RW, section = "8.2.3.27.2", count = 64, name = "PF Mailbox")
    public static final int PFMAILBOX = 0x04B00;

    // 16 words for each of 64 pools.
    @Register(access = RW, section = "8.2.3.27.2", count = 1024, name = "PF Mailbox Memory")
    public static final int PFMBMEM = 0x13000;

    @Register(access = W1C, section = "8.2.3.27.3", count = 4, name = "PF Mailbox Interrupt Causes")
    public static final int PFMBICR = 0x00710;

    @Register(access = RW, section = "8.2.3.27.4", count = 2, name = "PF Mailbox Interrupt Mask")
    public static final int PFMBIMR = 0x00720;

    // VFs 0 to 31; the other half is elsewhere.
    @Register(access = RO, section = "8.2.3.27.5", name = "PF VFLR Events Indication")
    public static final int PFVFLRE = 0x00600;

    @Register(access = RO, section = "8.2.3.27.5", first = 1, of = "PFVFLRE", name = "PF VFLR Events Indication")
    public static final int PFVFLRE_1 = 0x001C0;

    @Register(access = W1C, section = "8.2.3.27.6", count = 2, name = "PF VFLR Events Clear")
    public static final int PFVFLREC = 0x00700;

    @Register(access = RW, section = "8.2.3.27.7", count = 2, name = "PF VF Receive Enable")
    public static final int PFVFRE = 0x051E0;

    @Register(access = RW, section = "8.2.3.27.8", count = 2, name = "PF VF Transmit Enable")
    public static final int PFVFTE = 0x08110;

    // Index 14:8, write (16), read (17), value (0).
    @Register(access = RW, section = "8.2.3.27.9", name = "PF Queue Drop Enable")
    public static final int PFQDE = 0x02F04;

    @Register(access = RW, section = "8.2.3.27.10", count = 2, name = "PF VM Tx Switch Loopback Enable")
    public static final int PFVMTXSW = 0x05180;

    @Register(access = RW, section = "8.2.3.27.11", count = 8, name = "PF VF Anti Spoof Control")
    public static final int PFVFSPOOF = 0x08200;

    @Register(access = RW, section = "8.2.3.27.12", name = "PF DMA Tx General Switch Control")
    public static final int PFDTXGSWC = 0x08220;

    @Register(access = RW, section = "8.2.3.27.13", count = 64, name = "PF VM VLAN Insert")
    public static final int PFVMVIR = 0x08000;

    @Register(access = RW, section = "8.2.3.27.14", count = 64, name = "PF VM L2 Control")
    public static final int PFVML2FLT = 0x0F000;

    // Undefined after power up.
    @Register(access = RW, writable = 0x80000FFF, section = "8.2.3.27.15", count = 64, name = "PF VM VLAN Pool Filter")
    public static final int PFVLVF = 0x0F100;

    // Undefined after power up.
    @Register(access = RW, section = "8.2.3.27.16", count = 128, name = "PF VM VLAN Pool Filter Bitmap")
    public static final int PFVLVFB = 0x0F200;

    // Undefined after power up.
    @Register(access = RW, section = "8.2.3.27.17", count = 128, name = "PF Unicast Table Array")
    public static final int PFUTA = 0x0F400;

    @Register(access = RW, section = "8.2.3.27.18", count = 4, name = "PF Mirror Rule Control")
    public static final int PFMRCTL = 0x0F600;

    @Register(access = RW, section = "8.2.3.27.19", count = 8, name = "PF Mirror Rule VLAN")
    public static final int PFMRVLAN = 0x0F610;

    @Register(access = RW, section = "8.2.3.27.20", count = 8, name = "PF Mirror Rule Pool")
    public static final int PFMRVM = 0x0F630;

    // Not in the 82599's datasheet.
    @Register(access = RW, section = "8.2.3.27", count = 2, name = "PF VM Egress Control")
    public static final int VMECM = 0x08790;

    // X550; LVMMC in the 82599's datasheet is 0x08108.
    @Register(access = RC, section = "8.2.3.27", name = "Last VM Misbehavior Cause, Rx")
    public static final int LVMMC_RX = 0x02FA8;

    @Register(access = RC, section = "8.2.3.27", name = "Last VM Misbehavior Cause")
    public static final int LVMMC = 0x08108;

    @Register(access = RO, section = "8.2.3.27", name = "Last Malicious VM")
    public static final int LMVM = 0x08124;

    @Register(access = W1C, section = "8.2.3.27", count = 4, name = "Wrong Queue Behavior")
    public static final int WQBR = 0x08130;

    // ---- Diagnostics and leftovers of the 82598 that register dumps read; mostly reserved here

    // Linux's ixgbe_get_regs reads these five of any card; on the 82599 they lie between registers of transmit queues.
    @Register(access = RO, section = "8.2.3", name = "MSI-X Pending Bit Array of the 82598")
    public static final int MSIXPBA = 0x02000;

    @Register(access = RO, section = "8.2.3", stride = 0x8, count = 2, name = "Tx DMA Statistics of the 82598")
    public static final int TDSTAT_5 = 0x07C14;

    @Register(access = RO, section = "8.2.3", name = "Tx DMA Statistic Control of the 82598")
    public static final int TDSTATCTL = 0x07C20;

    @Register(access = RO, section = "8.2.3", stride = 0x8, count = 2, name = "Tx Descriptor Cache of the 82598")
    public static final int TIC_DW_1 = 0x07F14;

    @Register(access = RO, section = "8.2.3", name = "Tx Probe Mode Status of the 82598")
    public static final int TDPROBE = 0x07F20;

    @Register(access = RO, section = "8.2.3", count = 8, name = "Rx DMA Statistics")
    public static final int RDSTAT = 0x02C00;

    @Register(access = RW, section = "8.2.3", name = "Rx DMA Statistic Control")
    public static final int RDSTATCTL = 0x02C20;

    @Register(access = RW, section = "8.2.3", name = "Rx Descriptor Handler Memory Page Number")
    public static final int RDHMPN = 0x02F08;

    @Register(access = RO, section = "8.2.3", count = 4, name = "Rx Descriptor Handler Memory Data")
    public static final int RIC_DW = 0x02F10;

    @Register(access = RO, section = "8.2.3", name = "Rx Probe Mode Status")
    public static final int RDPROBE = 0x02F20;

    @Register(access = RO, section = "8.2.3", count = 8, name = "Rx Packet Buffer Write Pointer")
    public static final int RXWRPTR = 0x03100;

    @Register(access = RO, section = "8.2.3", count = 8, name = "Rx Packet Buffer Used Space")
    public static final int RXUSED = 0x03120;

    @Register(access = RO, section = "8.2.3", count = 8, name = "Rx Packet Buffer Read Pointer")
    public static final int RXRDPTR = 0x03140;

    @Register(access = RO, section = "8.2.3", name = "Rx Packet Buffer ECC")
    public static final int PBRXECC = 0x03300;

    @Register(access = RW, section = "8.2.3", name = "Rx Buffer Access Control")
    public static final int RXBUFCTRL = 0x03600;

    @Register(access = RO, section = "8.2.3", count = 4, name = "Rx Buffer Access Data")
    public static final int RXBUFDATA = 0x03610;

    @Register(access = RO, section = "8.2.3", name = "Rx Data Buffer ECC")
    public static final int RXDBUECC = 0x03F70;

    @Register(access = RO, section = "8.2.3", name = "Rx Data Buffer ECC Status")
    public static final int RXDBUEST = 0x03F74;

    @Register(access = RO, section = "8.2.3", name = "PCS 1G Debug 0")
    public static final int PCS1GDBG0 = 0x04210;

    @Register(access = RO, section = "8.2.3", name = "PCS 1G Debug 1")
    public static final int PCS1GDBG1 = 0x04214;

    @Register(access = RW, section = "8.2.3", name = "MDI Auto-Scan Command and Address")
    public static final int MACA = 0x0424C;

    @Register(access = RW, section = "8.2.3", name = "Auto-Scan PHY Address Enable")
    public static final int APAE = 0x04250;

    @Register(access = RO, section = "8.2.3", name = "Auto-Scan Read Data")
    public static final int ARD = 0x04254;

    @Register(access = RO, section = "8.2.3", name = "Auto-Scan Interrupt Status")
    public static final int AIS = 0x04258;

    @Register(access = RO, section = "8.2.3", name = "MAC Address Low")
    public static final int MLADD = 0x04264;

    @Register(access = RO, section = "8.2.3", name = "XGXS Status Register")
    public static final int TREG = 0x0426C;

    @Register(access = RW, section = "8.2.3", name = "MAC DFT Control 1")
    public static final int MDFTC1 = 0x042B8;

    @Register(access = RW, section = "8.2.3", name = "MAC DFT Control 2")
    public static final int MDFTC2 = 0x042C0;

    @Register(access = RO, section = "8.2.3", name = "MAC DFT FIFO 1")
    public static final int MDFTFIFO1 = 0x042C4;

    @Register(access = RO, section = "8.2.3", name = "MAC DFT FIFO 2")
    public static final int MDFTFIFO2 = 0x042C8;

    @Register(access = RO, section = "8.2.3", name = "MAC DFT Status")
    public static final int MDFTS = 0x042CC;

    @Register(access = RW, section = "8.2.3", name = "Analog Configuration")
    public static final int ATLASCTL = 0x04800;

    @Register(access = RW, section = "8.2.3", name = "Rx User Priority to Packet Buffer Mapping")
    public static final int RUPPBMR = 0x050A0;

    @Register(access = RW, section = "8.2.3", name = "Receive Filter Validation")
    public static final int RFVAL = 0x050A4;

    @Register(access = RW, section = "8.2.3", name = "VMDq Control")
    public static final int VMD_CTL = 0x0581C;

    @Register(access = RW, section = "8.2.3", count = 8, name = "Immediate Interrupt Rx")
    public static final int IMIR = 0x05A80;

    @Register(access = RW, section = "8.2.3", count = 8, name = "Immediate Interrupt Rx Extended")
    public static final int IMIREXT = 0x05AA0;

    @Register(access = RW, section = "8.2.3", stride = 0x40, count = 8, name = "Tx Queue to Traffic Class Config")
    public static final int TDTQ2TCCR = 0x0602C;

    @Register(access = RO, section = "8.2.3", stride = 0x40, count = 8, name = "Tx Queue to Traffic Class Status")
    public static final int TDTQ2TCSR = 0x0622C;

    // 82599: TIC_DW2 and TXDESCIC locate stuck transmit descriptors.
    @Register(access = RW, section = "8.2.3", name = "Tx Descriptor Internal Cache Control")
    public static final int TXDESCIC = 0x082CC;

    @Register(access = RO, section = "8.2.3", count = 4, name = "Tx Descriptor Internal Cache Data")
    public static final int TIC_DW2 = 0x082B0;

    @Register(access = RW, section = "8.2.3", name = "Tx Descriptor Handler Memory Page Number 2")
    public static final int TDHMPN2 = 0x082FC;

    @Register(access = RO, section = "8.2.3", count = 8, name = "Tx Packet Buffer Write Pointer")
    public static final int TXWRPTR = 0x0C100;

    @Register(access = RO, section = "8.2.3", count = 8, name = "Tx Packet Buffer Used Space")
    public static final int TXUSED = 0x0C120;

    @Register(access = RO, section = "8.2.3", count = 8, name = "Tx Packet Buffer Read Pointer")
    public static final int TXRDPTR = 0x0C140;

    @Register(access = RO, section = "8.2.3", name = "Tx Packet Buffer ECC")
    public static final int PBTXECC = 0x0C300;

    @Register(access = RW, section = "8.2.3", name = "Tx Buffer Access Control")
    public static final int TXBUFCTRL = 0x0C600;

    @Register(access = RO, section = "8.2.3", count = 4, name = "Tx Buffer Access Data")
    public static final int TXBUFDATA = 0x0C610;

    @Register(access = RW, section = "8.2.3", name = "Transmit IPG")
    public static final int TIPG = 0x0CB00;

    @Register(access = RO, section = "8.2.3", name = "Tx Data Buffer ECC")
    public static final int TXDBUECC = 0x0CF70;

    @Register(access = RO, section = "8.2.3", name = "Tx Data Buffer ECC Status")
    public static final int TXDBUEST = 0x0CF74;

    @Register(access = RW, section = "8.2.3", name = "Drop Enable")
    public static final int DROPEN = 0x03D04;

    @Register(access = RW, section = "8.2.3", count = 8, name = "Receive T2 Configure")
    public static final int RT2CR = 0x03C20;

    @Register(access = RO, section = "8.2.3", count = 8, name = "Receive T2 Status")
    public static final int RT2SR = 0x03C40;

    @Register(access = RC, section = "8.2.3", count = 8, name = "Receive No Buffers Count")
    public static final int RNBC = 0x03FC0;

    @Register(access = RC, section = "8.2.3", name = "Link XON Received Count of the 82598")
    public static final int LXONRXC = 0x0CF60;

    @Register(access = RC, section = "8.2.3", name = "Link XOFF Received Count of the 82598")
    public static final int LXOFFRXC = 0x0CF68;

    @Register(access = RC, section = "8.2.3", count = 8, name = "Priority XON Received Count of the 82598")
    public static final int PXONRXC = 0x0CF00;

    @Register(access = RC, section = "8.2.3", count = 8, name = "Priority XOFF Received Count of the 82598")
    public static final int PXOFFRXC = 0x0CF20;

    @Register(access = RO, section = "8.2.3", name = "PCIe ECC Control")
    public static final int PCIEECCCTL = 0x1106C;

    @Register(access = RO, section = "8.2.3", count = 8, name = "PCIe Diagnostic")
    public static final int PCIE_DIAG = 0x11090;

    private Registers() {}

    /**
     * A register or an array of registers.
     *
     * @param name the constant's name
     * @param offset of the first register
     * @param stride bytes between registers of an array
     * @param count registers in the array, 1 for a single one
     * @param access what reading and writing do
     * @param reset value after reset
     * @param writable bits that a write can change
     * @param section of the datasheet
     * @param longName what the letters stand for
     * @param of the constant that this block continues or repeats, otherwise empty
     * @param first index of the first register
     */
    public record Entry(
            String name,
            int offset,
            int stride,
            int count,
            Register.Access access,
            int reset,
            int writable,
            String section,
            String longName,
            String of,
            int first) {
        /** Name with index, such as {@code RDT[3]}, of the register at an offset within this entry. */
        public String nameAt(int at) {
            String base = of.isEmpty() ? name : of;
            return count == 1 && first == 0 ? base : base + "[" + indexAt(at) + "]";
        }

        /** Index of the register at an offset within this entry. */
        public int indexAt(int at) {
            return first + (at - offset) / stride;
        }
    }

    /** Every entry, in the order of the datasheet. */
    public static List<Entry> table() {
        return Table.ENTRIES;
    }

    /** The entry that covers an offset, unless that is reserved. */
    public static Optional<Entry> find(int offset) {
        return offset < 0 || offset >= Table.SIZE || offset % 4 != 0
                ? Optional.empty()
                : Optional.ofNullable(Table.WORDS[offset / 4]);
    }

    /** The offset at which the datasheet has a register, for an offset that may be an alias of it. */
    public static int canonical(int offset) {
        Entry entry = find(offset).orElse(null);
        if (entry == null || entry.of.isEmpty()) {
            return offset;
        }
        Entry main = Table.BY_NAME.get(entry.of);
        int index = entry.indexAt(offset) - main.first;
        return index >= 0 && index < main.count ? main.offset + index * main.stride : offset;
    }

    /** A register's name with its index, such as {@code RDT[3]}; {@code 0x12345 (reserved)} where there is none. */
    public static String name(int offset) {
        return find(offset)
                .map(entry -> entry.nameAt(offset))
                .orElseGet(() -> String.format(Locale.ROOT, "0x%05X (reserved)", offset));
    }

    /** Built on first use. */
    private static final class Table {
        /** Size of the register space; what follows in BAR 0 is flash. */
        static final int SIZE = 0x20000;

        static final List<Entry> ENTRIES = entries();
        static final Entry[] WORDS = words();
        static final Map<String, Entry> BY_NAME = byName();

        private static List<Entry> entries() {
            List<Entry> entries = new ArrayList<>();
            for (Field field : Registers.class.getDeclaredFields()) {
                Register register = field.getAnnotation(Register.class);
                if (register != null) {
                    entries.add(entry(field, register));
                }
            }
            return List.copyOf(entries);
        }

        private static Entry entry(Field field, Register register) {
            try {
                return new Entry(
                        field.getName(),
                        field.getInt(null),
                        register.stride(),
                        register.count(),
                        register.access(),
                        register.reset(),
                        register.writable(),
                        register.section(),
                        register.name(),
                        register.of(),
                        register.first());
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }

        private static Map<String, Entry> byName() {
            Map<String, Entry> map = new HashMap<>();
            for (Entry entry : ENTRIES) {
                map.put(entry.name, entry);
            }
            return map;
        }

        private static Entry[] words() {
            Entry[] words = new Entry[SIZE / 4];
            for (Entry entry : ENTRIES) {
                for (int i = 0; i < entry.count; i++) {
                    words[(entry.offset + i * entry.stride) / 4] = entry;
                }
            }
            return words;
        }
    }
}
