package ixy4j.model.virtio;

import static ixy4j.virtio.Features.ANY_LAYOUT;
import static ixy4j.virtio.Features.IN_ORDER;
import static ixy4j.virtio.Features.MRG_RXBUF;
import static ixy4j.virtio.Features.MTU;
import static ixy4j.virtio.Features.RING_PACKED;

/** Kinds of devices that take a driver other ways. Where buffers are merged, there is no MTU: frames may be long. */
enum VirtioKind {
    LEGACY(0),
    LEGACY_MERGED(MRG_RXBUF),
    LEGACY_ANY_LAYOUT(ANY_LAYOUT),
    SPLIT(0),
    SPLIT_MERGED(MRG_RXBUF),
    SPLIT_IN_ORDER(IN_ORDER),
    SPLIT_IN_ORDER_MERGED(IN_ORDER | MRG_RXBUF),
    SPLIT_OUT_OF_ORDER(0),
    SPLIT_POLLED(0),
    PACKED(RING_PACKED),
    PACKED_MERGED(RING_PACKED | MRG_RXBUF),
    PACKED_IN_ORDER(RING_PACKED | IN_ORDER),
    PACKED_IN_ORDER_MERGED(RING_PACKED | IN_ORDER | MRG_RXBUF),
    PACKED_OUT_OF_ORDER(RING_PACKED),
    PACKED_POLLED(RING_PACKED);

    private static final long CHOSEN = ANY_LAYOUT | MRG_RXBUF | RING_PACKED | IN_ORDER;

    private final long features;

    VirtioKind(long features) {
        this.features = features;
    }

    /** Options for such a device; what it does by chance follows from the seed. */
    VirtioCardOptions options(long seed) {
        VirtioCardOptions options = new VirtioCardOptions()
                .name(name() + " seed " + seed)
                .seed(seed)
                .features((VirtioCardOptions.ALL & ~CHOSEN) | features)
                .batch(8);
        if (has(MRG_RXBUF)) {
            options.without(MTU);
        }
        if (name().startsWith("LEGACY")) {
            options.legacy();
        }
        if (name().endsWith("OUT_OF_ORDER")) {
            options.outOfOrder();
        }
        return options.wantsNotifications(!name().endsWith("POLLED"));
    }

    boolean has(long feature) {
        return (features & feature) != 0;
    }
}
