package ixy4j.watch.scene;

/**
 * What a scene is like.
 *
 * @param ring descriptors in a ring, a power of two, 64 to 512
 * @param frames that arrive in all, at either card; 0 or more
 */
public record SceneOptions(int ring, long frames) {
    /** Rings of 64, and frames without end. */
    public static final SceneOptions DEFAULT = new SceneOptions(64, Long.MAX_VALUE);

    /** Checks the ranges. */
    public SceneOptions {
        if (ring < 64 || ring > 512 || Integer.bitCount(ring) != 1) {
            throw new IllegalArgumentException("a ring that is shown has 64, 128, 256 or 512 descriptors, not " + ring);
        }
        if (frames < 0) {
            throw new IllegalArgumentException("0 frames or more can arrive, not " + frames);
        }
    }
}
