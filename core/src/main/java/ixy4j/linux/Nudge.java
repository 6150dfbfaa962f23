package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A socket whose kernel's side is to look at what is shared with it: a sendto(2) or recvfrom(2) of nothing, which never waits.
 * Allocates nothing, since it is on the path of packets, so it does not tell why the kernel refused. Belongs to
 * one thread at a time.
 */
public final class Nudge {
    private static final long MSG_DONTWAIT = 0x40;

    // As Doorbell's: a call whose errno is kept allocates where it is not compiled to the last level.
    @SuppressWarnings("restricted") // sendto and recvfrom of an open socket, without memory
    private static final MethodHandle CALL = Linker.nativeLinker()
            .downcallHandle(
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private static final MemorySegment SEND = Linux.function("sendto");
    private static final MemorySegment RECEIVE = Linux.function("recvfrom");

    private final long fd;

    /** Of an open socket, which is closed by whoever opened it. */
    public Nudge(int fd) {
        this.fd = fd;
    }

    /** Has the kernel look for what is to be sent; whether it did. */
    public boolean send() {
        return call(SEND);
    }

    /** Has the kernel look for room to receive; whether it did. */
    public boolean receive() {
        return call(RECEIVE);
    }

    /** Does what {@link #send} does, and says why the kernel refused; 0 if it did not. */
    public int trySend() {
        return (int) -Math.min(0, Linux.attempt("sendto", fd, 0, 0, MSG_DONTWAIT, 0, 0));
    }

    private boolean call(MemorySegment function) {
        try {
            return (int) (long) CALL.invokeExact(function, fd, 0L, 0L, MSG_DONTWAIT, 0L, 0L) >= 0;
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // invokeExact declares Throwable, but C throws nothing
        }
    }
}
