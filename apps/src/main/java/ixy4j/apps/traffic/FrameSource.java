package ixy4j.apps.traffic;

import ixy4j.packet.PacketBatch;

/** What a generator sends, frame by frame. Used by one thread at a time. */
public interface FrameSource extends AutoCloseable {
    /** Adds the next frame to a batch, if there is one, it is due, and batch and pool have room; whether it did. */
    boolean add(PacketBatch batch);

    /** Whether there will be none any more. */
    default boolean isExhausted() {
        return false;
    }

    /** Lets go of what they come from. */
    @Override
    default void close() {}
}
