package ixy4j.model.virtio;

import ixy4j.virtio.Features;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Brings frames from the wire to receive queues (5.1.6.4). What finds no buffer waits, as long as it takes. */
final class FrameReceiver {
    private final VirtioCard card;
    private final Deque<byte[]> wire = new ArrayDeque<>();
    private final Deque<byte[]>[] waiting; // for each receive queue
    private int turn;
    long dropped; // too long
    long filtered;

    FrameReceiver(VirtioCard card, int pairs) {
        this.card = card;
        waiting = deques(pairs);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    private static Deque<byte[]>[] deques(int count) {
        Deque[] deques = new Deque[count];
        for (int i = 0; i < count; i++) {
            deques[i] = new ArrayDeque<byte[]>();
        }
        return deques;
    }

    void arrive(byte[] frame) {
        wire.add(frame.clone());
    }

    /** Forgets frames that were not received. */
    void reset() {
        card.loses(wire.size());
        wire.clear();
        for (Deque<byte[]> queue : waiting) {
            card.loses(queue.size());
            queue.clear();
        }
        turn = 0;
    }

    /** Frames of queues that are no longer used go to others. */
    void pairsChanged(int pairs) {
        for (int i = pairs; i < waiting.length; i++) {
            wire.addAll(waiting[i]);
            waiting[i].clear();
        }
        turn = 0;
    }

    /** Receives what there are buffers for; whether it did anything. */
    boolean step() {
        boolean worked = !wire.isEmpty();
        for (byte[] frame = wire.poll(); frame != null; frame = wire.poll()) {
            sort(frame);
        }
        for (int i = 0; i < card.pairs(); i++) {
            Ring ring = card.ring(2 * i);
            while (ring != null && !waiting[i].isEmpty() && receive(ring, waiting[i].peek())) {
                waiting[i].remove();
                worked = true;
            }
        }
        return worked;
    }

    private void sort(byte[] frame) {
        if (!card.filter().takes(frame, card.mac())) {
            filtered++;
        } else if (card.isTooLong(frame)) {
            dropped++;
        } else {
            waiting[turn].add(frame);
            turn = card.spreads() ? (turn + 1) % card.pairs() : 0;
        }
    }

    /** Whether a frame is dealt with. */
    private boolean receive(Ring ring, byte[] frame) {
        int header = card.headerSize();
        boolean merges = card.has(Features.MRG_RXBUF);
        List<Chain> chains = ring.take(header + frame.length, merges ? Integer.MAX_VALUE : 1);
        if (chains == null) {
            boolean never = merges ? ring.hasAll() : ring.waiting() > 0;
            dropped += never ? 1 : 0;
            return never;
        }
        byte[] message = new byte[header + frame.length]; // flags 0, GSO_NONE (5.1.6.4.1)
        System.arraycopy(frame, 0, message, header, frame.length);
        if (header == 12) {
            int buffers = numBuffers(ring, chains.size());
            message[10] = (byte) buffers;
            message[11] = (byte) (buffers >> 8);
        }
        if (chains.size() == 1) {
            misreport(chains.getFirst(), message);
        }
        int at = 0;
        for (Chain chain : chains) {
            at = ring.write(chain, message, at);
        }
        ring.complete(chains);
        return true;
    }

    /** The length of a frame may be wrong; what lies behind it in its header then means nothing. */
    private void misreport(Chain chain, byte[] message) {
        Mischief mischief = card.mischief();
        if (mischief.strikes(Misbehaviour.USED_LENGTH_TOO_LONG)) {
            chain.reported = 0xffff_ffffL >>> mischief.between(0, 15);
        } else if (mischief.strikes(Misbehaviour.USED_LENGTH_ZERO)) {
            chain.reported = 0;
        } else if (mischief.strikes(Misbehaviour.USED_LENGTH_SHORT)) {
            chain.reported = mischief.between(1, card.headerSize() - 1);
        }
        for (int i = (int) chain.reported; i >= 0 && i < card.headerSize(); i++) {
            message[i] = (byte) mischief.between(0, 2);
        }
    }

    private int numBuffers(Ring ring, int honest) {
        Mischief mischief = card.mischief();
        if (mischief.strikes(Misbehaviour.NUM_BUFFERS_ZERO)) {
            return 0;
        }
        return mischief.strikes(Misbehaviour.NUM_BUFFERS_HUGE) ? mischief.between(ring.size + 1, 0xffff) : honest;
    }
}
