package ixy4j.bench.ring;

/** The code that moves packets: the driver's, or that of a class here. */
public enum RingKind {
    DRIVER,
    /** The plain rings, which the others differ from in one thing. */
    PLAIN,
    FIFO_POOL,
    RECYCLED,
    HEAD_POLLED,
    TAIL_PER_PACKET,
    TAIL_LATE,
    /** With a late tail. */
    REFILL_LATE,
    /** And descriptors that are refilled late. */
    LOOK_AHEAD,
    STRIDE_2_KIB,
    REPORT_EVERY_1,
    REPORT_EVERY_4,
    REPORT_EVERY_8,
    REPORT_EVERY_16,
    /** With a report on every 8th, as all that clean. */
    CLEAN_8,
    CLEAN_64
}
