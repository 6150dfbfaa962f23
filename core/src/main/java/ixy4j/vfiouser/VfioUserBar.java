package ixy4j.vfiouser;

import ixy4j.IxyException;
import ixy4j.spi.Bar;
import ixy4j.vfiouser.Body.RegionAccess;
import java.nio.ByteBuffer;

/**
 * A BAR of a card that another process plays. {@link #get32} and {@link #set32} are messages, even if the server shares
 * the register: only a message has the effects of an access, and has them in order. Writes are posted, as on a bus: a caller
 * that wants to know that one has arrived reads a register. {@link #address} is shared memory if there is some for that
 * register, or else a {@link TailPage}, whose tails are sent before each other access.
 *
 * <p>Once the server is gone each access throws, until a driver clears flags, which is how it begins to stop its card:
 * what is gone has stopped. From then on registers read 0 and writes go nowhere, so that a driver closes in its usual order,
 * and nothing stays open.
 */
final class VfioUserBar implements Bar {
    private final Connection connection;
    private final int region;
    private final Region info;
    private final SharedTails shared; // null where there are none
    private final TailPage tails;
    private volatile boolean abandoned; // the server is gone, and the driver ends
    private volatile boolean told; // the driver was told that it is
    private volatile boolean closed;

    VfioUserBar(Connection connection, int region, Region info, SharedTails shared) {
        this.connection = connection;
        this.region = region;
        this.info = info;
        this.shared = shared;
        tails = new TailPage((offset, tail) -> connection.post(region, offset, tail));
    }

    @Override
    public int get32(int offset) {
        check(offset);
        if (abandoned) {
            return 0;
        }
        try {
            tails.flush();
            return read(connection, region, offset);
        } catch (IxyException e) {
            told = true;
            throw e;
        }
    }

    /** Reads 4 bytes of a region. */
    static int read(Connection connection, int region, int offset) {
        RegionAccess question = new RegionAccess(offset, region, 4);
        ByteBuffer answer = connection.ask(Command.REGION_READ, question.toBuffer());
        if (answer.capacity() != RegionAccess.BYTES + 4
                || !RegionAccess.read(answer).equals(question)) {
            throw connection.failed(VfioUserTrouble.nonsense(
                    connection.address(),
                    Command.REGION_READ,
                    answer.capacity() + " bytes, or those of another register"));
        }
        return answer.getInt();
    }

    @Override
    public void set32(int offset, int value) {
        check(offset);
        if (abandoned) {
            return;
        }
        try {
            tails.flush();
            connection.post(region, offset, value);
            tails.wasSet(offset, value);
        } catch (IxyException e) {
            told = true;
            throw e;
        }
    }

    @Override
    public void clearFlags(int offset, int flags) {
        boolean toldBefore = told;
        try {
            Bar.super.clearFlags(offset, flags);
        } catch (IxyException e) {
            if (connection.isOpen()) {
                throw e;
            }
            told = toldBefore;
            abandoned = true;
        }
    }

    @Override
    public long address(int offset) {
        check(offset);
        long tail = shared == null ? -1 : shared.address(region - Protocol.REGION_BAR0, offset);
        tail = tail < 0 ? info.address(offset) : tail;
        tail = tail < 0 ? tails.address(offset, get32(offset)) : tail;
        if (tail < 0) {
            throw VfioUserTrouble.tooManyTails(connection.address(), TailPage.TAILS);
        }
        return tail;
    }

    private void check(int offset) {
        if (closed) {
            throw new IllegalStateException(connection.address() + " is closed");
        }
        if (offset < 0 || offset > info.size() - 4) {
            throw VfioUserTrouble.behindRegion(connection.address(), offset, info.size());
        }
    }

    /** Whether the end of the server, if it came, was reported. */
    boolean told() {
        return told;
    }

    /** Sends the last tails, and unmaps what was mapped. */
    void close() {
        if (!closed) {
            closed = true;
            try {
                tails.flush();
            } catch (IxyException e) {
                // they were for a server that is gone
            }
            tails.close();
            info.unmap();
        }
    }
}
