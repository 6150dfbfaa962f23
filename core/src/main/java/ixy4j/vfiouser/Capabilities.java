package ixy4j.vfiouser;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one end can do, as the JSON of a VERSION message says it (specification, Version format). What it does not say has
 * the specification's default, and what is not known is passed over.
 *
 * <p>An extension of ours is {@code "ixy4j":{"tails":true}} among the capabilities: a client says so if it wants tails in
 * shared memory. A server that has them answers with where they are, as in
 * {@code "ixy4j":{"tails":[{"bar":0,"offset":4120,"stride":64,"count":128}]}}, a {@link TailBlock} each, and one file comes
 * with that, of memory to be mapped shared: {@link TailBlock#bytes} of it, in which a tail is at {@link TailBlock#place}.
 * The client writes a tail there with release, and the card polls it. Writing the register in the BAR does the same, and
 * reading it gives what is in the memory; a reset of the card, or of a queue, sets it to what the register is then. The
 * file belongs to the connection: after another one there is another file. With anybody else nothing changes, since the
 * pages of a BAR that have the tails may have registers with effects beside them, which cannot be memory.
 *
 * @param maxFiles open files that may come with one message
 * @param maxData bytes that REGION_READ, REGION_WRITE, DMA_READ and DMA_WRITE may move at once
 * @param pageSizes the page sizes of DMA, a bit each: 0x1000 for 4 KiB
 * @param maxMaps ranges that may be mapped at once
 * @param wantsTails whether a client wants tails in shared memory
 * @param tails those that a server shares
 */
public record Capabilities(
        int maxFiles, long maxData, long pageSizes, long maxMaps, boolean wantsTails, List<TailBlock> tails) {
    /** What holds for an end that says nothing. */
    public static final Capabilities DEFAULT = new Capabilities(1, 1 << 20, 0x1000, 65535, false, List.of());

    private static final int MOST_BLOCKS = 64; // the text comes from another process

    /** Keeps a copy. */
    public Capabilities {
        tails = List.copyOf(tails);
    }

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
        Object tails = object(ours.get("ixy4j"), "ixy4j").get("tails");
        return new Capabilities(
                (int) number(ours, "max_msg_fds", DEFAULT.maxFiles, Integer.MAX_VALUE),
                number(ours, "max_data_xfer_size", DEFAULT.maxData, Long.MAX_VALUE),
                number(ours, "pgsizes", DEFAULT.pageSizes, Long.MAX_VALUE),
                number(ours, "max_dma_maps", DEFAULT.maxMaps, Long.MAX_VALUE),
                Boolean.TRUE.equals(tails),
                tails instanceof List<?> blocks ? blocks(blocks) : List.of());
    }

    private static List<TailBlock> blocks(List<?> list) {
        if (list.size() > MOST_BLOCKS) {
            throw new IllegalArgumentException("tails has " + list.size()
                    + " items in the JSON of VERSION, where at most " + MOST_BLOCKS + " are due");
        }
        return list.stream().map(item -> block(object(item, "tails"))).toList();
    }

    private static TailBlock block(Map<?, ?> item) {
        return new TailBlock(
                number(item, "bar"), number(item, "offset"), number(item, "stride"), number(item, "count"));
    }

    private static int number(Map<?, ?> from, String name) {
        return (int) number(from, name, 0, Integer.MAX_VALUE);
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

    /** The same of a client that wants tails in shared memory, or not. */
    public Capabilities wantingTails(boolean wants) {
        return new Capabilities(maxFiles, maxData, pageSizes, maxMaps, wants, tails);
    }

    /** The same of a server that shares some tails. */
    public Capabilities withTails(List<TailBlock> shared) {
        return new Capabilities(maxFiles, maxData, pageSizes, maxMaps, wantsTails, shared);
    }

    /** The JSON, with the NUL. */
    public byte[] toJson() {
        String text = "{\"capabilities\":{\"max_msg_fds\":" + maxFiles + ",\"max_data_xfer_size\":" + maxData
                + ",\"pgsizes\":" + pageSizes + ",\"max_dma_maps\":" + maxMaps
                + extension() + "}}\0";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String extension() {
        if (!wantsTails && tails.isEmpty()) {
            return "";
        }
        String blocks = tails.stream()
                .map(block -> "{\"bar\":" + block.bar() + ",\"offset\":" + block.offset() + ",\"stride\":"
                        + block.stride() + ",\"count\":" + block.count() + "}")
                .collect(Collectors.joining(",", "[", "]"));
        return ",\"ixy4j\":{\"tails\":" + (wantsTails ? "true" : blocks) + "}";
    }
}
