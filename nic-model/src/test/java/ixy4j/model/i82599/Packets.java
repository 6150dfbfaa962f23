package ixy4j.model.i82599;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * Packets for tests, with right checksums that share no code with the card's. Frames are Ethernet, IP without or with
 * options or extension headers, and TCP, UDP or SCTP.
 */
public final class Packets {
    static final int TCP = 6;
    static final int UDP = 17;
    static final int SCTP = 132;

    private Packets() {}

    /** The Internet checksum's sum of bytes, big-endian, as a loop over 16-bit words that folds each carry at once. */
    public static int sum(byte[] bytes, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | (i + 1 < to ? bytes[i + 1] & 0xff : 0);
            sum = sum > 0xffff ? sum - 0xffff : sum;
        }
        return sum;
    }

    static int add(int sum, int more) {
        int added = sum + more;
        return added > 0xffff ? added - 0xffff : added;
    }

    /**
     * A frame.
     *
     * @param tag of a VLAN, or -1 for none
     * @param options bytes of IPv4 options or IPv6 extension headers, a multiple of 8
     */
    static byte[] frame(Random random, int tag, boolean ipv4, int options, int protocol, int payload) {
        int mac = tag < 0 ? 14 : 18;
        int ip = (ipv4 ? 20 : 40) + options;
        int l4 = protocol == TCP ? 20 : protocol == UDP ? 8 : 12;
        byte[] frame = new byte[mac + ip + l4 + payload];
        random.nextBytes(frame);
        System.arraycopy(TestDriver.OWN, 0, frame, 0, 6);
        if (tag >= 0) {
            put(frame, 12, 0x8100);
            put(frame, 14, tag);
        }
        put(frame, mac - 2, ipv4 ? 0x0800 : 0x86dd);
        if (ipv4) {
            ipv4(frame, mac, ip, protocol);
        } else {
            ipv6(frame, mac, options, protocol);
        }
        if (protocol == UDP) {
            put(frame, mac + ip + 4, 8 + payload);
        } else if (protocol == TCP) {
            frame[mac + ip + 12] = 0x50;
            frame[mac + ip + 13] = 0x18;
        }
        put(frame, mac + ip, 1000 + random.nextInt(1000)); // no port of NFS
        put(frame, mac + ip + 2, 3000 + random.nextInt(1000));
        return finish(frame, mac, ip, protocol);
    }

    private static void ipv4(byte[] frame, int mac, int length, int protocol) {
        frame[mac] = (byte) (0x40 | length / 4);
        put(frame, mac + 2, frame.length - mac);
        put(frame, mac + 6, 0x4000); // don't fragment
        frame[mac + 9] = (byte) protocol;
        Arrays.fill(frame, mac + 20, mac + length, (byte) 1); // no operation
    }

    private static void ipv6(byte[] frame, int mac, int options, int protocol) {
        frame[mac] = 0x60;
        put(frame, mac + 4, frame.length - mac - 40);
        frame[mac + 6] = (byte) (options > 0 ? 60 : protocol);
        if (options > 0) {
            frame[mac + 40] = (byte) protocol;
            frame[mac + 41] = (byte) (options / 8 - 1);
        }
    }

    /** Puts right checksums in. */
    static byte[] finish(byte[] frame, int mac, int ip, int protocol) {
        if (frame[mac] >>> 4 == 4) {
            put(frame, mac + 10, 0);
            put(frame, mac + 10, ~sum(frame, mac, mac + ip));
        }
        int place = place(mac + ip, protocol);
        put(frame, place, 0);
        if (protocol == SCTP) {
            put(frame, place + 2, 0);
            CRC32C crc = new CRC32C();
            crc.update(frame, mac + ip, frame.length - mac - ip);
            ByteBuffer.wrap(frame).putInt(place, Integer.reverseBytes((int) crc.getValue()));
            return frame;
        }
        int sum = add(pseudo(frame, mac, protocol), sum(frame, mac + ip, frame.length));
        int checksum = ~add(sum, frame.length - mac - ip) & 0xffff;
        put(frame, place, checksum == 0 && protocol == UDP ? 0xffff : checksum);
        return frame;
    }

    /** Where the checksum of a protocol is whose header begins at {@code transport}. */
    static int place(int transport, int protocol) {
        return transport + (protocol == TCP ? 16 : protocol == UDP ? 6 : 8);
    }

    /** The sum of a pseudo header without the length. */
    static int pseudo(byte[] frame, int mac, int protocol) {
        int addresses = frame[mac] >>> 4 == 4 ? sum(frame, mac + 12, mac + 20) : sum(frame, mac + 8, mac + 40);
        return add(addresses, protocol);
    }

    static void put(byte[] bytes, int at, int number) {
        bytes[at] = (byte) (number >> 8);
        bytes[at + 1] = (byte) number;
    }

    static int get(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
