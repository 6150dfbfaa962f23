package ixy4j.xdp;

import static ixy4j.xdp.Assembler.BYTE;
import static ixy4j.xdp.Assembler.HALF;
import static ixy4j.xdp.Assembler.WORD;

import ixy4j.MacAddress;
import ixy4j.packet.Arp;
import ixy4j.packet.Ethernet;
import ixy4j.packet.Ipv4;
import ixy4j.packet.Ipv6;
import ixy4j.xdp.Assembler.Label;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The program that the kernel runs for each frame that comes to an interface (Linux, Documentation/networking/af_xdp.rst):
 * it hands a frame to the socket of its queue, if there is one and a rule takes the frame, and to the kernel
 * otherwise. The kernel's verifier wants to see that each byte is known to be there before it is read.
 *
 * <pre>
 * r6 the context    r7 what follows the Ethernet header and one tag    r8 its type    r9 the tag, -1 without
 * r2 the frame      r3 its end                                         r0, r4, r5 for the moment
 * </pre>
 *
 * Numbers of the frame are compared as they lie in memory, so constants are turned round instead.
 */
final class Program {
    private static final int CONTEXT_DATA = 0; // struct xdp_md, 4 bytes each
    private static final int CONTEXT_END = 4;
    private static final int CONTEXT_QUEUE = 16;
    private static final int XDP_PASS = 2;
    private static final int REDIRECT_MAP = 51; // bpf_redirect_map
    private static final int SERVICE_TAG = 0x88a8; // IEEE 802.1Q, table 9-1
    private static final int OFFSET_BITS = 0x1fff; // of the second half of IPv4's third word (RFC 791)
    private static final int ICMP6 = 58;
    private static final int SOLICITATION = 135; // the next is the advertisement that answers
    private static final int NEIGHBOR = 24; // bytes of either without options
    private static final int NO_TAG = -1;
    private static final int VLAN_BITS = 0x0fff;

    private final Assembler code = new Assembler();
    private final Label take = new Label();
    private final Label pass = new Label();

    private Program() {}

    /**
     * Makes one.
     *
     * @param map the descriptor of the map that has the socket of each queue
     * @param only frames for this address and for groups are looked at; null for all
     */
    static long[] of(int map, MacAddress only, Match match) {
        Program program = new Program();
        program.begin(only);
        if (!match.isAll()) {
            program.findHeader();
            match.rules().forEach(program::rule);
            program.code.jump(program.pass);
        }
        return program.end(map);
    }

    private void begin(MacAddress only) {
        code.move(6, 1).load(WORD, 2, 6, CONTEXT_DATA).load(WORD, 3, 6, CONTEXT_END);
        needs(2, Ethernet.HEADER, pass);
        if (only != null) {
            Label addressed = new Label();
            int first = (int) (only.bits() >>> 16);
            code.load(BYTE, 5, 2, 0).ifAnyBit(5, 1, addressed);
            code.load(WORD, 5, 2, 0).ifNotEqual(5, Integer.reverseBytes(first), pass);
            code.load(HALF, 5, 2, 4).ifNotEqual(5, turned((int) only.bits()), pass);
            code.here(addressed);
        }
    }

    /** Finds what follows Ethernet's header. */
    private void findHeader() {
        Label tagged = new Label();
        Label found = new Label();
        code.load(HALF, 8, 2, 12).move(7, 2).add(7, Ethernet.HEADER);
        code.ifEqual(8, turned(Ethernet.VLAN_TYPE), tagged).ifEqual(8, turned(SERVICE_TAG), tagged);
        code.set(9, NO_TAG).jump(found).here(tagged);
        needs(2, Ethernet.HEADER + Ethernet.TAG, pass);
        code.load(HALF, 9, 2, 14).load(HALF, 8, 2, 16).add(7, Ethernet.TAG).here(found);
    }

    private void rule(Match.Rule rule) {
        Label next = new Label();
        switch (rule) {
            case Match.EtherType type -> code.ifEqual(8, turned(type.type()), take);
            case Match.Vlan vlan ->
                code.ifEqual(9, NO_TAG, next)
                        .move(5, 9)
                        .and(5, turned(VLAN_BITS))
                        .ifEqual(5, turned(vlan.id()), take);
            case Match.Host host -> host(host.address().getAddress(), next);
            case Match.Port port -> port(port.protocol(), turned(port.port()), next);
        }
        code.here(next);
    }

    private void host(byte[] address, Label next) {
        if (address.length == Integer.BYTES) {
            Label arp = new Label();
            code.ifEqual(8, turned(Arp.ETHER_TYPE), arp).ifNotEqual(8, turned(Ipv4.ETHER_TYPE), next);
            needs(7, Ipv4.HEADER, next);
            equals(12, address, take);
            equals(16, address, take);
            code.jump(next).here(arp);
            needs(7, Arp.LENGTH, next);
            equals(14, address, take);
            equals(24, address, take);
        } else {
            code.ifNotEqual(8, turned(Ipv6.ETHER_TYPE), next);
            needs(7, Ipv6.HEADER, next);
            equals(8, address, take);
            equals(24, address, take);
            neighbor(address, next);
        }
    }

    /** What ARP is to IPv4: a question for the address goes to a group, and has it in its body (RFC 4861, 4.3). */
    private void neighbor(byte[] address, Label next) {
        Label isOne = new Label();
        needs(7, Ipv6.HEADER + NEIGHBOR, next);
        code.load(BYTE, 5, 7, 6).ifNotEqual(5, ICMP6, next).load(BYTE, 5, 7, Ipv6.HEADER);
        code.ifEqual(5, SOLICITATION, isOne)
                .ifNotEqual(5, SOLICITATION + 1, next)
                .here(isOne);
        equals(Ipv6.HEADER + 8, address, take);
    }

    /** Jumps if these bytes are at an offset of the header. */
    private void equals(int offset, byte[] bytes, Label to) {
        Label differs = new Label();
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = offset; words.hasRemaining(); at += Integer.BYTES) {
            int word = words.getInt();
            code.load(WORD, 5, 7, at);
            if (words.hasRemaining()) {
                code.ifNotEqual(5, word, differs);
            } else {
                code.ifEqual(5, word, to);
            }
        }
        code.here(differs);
    }

    private void port(int protocol, int port, Label next) {
        Label six = new Label();
        code.ifEqual(8, turned(Ipv6.ETHER_TYPE), six).ifNotEqual(8, turned(Ipv4.ETHER_TYPE), next);
        needs(7, Ipv4.HEADER, next);
        code.load(BYTE, 5, 7, 9).ifNotEqual(5, protocol, next);
        code.load(HALF, 5, 7, 6).ifAnyBit(5, turned(OFFSET_BITS), next); // a fragment that has no ports
        code.load(BYTE, 5, 7, 0).and(5, 0x0f).shiftLeft(5, 2).ifBelow(5, Ipv4.HEADER, next); // the header's length
        code.move(4, 7).addRegister(4, 5).move(0, 4).add(0, 4).ifAbove(0, 3, next);
        code.load(HALF, 5, 4, 2).ifEqual(5, port, take).jump(next).here(six);
        needs(7, Ipv6.HEADER + 4, next);
        code.load(BYTE, 5, 7, 6).ifNotEqual(5, protocol, next);
        code.load(HALF, 5, 7, Ipv6.HEADER + 2).ifEqual(5, port, take);
    }

    private long[] end(int map) {
        if (map < 0) {
            throw new IllegalArgumentException("a map has a descriptor, not " + map);
        }
        code.here(take).setMap(1, map).load(WORD, 2, 6, CONTEXT_QUEUE).set(3, XDP_PASS);
        code.call(REDIRECT_MAP).exit();
        return code.here(pass).set(0, XDP_PASS).exit().assemble();
    }

    /** Jumps if so many bytes from a pointer on are not all in the frame. */
    private void needs(int pointer, int bytes, Label otherwise) {
        code.move(4, pointer).add(4, bytes).ifAbove(4, 3, otherwise);
    }

    /** A number of 2 bytes, as one that is in network order is read from memory. */
    private static int turned(int number) {
        return Short.toUnsignedInt(Short.reverseBytes((short) number));
    }
}
