package ixy4j.bench.ring;

import ixy4j.Device;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.spi.Bar;
import java.util.ArrayList;
import java.util.List;

/**
 * Receive rings of two cards and the transmit rings behind them, of one kind, in place of the driver's. Only what one
 * kind needs is loaded into a process. Close it before pool and cards.
 */
public final class Rings implements AutoCloseable {
    private static final int CLEAN_BATCH = 32; // as the driver has it

    private final List<RingMemory> memories = new ArrayList<>();
    private final RxQueue[] rx = new RxQueue[2];
    private final TxQueue[] tx = new TxQueue[2];

    /**
     * Opens them.
     *
     * @param kind which kind, not {@link RingKind#DRIVER}
     * @param bars the registers of the cards, which the driver has set up
     * @param size descriptors in each
     */
    public Rings(RingKind kind, Device[] cards, Bar[] bars, int size, PacketPool pool) {
        Buffers buffers = buffers(kind, pool);
        try {
            for (int from = 0; from < 2; from++) {
                int to = 1 - from;
                RingMemory in = add(RingMemory.receive(bars[from], size, cards[from]));
                RingMemory out = add(RingMemory.transmit(bars[to], size, cards[to]));
                PlainRx receiver = receiver(kind, in, buffers);
                rx[from] = receiver;
                tx[from] = transmitter(kind, out, buffers, receiver);
                in.enable();
                receiver.publish();
                out.enable();
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private RingMemory add(RingMemory memory) {
        memories.add(memory);
        return memory;
    }

    private static Buffers buffers(RingKind kind, PacketPool pool) {
        return switch (kind) {
            case FIFO_POOL -> new FifoBuffers(pool);
            case STRIDE_2_KIB -> StackBuffers.of2Kib(pool);
            default -> new StackBuffers(pool);
        };
    }

    private static PlainRx receiver(RingKind kind, RingMemory memory, Buffers buffers) {
        return switch (kind) {
            case RECYCLED -> new RecyclingRx(memory, buffers);
            case HEAD_POLLED -> new HeadPolledRx(memory, buffers);
            case TAIL_PER_PACKET -> new TailPerPacketRx(memory, buffers);
            case TAIL_LATE -> new LateTailRx(memory, buffers);
            case REFILL_LATE -> new LateRefillRx(memory, buffers);
            case LOOK_AHEAD -> new LookAheadRx(memory, buffers);
            default -> new PlainRx(memory, buffers);
        };
    }

    private static PlainTx transmitter(RingKind kind, RingMemory memory, Buffers buffers, PlainRx from) {
        return switch (kind) {
            case RECYCLED -> new RecyclingTx(memory, buffers, CLEAN_BATCH, CLEAN_BATCH, (RecyclingRx) from);
            case TAIL_PER_PACKET -> new TailPerPacketTx(memory, buffers, CLEAN_BATCH, CLEAN_BATCH);
            case REPORT_EVERY_1 -> new PlainTx(memory, buffers, 1, CLEAN_BATCH);
            case REPORT_EVERY_4 -> new PlainTx(memory, buffers, 4, CLEAN_BATCH);
            case REPORT_EVERY_8 -> new PlainTx(memory, buffers, 8, CLEAN_BATCH);
            case REPORT_EVERY_16 -> new PlainTx(memory, buffers, 16, CLEAN_BATCH);
            case CLEAN_8 -> new PlainTx(memory, buffers, 8, 8);
            case CLEAN_64 -> new PlainTx(memory, buffers, 8, 64);
            default -> new PlainTx(memory, buffers, CLEAN_BATCH, CLEAN_BATCH);
        };
    }

    /** The receive ring of a card, 0 or 1. */
    public RxQueue rx(int card) {
        return rx[card];
    }

    /** The transmit ring of the other card, for what came in at this one. */
    public TxQueue txFor(int card) {
        return tx[card];
    }

    @Override
    public void close() {
        memories.forEach(RingMemory::close);
        memories.clear();
    }
}
