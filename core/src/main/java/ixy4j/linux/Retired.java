package ixy4j.linux;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Addresses and descriptors of files whose memory or file was given back. A thread may be in the middle of a call that uses
 * them, which no call checks; so each gets something in its place where a late access does no harm: pages that belong to
 * nobody, or {@code /dev/null}. Once nothing leads to the object any more that they came from, no call can use them, and they
 * go too.
 */
public final class Retired extends PhantomReference<Object> {
    private static final ReferenceQueue<Object> UNREACHABLE = new ReferenceQueue<>();
    private static final Set<Retired> ALL = ConcurrentHashMap.newKeySet(); // or they would be collected themselves

    private static final AtomicInteger FILES = new AtomicInteger(); // that were let go
    private static final int MANY_FILES = 64;

    private final Runnable end;

    private Retired(Object owner, Runnable end) {
        super(owner, UNREACHABLE);
        this.end = end;
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
            new Retired(owner, () -> Linux.attempt("munmap", address, size));
        } else {
            // No page is to be had. The leak would be certain, a late access is not.
            Linux.call("munmap", address, size);
        }
    }

    /** Lets go of a file, at once, and closes its descriptor when nothing leads to its owner any more. */
    public static void file(Object owner, int fd) {
        collect();
        int nowhere = (int) Linux.attempt("open", "/dev/null", Abi.O_RDWR | Abi.O_CLOEXEC);
        if (nowhere < 0 || Linux.attempt("dup3", nowhere, fd, Abi.O_CLOEXEC) < 0) {
            Linux.attempt("close", fd); // no descriptor is to be had; as above
        } else {
            new Retired(owner, () -> Linux.attempt("close", fd));
            if (FILES.incrementAndGet() % MANY_FILES == 0) {
                System.gc(); // descriptors may run out long before the heap does
            }
        }
        if (nowhere >= 0) {
            Linux.attempt("close", nowhere);
        }
    }

    /** Ends what cannot be used any more. Called now and then, in place of a thread that waits for it. */
    public static void collect() {
        while (UNREACHABLE.poll() instanceof Retired retired) {
            ALL.remove(retired);
            retired.end.run();
        }
    }
}
