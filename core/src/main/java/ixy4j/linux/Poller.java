package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/** Sleeps until one of several files is readable (ppoll(2)). Allocates nothing while it is used; for one thread. */
public final class Poller {
    // As that of Doorbell. An error is as good as nothing: who calls looks again.
    @SuppressWarnings("restricted") // ppoll and read of open files, with memory of ours
    private static final MethodHandle CALL = Linker.nativeLinker()
            .downcallHandle(FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private static final MemorySegment PPOLL = Linux.function("ppoll");
    private static final MemorySegment READ = Linux.function("read");

    // struct pollfd: a descriptor, what is waited for, what of that there is
    private static final int ENTRY = 8;
    private static final int EVENTS = 4;
    private static final int FOUND = 6;
    private static final short READABLE = 1; // POLLIN

    private static final long SECOND = 1_000_000_000;

    private final int eventFds;
    private final int count;
    private final MemorySegment entries;
    private final MemorySegment limit = Arena.ofAuto().allocate(2 * Long.BYTES, Long.BYTES); // struct timespec
    private final MemorySegment number = Arena.ofAuto().allocate(JAVA_LONG); // that an eventfd has

    /** One that sleeps until one of these is readable, of which the first so many are eventfds. */
    public Poller(int eventFds, int... descriptors) {
        this.eventFds = eventFds;
        count = descriptors.length;
        entries = Arena.ofAuto().allocate((long) count * ENTRY, ENTRY);
        for (int i = 0; i < count; i++) {
            entries.set(JAVA_INT, (long) i * ENTRY, descriptors[i]);
            entries.set(JAVA_SHORT, (long) i * ENTRY + EVENTS, READABLE);
        }
    }

    /**
     * Sleeps, at most so many nanoseconds. Eventfds that were readable are not any more.
     *
     * @return the place of the first that was readable, -1 if none was
     */
    public int await(long nanos) {
        return await(nanos, count);
    }

    /** The same, until one of the first so many is readable. */
    public int await(long nanos, int first) {
        limit.set(JAVA_LONG, 0, nanos / SECOND);
        limit.set(JAVA_LONG, Long.BYTES, nanos % SECOND);
        try {
            int found = (int) (long) CALL.invokeExact(PPOLL, entries.address(), (long) first, limit.address(), 0L);
            return found > 0 ? look(first) : -1;
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // invokeExact declares Throwable, but C throws nothing
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private int look(int first) throws Throwable {
        int readable = -1;
        for (int i = first - 1; i >= 0; i--) {
            if (entries.get(JAVA_SHORT, (long) i * ENTRY + FOUND) != 0) {
                readable = i;
                if (i < eventFds) {
                    long fd = entries.get(JAVA_INT, (long) i * ENTRY);
                    long ignored = (long) CALL.invokeExact(READ, fd, number.address(), (long) Long.BYTES, 0L);
                }
            }
        }
        return readable;
    }
}
