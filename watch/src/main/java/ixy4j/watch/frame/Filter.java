package ixy4j.watch.frame;

import java.math.BigInteger;

/**
 * A part of an expression: whether it is true of a frame. What primitives mean is what pcap-filter(7) says and libpcap does. Each
 * knows how many VLAN tags the expression has looked into before it, since those move what it looks at. Evaluation allocates
 * nothing.
 */
sealed interface Filter {
    int IP = 0x0800;
    int ARP = 0x0806;
    int RARP = 0x8035;
    int IP6 = 0x86dd;
    int TCP = 6;
    int UDP = 17;
    int SCTP = 132;
    int IP6_FRAGMENT = 44; // the extension header
    int IP6_HEADER = 40;
    long WORD = 0xffff_ffffL;
    int OFFSET_BITS = 0x1fff; // of a fragment, in units of 8 bytes

    /** Which of two fields. */
    enum Direction {
        SOURCE,
        DESTINATION,
        EITHER,
        BOTH;

        boolean of(boolean source, boolean destination) {
            return switch (this) {
                case SOURCE -> source;
                case DESTINATION -> destination;
                case EITHER -> source || destination;
                case BOTH -> source && destination;
            };
        }
    }

    boolean matches(Frame frame);

    record All() implements Filter {
        @Override
        public boolean matches(Frame frame) {
            return true;
        }
    }

    record And(Filter first, Filter second) implements Filter {
        @Override
        public boolean matches(Frame frame) {
            return first.matches(frame) && second.matches(frame);
        }
    }

    record Or(Filter first, Filter second) implements Filter {
        @Override
        public boolean matches(Frame frame) {
            return first.matches(frame) || second.matches(frame);
        }
    }

    record Not(Filter filter) implements Filter {
        @Override
        public boolean matches(Frame frame) {
            return !filter.matches(frame);
        }
    }

    /** The type of what Ethernet carries; a number below 0x600 is a length, and then an LSAP's number is meant. */
    record Type(int tags, int type) implements Filter {
        @Override
        public boolean matches(Frame frame) {
            return frame.type(tags) == type;
        }
    }

    /** A tag, and perhaps its VLAN; -1 for any. */
    record Vlan(int tags, int id) implements Filter {
        @Override
        public boolean matches(Frame frame) {
            int type = frame.type(tags);
            return (type == 0x8100 || type == 0x88a8 || type == 0x9100)
                    && (id < 0 || (frame.get16(Frame.payload(tags)) & 0xfff) == id);
        }
    }

    /** An address of Ethernet. */
    record Mac(Direction direction, long address) implements Filter {
        @Override
        public boolean matches(Frame frame) {
            return switch (direction) {
                case SOURCE -> frame.get48(6) == address;
                case DESTINATION -> frame.get48(0) == address;
                case EITHER -> frame.get48(6) == address || frame.get48(0) == address;
                case BOTH -> frame.get48(6) == address && frame.get48(0) == address;
            };
        }
    }

    record Multicast() implements Filter {
        @Override
        public boolean matches(Frame frame) {
            return (frame.get8(0) & 1) != 0;
        }
    }

    /** For a group of IPv4 or IPv6, as the first byte of the destination says. */
    record IpMulticast(int tags, int type) implements Filter {
        @Override
        public boolean matches(Frame frame) {
            int at = Frame.payload(tags);
            return frame.type(tags) == type && (type == IP ? frame.get8(at + 16) >= 0xe0 : frame.get8(at + 24) == 0xff);
        }
    }

    /** An address of IPv4 up to the mask, in packets of one type: IP, ARP or RARP. */
    record Host(int tags, int type, Direction direction, long address, long mask) implements Filter {
        @Override
        public boolean matches(Frame frame) {
            if (frame.type(tags) != type) {
                return false;
            }
            int at = Frame.payload(tags);
            int source = type == IP ? at + 12 : at + 14;
            int destination = type == IP ? at + 16 : at + 24;
            return switch (direction) {
                case SOURCE -> is(frame, source);
                case DESTINATION -> is(frame, destination);
                case EITHER -> is(frame, source) || is(frame, destination);
                case BOTH -> is(frame, source) && is(frame, destination);
            };
        }

        private boolean is(Frame frame, int at) {
            return (frame.get32(at) & mask) == address;
        }
    }

    /** One of IPv6: the upper and lower 64 bits of address and mask. */
    record Host6(int tags, Direction direction, long high, long low, long highMask, long lowMask) implements Filter {
        static Host6 of(int tags, Direction direction, BigInteger address, int bits) {
            BigInteger mask =
                    BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE).shiftLeft(128 - bits);
            return new Host6(
                    tags,
                    direction,
                    address.shiftRight(64).longValue(),
                    address.longValue(),
                    mask.shiftRight(64).longValue(),
                    mask.longValue());
        }

        @Override
        public boolean matches(Frame frame) {
            if (frame.type(tags) != IP6) {
                return false;
            }
            int at = Frame.payload(tags);
            return switch (direction) {
                case SOURCE -> is(frame, at + 8);
                case DESTINATION -> is(frame, at + 24);
                case EITHER -> is(frame, at + 8) || is(frame, at + 24);
                case BOTH -> is(frame, at + 8) && is(frame, at + 24);
            };
        }

        /** Word by word, as libpcap does, also where a mask is 0: what is cut off decides, too. */
        private boolean is(Frame frame, int at) {
            return word(frame, at, high >>> 32, highMask >>> 32)
                    && word(frame, at + 4, high & WORD, highMask & WORD)
                    && word(frame, at + 8, low >>> 32, lowMask >>> 32)
                    && word(frame, at + 12, low & WORD, lowMask & WORD);
        }

        private static boolean word(Frame frame, int at, long wanted, long mask) {
            return (frame.get32(at) & mask) == wanted;
        }
    }

    /** What IPv4 carries. */
    record Protocol(int tags, int protocol) implements Filter {
        @Override
        public boolean matches(Frame frame) {
            return frame.type(tags) == IP && frame.get8(Frame.payload(tags) + 9) == protocol;
        }
    }

    /** What IPv6 carries, also behind the header of a fragment. */
    record Protocol6(int tags, int protocol) implements Filter {
        @Override
        public boolean matches(Frame frame) {
            if (frame.type(tags) != IP6) {
                return false;
            }
            int next = frame.get8(Frame.payload(tags) + 6);
            return next == protocol
                    || (next == IP6_FRAGMENT && frame.get8(Frame.payload(tags) + IP6_HEADER) == protocol);
        }
    }

    /** Ports of a protocol; of any that has some if it is -1. */
    record Ports(int tags, int protocol, Direction direction, int first, int last) implements Filter {
        @Override
        public boolean matches(Frame frame) {
            int at = Frame.payload(tags);
            int type = frame.type(tags);
            if (type == IP6) {
                return isIts(frame.get8(at + 6)) && at(frame, at + IP6_HEADER);
            }
            return type == IP
                    && isIts(frame.get8(at + 9))
                    && (frame.get16(at + 6) & OFFSET_BITS) == 0
                    && at(frame, at + (frame.get8(at) & 0xf) * 4);
        }

        private boolean isIts(int number) {
            return protocol < 0 ? number == TCP || number == UDP || number == SCTP : number == protocol;
        }

        private boolean at(Frame frame, int header) {
            return switch (direction) {
                case SOURCE -> is(frame, header);
                case DESTINATION -> is(frame, header + 2);
                case EITHER -> is(frame, header) || is(frame, header + 2);
                case BOTH -> is(frame, header) && is(frame, header + 2);
            };
        }

        private boolean is(Frame frame, int at) {
            int port = frame.get16(at);
            return port >= first && port <= last;
        }
    }

    /** Frames of so many bytes. */
    record Length(int least, int most) implements Filter {
        @Override
        public boolean matches(Frame frame) {
            return frame.length() >= least && frame.length() <= most;
        }
    }
}
