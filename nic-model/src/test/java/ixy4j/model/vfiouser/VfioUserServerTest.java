package ixy4j.model.vfiouser;

import static ixy4j.model.vfiouser.RawClient.access;
import static ixy4j.model.vfiouser.RawClient.body;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.Machine;
import ixy4j.ixgbe.Registers;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.memory.RawMemory;
import ixy4j.model.Mistakes;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.wire.CheckingSink;
import ixy4j.vfiouser.Capabilities;
import ixy4j.vfiouser.Command;
import ixy4j.vfiouser.Header;
import ixy4j.vfiouser.Protocol;
import ixy4j.vfiouser.TailBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class VfioUserServerTest {
    private static final int CONFIG = Protocol.REGION_CONFIG;
    private static final long IOVA = 0x1000_0000;

    @TempDir
    private Path folder;

    private final Recorder events = new Recorder();
    private String path;
    private long openBefore;
    private Card card;
    private VfioUserServer server;
    private RawClient client;

    @BeforeEach
    void serve() {
        openBefore = Machine.openSpecialFiles();
        path = folder.resolve("nic.sock").toString();
        card = new Card(new CheckingSink(-1, false), CardOptions.STEPPED.withPolicy(Mistakes.Policy.COUNT));
        server = new VfioUserServer(path, card, events, RegisterObserver.NONE);
        client = RawClient.greeted(path);
    }

    @AfterEach
    void nothingStays() {
        client.close();
        server.close();
        server.close(); // twice is allowed
        card.close();
        assertFalse(Files.exists(Path.of(path)), "the socket file stays");
        assertEquals(openBefore, Machine.openSpecialFiles(), "sockets, eventfds and memfds left open");
    }

    private void anotherClient() {
        client.close();
        events.awaitEnd();
        client = new RawClient(path);
    }

    /** Who says nothing does not keep others waiting for ever. */
    @Test
    void aStrangerThatDoesNotGreetIsSentAway() {
        client.close();
        events.awaitEnd();
        try (RawClient silent = new RawClient(path)) {
            client = RawClient.greeted(path); // waits until that one is gone
            assertEquals("did not greet within 5000 ms: the connection was closed", events.awaitEnd());
            assertEquals(Errno.EINVAL, client.attempt(Command.VERSION, body(4)));
            assertEquals(-Errno.EPIPE, silent.socket.receive(new byte[1], new int[0], RawClient.MILLIS));
        }
    }

    // ---- VERSION

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\0", "{}", "{\"capabilities\":{}}\0", "{\"capabilities\":{\"migration\":{\"x\":[1]}}}"})
    void anyCapabilitiesOfAnotherVersionMakerAreTaken(String json) {
        anotherClient();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer answer = client.ask(
                Command.VERSION,
                body(4 + bytes.length).putShort((short) 0).putShort((short) 9).put(bytes));
        assertEquals(0, answer.getInt(0)); // 0.0, though the client's is 0.9
        assertEquals(0, client.messages.files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"capabilities\":1}", "{\"capabilities\":{\"max_msg_fds\":-1}}", "nonsense\0"})
    void otherJsonIsRefused(String json) {
        anotherClient();
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        assertEquals(
                Errno.EINVAL,
                client.attempt(Command.VERSION, body(4 + bytes.length).putInt(0).put(bytes)));
        client.greet(Capabilities.DEFAULT); // which may be tried again
    }

    @Test
    void versionComesFirstAndOnce() {
        assertEquals(Errno.EINVAL, client.attempt(Command.VERSION, body(4)));
        anotherClient();
        assertEquals(Errno.EINVAL, client.attempt(Command.DEVICE_RESET, body(0)));
        assertEquals(Errno.EINVAL, client.attempt(Command.VERSION, body(4).putInt(1)));
        assertEquals(Errno.EINVAL, client.attempt(Command.VERSION, body(3)));
    }

    @Test
    void qemuTakesTheLimits() {
        anotherClient();
        Capabilities theirs = client.greet(Capabilities.DEFAULT);
        assertTrue(theirs.maxFiles() <= 16, theirs::toString); // QEMU's VFIO_USER_MAX_MAX_FDS
        assertEquals(0, theirs.pageSizes() & 4095, theirs::toString);
        assertEquals(List.of(), theirs.tails());
    }

    @Test
    void sharedTailsAreThoseOfTheRegisters() {
        anotherClient();
        List<TailBlock> blocks =
                client.greet(Capabilities.DEFAULT.wantingTails(true)).tails();
        assertEquals(card.tails(), blocks);
        int bytes = TailBlock.bytes(blocks);
        int rx = TailBlock.place(blocks, 0, Registers.RDT + 0x40 * 3);
        int tx = TailBlock.place(blocks, 0, Registers.TDT + 0x40 * 127);
        int[] files = client.messages.takeFiles();
        assertEquals(1, files.length);
        long tails = Linux.call("mmap", 0, bytes, 3, 1, files[0], 0);
        assertEquals(-Errno.EPERM, Linux.attempt("ftruncate", files[0], 0), "it could be taken from under the card");
        RawClient.closeFiles(files);
        RawMemory.setIntRelease(tails + rx, 0x123);
        RawMemory.setIntRelease(tails + tx, 0x456);
        assertEquals(0x123, client.read(0, Registers.RDT + 3 * 0x40, 4));
        assertEquals(0x456, client.read(0, Registers.TDT + 127 * 0x40, 4));
        client.ask(Command.DEVICE_RESET, body(0));
        assertEquals(0, RawMemory.getIntAcquire(tails + rx));
        anotherClient();
        client.greet(Capabilities.DEFAULT);
        RawMemory.setIntRelease(tails + rx, 0x789); // not the next client's
        assertEquals(0, client.read(0, Registers.RDT + 3 * 0x40, 4));
        Linux.call("munmap", tails, bytes);
    }

    // ---- the device

    @Test
    void whatThereIs() {
        ByteBuffer info = client.ask(Command.DEVICE_GET_INFO, body(16).putInt(16));
        assertEquals(Protocol.DEVICE_RESETS | Protocol.DEVICE_PCI, info.getInt(4));
        assertEquals(9, info.getInt(8));
        assertEquals(5, info.getInt(12));
        long[] sizes = {512 << 10, 0, 0, 0, 16 << 10, 0, 0, 4096, 0};
        for (int i = 0; i < sizes.length; i++) {
            ByteBuffer region = client.ask(
                    Command.DEVICE_GET_REGION_INFO,
                    body(32).putInt(32).putInt(0).putInt(i));
            assertEquals(32, region.remaining());
            assertEquals(sizes[i] == 0 ? 0 : 3, region.getInt(4), "region " + i);
            assertEquals(sizes[i], region.getLong(16), "region " + i);
        }
        int[] counts = {1, 1, 64, 1, 0};
        for (int i = 0; i < counts.length; i++) {
            ByteBuffer irq = client.ask(
                    Command.DEVICE_GET_IRQ_INFO, body(16).putInt(16).putInt(0).putInt(i));
            assertEquals(counts[i], irq.getInt(12), "index " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DEVICE_GET_INFO,16",
        "DEVICE_GET_REGION_INFO,32",
        "DEVICE_GET_IRQ_INFO,16",
        "DMA_MAP,32",
        "DMA_UNMAP,24"
    })
    void structuresAreNotShorterThanTheyAre(Command command, int bytes) {
        assertEquals(Errno.EINVAL, client.attempt(command, body(bytes - 1).putInt(bytes)));
        assertEquals(Errno.EINVAL, client.attempt(command, body(bytes).putInt(bytes - 1)));
        if (command != Command.DEVICE_GET_INFO && command.number >= 4) {
            assertEquals(
                    Errno.EINVAL,
                    client.attempt(command, body(bytes).putInt(bytes).putInt(0).putInt(9)));
            assertEquals(
                    Errno.EINVAL,
                    client.attempt(command, body(bytes).putInt(bytes).putInt(0).putInt(-1)));
        }
    }

    @Test
    void configurationSpaceInOneRead() {
        ByteBuffer all = client.ask(Command.REGION_READ, access(CONFIG, 0, 4096, 0));
        assertEquals(16 + 4096, all.remaining());
        assertEquals(0x10fb8086, all.getInt(16));
        assertEquals(0x02000001, all.getInt(16 + 8));
    }

    @ParameterizedTest
    @CsvSource({
        "7,4095,2",
        "7,-1,1",
        "7,4096,1",
        "7,0,-1",
        "0,0,3",
        "0,0,16",
        "0,524287,2",
        "1,0,4",
        "8,0,1",
        "9,0,1",
        "-1,0,1",
        "4,16384,4",
        "0,9223372036854775807,4",
        "7,0,65537"
    })
    void accessesOutsideAreRefused(int region, long offset, int count) {
        assertEquals(Errno.EINVAL, client.attempt(Command.REGION_READ, access(region, offset, count, 0)));
        assertEquals(
                Errno.EINVAL,
                client.attempt(
                        Command.REGION_WRITE, access(region, offset, count, count > 0 && count < 65536 ? count : 0)));
    }

    @Test
    void registersInAllWidths() {
        client.write(0, Registers.RDBAL, 8, 0x1234_5678_9abc_de80L);
        assertEquals(0x1234_5678_9abc_de80L, client.read(0, Registers.RDBAL, 8));
        assertEquals(0x9abcde80L, client.read(0, Registers.RDBAL, 4));
        assertEquals(0x9abcL, client.read(0, Registers.RDBAL + 2, 2));
        assertEquals(0xdeL, client.read(0, Registers.RDBAL + 1, 1));
        assertEquals(0, card.mistakes().count());
        client.write(0, Registers.RDBAL, 2, 0);
        assertEquals(0x9abcde80L, client.read(0, Registers.RDBAL, 4));
        assertEquals(1, card.mistakes().count());
        assertTrue(
                card.mistakes().messages().getFirst().contains("4 aligned bytes"),
                card.mistakes().messages()::toString);
    }

    @Test
    void postedWritesAreNotAnsweredAndInOrder() {
        for (int i = 0; i < 1000; i++) {
            client.post(0, Registers.FCTTV, 4, i);
        }
        client.post(0, 1, 3, 0); // wrong, and not answered either
        assertEquals(999, client.read(0, Registers.FCTTV, 4));
        assertEquals(1, events.refused.size(), events.refused::toString);
    }

    @Test
    void theTablesOfMessagesAreMemory() {
        assertEquals(1, client.read(4, 63 * 16 + 12, 4));
        client.write(4, 63 * 16, 8, 0x1234_0000_fee0_0000L);
        assertEquals(0x1234_0000_fee0_0000L, client.read(4, 63 * 16, 8));
        client.write(4, 0x2000, 8, -1);
        assertEquals(0, client.read(4, 0x2000, 8));
    }

    @Test
    void aResetIsOneOfTheCardAndItsConfiguration() {
        client.write(CONFIG, 4, 2, 6);
        client.write(0, Registers.FCTTV, 4, 5);
        client.ask(Command.DEVICE_RESET, body(0));
        assertEquals(0, client.read(CONFIG, 4, 2));
        assertEquals(0, client.read(0, Registers.FCTTV, 4));
        client.write(0, Registers.FCTTV, 4, 5);
        client.write(CONFIG, 0xa9, 1, 0x80); // of the function
        assertEquals(0, client.read(0, Registers.FCTTV, 4));
    }

    @Test
    void aCardThatStoppedIsAnErrorOfInput() {
        client.close();
        server.close();
        card.close();
        card = Card.stepped(new CheckingSink(-1, false)); // which stops at the first mistake
        server = new VfioUserServer(path, card, events, RegisterObserver.NONE);
        client = RawClient.greeted(path);
        assertEquals(Errno.EIO, client.attempt(Command.REGION_READ, access(0, 0x7fff0, 4, 0)));
        assertTrue(events.refused.getFirst().contains("0x7FFF0"), events.refused::toString);
    }

    // ---- memory

    @Test
    void rangesWithoutAFileHaveALimitInAll() {
        long most = DmaTable.MOST_WITHOUT_FILE;
        assertEquals(Errno.ENOMEM, client.map(0, most + 0x1000, 0, 3));
        assertTrue(events.refused.getFirst().contains("0x400000000 in all is most"), events.refused::toString);
        assertEquals(0, client.map(0, most - 0x1000, 0, 3));
        assertEquals(0, client.map(1L << 40, 0x1000, 0, 3));
        assertEquals(Errno.ENOMEM, client.map(1L << 41, 0x1000, 0, 3));
        assertEquals(0, client.unmap(1L << 40, 0x1000, 0));
        assertEquals(0, client.map(1L << 41, 0x1000, 0, 3));
    }

    @Test
    void mapsAndUnmaps() {
        int fd = RawClient.memory(1 << 20);
        assertEquals(0, client.map(IOVA, 0x10000, 0x1000, 3, fd));
        assertEquals(0, client.map(IOVA + 0x10000, 0x1000, 0, 1, fd)); // its neighbour, to be read
        assertEquals(0, client.map(1L << 40, 0x1000, 0, 3)); // without a file
        assertEquals(0, client.map((1L << 32) - 0x1000, 0x2000, 0, 3, fd)); // across 4 GiB
        assertEquals(Errno.EEXIST, client.map(IOVA + 0x10000, 0x2000, 0, 3, fd));
        assertEquals(Errno.EEXIST, client.map(IOVA - 0x1000, 0x2000, 0, 3, fd));
        assertEquals(Errno.EEXIST, client.map(1L << 40, 0x1000, 0, 3, fd));
        assertEquals(Errno.EINVAL, client.unmap(IOVA, 0x1000, 0)); // a part
        assertEquals(0, client.unmap(IOVA, 0x11000, 0)); // both
        ByteBuffer echo = client.messages.body();
        assertEquals(24, echo.remaining());
        assertEquals(IOVA, echo.getLong(8));
        assertEquals(0x11000, echo.getLong(16));
        assertEquals(0, client.map(IOVA, 0x2000, 0, 3, fd));
        assertEquals(0, client.unmap(0x5000, 0x1000, 0)); // never mapped
        assertEquals(0, client.unmap(0, Long.MIN_VALUE, 0)); // half of all there is
        assertEquals(0, client.unmap(Long.MIN_VALUE, Long.MIN_VALUE, 0)); // and the other half
        assertEquals(0, client.map(IOVA, 0x2000, 0, 3, fd));
        assertEquals(0, client.unmap(0, 0, 2));
        assertEquals(0, client.map(IOVA, 0x2000, 0, 3, fd));
        RawClient.closeFiles(fd);
    }

    @ParameterizedTest
    @CsvSource({
        "0x1800, 0x1000, 0, 3",
        "0x1000, 0x800, 0, 3",
        "0x1000, 0, 0, 3",
        "0x1000, 0x1000, 0x800, 3",
        "0x1000, 0x1000, 0x10000, 3",
        "0x1000, 0x11000, 0, 3",
        "0x1000, 0x1000, 0, 0",
        "0x1000, 0x1000, 0, 2",
        "0x1000, 0x1000, 0, 7",
        "0x1000, 0x1000, -0x1000, 3",
        "-0x1000, 0x1000, 0, 3",
        "0x1000, -0x1000, 0, 3",
        "0x7ffffffffffff000, 0x2000, 0, 3"
    })
    void mapsThatCannotBe(String iova, String size, String offset, int flags) {
        int fd = RawClient.memory(0x10000);
        assertEquals(Errno.EINVAL, client.map(Long.decode(iova), Long.decode(size), Long.decode(offset), flags, fd));
        RawClient.closeFiles(fd);
    }

    @Test
    void filesThatCannotBeMapped() throws IOException {
        int fd = RawClient.memory(0x10000);
        assertEquals(Errno.EINVAL, client.map(IOVA, 0x1000, 0, 3, fd, fd));
        int event = RawClient.event();
        assertEquals(Errno.EINVAL, client.map(IOVA, 0x1000, 0, 3, event));
        Path file = Files.write(folder.resolve("file"), new byte[4096]);
        int readOnly = Linux.open(file.toString(), 0);
        assertEquals(Errno.EACCES, client.map(IOVA, 0x1000, 0, 3, readOnly));
        assertEquals(0, client.map(IOVA, 0x1000, 0, 1, readOnly));
        assertEquals(Errno.EINVAL, client.attempt(Command.DEVICE_RESET, body(0), fd)); // no file is due here
        RawClient.closeFiles(fd, event, readOnly);
    }

    // ---- interrupts

    @Test
    void eventsAreSignalledSetAndCleared() {
        int[] events = {RawClient.event(), RawClient.event(), RawClient.event()};
        assertEquals(0, client.setIrqs(0x24, 2, 61, 3, events));
        assertEquals(0, client.setIrqs(0x21, 2, 62, 2)); // signal now
        assertArrayEquals(new long[] {0, 1, 1}, signals(events));
        assertEquals(0, client.setIrqs(0x24, 2, 63, 1)); // takes it away
        assertEquals(0, client.setIrqs(0x21, 2, 61, 3));
        assertArrayEquals(new long[] {1, 1, 0}, signals(events));
        assertEquals(0, client.setIrqs(0x21, 2, 0, 0)); // disables all
        assertEquals(0, client.setIrqs(0x21, 2, 61, 3));
        assertArrayEquals(new long[] {0, 0, 0}, signals(events));
        ByteBuffer some = body(22).putInt(20)
                .putInt(0x22)
                .putInt(2)
                .putInt(61)
                .putInt(2)
                .put((byte) 0)
                .put((byte) 1);
        assertEquals(0, client.setIrqs(0x24, 2, 61, 3, events));
        client.ask(Command.DEVICE_SET_IRQS, some);
        assertArrayEquals(new long[] {0, 1, 0}, signals(events));
        RawClient.closeFiles(events);
    }

    private static long[] signals(int... files) {
        return Arrays.stream(files).mapToLong(RawClient::signals).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "0x24,2,62,3",
        "0x24,2,-1,1",
        "0x24,5,0,1",
        "0x24,4,0,1",
        "0x24,1,0,2",
        "0x34,2,0,1",
        "0x25,2,0,1",
        "0x20,2,0,1",
        "0x04,2,0,1",
        "0x14,0,0,1",
        "0x64,2,0,1",
        "0x24,2,0,2",
        "0x22,2,0,1",
        "0x21,2,0,1"
    })
    void interruptsThatCannotBe(String flags, int index, int start, int count) {
        int event = RawClient.event();
        assertEquals(Errno.EINVAL, client.setIrqs(Integer.decode(flags), index, start, count, event));
        assertEquals(0, RawClient.signals(event));
        RawClient.closeFiles(event);
    }

    @Test
    void onlyEventFilesAreTaken() {
        int event = RawClient.event();
        int memory = RawClient.memory(4096);
        assertEquals(Errno.EINVAL, client.setIrqs(0x24, 2, 0, 2, event, memory));
        assertEquals(Errno.EINVAL, client.setIrqs(0x09, 2, 0, 1)); // masked in the table
        RawClient.closeFiles(event, memory);
    }

    // ---- clients that come and go

    @Test
    void theNextClientFindsACardAfterAReset() {
        int fd = RawClient.memory(1 << 20);
        int event = RawClient.event();
        for (int i = 0; i < 20; i++) {
            client.write(CONFIG, 4, 2, 6);
            client.write(0, Registers.FCTTV, 4, 5);
            assertEquals(0, client.map(IOVA, 0x10000, 0, 3, fd));
            assertEquals(0, client.setIrqs(0x24, 2, 0, 1, event));
            anotherClient();
            client.greet(Capabilities.DEFAULT);
            assertEquals(0, client.read(CONFIG, 4, 2));
            assertEquals(0, client.read(0, Registers.FCTTV, 4));
            assertEquals(0, client.setIrqs(0x21, 2, 0, 1));
        }
        assertEquals(0, RawClient.signals(event));
        assertEquals("closed the connection", events.ends.getLast());
        assertFalse(Machine.isMapped(Path.of("/memfd:client (deleted)")), "memory of a client that is gone");
        RawClient.closeFiles(fd, event);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 20})
    void aClientThatGoesInTheMiddleOfAMessage(int bytes) {
        ByteBuffer message = body(32);
        Header.command(7, Command.REGION_READ, 16, 0).write(message);
        int fd = RawClient.memory(4096);
        assertEquals(0, client.socket.send(RawClient.bytes(message, bytes), new int[] {fd}, 1000));
        RawClient.closeFiles(fd);
        client.close();
        assertEquals("went away in the middle of a message", events.awaitEnd());
        client = RawClient.greeted(path);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 15, 1 << 20, 0xffff_ffffL})
    void aMessageOfNoLengthEndsTheConnection(long size) {
        ByteBuffer message = body(16);
        new Header(7, Command.REGION_READ.number, size, 0, 0).write(message);
        assertEquals(0, client.socket.send(RawClient.bytes(message, 16), new int[0], 1000));
        assertEquals(0, client.messages.receive());
        assertEquals(Errno.EMSGSIZE, client.messages.header().error());
        assertTrue(client.awaitEnd() < 0);
        events.awaitEnd();
        client.close();
        client = RawClient.greeted(path);
    }

    @Test
    void commandsThatThereAreNot() {
        for (int number : new int[] {0, 14, 19, 65535}) {
            client.send(new Header(1, number, 16, 0, 0), body(0));
            assertEquals(0, client.messages.receive());
            assertEquals(Errno.EOPNOTSUPP, client.messages.header().error());
        }
        for (Command command :
                new Command[] {Command.DEVICE_FEATURE, Command.REGION_WRITE_MULTI, Command.MIG_DATA_READ}) {
            assertEquals(Errno.EOPNOTSUPP, client.attempt(command, body(40)));
        }
        assertEquals(Errno.EINVAL, client.attempt(Command.DMA_READ, body(16)));
        client.send(new Header(1, Command.DMA_READ.number, 16, Header.REPLY, 0), body(0)); // to nothing
        client.send(new Header(1, Command.DMA_READ.number, 16, 5, 0), body(0)); // of no type
        assertEquals(0x10fb8086, client.read(CONFIG, 0, 4));
    }

    @Test
    void aSecondServerLeavesTheFirstAlone() {
        assertTrue(assertThrows(IxyException.class, () -> new VfioUserServer(path, card, events, RegisterObserver.NONE))
                .getMessage()
                .contains("is taken"));
        assertEquals(0x10fb8086, client.read(CONFIG, 0, 4));
    }

    @Test
    void closingSendsTheClientAway() {
        server.close();
        assertTrue(client.awaitEnd() < 0);
    }
}
