/** The emulated 82599: {@link ixy4j.model.Card} is where to start. */
module ixy4j.model {
    requires transitive ixy4j;

    exports ixy4j.model;
    exports ixy4j.model.wire;

    provides ixy4j.pci.PciProvider with
            ixy4j.model.ModelProvider;
}
