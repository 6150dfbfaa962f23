package ixy4j.apps.traffic;

import ixy4j.model.wire.Frames;

/** How long frames are, without FCS. */
public interface FrameSizes {
    /** The simple IMIX of the Internet: in 12 frames 7 of 60 bytes, 4 of 590 and 1 of 1514, spread. */
    FrameSizes IMIX = new FrameSizes() {
        private static final int[] SIZES = {60, 590, 60, 60, 590, 60, 1514, 60, 590, 60, 590, 60};

        @Override
        public int of(long sequence) {
            return SIZES[(int) (sequence % SIZES.length)];
        }
    };

    /** The length of a frame in bytes, {@link Frames#MIN_LENGTH} to {@link Frames#MAX_LENGTH}, by its number. */
    int of(long sequence);

    /** All of one length. */
    static FrameSizes always(int length) {
        return _ -> length;
    }
}
