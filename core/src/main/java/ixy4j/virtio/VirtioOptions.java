package ixy4j.virtio;

import ixy4j.MacAddress;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an address says to the driver, behind its {@code ?}.
 *
 * @param ring split or packed, empty if the device decides
 * @param virtio legacy or modern, empty for modern where there is a choice
 * @param ownMac the address of a device that has none; null for a random one
 */
public record VirtioOptions(String ring, String virtio, MacAddress ownMac) {
    /**
     * Reads them: options of the form name=value, with {@code &} between them.
     *
     * @throws IllegalArgumentException if one is unknown, naming it
     */
    public static VirtioOptions parse(String address, String text) {
        Map<String, String> found = new TreeMap<>();
        for (String option : text.isEmpty() ? new String[0] : text.split("&", -1)) {
            String[] parts = option.split("=", 2);
            if (parts.length != 2 || found.put(parts[0], parts[1]) != null) {
                throw VirtioTrouble.unknownOption(address, option);
            }
        }
        String ring = choice(address, found, "ring", "split|packed|");
        String virtio = choice(address, found, "virtio", "modern|legacy|");
        String mac = found.remove("mac");
        if (!found.isEmpty()) {
            throw VirtioTrouble.unknownOption(address, found.keySet().iterator().next());
        }
        return new VirtioOptions(ring, virtio, mac == null ? null : mac(address, mac));
    }

    private static MacAddress mac(String address, String value) {
        try {
            return MacAddress.parse(value).checkOwn();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(address + ": " + e.getMessage());
        }
    }

    private static String choice(String address, Map<String, String> found, String name, String allowed) {
        String value = found.getOrDefault(name, "");
        if (!value.matches(allowed) || (value.isEmpty() && found.containsKey(name))) {
            throw VirtioTrouble.unknownOption(address, name + "=" + value);
        }
        found.remove(name);
        return value;
    }

    long mac(long otherwise) {
        return ownMac == null ? otherwise : ownMac.bits();
    }
}
