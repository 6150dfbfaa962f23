package ixy4j.virtio;

import ixy4j.packet.RxInterrupt;

/** The used buffer notifications of a receive queue (2.3), which a driver asks for in memory that both share. */
record UsedBufferInterrupt(RxPackets queue, int descriptor) implements RxInterrupt {
    @Override
    public void arm() {
        queue.arm();
    }

    @Override
    public void disarm() {
        queue.disarm();
    }

    @Override
    public boolean isReady() {
        return queue.isReady();
    }
}
