package ixy4j.bench.ring;

/** Takes fresh buffers at once, but writes their descriptors only before the tail, line by line, as the driver does. */
class LateRefillRx extends LateTailRx {
    LateRefillRx(RingMemory memory, Buffers buffers) {
        super(memory, buffers);
    }

    @Override
    final void replace(int index, int buffer) {
        slots[index] = buffer;
    }

    @Override
    final void complete() {
        for (int i = handedOver; i != next; i = (i + 1) & mask) {
            describe(i);
        }
    }
}
