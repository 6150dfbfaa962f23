package ixy4j;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A MAC address.
 *
 * @param bits its 48 bits, the first byte on the wire in bits 47:40
 */
public record MacAddress(long bits) {
    /** Checks that there are no more than 48 bits. */
    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("a MAC address has 48 bits, not 0x" + Long.toHexString(bits));
        }
    }

    /**
     * Reads the form {@code 02:00:00:00:00:01}.
     *
     * @throws IllegalArgumentException if the text has another
     */
    public static MacAddress parse(String text) {
        if (!text.matches("\\p{XDigit}{2}(:\\p{XDigit}{2}){5}")) {
            throw new IllegalArgumentException("'" + text + "' is not a MAC address such as 02:00:00:00:00:01");
        }
        return new MacAddress(HexFormat.fromHexDigitsToLong(text.replace(":", "")));
    }

    /** One that nobody else is likely to have: individual, locally administered, the rest by chance. */
    public static MacAddress random() {
        return new MacAddress(ThreadLocalRandom.current().nextLong(1L << 40) | 2L << 40);
    }

    /** Whether it is a group address: multicast or broadcast. */
    public boolean isMulticast() {
        return (bits >> 40 & 1) != 0;
    }

    /**
     * This address, if a card can have it as its own.
     *
     * @throws IllegalArgumentException if it is a group address, or all zero, which frames are never for
     */
    public MacAddress checkOwn() {
        if (isMulticast() || bits == 0) {
            throw new IllegalArgumentException(this + " is " + (bits == 0 ? "no address" : "a group address")
                    + ": a card has an individual one, such as 02:00:00:00:00:01");
        }
        return this;
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(bits, 12).replaceAll("(..)(?!$)", "$1:");
    }
}
