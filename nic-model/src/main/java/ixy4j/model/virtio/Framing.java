package ixy4j.model.virtio;

import ixy4j.model.virtio.Chain.Element;

/** What the buffers of a network device's queues must look like: which way they go, and what is in which descriptor. */
final class Framing {
    private final int header; // bytes of struct virtio_net_hdr
    private final int least; // bytes that a receive buffer has at least
    private final boolean split; // the header, or each part of a command, has a descriptor of its own

    /**
     * As negotiated.
     *
     * @param header bytes of the header of each frame (5.1.6, 5.1.6.1)
     * @param frame bytes of a frame that each receive buffer must have room for, behind the header
     * @param split whether it has a descriptor of its own, as old devices insist on (5.1.6.6)
     */
    Framing(int header, int frame, boolean split) {
        this.header = header;
        this.least = header + frame;
        this.split = split;
    }

    /** What is wrong with a buffer; null if nothing is. */
    String wrong(QueueRole role, Chain chain) {
        return switch (role) {
            case RECEIVE -> receive(chain);
            case TRANSMIT -> transmit(chain);
            case CONTROL -> control(chain);
        };
    }

    private String receive(Chain chain) {
        Element readable = first(chain, false);
        if (readable != null) {
            return "descriptor " + readable.slot()
                    + " is device-readable, but the device writes to buffers of a receive"
                    + " queue: set WRITE (5.1.6, 2.7.5)";
        }
        if (chain.room() < least) {
            return "the buffer has " + chain.room() + " bytes, but needs " + least + ": " + header
                    + " for the header, and"
                    + " without MRG_RXBUF the rest for the longest frame that an MTU allows (5.1.6.3.1, 5.1.4.2)";
        }
        return split ? ownDescriptor(chain) : null;
    }

    private String transmit(Chain chain) {
        Element writable = first(chain, true);
        if (writable != null) {
            return "descriptor " + writable.slot() + " is device-writable, but the device reads buffers of a transmit"
                    + " queue: clear WRITE (5.1.6.2, 2.7.5)";
        }
        if (chain.readable() < header + 14) {
            return "the buffer has " + chain.readable() + " bytes, but a header of " + header
                    + " bytes and a frame of at least 14 are to be sent (5.1.6.2)";
        }
        return split ? ownDescriptor(chain) : null;
    }

    private String ownDescriptor(Chain chain) {
        if (chain.elements.size() < 2 || chain.elements.getFirst().length() != header) {
            return "the first of its " + chain.elements.size() + " descriptors has "
                    + chain.elements.getFirst().length()
                    + " bytes, but without ANY_LAYOUT the header of " + header
                    + " bytes has a descriptor of its own, and the frame follows in others (5.1.6.6)";
        }
        return null;
    }

    private String control(Chain chain) {
        if (chain.readable() < 2 || chain.room() < 1) {
            return "the command has " + chain.readable() + " bytes to read and " + chain.room()
                    + " to write, but at least class and command, and one for the answer, are needed (5.1.6.5)";
        }
        boolean parts = chain.elements.size() > 2
                && chain.elements.getFirst().length() == 2
                && chain.elements.getLast().length() == 1;
        return split && !parts
                ? "without ANY_LAYOUT a command has a descriptor of 2 bytes for class and command, one for its data, and"
                        + " one of 1 byte for the answer (5.1.6.6)"
                : null;
    }

    private static Element first(Chain chain, boolean writable) {
        return chain.elements.stream()
                .filter(element -> element.writable() == writable)
                .findFirst()
                .orElse(null);
    }
}
