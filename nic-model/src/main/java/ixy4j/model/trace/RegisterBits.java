package ixy4j.model.trace;

import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;

/** What bits and fields of registers are called (datasheet 8.2.3), for those that tell how a card is set up. */
final class RegisterBits {
    // A register a line; then bits as number:name, and fields as first-last:name.
    private static final String NAMES = """
            CTRL 2:MASTER_DISABLE 3:LRST 26:RST
            STATUS 2-3:LAN_ID 7:LINK_UP 10-17:NUM_VFS 18:IOV 19:MASTER_ENABLE
            CTRL_EXT 14:PFRSTD 16:NS_DIS 17:RO_DIS 26:EXT_VLAN 28:DRV_LOAD
            EEC 0:SK 1:CS 2:DI 3:DO 6:REQ 7:GNT 8:PRES 9:AUTO_RD 11-14:SIZE
            EERD 0:START 1:DONE 2-15:ADDRESS 16-31:DATA
            EICR 0-15:QUEUES 16:FLOW_DIRECTOR 17:MISS 18:PCI 19:MAILBOX 20:LSC 21:LINKSEC 22:MNG 24:SDP0 25:SDP1 26:SDP2 \
            27:SDP3 28:ECC 30:TIMER 31:OTHER
            EICS 0-15:QUEUES 20:LSC 30:TIMER
            EIMS 0-15:QUEUES 16:FLOW_DIRECTOR 17:MISS 18:PCI 19:MAILBOX 20:LSC 21:LINKSEC 22:MNG 24:SDP0 25:SDP1 26:SDP2 \
            27:SDP3 28:ECC 30:TIMER 31:OTHER
            EIMC 0-15:QUEUES 20:LSC 30:TIMER 31:OTHER
            GPIE 0:SDP0 1:SDP1 2:SDP2 4:MULTIPLE_MSIX 5:OCD 6:EIMEN 11-13:LLI 30:EIAME 31:PBA_SUPPORT
            EITR 3-11:INTERVAL 31:CNT_WDIS
            FCTRL 1:SBP 8:MPE 9:UPE 10:BAM 14:DPF
            VLNCTRL 0-15:TYPE 28:CFI 29:CFIEN 30:VFE
            RXCTRL 0:RXEN
            RXPBSIZE 10-19:KIB
            RDRXCTL 0:RDMTS 1:CRCSTRIP 3:DMAIDONE 17-21:RSCFRSTSIZE 25:RSCACKC 26:FCOE_WRFIX
            RXDCTL 25:ENABLE 30:VME
            SRRCTL 0-4:KIB 8-13:HEADER 25-27:DESCTYPE 28:DROP_EN
            TXDCTL 0-6:PTHRESH 8-14:HTHRESH 16-22:WTHRESH 25:ENABLE 26:SWFLSH
            DMATXCTL 0:TE 3:GDV 16-31:VLAN_TYPE
            RTTDCS 0:TDPAC 6:ARBDIS
            MTQC 0:RT 1:VT 2-3:QUEUES
            MRQC 0-3:MODE 16-31:RSS_FIELDS
            HLREG0 0:TXCRCEN 1:RXCRCSTRP 2:JUMBOEN 10:TXPADEN 15:LPBK 16:MDCSPD 17:CONTMDC 20-23:PREPEND 27:RXLNGTHERREN \
            28:RXPADSTRIPEN
            MAXFRS 16-31:BYTES
            AUTOC 0:FLU 7-8:PMA_10G 9:PMA_1G 10-11:PMA_PARALLEL 12:RESTART_AN 13-15:LMS 30-31:KX
            LINKS 7:STATUS 27:MAC_1G_PCS 28-29:SPEED 30:LINK_UP 31:KX_AN_DONE
            RAH 0-15:ADDRESS 22-23:POOL 31:AV
            SECRXCTRL 1:RX_DIS
            SECRXSTAT 0:RDY
            SECTXCTRL 1:TX_DIS
            SECTXSTAT 0:RDY
            SWSM 0:SMBI 1:SWESMBI
            SW_FW_SYNC 0:EEPROM 1:PHY0 2:PHY1 3:MAC_CSR 4:FLASH 5-9:FIRMWARE 10:MNG
            I2CCTL 0:CLOCK_IN 1:CLOCK_OUT 2:DATA_IN 3:DATA_OUT
            ESDP 0:SDP0 1:SDP1 2:SDP2 3:SDP3 4:SDP4 5:SDP5 6:SDP6 7:SDP7
            MSCA 0-15:ADDRESS 16-20:DEVICE 21-25:PHY 26-27:OP 30:COMMAND
            MSRWD 0-15:WRITE 16-31:READ
            IPSTXIDX 3-12:INDEX 30:READ 31:WRITE
            IPSRXIDX 0:EN 1-2:TABLE 3-12:INDEX 30:READ 31:WRITE
            IVAR 0-5:RX0 7:RX0_VALID 8-13:TX0 15:TX0_VALID 16-21:RX1 23:RX1_VALID 24-29:TX1 31:TX1_VALID
            ETQF 0-15:TYPE 26:POOL 27:FCOE 30:IEEE1588 31:ENABLE
            RXCSUM 12:IPPCSE 13:PCSD
            """;

    private static final Map<String, Field[]> FIELDS = read();

    private record Field(int first, int last, String name) {
        static Field read(String text) {
            String[] parts = text.split("[:-]", -1);
            return new Field(
                    Integer.parseInt(parts[0]), Integer.parseInt(parts[parts.length - 2]), parts[parts.length - 1]);
        }

        String text(int value) {
            int bits = value >>> first & (int) ((1L << (last - first + 1)) - 1);
            return bits == 0 ? "" : first == last ? name : name + "=0x" + Integer.toHexString(bits);
        }
    }

    private RegisterBits() {}

    private static Map<String, Field[]> read() {
        Map<String, Field[]> fields = new HashMap<>();
        NAMES.lines().forEach(line -> {
            String[] words = line.trim().split(" +", -1);
            Field[] ofRegister = new Field[words.length - 1];
            for (int i = 0; i < ofRegister.length; i++) {
                ofRegister[i] = Field.read(words[i + 1]);
            }
            fields.put(words[0], ofRegister);
        });
        return fields;
    }

    /** The names of what is set in a value; empty for a register that is not known here. */
    static String text(String register, int value) {
        int bracket = register.indexOf('[');
        if (bracket >= 0 && register.matches("EI[CM].*")) {
            return ""; // of causes and masks, those with an index have queues only
        }
        Field[] fields = FIELDS.get(bracket < 0 ? register : register.substring(0, bracket));
        StringJoiner text = new StringJoiner(" ");
        if (fields != null) {
            for (Field field : fields) {
                String part = field.text(value);
                if (!part.isEmpty()) {
                    text.add(part);
                }
            }
        }
        return text.toString();
    }
}
