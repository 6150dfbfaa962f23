package ixy4j.model.wire;

/** Names of what captures are taken from, other than Ethernet (tcpdump.org/linktypes.html). */
final class LinkTypes {
    private LinkTypes() {}

    /** The number, and the name where it is one that captures often have. */
    static String show(int type) {
        final String name = switch (type) {
            case 0, 108 -> "BSD loopback";
            case 6 -> "Token Ring";
            case 8 -> "SLIP";
            case 9, 50 -> "PPP";
            case 12, 14, 101 -> "raw IP";
            case 51 -> "PPP over Ethernet";
            case 104 -> "Cisco HDLC";
            case 105 -> "802.11";
            case 113 -> "Linux cooked";
            case 119 -> "802.11 with Prism header";
            case 127 -> "802.11 with radiotap";
            case 163 -> "802.11 with AVS header";
            case 187, 201 -> "Bluetooth HCI";
            case 189, 220 -> "Linux USB";
            case 192 -> "802.11 with PPI";
            case 195, 230 -> "802.15.4";
            case 228 -> "raw IPv4";
            case 229 -> "raw IPv6";
            case 239 -> "Linux netfilter log";
            case 249 -> "USBPcap";
            case 253 -> "Linux netlink";
            case 276 -> "Linux cooked v2";
            default -> null;
        };
        return name == null ? Integer.toString(type) : type + " (" + name + ')';
    }
}
