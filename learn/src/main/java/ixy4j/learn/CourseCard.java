package ixy4j.learn;

import static ixy4j.ixgbe.Registers.CTRL;
import static ixy4j.ixgbe.Registers.CTRL_LRST;
import static ixy4j.ixgbe.Registers.CTRL_RST;
import static ixy4j.ixgbe.Registers.STATUS;

import ixy4j.course.Card;
import ixy4j.course.Memory;
import ixy4j.model.EmulatedCard;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** An emulated card as a learner's driver sees it: accesses are noted, and each that reads lets the cards go on. */
final class CourseCard implements Card {
    private static final int COMMAND = 4; // in PCI configuration space
    private static final int MEMORY_SPACE = 1 << 1;
    private static final int BUS_MASTER = 1 << 2;
    private static final int COMMAND_BITS = 0x0547; // that can be changed (9.3.3)
    private static final int MOST = 16 << 20; // bytes of memory
    private static final int PAGE = 4096;
    private static final long FIRST_IOVA =
            0x13_3450_0000L; // more than 32 bits, so that a half which is missing is noticed
    private static final int RESETS = CTRL_RST | CTRL_LRST;

    private final EmulatedCard model;
    private final AccessLog log;
    private final Runnable round;
    private final Arena arena = Arena.ofShared();
    private final List<CourseMemory> memories = new ArrayList<>();
    private int command;
    private int allocated;
    private long nextIova = FIRST_IOVA;
    private boolean inReset; // as far as the driver knows
    private IntUnaryOperator before = register -> 0; // what a counter had before the check

    CourseCard(EmulatedCard model, AccessLog log, Runnable round) {
        this.model = model;
        this.log = log;
        this.round = round;
        model.setBusMaster(false);
    }

    EmulatedCard model() {
        return model;
    }

    int command() {
        return command;
    }

    /** What is to be added to what registers read. */
    void addToReads(IntUnaryOperator value) {
        before = value;
    }

    /** The memory that has an IOVA; null if none has. */
    CourseMemory memoryAt(long iova) {
        return memories.stream()
                .filter(memory -> memory.contains(iova))
                .findFirst()
                .orElse(null);
    }

    @Override
    public int config(int offset) {
        checkConfig(offset);
        return switch (offset) {
            case 0 -> model.identity().id();
            case COMMAND -> command | 0x0010_0000; // it has capabilities
            case 8 -> model.identity().classAndRevision();
            default -> 0;
        };
    }

    @Override
    public void setConfig(int offset, int value) {
        checkConfig(offset);
        if (offset == COMMAND) {
            command = value & COMMAND_BITS;
            model.setBusMaster((command & BUS_MASTER) != 0);
        }
    }

    private static void checkConfig(int offset) {
        if (offset < 0 || offset > 252 || offset % 4 != 0) {
            throw new Wrong("the configuration space is accessed at " + offset
                    + ", but it has words of 4 bytes at 0, 4, 8 and so on to 252 (datasheet 9.3)");
        }
    }

    @Override
    public int read(int register) {
        boolean answers = (command & MEMORY_SPACE) != 0;
        int value = answers ? model.bar().get32(register) + before.applyAsInt(register) : -1;
        log.add(register, true, false, value);
        if (register == CTRL && (value & RESETS) == 0) {
            inReset = false;
        }
        checkReset(register, "is read");
        round.run();
        return value;
    }

    @Override
    public void write(int register, int value) {
        log.add(register, true, true, value);
        checkReset(register, "is written");
        if ((command & MEMORY_SPACE) != 0) {
            model.bar().set32(register, value);
            inReset |= register == CTRL && (value & RESETS) != 0;
        }
    }

    /** A real card would answer, with anything. */
    private void checkReset(int register, String how) {
        if (inReset && register != CTRL && register != STATUS) { // reading STATUS is how drivers flush a write
            throw new Wrong(
                    log.last(1).getFirst().name() + " " + how + " before CTRL was read with RST and LRST 0: the reset"
                            + " is still going on (datasheet 8.2.3.1.1)");
        }
    }

    @Override
    public Memory memory(int bytes) {
        if (bytes < 1 || bytes > MOST - allocated) {
            throw new Wrong(bytes + " bytes of memory are asked for, but a card has 16 MiB in all, of which "
                    + (MOST - allocated) + " bytes are left");
        }
        allocated += bytes;
        MemorySegment segment = arena.allocate(bytes, PAGE);
        CourseMemory memory = new CourseMemory(segment, nextIova, log, round);
        model.map(nextIova, segment.address(), bytes, true);
        nextIova += (bytes + 2L * PAGE - 1) / PAGE * PAGE; // nothing is mapped between two of them
        memories.add(memory);
        return memory;
    }

    /** Takes all memory from the card, and ends it. */
    void close() {
        model.close();
        arena.close();
    }

    @Override
    public String toString() {
        return model.toString();
    }
}
