package ixy4j;

import ixy4j.linux.EventFd;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.RxInterrupt;
import ixy4j.packet.RxQueue;

/**
 * A receive queue whose frames a test brings. It is as forgetful as {@link RxInterrupt#arm} allows, and as virtio is: a frame
 * that comes while it is not armed interrupts nobody, then or later.
 */
final class PlayedQueue implements RxQueue, RxInterrupt {
    private final EventFd file = new EventFd();
    private int frames;
    private boolean armed;
    Runnable afterArming = () -> {};
    Runnable afterLooking = () -> {};
    int interrupts;
    boolean storm; // interrupts come without frames

    /** A frame comes. */
    synchronized void frame() {
        frames++;
        if (armed) {
            send();
        }
    }

    private void send() {
        interrupts++;
        file.signal();
    }

    @Override
    public int receive(PacketBatch batch) {
        return take();
    }

    /** As many as came. */
    synchronized int take() {
        int came = frames;
        frames = 0;
        return came;
    }

    @Override
    public RxInterrupt interrupt() {
        return this;
    }

    @Override
    public int descriptor() {
        return file.descriptor();
    }

    @Override
    public void arm() {
        synchronized (this) {
            armed = true;
            if (storm) {
                send();
            }
        }
        afterArming.run();
    }

    @Override
    public synchronized void disarm() {
        armed = false;
    }

    @Override
    public boolean isReady() {
        boolean ready;
        synchronized (this) {
            ready = frames > 0;
        }
        afterLooking.run();
        return ready;
    }

    @Override
    public void close() {
        file.close(this);
    }

    @Override
    public String toString() {
        return "the queue that is played";
    }
}
