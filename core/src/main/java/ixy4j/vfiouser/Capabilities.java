package ixy4j.vfiouser;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What one end can do, as the JSON of a VERSION message says it (specification, Version format). What it does not say has
 * the specification's default, and what is not known is passed over.
 *
 * <p>An extension of ours for the 82599 is {@code "ixy4j":{"tails":true}} among the capabilities: a client says so if it
 * wants tails in shared memory. A server that has them says the same in its answer, and one file comes with that:
 * {@link Wire#TAILS_BYTES} of memory to be mapped shared, in which {@link Wire#rxTail} and {@link Wire#txTail} are what RDT
 * and TDT are in BAR 0. The client writes a tail there with release, and the card polls it. Writing the register in BAR 0
 * does the same, and reading it gives what is in the memory; a reset of the card, or of a queue, sets it to what the
 * register is then. The file belongs to the connection: after another one there is another file. With anybody else nothing
 * changes, since the pages of BAR 0 that have the tails have registers with effects beside them, which cannot be memory.
 *
 * @param maxFiles open files that may come with one message
 * @param maxData bytes that REGION_READ, REGION_WRITE, DMA_READ and DMA_WRITE may move at once
 * @param pageSizes the page sizes of DMA, a bit each: 0x1000 for 4 KiB
 * @param maxMaps ranges that may be mapped at once
 * @param tails whether tails are to be in shared memory
 */
public record Capabilities(int maxFiles, long maxData, long pageSizes, long maxMaps, boolean tails) {
    /** What holds for an end that says nothing. */
    public static final Capabilities DEFAULT = new Capabilities(1, 1 << 20, 0x1000, 65535, false);

    /**
     * Reads the JSON; empty, or only a NUL, is the default.
     *
     * @throws IllegalArgumentException if it is not what the specification has, with the place
     */
    public static Capabilities parse(byte[] json) {
        int length = json.length > 0 && json[json.length - 1] == 0 ? json.length - 1 : json.length;
        String text = new String(json, 0, length, StandardCharsets.UTF_8);
        Map<?, ?> all = text.isBlank() ? Map.of() : object(Json.parse(text), "the text");
        Map<?, ?> ours = object(all.get("capabilities"), "capabilities");
        return new Capabilities(
                (int) number(ours, "max_msg_fds", DEFAULT.maxFiles, Integer.MAX_VALUE),
                number(ours, "max_data_xfer_size", DEFAULT.maxData, Long.MAX_VALUE),
                number(ours, "pgsizes", DEFAULT.pageSizes, Long.MAX_VALUE),
                number(ours, "max_dma_maps", DEFAULT.maxMaps, Long.MAX_VALUE),
                Boolean.TRUE.equals(object(ours.get("ixy4j"), "ixy4j").get("tails")));
    }

    private static Map<?, ?> object(Object value, String name) {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(name + " is " + value + " in the JSON of VERSION, where an object is due");
    }

    private static long number(Map<?, ?> from, String name, long byDefault, long most) {
        Object value = from.get(name);
        if (value == null) {
            return byDefault;
        }
        if (value instanceof Long number && number >= 0 && number <= most) {
            return number;
        }
        throw new IllegalArgumentException(
                name + " is " + value + " in the JSON of VERSION, where a number from 0 to " + most + " is due");
    }

    /** The same with tails in shared memory or not. */
    public Capabilities withTails(boolean shared) {
        return new Capabilities(maxFiles, maxData, pageSizes, maxMaps, shared);
    }

    /** The JSON, with the NUL. */
    public byte[] toJson() {
        String text = "{\"capabilities\":{\"max_msg_fds\":" + maxFiles + ",\"max_data_xfer_size\":" + maxData
                + ",\"pgsizes\":" + pageSizes + ",\"max_dma_maps\":" + maxMaps
                + (tails ? ",\"ixy4j\":{\"tails\":true}" : "") + "}}\0";
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
