package ixy4j.learn;

import ixy4j.MacAddress;
import ixy4j.course.Card;
import ixy4j.course.Driver;
import ixy4j.ixgbe.Registers;
import ixy4j.model.i82599.CardOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a stage is checked on: one or two emulated cards that are stepped, cables whose far ends are the check, and the
 * learner's driver of each card.
 */
final class Bench implements AutoCloseable {
    private static final int MOST_ROUNDS = 10_000;

    /** A card, its cable, and its driver. */
    static final class Port {
        final CourseWire wire = new CourseWire();
        final CourseCard card;
        private final List<Driver> drivers; // the learner's, and the reference's if that has a part in it
        private final ixy4j.model.i82599.Card model;

        private Port(int number, List<Driver> drivers, AccessLog log, Runnable round) {
            MacAddress mac = new MacAddress(0x02_82_59_90_00_00L + number);
            model = new ixy4j.model.i82599.Card(
                    wire, CardOptions.STEPPED.withName("the card").withMac(mac));
            card = new CourseCard(model, log, round);
            this.drivers = drivers;
        }

        Driver driver() {
            return drivers.getFirst();
        }

        ixy4j.model.i82599.Card model() {
            return model;
        }

        /** A register, without any effect that the learner's driver could see. */
        int register(int offset) {
            return model.bar().get32(offset);
        }

        /** The second word of a descriptor of a queue that has its ring in the card's memory. */
        long descriptor(int base, int index) {
            long iova = (register(base) & 0xffff_ffffL) | (long) register(base + 4) << 32;
            CourseMemory memory = card.memoryAt(iova);
            return memory == null ? 0 : memory.peek(iova + 16L * index + 8);
        }

        /** The first word of such a descriptor: where its buffer is, as long as the card has not written it back. */
        long buffer(int base, int index) {
            long iova = (register(base) & 0xffff_ffffL) | (long) register(base + 4) << 32;
            CourseMemory memory = card.memoryAt(iova);
            return memory == null ? 0 : memory.peek(iova + 16L * index);
        }

        byte[] mac() {
            return Arrays.copyOfRange(
                    ByteBuffer.allocate(8).putLong(model.mac().bits()).array(), 2, 8);
        }
    }

    private final AccessLog log = new AccessLog(true);
    private final List<Port> ports = new ArrayList<>();
    private final Journal journal;

    /** A bench with new drivers. */
    Bench(int count, Supplier<List<Driver>> drivers, Journal journal) {
        this.journal = journal;
        journal.watch(log);
        for (int i = 0; i < count; i++) {
            ports.add(new Port(i, drivers.get(), log, this::round));
        }
    }

    Port port(int index) {
        return ports.get(index);
    }

    /** The only port, or the first. */
    Port port() {
        return ports.getFirst();
    }

    Driver driver() {
        return port().driver();
    }

    AccessLog log() {
        return log;
    }

    private void round() {
        for (Port port : ports) {
            port.model.step();
        }
    }

    /** Lets the cards go on until they have nothing to do. */
    void settle() {
        for (int i = 0; i < MOST_ROUNDS; i++) {
            boolean changed = false;
            for (Port port : ports) {
                changed |= port.model.step();
            }
            if (!changed && i > 4) { // a link takes some rounds, which are no work
                return;
            }
        }
    }

    // ---- bringing a card up, as far as earlier stages do

    /** All cards that there are in the machine of a port. */
    List<Card> machine(Port port) {
        return List.of(
                new OtherCard(0x10c9_8086, "an Intel 82576"),
                port.card,
                new OtherCard(0x1000_1af4, "a virtio network card"));
    }

    /** Stages 1 and 2. */
    void start() {
        for (Port port : ports) {
            Card found = journal.in(1, () -> port.driver().find(machine(port)));
            use(port, found);
            journal.run(2, () -> port.driver().reset());
        }
    }

    /** Gives a driver the card that it has found. */
    void use(Port port, Card found) {
        if (found != port.card) {
            throw new Wrong(
                    "find() returned " + (found == null ? "null" : found) + " in place of the 82599, whose word at"
                            + " 0 of the configuration space is 0x10fb8086 (datasheet 9.3.1)");
        }
        port.drivers.forEach(driver -> driver.use(found));
    }

    /** Stages 1 to 3. */
    void startLinks() {
        start();
        for (Port port : ports) {
            journal.run(3, () -> port.driver().startLink());
        }
        settle();
        for (Port port : ports) {
            require(
                    journal.in(3, () -> port.driver().linkUp()),
                    "the cable is plugged in, but the link is not up: see stage 3 (datasheet 4.6.4)");
        }
    }

    /** Stages 1 to 5. */
    void openReceive() {
        startLinks();
        for (Port port : ports) {
            journal.run(4, () -> port.driver().openReceive());
            journal.run(5, () -> port.driver().fillReceive());
        }
        settle();
    }

    /** Stages 1 to 3, and 6. */
    void openTransmit() {
        startLinks();
        for (Port port : ports) {
            journal.run(6, () -> port.driver().openTransmit());
        }
        settle();
    }

    /** Stages 1 to 6. */
    void openBoth() {
        openReceive();
        for (Port port : ports) {
            journal.run(6, () -> port.driver().openTransmit());
        }
        settle();
    }

    // ---- calling the driver

    /** Calls a method of a driver that is of a stage. */
    <T> T call(int stage, Supplier<T> method) {
        return journal.in(stage, method);
    }

    /** The same with one that returns nothing. */
    void run(int stage, Runnable method) {
        journal.run(stage, method);
    }

    // ---- judging

    /** Notes that something works. */
    void passed(String what) {
        journal.passed(what);
    }

    /** Ends the check with a sentence where something is not as it should be. */
    static void require(boolean right, String otherwise) {
        if (!right) {
            throw new Wrong(otherwise);
        }
    }

    /** What of these is set in a register; a sentence where not all is. */
    void requireBits(int register, int bits, String otherwise) {
        int value = port().register(register);
        require(
                (value & bits) == bits,
                Registers.name(register) + " is 0x" + Integer.toHexString(value) + ": " + otherwise);
    }

    // ---- frames

    /** A frame for a port of a length, whose bytes follow from a seed. */
    static byte[] frame(Port port, int length, int seed) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (31 * i + 7 * seed);
        }
        System.arraycopy(port.mac(), 0, frame, 0, 6);
        frame[6] = 2;
        frame[12] = (byte) 0x88; // local experimental EtherType 1, 0x88b5
        frame[13] = (byte) 0xb5;
        return frame;
    }

    /** Such frames with seeds from some number on, of all lengths that there are. */
    static List<byte[]> frames(Port port, int first, int count) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            frames.add(frame(port, 60 + 97 * i % 1455, i));
        }
        return frames;
    }

    /** What is wrong with a frame that is not what it should be. */
    static String difference(byte[] wanted, byte[] found) {
        if (found == null) {
            return "there is none";
        } else if (found.length != wanted.length) {
            return "it has " + found.length + " bytes in place of " + wanted.length;
        }
        int at = Arrays.mismatch(wanted, found);
        return "its byte " + at + " is 0x" + HexFormat.of().toHexDigits(found[at]) + " in place of 0x"
                + HexFormat.of().toHexDigits(wanted[at]);
    }

    @Override
    public void close() {
        ports.forEach(port -> port.card.close());
    }
}
