package ixy4j.testing;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.linux.Cleanup;
import ixy4j.model.ModelFunction;
import ixy4j.model.i82599.Card;
import java.util.List;

/**
 * A network card for tests of applications: frames arrive at it as a test says, and the test gets what it sends. It is the
 * emulated 82599 with the driver of a real one, and does something only in {@link #arrive} and {@link #sent}, until there is
 * nothing left to do: no thread, no waiting, each run like the one before. Its link is up from the start. A mistake of the
 * driver, such as an application cannot make, ends the test with an exception that says which.
 *
 * <p>What holds for each card holds here: frames that come before a receive queue is open, or when ring and packet buffer
 * are full, are lost, and {@link Device#stats()} counts them. All cards have the same MAC address, 02:82:59:90:00:00;
 * {@link Device#setMacAddress} gives them others.
 */
public final class TestCard implements AutoCloseable {
    private static final int MOST_STEPS = 100_000; // a frame takes one or two, and a test has not so many

    private final FrameLists wire = new FrameLists();
    private final Card card = Card.stepped(wire);
    private final Device device;

    private TestCard(DeviceOptions options) {
        device = Device.open(new ModelFunction("test card", card), options);
    }

    /** A card that was opened with the default options. */
    public static TestCard open() {
        return open(DeviceOptions.DEFAULT);
    }

    /** A card that was opened with these options. */
    public static TestCard open(DeviceOptions options) {
        TestCard opened = new TestCard(options);
        try {
            opened.bringLinkUp();
            return opened;
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, opened::close);
            throw e;
        }
    }

    private void bringLinkUp() {
        for (int i = 0; device.linkSpeed() == 0; i++) {
            checkSteps(i);
            card.step();
        }
    }

    /** The card, as the application gets it. */
    public Device device() {
        return device;
    }

    /**
     * Lets frames arrive, one behind the other: they can be received then.
     *
     * @param frames of 14 bytes or more, without FCS; those of fewer than 60 are filled up with zeros, as each Ethernet does
     *     with them, and longer ones than a card takes (1514 bytes, 4 more with a VLAN tag) are dropped by it
     */
    public void arrive(byte[]... frames) {
        for (byte[] frame : frames) {
            wire.arrive(frame);
        }
        settle();
    }

    /** The frames that the card was given to send since this was last called, without FCS. */
    public List<byte[]> sent() {
        settle();
        return wire.takeSent();
    }

    private void settle() {
        for (int i = 0; card.step(); i++) {
            checkSteps(i);
        }
    }

    private void checkSteps(int count) {
        if (count == MOST_STEPS) {
            throw new IllegalStateException(device.address() + " does not come to rest");
        }
    }

    /** Closes the card, if the application has not. */
    @Override
    public void close() {
        device.close();
    }
}
