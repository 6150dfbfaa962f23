package ixy4j.vfio;

import ixy4j.linux.EventFd;

/**
 * What the kernel has to say about a card meanwhile: it is asked back, since its driver is being unbound or it is being pulled; or it
 * has reported an error of PCI Express. Nobody waits for that: it is looked at when a register is read.
 */
final class Notices {
    private static final int ERROR = 3; // VFIO_PCI_ERR_IRQ_INDEX
    private static final int ASKED_BACK = 4; // VFIO_PCI_REQ_IRQ_INDEX

    private final String address;
    private final EventFd error = new EventFd();
    private final EventFd askedBack = new EventFd();

    /** Those of an open card. */
    Notices(String address, int device) {
        this.address = address;
        listen(device, ERROR, error);
        listen(device, ASKED_BACK, askedBack);
    }

    /** A card that has no such error, or a kernel that does not ask, stays silent. */
    private static void listen(int device, int index, EventFd file) {
        try (Request request = Request.interrupts(index, 0, file)) {
            request.attempt(device, Request.DEVICE_SET_IRQS);
        }
    }

    /**
     * Looks whether there is something new.
     *
     * @throws ixy4j.IxyException if so
     */
    void check() {
        if (error.clear()) {
            throw VfioTrouble.failed(address);
        }
        if (askedBack.clear()) {
            throw VfioTrouble.askedBack(address);
        }
    }

    /** When the card is closed, which this was the notices of. */
    void close(Object owner) {
        error.close(owner);
        askedBack.close(owner);
    }
}
