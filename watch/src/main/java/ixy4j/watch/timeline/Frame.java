package ixy4j.watch.timeline;

import ixy4j.memory.RawMemory;
import ixy4j.watch.frame.Line;
import java.util.HexFormat;

/**
 * A frame as it is shown.
 *
 * @param length bytes, without FCS
 * @param hex its first bytes, at most {@link #SHOWN}
 * @param text what it is, in a line
 */
public record Frame(int length, String hex, String text) {
    /** As many bytes are shown. */
    public static final int SHOWN = 128;

    /** The frame in these bytes. */
    public static Frame of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    private static Frame of(byte[] first, int length) {
        ixy4j.watch.frame.Frame frame = new ixy4j.watch.frame.Frame(SHOWN);
        int there = Math.min(first.length, SHOWN);
        System.arraycopy(first, 0, frame.bytes(), 0, there);
        frame.set(length);
        return new Frame(length, HexFormat.of().formatHex(first, 0, there), Line.of(frame, false));
    }

    /**
     * The frame at an address of ours, of which all bytes that are shown are there.
     *
     * @param like a frame that it may be the same as: then that is returned, without reading what it says anew; or null
     */
    public static Frame at(long address, int length, Frame like) {
        byte[] first = new byte[Math.min(length, SHOWN)];
        RawMemory.read(address, first, 0, first.length);
        if (like != null
                && like.length == length
                && like.hex.equals(HexFormat.of().formatHex(first))) {
            return like;
        }
        return of(first, length);
    }
}
