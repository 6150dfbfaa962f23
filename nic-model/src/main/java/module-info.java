/** Emulated cards: {@link ixy4j.model.Card}, an 82599, and {@link ixy4j.model.virtio.VirtioCard} are where to start. */
module ixy4j.model {
    requires transitive ixy4j;

    exports ixy4j.model;
    exports ixy4j.model.vfiouser;
    exports ixy4j.model.virtio;
    exports ixy4j.model.wire;

    provides ixy4j.pci.PciProvider with
            ixy4j.model.ModelProvider;
}
