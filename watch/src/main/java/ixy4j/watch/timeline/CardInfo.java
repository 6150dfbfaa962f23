package ixy4j.watch.timeline;

import java.util.List;

/**
 * A card that is watched.
 *
 * @param name its address
 * @param chip null where there are no registers to be seen
 * @param mac its own address, as text
 * @param rings in the order in which changes number them
 */
public record CardInfo(String name, Chip chip, String mac, List<RingPlace> rings) {
    /** Keeps a copy. */
    public CardInfo {
        rings = List.copyOf(rings);
    }
}
