package ixy4j.watch.frame;

import ixy4j.packet.Ipv6;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The line that says what a frame is, as tcpdump writes it with {@code -n} and {@code -S}: names are not looked up, and numbers of
 * TCP are as they are in the segment. Not for the thread that moves packets: it allocates.
 */
public final class Line {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.nnnnnnnnn", Locale.ROOT);
    private static final String[] FLAGS = {"F", "S", "R", "P", ".", "U", "E", "W"}; // of TCP, from bit 0 on
    private static final String CUT = "[|cut]"; // the frame ends before what it announces

    private final Frame frame;
    private final boolean verbose;
    private final StringBuilder text = new StringBuilder();

    private Line(Frame frame, boolean verbose) {
        this.frame = frame;
        this.verbose = verbose;
    }

    /**
     * Describes a frame.
     *
     * @param nanos since 1970
     * @param verbose also what its Ethernet and IP headers have
     */
    public static String of(Frame frame, long nanos, boolean verbose) {
        Instant time = Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
        return time.atZone(ZoneId.systemDefault()).format(TIME).substring(0, 15) + ' ' + of(frame, verbose);
    }

    /** The same without the time. */
    public static String of(Frame frame, boolean verbose) {
        Line line = new Line(frame, verbose);
        line.ethernet();
        return line.frame.isBeyond() ? line.text.append(' ').append(CUT).toString() : line.text.toString();
    }

    /** All bytes of a frame, 16 a line, as hexadecimal numbers and as characters. */
    public static String hex(Frame frame, int there) {
        StringBuilder lines = new StringBuilder();
        for (int at = 0; at < there; at += 16) {
            StringBuilder numbers = new StringBuilder();
            StringBuilder letters = new StringBuilder();
            for (int i = at; i < Math.min(there, at + 16); i++) {
                int one = frame.get8(i);
                numbers.append(i % 2 == 0 ? " " : "").append(HexFormat.of().toHexDigits((byte) one));
                letters.append(one >= 0x20 && one < 0x7f ? (char) one : '.');
            }
            lines.append(
                    String.format(Locale.ROOT, "%s\t0x%04x: %-40s  %s", at == 0 ? "" : "\n", at, numbers, letters));
        }
        return lines.toString();
    }

    // ---- Ethernet

    private void ethernet() {
        if (verbose) {
            text.append(mac(frame.get48(6)))
                    .append(" > ")
                    .append(mac(frame.get48(0)))
                    .append(", length ");
            text.append(frame.length()).append(": ");
        }
        int tags = 0;
        int type = frame.type(0);
        while ((type == 0x8100 || type == 0x88a8 || type == 0x9100) && tags < 8) {
            int tag = frame.get16(Frame.payload(tags));
            text.append("vlan ")
                    .append(tag & 0xfff)
                    .append(", p ")
                    .append(tag >> 13)
                    .append(", ");
            tags++;
            type = frame.type(tags);
        }
        int at = Frame.payload(tags);
        switch (type) {
            case Filter.IP -> ip(at);
            case Filter.IP6 -> ip6(at);
            case Filter.ARP -> arp(at);
            default -> unknown(type);
        }
    }

    private void unknown(int type) {
        if (!verbose) {
            text.append(mac(frame.get48(6)))
                    .append(" > ")
                    .append(mac(frame.get48(0)))
                    .append(", ");
        }
        if (type < 0x600) {
            text.append("802.3, length ").append(type);
        } else {
            text.append(String.format(Locale.ROOT, "ethertype Unknown (0x%04x), length %d", type, frame.length()));
        }
    }

    private static String mac(long bits) {
        return HexFormat.of().toHexDigits(bits, 12).replaceAll("(..)(?!$)", "$1:");
    }

    private void arp(int at) {
        text.append("ARP, ");
        int operation = frame.get16(at + 6);
        boolean isUsual = frame.get32(at) == 0x0001_0800 && frame.get16(at + 4) == 0x0604;
        if (isUsual && operation == 1) {
            text.append("Request who-has ")
                    .append(ipAddress(at + 24))
                    .append(" tell ")
                    .append(ipAddress(at + 14));
        } else if (isUsual && operation == 2) {
            text.append("Reply ").append(ipAddress(at + 14)).append(" is-at ").append(mac(frame.get48(at + 8)));
        } else {
            text.append("operation ").append(operation);
        }
        text.append(", length ").append(frame.length() - at);
    }

    // ---- IP

    private String ipAddress(int at) {
        return frame.get8(at) + "." + frame.get8(at + 1) + "." + frame.get8(at + 2) + "." + frame.get8(at + 3);
    }

    private String ip6Address(int at) {
        return Ipv6.format(frame.get64(at), frame.get64(at + 8));
    }

    private void ip(int at) {
        int header = (frame.get8(at) & 0xf) * 4;
        int total = frame.get16(at + 2);
        int fragment = frame.get16(at + 6);
        int protocol = frame.get8(at + 9);
        text.append("IP ");
        if (frame.get8(at) >> 4 != 4 || header < 20 || total < header) {
            text.append("bad header: version ")
                    .append(frame.get8(at) >> 4)
                    .append(", header ")
                    .append(header);
            text.append(", length ").append(total);
            return;
        }
        if (verbose) {
            text.append(String.format(
                    Locale.ROOT,
                    "(tos 0x%x, ttl %d, id %d, offset %d, flags [%s], proto %s (%d), length %d) ",
                    frame.get8(at + 1),
                    frame.get8(at + 8),
                    frame.get16(at + 4),
                    (fragment & Filter.OFFSET_BITS) * 8,
                    (fragment & 0x4000) != 0 ? "DF" : (fragment & 0x2000) != 0 ? "+" : "none",
                    protocolName(protocol).toUpperCase(Locale.ROOT),
                    protocol,
                    total));
        }
        String from = ipAddress(at + 12);
        String to = ipAddress(at + 16);
        frame.cut(at + total);
        if ((fragment & Filter.OFFSET_BITS) != 0) {
            text.append(from).append(" > ").append(to).append(": ip-proto-").append(protocol);
        } else {
            carried(protocol, from, to, at + header, total - header, 4);
        }
    }

    private void ip6(int at) {
        int length = frame.get16(at + 4);
        int protocol = frame.get8(at + 6);
        text.append("IP6 ");
        if (verbose) {
            text.append(String.format(
                    Locale.ROOT,
                    "(hlim %d, next-header %s (%d), payload length %d) ",
                    frame.get8(at + 7),
                    protocolName(protocol),
                    protocol,
                    length));
        }
        int header = at + Filter.IP6_HEADER;
        int end = header + length;
        frame.cut(end);
        for (int i = 0;
                i < 8 && (protocol == 0 || protocol == 43 || protocol == 60);
                i++) { // extensions that only lead on
            protocol = frame.get8(header);
            header += 8 + 8 * frame.get8(header + 1);
        }
        String from = ip6Address(at + 8);
        String to = ip6Address(at + 24);
        if (protocol == Filter.IP6_FRAGMENT) {
            int offset = frame.get16(header + 2);
            text.append(from).append(" > ").append(to).append(": frag (");
            text.append(offset & ~7).append('|').append(end - header - 8).append(')');
        } else {
            carried(protocol, from, to, header, end - header, 6);
        }
    }

    private static String protocolName(int protocol) {
        return switch (protocol) {
            case 1 -> "icmp";
            case 2 -> "igmp";
            case Filter.TCP -> "tcp";
            case Filter.UDP -> "udp";
            case 58 -> "icmp6";
            case Filter.SCTP -> "sctp";
            default -> "ip-proto-" + protocol;
        };
    }

    private void carried(int protocol, String from, String to, int at, int length, int version) {
        boolean hasPorts = protocol == Filter.TCP || protocol == Filter.UDP;
        text.append(from);
        if (hasPorts) {
            text.append('.').append(frame.get16(at));
        }
        text.append(" > ").append(to);
        if (hasPorts) {
            text.append('.').append(frame.get16(at + 2));
        }
        text.append(": ");
        if (protocol == Filter.UDP) {
            text.append("UDP, length ").append(frame.get16(at + 4) - 8);
        } else if (protocol == Filter.TCP) {
            tcp(at, length);
        } else if (protocol == 1 && version == 4) {
            icmp(at, length);
        } else if (protocol == 58 && version == 6) {
            icmp6(at, length);
        } else {
            text.append(' ').append(protocolName(protocol)).append(' ').append(length);
        }
    }

    // ---- TCP

    private void tcp(int at, int length) {
        int flags = frame.get8(at + 13);
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < FLAGS.length; i++) {
            letters.append((flags >> i & 1) != 0 ? FLAGS[i] : "");
        }
        text.append("Flags [").append(letters.isEmpty() ? "none" : letters).append(']');
        int header = (frame.get8(at + 12) >> 4) * 4;
        int data = length - header;
        long sequence = frame.get32(at + 4);
        if (data > 0 || (flags & 7) != 0) { // data, FIN, SYN, RST
            text.append(", seq ").append(sequence);
            if (data > 0) {
                text.append(':').append((sequence + data) & 0xffff_ffffL);
            }
        }
        if ((flags & 0x10) != 0) {
            text.append(", ack ").append(frame.get32(at + 8));
        }
        text.append(", win ").append(frame.get16(at + 14));
        if ((flags & 0x20) != 0) {
            text.append(", urg ").append(frame.get16(at + 18));
        }
        if (header > 20) {
            text.append(", options [");
            tcpOptions(at + 20, at + header);
            text.append(']');
        }
        text.append(", length ").append(Math.max(0, data));
    }

    private void tcpOptions(int from, int end) {
        int at = from;
        while (at < end && !frame.isBeyond()) {
            int kind = frame.get8(at);
            int length = kind < 2 ? 1 : frame.get8(at + 1);
            text.append(at == from ? "" : ",");
            switch (kind) {
                case 0 -> text.append("eol");
                case 1 -> text.append("nop");
                case 2 -> text.append("mss ").append(frame.get16(at + 2));
                case 3 -> text.append("wscale ").append(frame.get8(at + 2));
                case 4 -> text.append("sackOK");
                case 8 ->
                    text.append("TS val ")
                            .append(frame.get32(at + 2))
                            .append(" ecr ")
                            .append(frame.get32(at + 6));
                default -> text.append("option ").append(kind);
            }
            if (kind == 0 || length < 1 || (kind > 1 && length < 2)) {
                return;
            }
            at += length;
        }
    }

    // ---- ICMP

    private void icmp(int at, int length) {
        int type = frame.get8(at);
        int code = frame.get8(at + 1);
        text.append("ICMP ");
        switch (type) {
            case 0, 8 -> {
                text.append(type == 8 ? "echo request" : "echo reply");
                text.append(", id ")
                        .append(frame.get16(at + 4))
                        .append(", seq ")
                        .append(frame.get16(at + 6));
            }
            case 3 -> unreachable(at, code);
            case 11 -> text.append(code == 0 ? "time exceeded in-transit" : "ip reassembly time exceeded");
            default -> text.append("type ").append(type).append(" code ").append(code);
        }
        text.append(", length ").append(length);
    }

    /** Behind 8 bytes is the packet that did not arrive. */
    private void unreachable(int at, int code) {
        String host = ipAddress(at + 8 + 16);
        int ports = at + 8 + (frame.get8(at + 8) & 0xf) * 4;
        switch (code) {
            case 0 -> text.append("net ").append(host).append(" unreachable");
            case 1 -> text.append("host ").append(host).append(" unreachable");
            case 3 -> {
                text.append(host).append(' ').append(protocolName(frame.get8(at + 8 + 9)));
                text.append(" port ").append(frame.get16(ports + 2)).append(" unreachable");
            }
            default -> text.append(host).append(" unreachable - code ").append(code);
        }
    }

    private void icmp6(int at, int length) {
        int type = frame.get8(at);
        text.append("ICMP6, ");
        switch (type) {
            case 128, 129 -> {
                text.append(type == 128 ? "echo request" : "echo reply");
                text.append(", id ")
                        .append(frame.get16(at + 4))
                        .append(", seq ")
                        .append(frame.get16(at + 6));
            }
            case 133 -> text.append("router solicitation");
            case 134 -> text.append("router advertisement");
            case 135 -> text.append("neighbor solicitation, who has ").append(ip6Address(at + 8));
            case 136 -> text.append("neighbor advertisement, tgt is ").append(ip6Address(at + 8));
            case 143 -> text.append("multicast listener report v2");
            default -> text.append("type ").append(type).append(" code ").append(frame.get8(at + 1));
        }
        text.append(", length ").append(length);
    }
}
