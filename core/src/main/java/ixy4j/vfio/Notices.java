package ixy4j.vfio;

import ixy4j.linux.Cleanup;
import ixy4j.linux.EventFd;

/**
 * What the kernel has to say about a card meanwhile: it is asked back, since its driver is being unbound or it is being pulled; or it
 * has reported an error of PCI Express. Nobody waits for that: it is looked at when a register is read. Safe for all threads.
 */
final class Notices {
    private static final int ERROR = 3; // VFIO_PCI_ERR_IRQ_INDEX
    private static final int ASKED_BACK = 4; // VFIO_PCI_REQ_IRQ_INDEX

    private final String address;
    private final EventFd error;
    private final EventFd askedBack;
    private boolean failed;
    private boolean wanted;
    private boolean ending; // the driver stops the card

    /** Those of an open card. */
    Notices(Object owner, String address, int device) {
        this.address = address;
        error = new EventFd();
        try {
            askedBack = new EventFd();
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, () -> error.close(owner));
            throw e;
        }
        listen(device, ERROR, error);
        listen(device, ASKED_BACK, askedBack);
    }

    /** A card that has no such error, or a kernel that does not ask, stays silent. */
    private static void listen(int device, int index, EventFd file) {
        try (Request request = Request.interrupts(index, file)) {
            request.attempt(device, Request.DEVICE_SET_IRQS);
        }
    }

    /**
     * Looks whether there is something.
     *
     * @throws ixy4j.IxyException if so, from then on, until the driver begins to stop the card
     */
    synchronized void check() {
        look();
        if (failed && !ending) {
            throw VfioTrouble.failed(address);
        }
        if (wanted && !ending) {
            throw VfioTrouble.askedBack(address);
        }
    }

    /** A driver clears flags, which is how it begins to stop a card: if there is something, that is why. */
    synchronized void clearing() {
        look();
        ending |= failed || wanted;
    }

    private void look() {
        failed |= error.clear();
        wanted |= askedBack.clear();
    }

    /** When the card is closed, which this was the notices of. */
    void close(Object owner) {
        error.close(owner);
        askedBack.close(owner);
    }
}
