package ixy4j.vfiouser;

/** Versions, flags and numbers of what is in the bodies of messages, which {@link Body} lays out. */
public final class Protocol {
    /** The only version there is. */
    public static final int MAJOR = 0;

    /** Its minor number. */
    public static final int MINOR = 0;

    // ---- flags

    /** DMA_MAP: the device may read. */
    public static final int DMA_READABLE = 1;

    /** DMA_MAP: the device may write. */
    public static final int DMA_WRITABLE = 1 << 1;

    /** DMA_UNMAP: all ranges; IOVA and size are 0. */
    public static final int DMA_UNMAP_ALL = 1 << 1;

    /** DEVICE_GET_INFO: DEVICE_RESET works. */
    public static final int DEVICE_RESETS = 1;

    /** DEVICE_GET_INFO: a PCI device. */
    public static final int DEVICE_PCI = 1 << 1;

    /** DEVICE_GET_REGION_INFO: may be read. */
    public static final int REGION_READABLE = 1;

    /** DEVICE_GET_REGION_INFO: may be written. */
    public static final int REGION_WRITABLE = 1 << 1;

    /** DEVICE_GET_REGION_INFO: may be mapped, from the file that comes along. */
    public static final int REGION_MAPPABLE = 1 << 2;

    /** DEVICE_GET_REGION_INFO: there are capabilities. */
    public static final int REGION_CAPABILITIES = 1 << 3;

    /** DEVICE_GET_IRQ_INFO: signalled by eventfd. */
    public static final int IRQ_EVENTFD = 1;

    /** DEVICE_GET_IRQ_INFO: can be masked and unmasked. */
    public static final int IRQ_MASKABLE = 1 << 1;

    /** DEVICE_GET_IRQ_INFO: masks itself when it is signalled. */
    public static final int IRQ_AUTOMASKED = 1 << 2;

    /** DEVICE_GET_IRQ_INFO: the number in use is changed by disabling all first. */
    public static final int IRQ_NO_RESIZE = 1 << 3;

    /** DEVICE_SET_IRQS: no data, the action is for all from start to start + count. */
    public static final int IRQ_DATA_NONE = 1;

    /** DEVICE_SET_IRQS: a byte each says whether the action is for it. */
    public static final int IRQ_DATA_BOOL = 1 << 1;

    /** DEVICE_SET_IRQS: the files that come along are eventfds. Without files they are taken away. */
    public static final int IRQ_DATA_EVENTFD = 1 << 2;

    /** DEVICE_SET_IRQS: mask. */
    public static final int IRQ_MASK = 1 << 3;

    /** DEVICE_SET_IRQS: unmask. */
    public static final int IRQ_UNMASK = 1 << 4;

    /** DEVICE_SET_IRQS: with eventfds, those to signal from now on; otherwise signal now. */
    public static final int IRQ_TRIGGER = 1 << 5;

    // ---- regions and interrupts of a PCI device

    /** Region of the first of six BARs. */
    public static final int REGION_BAR0 = 0;

    /** Region of the ROM. */
    public static final int REGION_ROM = 6;

    /** Region of the configuration space. */
    public static final int REGION_CONFIG = 7;

    /** Regions of a PCI device; the last is VGA. */
    public static final int REGIONS = 9;

    /** Index of the pin's interrupt. */
    public static final int IRQ_INTX = 0;

    /** Index of MSI. */
    public static final int IRQ_MSI = 1;

    /** Index of MSI-X. */
    public static final int IRQ_MSIX = 2;

    /** Index of errors. */
    public static final int IRQ_ERR = 3;

    /** Index of requests to give the device back. */
    public static final int IRQ_REQ = 4;

    /** Interrupt indexes of a PCI device. */
    public static final int IRQS = 5;

    private Protocol() {}
}
