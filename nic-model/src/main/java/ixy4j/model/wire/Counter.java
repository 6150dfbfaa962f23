package ixy4j.model.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A count that one thread advances and any thread reads. Opaque access: no reader sees half a number, each sees the
 * later ones in time, and the thread that counts pays for one plain store. Nothing else is ordered by it.
 */
public final class Counter {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** A count of 0. */
    public Counter() {}

    /** Adds to it; for the one thread that counts. */
    public void add(long more) {
        VALUE.setOpaque(this, value + more);
    }

    /** The count now; for any thread. */
    public long get() {
        return (long) VALUE.getOpaque(this);
    }

    @Override
    public String toString() {
        return Long.toString(get());
    }
}
