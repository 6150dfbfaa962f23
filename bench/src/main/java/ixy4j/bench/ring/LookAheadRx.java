package ixy4j.bench.ring;

import static ixy4j.intel.Descriptors.*;

import ixy4j.memory.RawMemory;
import ixy4j.packet.PacketBatch;

/** Also looks at some descriptors beyond a small batch, whose lines of the cache then come together, as the driver does. */
final class LookAheadRx extends LateRefillRx {
    private static final int AHEAD = 32;

    private final int[] found = new int[mask + 1]; // lengths of the frames from next up to, not including, seen
    private int seen;

    LookAheadRx(RingMemory memory, Buffers buffers) {
        super(memory, buffers);
    }

    @Override
    public int receive(PacketBatch batch) {
        final int first = batch.size();
        final int room = batch.capacity() - first;
        if (seen == next) {
            look(Math.min(Math.max(room, AHEAD), mask));
        }
        final int count = Math.min(Math.min((seen - next) & mask, room), buffers.available());
        final int[] ids = buffers(batch);
        final int[] lengths = lengths(batch);
        int index = next;
        for (int i = first; i < first + count; i++) {
            ids[i] = slots[index];
            lengths[i] = found[index];
            replace(index, buffers.take());
            index = (index + 1) & mask;
        }
        next = index;
        setSize(batch, first + count);
        handOverIfDue(count < room);
        return count;
    }

    private void look(int most) {
        int index = next;
        for (int i = 0; i < most; i++) {
            long status = RawMemory.getLongAcquire(ring + ((long) index << 4) + 8);
            if ((status & RX_DD) == 0) {
                break;
            }
            check(status);
            found[index] = (int) (status >>> RX_LENGTH_SHIFT) & 0xffff;
            index = (index + 1) & mask;
        }
        seen = index;
    }
}
