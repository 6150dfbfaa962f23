package ixy4j.watch.look;

import ixy4j.intel.Descriptors;
import ixy4j.intel.QueueLook;
import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketPool;
import ixy4j.watch.timeline.CardInfo;
import ixy4j.watch.timeline.CardState;
import ixy4j.watch.timeline.Descriptor;
import ixy4j.watch.timeline.Frame;
import ixy4j.watch.timeline.Owner;
import ixy4j.watch.timeline.RingField;
import ixy4j.watch.timeline.RingPlace;
import ixy4j.watch.timeline.RingState;
import ixy4j.watch.timeline.State;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Looks at one card: from the registers of a ring follow its place, head and tail, and from its place the descriptors and the
 * frames behind them. What only the driver knows, it is asked for where it is ours.
 */
public final class CardLooker {
    private static final int ENABLE = 1 << 25; // of RXDCTL and TXDCTL
    private static final int MOST = 1 << 16; // descriptors; a ring has 4096 at most, and nonsense is not followed
    private static final int INDEX = 0xffff; // the bits of head and tail that count

    private final int card;
    private final CardInfo info;
    private final int mostFrames;
    private final int[] offsets;
    private final long[][] buffers; // of each ring: the IOVAs of buffers, which a write-back puts something else over

    /**
     * A looker.
     *
     * @param card its number
     * @param mostFrames of a ring that are looked at, from where the driver looks next on
     * @param offsets of the registers that are looked at
     */
    public CardLooker(int card, CardInfo info, int mostFrames, int... offsets) {
        this.card = card;
        this.info = info;
        this.mostFrames = mostFrames;
        this.offsets = offsets;
        buffers = new long[info.rings().size()][];
    }

    /** The offsets of the registers that it looks at. */
    public int[] offsets() {
        return offsets.clone();
    }

    /**
     * Looks at registers, rings and the frames behind them.
     *
     * @param view of the card
     * @param queues of its driver, if that is ours; otherwise none
     * @param pool that they use; null where there is none
     * @param now where to put what is there; what was there when it was looked at last is in it
     */
    public void look(View view, List<QueueLook> queues, PacketPool pool, State now) {
        CardState state = now.card(card);
        int[] before = IntStream.range(0, info.rings().size())
                .map(i -> state.ring(i).number(RingField.SIZE))
                .toArray();
        lookBriefly(view, queues, now);
        for (int i = 0; i < before.length; i++) {
            QueueLook queue = queue(queues, info.rings().get(i));
            lookAtDescriptors(view, i, queue, pool, state.ring(i), before[i]);
            if (queue != null && now.buffers() > 0) {
                owners(i, queue, state.ring(i), now);
            }
        }
    }

    /** Looks at registers, and rings as a whole; descriptors and frames are left as they were. */
    public void lookBriefly(View view, List<QueueLook> queues, State now) {
        CardState state = now.card(card);
        for (int offset : offsets) {
            state.registers().set(offset, view.register(offset));
        }
        for (int i = 0; i < info.rings().size(); i++) {
            lookAtRing(view, info.rings().get(i), queue(queues, info.rings().get(i)), state.ring(i));
        }
    }

    private static QueueLook queue(List<QueueLook> queues, RingPlace place) {
        return queues.stream()
                .filter(one -> one.receives() == place.receives() && one.index() == place.queue())
                .findFirst()
                .orElse(null);
    }

    private static void lookAtRing(View view, RingPlace place, QueueLook queue, RingState state) {
        long low = Integer.toUnsignedLong(view.register(place.first()));
        state.set(RingField.SIZE, Math.min(view.register(place.length()) >>> 4, MOST));
        state.set(RingField.IOVA, low | ((long) view.register(place.baseHigh()) << 32));
        state.set(RingField.ENABLED, (view.register(place.control()) & ENABLE) != 0 ? 1 : 0);
        state.set(RingField.HEAD, view.register(place.head()) & INDEX);
        state.set(RingField.TAIL, view.register(place.tail()) & INDEX);
        state.set(RingField.NEXT, queue == null ? 0 : queue.next());
    }

    private void lookAtDescriptors(
            View view, int ring, QueueLook queue, PacketPool pool, RingState state, int sizeBefore) {
        RingPlace place = info.rings().get(ring);
        int size = state.number(RingField.SIZE);
        long iova = state.get(RingField.IOVA);
        long address = size == 0 ? 0 : view.address(iova, (long) size * Descriptors.SIZE);
        if (buffers[ring] == null || buffers[ring].length != size) {
            buffers[ring] = new long[size];
        }
        for (int i = 0; i < Math.max(sizeBefore, size); i++) {
            boolean there = address != 0 && i < size;
            Descriptor old = state.descriptor(i);
            Descriptor found = there ? descriptor(address + (long) i * Descriptors.SIZE, old) : null;
            state.setDescriptor(i, found);
            Frame frame = there
                    ? place.receives()
                            ? received(view, ring, i, queue, pool, found, state)
                            : sent(view, i, queue, pool, found, state)
                    : null;
            state.setFrame(i, frame);
        }
    }

    private static Descriptor descriptor(long address, Descriptor old) {
        long high = RawMemory.getLongAcquire(address + 8); // before the other, which the card writes first
        long low = RawMemory.getLong(address);
        return old != null && old.low() == low && old.high() == high ? old : new Descriptor(low, high);
    }

    /** The frame that the card wrote and the driver has not taken. */
    private Frame received(
            View view, int ring, int i, QueueLook queue, PacketPool pool, Descriptor found, RingState state) {
        if ((found.high() & Descriptors.RX_DD) == 0) {
            buffers[ring][i] = found.low();
            return null;
        }
        if (queue != null && !isNear(i, queue.next(), state.number(RingField.HEAD), queue.size())) {
            return null;
        }
        int length = (int) (found.high() >>> Descriptors.RX_LENGTH_SHIFT) & 0xffff;
        return frame(view, queue, pool, i, buffers[ring][i], length, state.frame(i));
    }

    /** The frame that the driver put there, until its buffer is free again. */
    private Frame sent(View view, int i, QueueLook queue, PacketPool pool, Descriptor found, RingState state) {
        int from = queue == null ? state.number(RingField.HEAD) : queue.next();
        int to = queue == null ? state.number(RingField.TAIL) : queue.end();
        if (!isNear(i, from, to, state.number(RingField.SIZE))) {
            return null;
        }
        boolean isWrittenBack = found.high() == Descriptors.TX_DD;
        return isWrittenBack
                ? state.frame(i)
                : frame(view, queue, pool, i, found.low(), (int) found.high() & 0xffff, state.frame(i));
    }

    private static Frame frame(View view, QueueLook queue, PacketPool pool, int i, long iova, int length, Frame like) {
        if (length == 0) {
            return null;
        }
        long address = queue != null && pool != null
                ? Buffers.addressOf(pool, queue.buffer(i))
                : view.address(iova, Math.min(length, Frame.SHOWN));
        return address == 0 ? null : Frame.at(address, length, like);
    }

    private boolean isNear(int index, int from, int to, int size) {
        return isWithin(index, from, to, size) && Math.floorMod(index - from, size) < mostFrames;
    }

    /** Whether an index is one of those from one up to, not including, another, in a ring. */
    private static boolean isWithin(int index, int from, int to, int size) {
        return Math.floorMod(index - from, size) < Math.floorMod(to - from, size);
    }

    private void owners(int ring, QueueLook queue, RingState state, State now) {
        Owner withCard = new Owner(Owner.Kind.CARD, card, ring);
        Owner withQueue = new Owner(Owner.Kind.RING, card, ring);
        int head = state.number(RingField.HEAD);
        int tail = state.number(RingField.TAIL);
        for (int i = 0; i < queue.size(); i++) {
            if (queue.receives() || isWithin(i, queue.next(), queue.end(), queue.size())) {
                boolean handedOver = state.get(RingField.ENABLED) != 0 && isWithin(i, head, tail, queue.size());
                now.setOwner(Buffers.number(queue.buffer(i)), handedOver ? withCard : withQueue);
            }
        }
    }
}
