package ixy4j.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/**
 * A message of a few bytes that goes through a socket over and over, with other numbers in it. Unlike
 * {@link UnixSocket#send}, {@link #send} allocates nothing, since it is on the path of packets. Belongs to one thread at a
 * time, which is the only one that sends then.
 */
public final class ShortMessage {
    private static final long MSG_NOSIGNAL = 0x4000; // or a closed socket would end this process by SIGPIPE
    private static final int[] NO_FILES = {};

    // As Doorbell's: a call whose errno is kept allocates where it is not compiled to the last level.
    @SuppressWarnings("restricted") // send of memory of ours
    private static final MethodHandle SEND = Linker.nativeLinker()
            .downcallHandle(
                    Linux.function("send"),
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));

    private final UnixSocket socket;
    private final MemorySegment bytes;

    /** A message that begins as these bytes. */
    public ShortMessage(UnixSocket socket, byte[] bytes) {
        this.socket = socket;
        this.bytes = Arena.ofAuto().allocate(bytes.length, 8).copyFrom(MemorySegment.ofArray(bytes));
    }

    /** Changes 4 aligned bytes of it, in the order of this machine. */
    public void setInt(int offset, int value) {
        bytes.set(ValueLayout.JAVA_INT, offset, value);
    }

    /** Sends it, as {@link UnixSocket#send} does: 0, or -errno. */
    public int send(int millis) {
        long sent;
        try {
            sent = (long) SEND.invokeExact((long) socket.fd(), bytes.address(), bytes.byteSize(), MSG_NOSIGNAL);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e); // invokeExact declares Throwable, but C throws nothing
        } finally {
            Reference.reachabilityFence(bytes);
        }
        return sent == bytes.byteSize() ? 0 : sendRest(Math.max(0, sent), millis);
    }

    /** Where there was no room for all of it, or the other end is gone, which this finds out. */
    private int sendRest(long from, int millis) {
        return socket.send(bytes.asSlice(from).toArray(ValueLayout.JAVA_BYTE), NO_FILES, millis);
    }
}
