package ixy4j.vfiouser;

import ixy4j.spi.Address;
import ixy4j.spi.PciFunction;

/** The client as it is with a server that shares no tails. */
public final class PostedTails {
    private PostedTails() {}

    /** Does not ask for shared tails. */
    public static PciFunction open(String path) {
        return new VfioUserFunction(path, Address.Options.none(), 5_000, false, true);
    }

    /** Shares no memory either. */
    public static PciFunction openWithoutFiles(String path) {
        return new VfioUserFunction(path, Address.Options.none(), 5_000, false, false);
    }
}
