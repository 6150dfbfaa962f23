package ixy4j.vfiouser;

import java.util.List;

/**
 * Tail registers that a server shares, as it tells them: one for each of some queues, at equal distances in a BAR. In the
 * file of {@link Capabilities} each tail of all blocks, in their order, has a place of {@link #PLACE} bytes, of which the
 * first 4 are the tail, little-endian.
 *
 * @param bar 0 to 5
 * @param offset in the BAR of the first tail
 * @param stride bytes from one to the next
 * @param count how many there are
 */
public record TailBlock(int bar, int offset, int stride, int count) {
    /** Bytes from one tail to the next in the file: two lines of the cache, as processors fetch them in pairs. */
    public static final int PLACE = 128;

    /** The most tails that a block may have. */
    public static final int MOST = 4096;

    /** Checks the ranges. */
    public TailBlock {
        boolean aligned = ((offset | stride) & 3) == 0;
        if (bar < 0 || bar > 5 || offset < 0 || stride < 4 || !aligned || count < 1 || count > MOST) {
            throw new IllegalArgumentException("there are no tails at BAR " + bar + ", offset " + offset + ", stride "
                    + stride + ", count " + count + ": BAR is 0 to 5, count 1 to " + MOST
                    + ", the others multiples of 4");
        }
        if (offset + (long) stride * count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(count + " tails from " + offset + " on, " + stride
                    + " bytes from one to the next, end behind 2^31");
        }
    }

    /** Which of these tails a register is, -1 for any other register. */
    private int index(int ofBar, int register) {
        int distance = register - offset;
        return ofBar == bar && distance >= 0 && distance % stride == 0 && distance / stride < count
                ? distance / stride
                : -1;
    }

    /** Where in the file the tail register at an offset in a BAR is, -1 for any other register. */
    public static int place(List<TailBlock> blocks, int bar, int register) {
        int before = 0;
        for (TailBlock block : blocks) {
            int index = block.index(bar, register);
            if (index >= 0) {
                return (before + index) * PLACE;
            }
            before += block.count;
        }
        return -1;
    }

    /** Bytes of the file with the tails of some blocks. */
    public static int bytes(List<TailBlock> blocks) {
        return blocks.stream().mapToInt(TailBlock::count).sum() * PLACE;
    }
}
