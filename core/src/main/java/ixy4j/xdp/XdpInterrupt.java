package ixy4j.xdp;

import ixy4j.packet.RxInterrupt;

/** How a thread sleeps until a queue has frames: a socket is readable for as long as it has some, so nothing is armed. */
record XdpInterrupt(XdpRxQueue queue, int descriptor) implements RxInterrupt {
    @Override
    public void arm() {
        // it always is
    }

    @Override
    public void disarm() {
        // costs nothing while nobody waits
    }

    @Override
    public boolean isReady() {
        return queue.isReady();
    }
}
