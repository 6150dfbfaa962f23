package ixy4j;

import ixy4j.linux.Cleanup;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.spi.Address;
import ixy4j.spi.DmaTarget;
import ixy4j.spi.Driver;
import ixy4j.spi.PciFunction;
import ixy4j.telemetry.Telemetry;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;

/**
 * A network card that this process drives alone, from {@link #open} to {@link #close()}. Statistics may be read and the card
 * closed by any thread; all else belongs to the thread that opened it, but each queue, with its pool, may be used by a
 * thread of its own.
 */
public interface Device extends DmaTarget, AutoCloseable {
    /** Opens a card with the default options; see {@link #open(String, DeviceOptions)}. */
    static Device open(String address) {
        return open(address, DeviceOptions.DEFAULT);
    }

    /**
     * Takes a card, resets it and sets it up; it forwards nothing before its queues are opened.
     *
     * @param address a PCI address such as {@code 0000:03:00.0}, or {@code scheme:target} for a card of a
     *     {@link ixy4j.spi.DeviceProvider}, such as {@code model:0}; {@link Address} has the grammar
     * @throws IllegalArgumentException if the address is malformed, or nothing here knows its scheme or one of its options
     * @throws IxyException if there is no such card, or none that this library drives, if it is in use, or does not
     *     answer; and if this thread is interrupted while it waits for another process that plays the card or is to
     *     come and do so (vhost-user, vfio-user): it stays interrupted, and nothing is left open
     */
    static Device open(String address, DeviceOptions options) {
        return open(Address.parse(address), options);
    }

    /** Does the same with an address that was parsed. */
    static Device open(Address address, DeviceOptions options) {
        return address.isPci() ? open(PciFunction.open(address), options) : OtherWays.open(address, options);
    }

    /** Does the same with a function that was found, which is closed if this fails. */
    static Device open(PciFunction function, DeviceOptions options) {
        try {
            int id = function.id();
            for (Driver driver : ServiceLoader.load(Driver.class, Device.class.getClassLoader())) {
                if (driver.drives(id)) {
                    return driver.open(function, options);
                }
            }
            throw Unsupported.card(function, id);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, function::close);
            throw e;
        }
    }

    /** The address that it was opened by. */
    String address();

    /**
     * Opens a receive queue, which receives from now on into buffers of this pool.
     *
     * @param index 0 to {@code options.rxQueues() - 1}, each once
     * @throws IllegalArgumentException if the pool has too few free buffers to fill the ring, or was not made for this
     *     card; or if there is no such queue, or it is open
     * @throws IllegalStateException if the card is closed
     */
    RxQueue rxQueue(int index, PacketPool pool);

    /** Opens a transmit queue for packets of this pool; index as for {@link #rxQueue}, up to {@code txQueues() - 1}. */
    TxQueue txQueue(int index, PacketPool pool);

    /** How many packets can be with the card at most: the descriptors of all its queues, open or not. */
    int descriptors();

    /**
     * The card's own address, which it receives frames for.
     *
     * @throws IllegalStateException if the card is closed
     */
    MacAddress macAddress();

    /**
     * Receives frames for another address from now on, until the card is closed.
     *
     * @throws IllegalArgumentException if it is no address that a card can have, see {@link MacAddress#checkOwn}
     * @throws IllegalStateException if the card is closed
     */
    void setMacAddress(MacAddress address);

    /**
     * Whether to receive frames for all addresses; on at the start, as options say. A virtual function cannot: at the start it
     * receives what it can, frames for all groups.
     *
     * @throws IxyException if the card cannot
     * @throws IllegalStateException if the card is closed
     */
    void setPromiscuous(boolean promiscuous);

    /**
     * The speed of the link in Mbit/s, 0 if there is none.
     *
     * @throws IllegalStateException if the card is closed
     */
    int linkSpeed();

    /**
     * Waits for a link; its speed in Mbit/s, 0 if none came in {@code millis}.
     *
     * @throws IxyException if this thread is interrupted before there is one; it stays so
     * @throws IllegalStateException if the card is closed, also meanwhile
     */
    default int awaitLink(int millis) {
        long deadline = System.nanoTime() + millis * 1_000_000L;
        int speed = linkSpeed();
        while (speed == 0 && System.nanoTime() - deadline < 0) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IxyException(address() + ": interrupted while waiting for a link");
            }
            LockSupport.parkNanos(1_000_000);
            speed = linkSpeed();
        }
        Telemetry.link(this, speed);
        return speed;
    }

    /**
     * All that was counted since the card was opened, also once it is closed. Counters of the card are read, so this takes
     * microseconds.
     *
     * @throws IxyException each time until it is closed, if it is an Intel card that was reset since it was opened, by itself
     *     or by somebody else: nothing moves any more, and it has no other way to say so
     */
    DeviceStats stats();

    /**
     * Stops all queues and DMA, and gives the card back to the driver that had it; by any thread, at any time, and more than
     * once. A call that is under way in one of its queues ends as usual, or with an exception; a later one throws an
     * {@link IllegalStateException}.
     */
    @Override
    void close();
}
