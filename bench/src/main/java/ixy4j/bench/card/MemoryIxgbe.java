package ixy4j.bench.card;

import static ixy4j.intel.Descriptors.*;
import static ixy4j.ixgbe.Registers.*;

import ixy4j.memory.RawMemory;
import ixy4j.model.wire.Counter;
import ixy4j.model.wire.Wire;
import ixy4j.packet.PacketPool;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A port of an 82599 in memory that believes its driver and does nothing that costs time: one pair of queues, no filter, no
 * statistics, no interrupts, and no copy of a frame: its wire writes it where it belongs. Registers are memory. Another thread
 * than the driver's calls {@link #play}. The emulated card is the one that checks its
 * driver.
 */
public final class MemoryIxgbe implements PciFunction, DmaSpace {
    private static final int FRAMES_A_ROUND = 64;
    private static final int VENDOR_AND_DEVICE = 0x10fb_8086; // 82599 SFP+
    private static final int CLASS_ETHERNET = 0x0200_00 << 8;
    private static final int RESETS = CTRL_RST | CTRL_LRST;
    private static final int LINK_OF_10_GBIT = LINKS_LINK_UP | 3 << 28; // 8.2.3.22.20
    private static final long BAR_BYTES = 512 << 10;
    private static final long PATIENCE = 10_000_000_000L; // ns

    private final String address;
    private final Wire wire;
    private final DmaPages pages = new DmaPages();
    private final DmaMemory memory = DmaMemory.allocate(BAR_BYTES, this);
    private final long registers = memory.address();
    private final Bar bar = new Registers();

    private volatile ReceiveRing receive; // null while the queue is off
    private volatile TransmitRing transmit;
    private final AtomicLong rounds = new AtomicLong(); // that are over

    /** A port after power on. */
    public MemoryIxgbe(String address, Wire wire) {
        this.address = address;
        this.wire = wire;
        RawMemory.setInt(registers + RAL, 2); // 02:00:00:00:00:00
        RawMemory.setInt(registers + RAH, RAH_AV);
    }

    private final class Registers implements Bar {
        @Override
        public int get32(int offset) {
            int value = RawMemory.getIntAcquire(address(offset));
            return switch (offset) {
                case STATUS -> (bar.get32(CTRL) & CTRL_MASTER_DISABLE) == 0 ? STATUS_MASTER_ENABLE : 0;
                case LINKS -> LINK_OF_10_GBIT;
                case EEC -> value | EEC_AUTO_RD;
                case RDRXCTL -> value | RDRXCTL_DMAIDONE;
                case SECRXSTAT -> value | SECRXSTAT_SECRX_RDY;
                case RXDCTL -> receive != null ? value | RXDCTL_ENABLE : value & ~RXDCTL_ENABLE;
                case TXDCTL -> transmit != null ? value | TXDCTL_ENABLE : value & ~TXDCTL_ENABLE;
                case RDH -> head(receive, value);
                case TDH -> head(transmit, value);
                default -> value;
            };
        }

        private static int head(Ring ring, int stopped) {
            return ring == null ? stopped : ring.head();
        }

        @Override
        public void set32(int offset, int value) {
            boolean resets = offset == CTRL && (value & RESETS) != 0;
            RawMemory.setInt(address(offset), resets ? value & ~RESETS : value);
            if (offset == RXDCTL || resets) {
                switchReceive(!resets && (value & RXDCTL_ENABLE) != 0);
            }
            if (offset == TXDCTL || resets) {
                switchTransmit(!resets && (value & TXDCTL_ENABLE) != 0);
            }
        }

        @Override
        public long address(int offset) {
            if (offset < 0 || offset >= BAR_BYTES) {
                throw new IllegalArgumentException(address + " has no register 0x" + Integer.toHexString(offset));
            }
            return registers + offset;
        }
    }

    private void switchReceive(boolean on) {
        ReceiveRing before = receive;
        if (on != (before != null)) {
            receive = on ? new ReceiveRing() : null;
            stop(before);
        }
    }

    private void switchTransmit(boolean on) {
        TransmitRing before = transmit;
        if (on != (before != null)) {
            transmit = on ? new TransmitRing() : null;
            stop(before);
        }
    }

    /** Waits until nobody plays a ring that was taken away: a round that began before may still do. */
    private void stop(Ring ring) {
        if (ring == null) {
            return;
        }
        long over = rounds.getAcquire() + 2;
        long start = System.nanoTime();
        while (rounds.getAcquire() < over) {
            if (System.nanoTime() - start > PATIENCE) {
                throw new IllegalStateException(address + " is not played: its thread has ended, or gets no time");
            }
            Thread.onSpinWait();
        }
        RawMemory.setInt(ring.headRegister, ring.head());
    }

    /** One round: sends what was handed to it, then receives. Whether there was anything to do. */
    public boolean play() {
        TransmitRing transmit = this.transmit;
        ReceiveRing receive = this.receive;
        int count = transmit == null ? 0 : transmit.play(wire);
        if (receive != null) {
            wire.start();
            count += receive.play(wire);
        }
        endRound();
        return count > 0;
    }

    /** One round in which nothing moves. */
    public void rest() {
        endRound();
    }

    private void endRound() {
        rounds.setRelease(rounds.getPlain() + 1);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public int config(int offset) {
        return offset == 0 ? VENDOR_AND_DEVICE : offset == 8 ? CLASS_ETHERNET : 0;
    }

    @Override
    public void claim(boolean force) {
        // nobody else has it
    }

    @Override
    public Bar bar(int index) {
        return bar;
    }

    @Override
    public void map(DmaMemory memory) {
        pages.map(memory);
    }

    @Override
    public DmaSpace dmaSpace() {
        return this;
    }

    /** Its registers stay until the thread that plays has ended: see {@link #free()}. */
    @Override
    public void close() {
        bar.set32(CTRL, CTRL_RST);
    }

    /** Frees its registers; nobody may play it any more. */
    public void free() {
        wire.close();
        memory.close();
    }

    @Override
    public String toString() {
        return address;
    }

    /** A ring of descriptors, from the registers of its queue. */
    private abstract class Ring {
        final long descriptors;
        final int mask;
        final long headRegister; // which says where it is while the queue is off
        final long tail;
        int next;
        private final Counter done = new Counter(); // where it is, for the driver

        Ring(long base) {
            long low = Integer.toUnsignedLong(RawMemory.getInt(base));
            descriptors = pages.ours(low | (long) RawMemory.getInt(base + RDBAH - RDBAL) << 32);
            mask = RawMemory.getInt(base + RDLEN - RDBAL) / 16 - 1;
            headRegister = base + RDH - RDBAL;
            tail = base + RDT - RDBAL;
            next = RawMemory.getInt(headRegister);
            done.add(next);
        }

        final int head() {
            return (int) done.get() & mask;
        }

        /**
         * Plays it; how many frames moved. An empty ring never gets to the loop that moves them: what the JIT makes of that
         * would follow from how often it was looked at before the driver began, and differ from process to process.
         */
        final int play(Wire wire) {
            int end = RawMemory.getIntAcquire(tail); // what the driver wrote before it is there
            if (end == next) {
                return 0;
            }
            int count = move(wire, end);
            done.add(count);
            return count;
        }

        /** Moves frames, of descriptors before {@code end}, of which there is at least one; how many. */
        abstract int move(Wire wire, int end);
    }

    private final class ReceiveRing extends Ring {
        private static final long RECEIVED = RX_DD | RX_EOP;

        ReceiveRing() {
            super(registers + RDBAL);
        }

        @Override
        int move(Wire wire, int end) {
            int next = this.next;
            int count = 0;
            while (next != end && count < FRAMES_A_ROUND) {
                long descriptor = descriptors + ((long) next << 4);
                int length = wire.receive(pages.ours(RawMemory.getLong(descriptor)), PacketPool.ROOM);
                if (length == 0) {
                    break;
                }
                // Release: the driver sees the frame once it sees that it is there.
                RawMemory.setLongRelease(descriptor + 8, RECEIVED | (long) length << RX_LENGTH_SHIFT);
                next = (next + 1) & mask;
                count++;
            }
            this.next = next;
            return count;
        }
    }

    private final class TransmitRing extends Ring {
        TransmitRing() {
            super(registers + TDBAL);
        }

        @Override
        int move(Wire wire, int end) {
            int next = this.next;
            int count = 0;
            for (; next != end; count++) {
                long descriptor = descriptors + ((long) next << 4);
                long command = RawMemory.getLong(descriptor + 8);
                wire.transmit(pages.ours(RawMemory.getLong(descriptor)), (int) command & 0xffff);
                if ((command & TX_RS) != 0) {
                    RawMemory.setLongRelease(descriptor + 8, TX_DD);
                }
                next = (next + 1) & mask;
            }
            this.next = next;
            return count;
        }
    }
}
