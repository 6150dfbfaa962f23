package ixy4j.linux;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Addresses and descriptors of files whose memory or file was given back. A thread may be in the middle of a call that uses
 * them, which no call checks; so each gets something in its place where a late access does no harm: pages that belong to
 * nobody, or {@code /dev/null}. Once nothing leads to the object any more that they came from, no call can use them, and they
 * go too.
 */
public final class Retired extends PhantomReference<Object> {
    private static final ReferenceQueue<Object> UNREACHABLE = new ReferenceQueue<>();
    private static final Set<Retired> ALL = ConcurrentHashMap.newKeySet(); // or they would be collected themselves

    // Descriptors are few, and what holds these is small, so that the collector may take its time.
    private static final int MANY_FILES = 64;

    private final Runnable end;
    private final boolean isFile;

    private Retired(Object owner, Runnable end, boolean isFile) {
        super(owner, UNREACHABLE);
        this.end = end;
        this.isFile = isFile;
        ALL.add(this);
    }

    /**
     * Gives memory back, at once, and its addresses when nothing leads to their owner any more.
     *
     * @param address of the first byte, a multiple of the size of its pages
     * @param size in bytes, another
     */
    public static void memory(Object owner, long address, long size) {
        collect();
        int flags = Abi.MAP_PRIVATE_ANONYMOUS | Abi.MAP_FIXED | Abi.MAP_NORESERVE;
        if (Linux.attempt("mmap", address, size, Abi.PROT_READ_WRITE, flags, -1, 0) == address) {
            new Retired(owner, () -> Linux.call("munmap", address, size), false);
        } else {
            Linux.call("munmap", address, size); // no page is to be had: a late access is less likely than that is bad
        }
    }

    /** Lets go of a file, at once, and closes its descriptor when nothing leads to its owner any more. */
    public static void file(Object owner, int fd) {
        collect();
        int nowhere = Linux.open("/dev/null", Abi.O_RDWR);
        Linux.call("dup3", nowhere, fd, Abi.O_CLOEXEC);
        Linux.call("close", nowhere);
        new Retired(owner, () -> Linux.call("close", fd), true);
        if (ALL.stream().filter(retired -> retired.isFile).count() > MANY_FILES) {
            System.gc();
        }
    }

    /** Ends what cannot be used any more. Called now and then, in place of a thread that waits for it. */
    public static void collect() {
        while (UNREACHABLE.poll() instanceof Retired retired) {
            retired.end.run();
            ALL.remove(retired);
        }
    }
}
