package ixy4j.course;

import java.util.Arrays;

/**
 * A host that answers ARP requests (RFC 826) and echo requests, which are what {@code ping} sends (RFC 792). It knows
 * bytes, and nothing of cards.
 */
public final class Answers {
    private static final int TYPE = 12;
    private static final int ARP = 0x0806;
    private static final int IPV4 = 0x0800;
    private static final int PAYLOAD = 14;
    private static final int ARP_FRAME = PAYLOAD + 28;
    private static final int IP_HEADER = 20;
    private static final int ICMP = PAYLOAD + IP_HEADER;
    private static final int SHORTEST = 60;

    private final byte[] mac;
    private final byte[] ip;

    /**
     * A host.
     *
     * @param mac its Ethernet address, 6 bytes
     * @param ip its IPv4 address, 4 bytes
     */
    public Answers(byte[] mac, byte[] ip) {
        if (mac.length != 6 || ip.length != 4) {
            throw new IllegalArgumentException(
                    "an Ethernet address has 6 bytes and an IPv4 address 4, not " + mac.length + " and " + ip.length);
        }
        this.mac = mac.clone();
        this.ip = ip.clone();
    }

    /** The answer to a frame, to be sent as it is; null if it is no question for this host. */
    public byte[] to(byte[] frame) {
        if (frame.length >= ARP_FRAME && number(frame, TYPE) == ARP) {
            return toArp(frame);
        }
        return frame.length >= ICMP + 8 && number(frame, TYPE) == IPV4 ? toEcho(frame) : null;
    }

    private byte[] toArp(byte[] frame) {
        boolean isRequest = number(frame, PAYLOAD) == 1
                && number(frame, PAYLOAD + 2) == IPV4
                && number(frame, PAYLOAD + 4) == 0x0604
                && number(frame, PAYLOAD + 6) == 1;
        if (!isRequest || !has(frame, PAYLOAD + 24, ip)) {
            return null;
        }
        byte[] answer = Arrays.copyOf(Arrays.copyOf(frame, ARP_FRAME), SHORTEST);
        swapAddresses(answer);
        answer[PAYLOAD + 7] = 2;
        System.arraycopy(mac, 0, answer, PAYLOAD + 8, 6);
        System.arraycopy(ip, 0, answer, PAYLOAD + 14, 4);
        System.arraycopy(frame, PAYLOAD + 8, answer, PAYLOAD + 18, 10);
        return answer;
    }

    private byte[] toEcho(byte[] frame) {
        boolean isRequest = frame[PAYLOAD] == 0x45
                && (number(frame, PAYLOAD + 6) & 0x3fff) == 0 // not a fragment
                && frame[PAYLOAD + 9] == 1
                && frame[ICMP] == 8
                && has(frame, 0, mac);
        if (!isRequest || !has(frame, PAYLOAD + 16, ip)) {
            return null;
        }
        byte[] answer = frame.clone();
        swapAddresses(answer);
        System.arraycopy(ip, 0, answer, PAYLOAD + 12, 4);
        System.arraycopy(frame, PAYLOAD + 12, answer, PAYLOAD + 16, 4);
        answer[ICMP] = 0;
        int sum = number(answer, ICMP + 2) + 0x0800; // what the type became less, in one's complement (RFC 1624)
        sum = (sum & 0xffff) + (sum >>> 16);
        answer[ICMP + 2] = (byte) (sum >>> 8);
        answer[ICMP + 3] = (byte) sum;
        return answer;
    }

    /** To whom the question came from, from us. */
    private void swapAddresses(byte[] answer) {
        System.arraycopy(answer, 6, answer, 0, 6);
        System.arraycopy(mac, 0, answer, 6, 6);
    }

    private static boolean has(byte[] frame, int at, byte[] bytes) {
        return Arrays.equals(frame, at, at + bytes.length, bytes, 0, bytes.length);
    }

    private static int number(byte[] frame, int at) {
        return (frame[at] & 0xff) << 8 | (frame[at + 1] & 0xff);
    }
}
