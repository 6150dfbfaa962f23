package ixy4j.vfio;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import ixy4j.linux.EventFd;
import ixy4j.linux.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An ioctl(2) of VFIO and its structure, which begins with its own size in 4 bytes and, most often, flags in 4 more. */
final class Request implements AutoCloseable {
    static final int GET_API_VERSION = 0x3b64; // all have type ';' and count from 100
    static final int CHECK_EXTENSION = 0x3b65;
    static final int SET_IOMMU = 0x3b66;
    static final int GROUP_GET_STATUS = 0x3b67;
    static final int GROUP_SET_CONTAINER = 0x3b68;
    static final int GROUP_GET_DEVICE_FD = 0x3b6a;
    static final int DEVICE_GET_INFO = 0x3b6b;
    static final int DEVICE_GET_REGION_INFO = 0x3b6c;
    static final int DEVICE_GET_IRQ_INFO = 0x3b6d;
    static final int DEVICE_SET_IRQS = 0x3b6e;
    static final int DEVICE_RESET = 0x3b6f;
    static final int IOMMU_GET_INFO = 0x3b70;
    static final int IOMMU_MAP_DMA = 0x3b71;
    static final int IOMMU_UNMAP_DMA = 0x3b72;

    private static final int FLAGS = 4;

    // VFIO_DEVICE_SET_IRQS
    private static final int IRQ_SET_BYTES = 20;
    private static final int EVENTFDS_ARE_TRIGGERED = 1 << 2 | 1 << 5; // DATA_EVENTFD, ACTION_TRIGGER

    private final Arena arena = Arena.ofConfined();
    // Not aligned, since capabilities follow one another without a gap in kernels before 6.6.
    private final MemorySegment structure;

    /** A structure of so many bytes, all 0 but for its size. */
    Request(int bytes) {
        structure = arena.allocate(bytes, Long.BYTES);
        set32(0, bytes);
    }

    /** That these are signalled by the first interrupts of a kind. */
    static Request interrupts(int index, EventFd... files) {
        Request request = new Request(IRQ_SET_BYTES + files.length * Integer.BYTES)
                .set32(FLAGS, EVENTFDS_ARE_TRIGGERED)
                .set32(8, index)
                .set32(12, 0)
                .set32(16, files.length);
        for (int i = 0; i < files.length; i++) {
            request.set32(IRQ_SET_BYTES + i * Integer.BYTES, files[i].descriptor());
        }
        return request;
    }

    Request set32(int offset, int value) {
        structure.set(JAVA_INT_UNALIGNED, offset, value);
        return this;
    }

    Request set64(int offset, long value) {
        structure.set(JAVA_LONG_UNALIGNED, offset, value);
        return this;
    }

    /** How many bytes the kernel has to tell: of some requests more than there was room for. */
    int size() {
        return get32(0);
    }

    int flags() {
        return get32(FLAGS);
    }

    int get32(int offset) {
        return structure.get(JAVA_INT_UNALIGNED, offset);
    }

    long get64(int offset) {
        return structure.get(JAVA_LONG_UNALIGNED, offset);
    }

    /**
     * Where a capability is, in the list that begins at an offset; -1 if there is none of this id. Each has its id in 2 bytes, its
     * version in 2, and the offset of the next one in 4.
     *
     * @param bytes of the structure, in which all of it has to be
     * @param least bytes that such a capability has
     */
    int capability(int first, int id, int bytes, int least) {
        int at = first;
        while (at > 0 && at <= bytes - least) {
            if ((get32(at) & 0xffff) == id) {
                return at;
            }
            int next = get32(at + 4);
            at = next > at ? next : 0;
        }
        return -1;
    }

    /** Asks; what the kernel returns, or -errno. */
    long attempt(int fd, int number) {
        return Linux.attempt("ioctl", fd, number, structure.address());
    }

    /** Asks; an error is an exception, and this is closed. */
    Request call(int fd, int number) {
        try {
            Linux.call("ioctl", fd, number, structure.address());
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
