package ixy4j.virtio;

import ixy4j.IxyException;
import java.util.Locale;

/** What can be wrong with a virtio device, or with what is asked of it. */
final class VirtioTrouble {
    private VirtioTrouble() {}

    // ---- the device does what its specification forbids

    static String wrongId(String queue, int id, int[] slots, int chain) {
        int slot = id / chain;
        boolean inRange = id >= 0 && slot < slots.length && slot * chain == id;
        return String.format(
                Locale.ROOT,
                "%s: the device says that it used buffer %d, but %s (2.7.8, 2.8.6)",
                queue,
                id,
                inRange
                        ? "that is not with it or not the next"
                        : "ids go from 0 to " + (slots.length - 1) * chain
                                + (chain == 1 ? "" : " in steps of " + chain));
    }

    static String indexJumped(String queue, int ready, int with) {
        return String.format(
                Locale.ROOT,
                "%s: the device says that it used %d buffers, but it has %d (2.7.8, used ring index)",
                queue,
                ready,
                with);
    }

    static IxyException misbehaved(String what) {
        return new IxyException(what + ": the device or its host is broken; open it again to reset it");
    }

    static IxyException needsReset(String address) {
        return new IxyException(
                address + " says DEVICE_NEEDS_RESET (2.1.1): it met an error that it cannot recover from;"
                        + " open it again to reset it");
    }

    // ---- it cannot be used

    static IxyException features(String address, long features, int status) {
        return new IxyException(String.format(
                Locale.ROOT,
                "%s does not accept the features 0x%x, its status is 0x%x without FEATURES_OK (3.1.1): try another layout,"
                        + " such as that of ring=split in its address",
                address,
                features,
                status));
    }

    static IxyException noVector(String address, int queue, int vector) {
        return new IxyException(address + " does not take interrupt vector " + vector + " for virtqueue " + queue
                + " (4.1.5.1.2): it has no room for it; poll");
    }

    static IxyException noModeration(String address) {
        return new IxyException(address + " cannot keep interrupts apart: leave the moderation at 0");
    }

    static IxyException noQueue(String address, int queue, int size) {
        return new IxyException(String.format(
                Locale.ROOT,
                "%s has no virtqueue %d that can be used: its size is %d, and should be a power of two from 4 to 32768",
                address,
                queue,
                size));
    }

    static IllegalArgumentException tooFewPairs(String address, int wanted, int pairs) {
        return new IllegalArgumentException(String.format(
                Locale.ROOT,
                "%s has %d queue pair%s, not %d: in QEMU, queues=N of the card's network and mq=on of the card give more",
                address,
                pairs,
                pairs == 1 ? "" : "s",
                wanted));
    }

    static IxyException noPacked(String address) {
        return new IxyException(
                address + " does not offer packed virtqueues (VIRTIO_F_RING_PACKED): leave ring=packed out,"
                        + " or give the card packed=on in QEMU");
    }

    static IxyException notMemory(String address) {
        return new IxyException(address + " is a virtio card whose registers are reached by messages, which this driver"
                + " does not do: let its server offer vhost-user instead");
    }

    static IxyException bypasses(String address) {
        return new IxyException(
                address + " is a virtio card that goes past the IOMMU, so it would take our addresses for"
                        + " physical ones: have it offer VIRTIO_F_ACCESS_PLATFORM (QEMU: iommu_platform=on,disable-legacy=on), or take"
                        + " it through sysfs");
    }

    static IxyException noInterface(String address, String wanted) {
        return new IxyException(address + " has no " + wanted + " interface: leave virtio=" + wanted + " out");
    }

    static IxyException reset(String address, int status) {
        return new IxyException(String.format(
                Locale.ROOT,
                "%s does not end its reset: its status should have become 0 within a second, but is 0x%x (2.1.2)",
                address,
                status));
    }

    static IxyException command(String address, String what, int ack) {
        return new IxyException(String.format(
                Locale.ROOT,
                "%s %s when asked to %s by its control queue (5.1.6.5)",
                address,
                ack < 0 ? "did not answer within a second" : "answered " + ack + ", not 0,",
                what));
    }

    static IxyException cannot(String address, String what, String feature) {
        return new IxyException(address + " cannot " + what + ": it does not offer " + feature);
    }
}
