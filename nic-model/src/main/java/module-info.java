/**
 * Emulated cards: {@link ixy4j.model.i82599.Card}, an 82599, and {@link ixy4j.model.virtio.VirtioCard} are where to start.
 * {@link ixy4j.testing} is for users, whose tests need a card.
 */
@SuppressWarnings("module") // the commands come later, and need not come at all
module ixy4j.model {
    requires transitive ixy4j;

    exports ixy4j.testing;
    exports ixy4j.model to
            ixy4j.watch,
            ixy4j.learn,
            ixy4j.apps;
    exports ixy4j.model.address to
            ixy4j.watch,
            ixy4j.apps;
    exports ixy4j.model.i82599 to
            ixy4j.watch,
            ixy4j.learn,
            ixy4j.apps;
    exports ixy4j.model.trace to
            ixy4j.watch,
            ixy4j.apps;
    exports ixy4j.model.vfiouser to
            ixy4j.watch,
            ixy4j.learn,
            ixy4j.apps;
    exports ixy4j.model.wire to
            ixy4j.watch,
            ixy4j.learn,
            ixy4j.apps;

    provides ixy4j.spi.DeviceProvider with
            ixy4j.model.address.ModelProvider;
}
