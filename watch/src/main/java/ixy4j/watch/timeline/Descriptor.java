package ixy4j.watch.timeline;

import java.util.HexFormat;

/**
 * A descriptor of 16 bytes.
 *
 * @param low the word at +0
 * @param high the word at +8
 */
public record Descriptor(long low, long high) {
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(low) + " " + HexFormat.of().toHexDigits(high);
    }
}
