package ixy4j.model.vfiouser;

import ixy4j.IxyException;
import ixy4j.linux.Errno;
import ixy4j.model.EmulatedCard;
import ixy4j.model.InterruptLines;
import ixy4j.vfiouser.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/**
 * A card as a PCI function for one client: its regions, and what its configuration does to it. For the thread of the
 * session.
 */
final class CardFunction implements AutoCloseable {
    private static final int REGION_BAR4 = 4;
    private static final int TABLE_ENTRY = 16;
    private static final int VECTOR_CONTROL = 12; // in an entry; bit 0 masks it

    private final EmulatedCard card;
    private final RegisterObserver observer;
    private final ConfigSpace config;
    private final byte[] tables; // what a client that keeps its own never reads
    final IrqTable interrupts;
    final DmaTable memory;

    CardFunction(EmulatedCard card, RegisterObserver observer, DmaMessages client) {
        this.card = card;
        this.observer = observer;
        config = new ConfigSpace(card.identity(), card.capabilities());
        tables = new byte[card.identity().messageBytes()];
        interrupts = new IrqTable(card.identity().vectors());
        memory = new DmaTable(card, client);
        card.setBusMaster(false);
        card.reset();
        clearTables();
        card.setInterrupts(interrupts);
    }

    private void clearTables() {
        Arrays.fill(tables, (byte) 0);
        for (int i = 0; i < card.identity().vectors(); i++) {
            tables[TABLE_ENTRY * i + VECTOR_CONTROL] = 1; // 7.3.2.3: masked after a reset
        }
    }

    /** Bytes of a region, 0 where there is none. */
    int size(int region) {
        return switch (region) {
            case Protocol.REGION_BAR0 -> card.identity().registerBytes();
            case REGION_BAR4 -> tables.length;
            case Protocol.REGION_CONFIG -> ConfigSpace.SIZE;
            default -> 0;
        };
    }

    /** Resets the card and its configuration; memory and eventfds stay. */
    void reset() {
        config.reset();
        card.setBusMaster(false);
        card.reset();
        clearTables();
        interrupts.configured(config);
    }

    private int check(int region, long offset, int count, int most) throws Refused {
        int size = region < 0 ? 0 : size(region);
        if (size == 0) {
            throw Refused.invalid("region " + Integer.toUnsignedString(region)
                    + " is empty: there are BAR 0, BAR 4 and configuration space (7)");
        }
        if (offset < 0 || count < 0 || offset > size - (long) count) {
            throw Refused.invalid(String.format(
                    Locale.ROOT,
                    "%s bytes at 0x%x of region %d, which has 0x%x",
                    Integer.toUnsignedString(count),
                    offset,
                    region,
                    size));
        }
        if (region != Protocol.REGION_CONFIG && (count > most || Integer.bitCount(count) != 1)) {
            throw Refused.invalid("a BAR is accessed with 1, 2, 4 or 8 bytes, not " + count);
        }
        return (int) offset;
    }

    /** Reads bytes of a region into the end of a reply. */
    void read(int region, long offset, ByteBuffer to, int count) throws Refused {
        int at = check(region, offset, count, Long.BYTES);
        if (region == Protocol.REGION_BAR0) {
            readRegisters(at, to, count);
        } else {
            boolean pin = interrupts.isAsserted();
            for (int i = 0; i < count; i++) {
                to.put(region == REGION_BAR4 ? tables[at + i] : config.read(at + i, pin));
            }
        }
    }

    /** Whole registers: a narrow access reads one and takes its part of it, as the bus does. */
    private void readRegisters(int at, ByteBuffer to, int count) throws Refused {
        if (count >= Integer.BYTES) {
            for (int i = 0; i < count; i += Integer.BYTES) {
                to.putInt(register(at + i));
            }
        } else {
            ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            word.putInt(0, register(at & -Integer.BYTES));
            to.put(word.array(), at & Integer.BYTES - 1, count);
        }
    }

    private int register(int offset) throws Refused {
        try {
            int value = card.bar().get32(offset);
            observer.read(offset, value);
            return value;
        } catch (IxyException e) {
            throw new Refused(Errno.EIO, e.getMessage());
        }
    }

    /** Writes bytes of a region. */
    void write(int region, long offset, ByteBuffer from, int count) throws Refused {
        int at = check(region, offset, count, Long.BYTES);
        if (region == Protocol.REGION_BAR0) {
            writeRegisters(at, from, count);
        } else if (region == REGION_BAR4) {
            if (at < config.pendingBits()) {
                from.get(tables, at, count); // pending bits are read only
            }
        } else {
            writeConfig(at, from, count);
        }
    }

    private void writeRegisters(int at, ByteBuffer from, int count) throws Refused {
        try {
            if (count < Integer.BYTES) {
                card.mistakes()
                        .report(String.format(
                                Locale.ROOT,
                                "0x%05X is written with %d bytes, but registers are accessed in 4 aligned bytes"
                                        + " (datasheet 8.1): nothing is written",
                                at,
                                count));
                return;
            }
            for (int i = 0; i < count; i += Integer.BYTES) {
                int value = from.getInt();
                observer.write(at + i, value);
                card.bar().set32(at + i, value);
            }
        } catch (IxyException e) {
            throw new Refused(Errno.EIO, e.getMessage());
        }
    }

    private void writeConfig(int at, ByteBuffer from, int count) {
        boolean resets = false;
        for (int i = 0; i < count; i++) {
            resets |= config.write(at + i, from.get());
        }
        if (resets) {
            reset();
        } else {
            card.setBusMaster(config.isMaster());
            interrupts.configured(config);
        }
    }

    /** Takes all that is the client's from the card, which is as after a reset then. */
    @Override
    public void close() {
        card.setInterrupts(InterruptLines.NONE);
        card.setBusMaster(false);
        memory.close();
        interrupts.close();
        card.reset();
    }
}
