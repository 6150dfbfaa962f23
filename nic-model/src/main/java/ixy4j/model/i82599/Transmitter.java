package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.*;

import ixy4j.memory.RawMemory;
import ixy4j.model.wire.OwnMemory;
import ixy4j.model.wire.Wire;

/** The MAC's way out: pads frames, counts them, and puts them on the wire, or back into the receiver in loopback. */
final class Transmitter {
    private static final int HLREG0_TXCRCEN = 1;
    private static final int MIN_FRAME = 60;
    private static final int STAGING = 1 << 22; // 40 descriptors of at most 64 KiB, and what is before and behind them

    private final Board board;
    private final Wire wire;
    private final Receiver receiver;
    private final TxOffloads offloads;
    private final long memory = OwnMemory.map(STAGING);
    private final long staging = memory + TxOffloads.HEADROOM;
    private final long padded = memory + STAGING - 2 * MIN_FRAME;

    Transmitter(Board board, Wire wire, Receiver receiver) {
        this.board = board;
        this.wire = wire;
        this.receiver = receiver;
        offloads = new TxOffloads(board, this);
    }

    /** What is done to frames before they are sent. */
    TxOffloads offloads() {
        return offloads;
    }

    /** Where a frame of several buffers is copied together; there is room for a tag before it. */
    long staging() {
        return staging;
    }

    /** Sends a frame of a queue; false if the wire does not take it now. */
    boolean send(int queue, long address, int length) {
        int control = board.registers.get(HLREG0);
        if ((control & HLREG0_TXCRCEN) == 0) {
            board.mistakes.report(
                    "a frame is sent while HLREG0.TXCRCEN (datasheet 8.2.3.22.8) is 0, so without an FCS");
        }
        if (length < MIN_FRAME && (control & HLREG0_TXPADEN) != 0) {
            return transmit(control, queue, pad(address, length), MIN_FRAME);
        }
        return transmit(control, queue, address, length);
    }

    private long pad(long address, int length) {
        RawMemory.copy(address, padded, length);
        RawMemory.fill(padded + length, MIN_FRAME - length, (byte) 0);
        return padded;
    }

    private boolean transmit(int control, int queue, long address, int length) {
        if ((control & HLREG0_LPBK) != 0) {
            receiver.loopBack(address, length);
        } else if (!wire.transmit(address, length)) {
            return false;
        }
        board.statistics.transmitted(queue, RawMemory.getLong(address), length + 4);
        return true;
    }

    void close() {
        OwnMemory.unmap(memory, STAGING);
        offloads.close();
    }
}
