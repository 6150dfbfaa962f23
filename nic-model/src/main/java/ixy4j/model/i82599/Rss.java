package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.model.Mistakes;
import ixy4j.model.frame.Toeplitz;
import ixy4j.model.i82599.registers.RegisterFile;
import java.util.Locale;

/**
 * Receive side scaling (datasheet 7.1.2.8): a hash of addresses and ports chooses one of 16 queues by a table. Of the
 * modes in MRQC there is RSS alone, and none; those with DCB or virtualisation are mistakes.
 */
final class Rss {

    private final RegisterFile registers;
    private final Mistakes mistakes;
    private final Toeplitz toeplitz = new Toeplitz();
    private boolean keyChanged;
    private int type;
    private int hash;

    Rss(RegisterFile registers, Mistakes mistakes) {
        this.registers = registers;
        this.mistakes = mistakes;
        registers.onWrite(MRQC, (index, old, next, written) -> writeMode(next));
        registers.onWrite(RSSRK, (index, old, next, written) -> changeKey(next));
        reset();
    }

    /** Registers were reset. */
    void reset() {
        keyChanged = true;
    }

    private int changeKey(int next) {
        keyChanged = true;
        return next;
    }

    private int writeMode(int next) {
        int mode = next & MRQC_MRQE;
        if (mode > MRQC_MRQE_RSS) {
            mistakes.report(String.format(
                    Locale.ROOT,
                    "MRQC (datasheet 8.2.3.7.12) is written 0x%08x: MRQE %d is for DCB or virtualisation, which this"
                            + " model does not do; 0 is one queue, 1 RSS",
                    next,
                    mode));
        }
        return next;
    }

    /** Whether frames are hashed. */
    boolean isOn() {
        return (registers.get(MRQC) & MRQC_MRQE) == MRQC_MRQE_RSS;
    }

    /** Hashes a frame, or not, if none of the fields that are chosen is there. */
    void take(PacketParser packet) {
        if (keyChanged) {
            loadKey();
        }
        int fields = registers.get(MRQC);
        if ((packet.type & PacketParser.IPV4) != 0) {
            choose(packet, fields, MRQC_TCPIPV4, MRQC_UDPIPV4, MRQC_IPV4, 1);
        } else if ((packet.type & PacketParser.IPV6) != 0) {
            choose(packet, fields, MRQC_TCPIPV6, MRQC_UDPIPV6, MRQC_IPV6, 3);
        } else {
            type = 0;
            hash = 0;
        }
    }

    /** The most exact of the hashes that are on (7.1.2.8, types in 7.1.6.2). */
    private void choose(PacketParser packet, int fields, int tcp, int udp, int ip, int tcpType) {
        boolean four = tcpType == 1;
        if ((packet.type & PacketParser.TCP) != 0 && (fields & tcp) != 0) {
            type = tcpType;
        } else if ((packet.type & PacketParser.UDP) != 0 && (fields & udp) != 0) {
            type = four ? 7 : 8;
        } else {
            type = (fields & ip) == 0 ? 0 : four ? 2 : 5;
        }
        int addresses = four ? 8 : 32;
        hash = type == 0 ? 0 : toeplitz.hash(0, packet.network + (four ? 12 : 8), addresses);
        if (type != 0 && type != 2 && type != 5) {
            hash ^= toeplitz.hash(addresses, packet.transport, 4);
        }
    }

    private void loadKey() {
        byte[] key = new byte[Toeplitz.KEY];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (registers.get(RSSRK + (i & -4)) >>> (8 * (i & 3)));
        }
        toeplitz.setKey(key);
        keyChanged = false;
    }

    /** What the last frame was hashed by, as in a descriptor: 0 is none. */
    int type() {
        return type;
    }

    /** The hash of the last frame, 0 if there is none. */
    int hash() {
        return hash;
    }

    /** The queue of the last frame; the first one if it has no hash. */
    int queue() {
        return type == 0 ? 0 : entry(hash & 127);
    }

    private int entry(int index) {
        return registers.get(RETA + (index & -4)) >>> (8 * (index & 3)) & 15;
    }

    /** The queues that frames may go to, a bit for each. */
    int queues() {
        int queues = 1;
        for (int i = 0; isOn() && i < 128; i++) {
            queues |= 1 << entry(i);
        }
        return queues;
    }
}
