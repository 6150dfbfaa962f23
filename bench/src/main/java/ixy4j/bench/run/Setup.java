package ixy4j.bench.run;

import ixy4j.bench.ring.RingKind;
import java.util.List;

/**
 * What a forwarder runs on, and how: all that experiments vary.
 *
 * @param device what plays the cards
 * @param rings which receive and transmit code
 * @param batch packets in a batch, 1 to 4096
 * @param ring descriptors in a ring
 * @param size bytes of a frame, without FCS
 * @param bothWays whether frames come in at both cards, or at the first only
 * @param touch what is done with each frame
 * @param buffers in the pool; 0 for as many as rings and batches need
 * @param pages what the memory of rings and buffers is made of
 * @param jvm options of the JVM on top of those that all have; a collector replaces theirs
 * @param waiting what the thread does whose rings are empty
 */
public record Setup(
        Cards device,
        RingKind rings,
        int batch,
        int ring,
        int size,
        boolean bothWays,
        Touch touch,
        int buffers,
        Pages pages,
        List<String> jvm,
        Waiting waiting) {
    /** The cards. */
    public enum Cards {
        /** Two 82599 in memory that cost next to nothing. */
        IXGBE,
        /** Two emulated 82599. */
        MODEL,
        /** Two virtio devices in memory with split virtqueues. */
        VIRTIO_SPLIT,
        /** With packed virtqueues. */
        VIRTIO_PACKED,
        /** Those of the addresses that were given. */
        GIVEN
    }

    /** The application. */
    public enum Touch {
        /** Frames pass unread. */
        NONE,
        /** Adds 1 to a byte by the public API, which checks bounds. */
        CHECKED,
        /** Does the same at the address, unchecked. */
        RAW,
        /** Takes half a microsecond for each frame, which is longer than the cards take, and does not change it. */
        SLOW;

        /** What it adds to byte 1 of each frame. */
        int added() {
            return this == CHECKED || this == RAW ? 1 : 0;
        }
    }

    /** Pages. */
    public enum Pages {
        /** 2 MiB. */
        HUGE,
        /** 4 KiB. */
        SMALL
    }

    /** What everything has where nothing else is said. */
    public static final Setup DEFAULT = new Setup(
            Cards.IXGBE, RingKind.DRIVER, 32, 512, 60, true, Touch.CHECKED, 0, Pages.HUGE, List.of(), Waiting.POLL);

    /** A copy of the list. */
    public Setup {
        jvm = List.copyOf(jvm);
    }

    /** The same on other cards. */
    public Setup on(Cards other) {
        return new Setup(other, rings, batch, ring, size, bothWays, touch, buffers, pages, jvm, waiting);
    }

    /** The same with other code. */
    public Setup by(RingKind other) {
        return new Setup(device, other, batch, ring, size, bothWays, touch, buffers, pages, jvm, waiting);
    }

    /** The same with another batch. */
    public Setup withBatch(int packets) {
        return new Setup(device, rings, packets, ring, size, bothWays, touch, buffers, pages, jvm, waiting);
    }

    /** The same with other rings. */
    public Setup withRing(int descriptors) {
        return new Setup(device, rings, batch, descriptors, size, bothWays, touch, buffers, pages, jvm, waiting);
    }

    /** The same with other frames. */
    public Setup withSize(int bytes) {
        return new Setup(device, rings, batch, ring, bytes, bothWays, touch, buffers, pages, jvm, waiting);
    }

    /** The same with frames in one direction. */
    public Setup oneWay() {
        return new Setup(device, rings, batch, ring, size, false, touch, buffers, pages, jvm, waiting);
    }

    /** The same with another application. */
    public Setup with(Touch other) {
        return new Setup(device, rings, batch, ring, size, bothWays, other, buffers, pages, jvm, waiting);
    }

    /** The same with another pool. */
    public Setup withBuffers(int count) {
        return new Setup(device, rings, batch, ring, size, bothWays, touch, count, pages, jvm, waiting);
    }

    /** The same in other pages. */
    public Setup with(Pages other) {
        return new Setup(device, rings, batch, ring, size, bothWays, touch, buffers, other, jvm, waiting);
    }

    /** The same with these options of the JVM. */
    public Setup withJvm(String... options) {
        return new Setup(device, rings, batch, ring, size, bothWays, touch, buffers, pages, List.of(options), waiting);
    }

    /** The same with another way of waiting. */
    public Setup with(Waiting other) {
        return new Setup(device, rings, batch, ring, size, bothWays, touch, buffers, pages, jvm, other);
    }

    /** How many buffers the pool gets: no fewer than the rings and batches hold. */
    public int poolSize() {
        int held = 4 * ring + 2 * batch;
        int lost = rings == RingKind.STRIDE_2_KIB ? held / 16 : 0; // fewer fit into a page
        return Math.max(buffers, held + lost);
    }
}
