package ixy4j.model.virtio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sends the frames of transmit queues (5.1.6.2). */
final class FrameSender {
    private final VirtioCard card;
    private List<byte[]> sent = new ArrayList<>();

    FrameSender(VirtioCard card) {
        this.card = card;
    }

    /** What was sent since this was last asked. */
    List<byte[]> sent() {
        List<byte[]> last = sent;
        sent = new ArrayList<>();
        return last;
    }

    /** Sends all that a queue has. */
    void serve(Ring ring) {
        for (Chain chain = ring.take(); chain != null; chain = ring.take()) {
            byte[] message = ring.read(chain);
            int header = card.headerSize();
            checkHeader(ring, chain, message);
            byte[] frame = Arrays.copyOfRange(message, header, message.length);
            if (card.isTooLong(frame)) {
                throw ring.mistake("buffer " + chain.id + " has a frame of " + frame.length + " bytes, but the MTU is "
                        + card.mtu() + " without its header of 14, or 18 with a VLAN tag (5.1.4.2)");
            }
            if (card.link()) {
                sent.add(frame);
            } else {
                card.loses(1);
            }
            ring.complete(List.of(chain));
        }
    }

    private void checkHeader(Ring ring, Chain chain, byte[] message) {
        boolean counts = card.headerSize() == 12;
        if (message[0] != 0 || message[1] != 0 || (counts && (message[10] | message[11]) != 0)) {
            throw ring.mistake(
                    "buffer " + chain.id + " has a header with flags " + message[0] + ", gso_type " + message[1]
                            + (counts ? ", num_buffers " + ((message[11] & 0xff) << 8 | (message[10] & 0xff)) : "")
                            + ": all are 0, as no offload was negotiated (5.1.6.2.1)");
        }
    }
}
