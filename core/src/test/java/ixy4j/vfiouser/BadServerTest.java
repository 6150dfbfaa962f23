package ixy4j.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.IxyException;
import ixy4j.Machine;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.linux.UnixSocket;
import ixy4j.memory.RawMemory;
import ixy4j.spi.Address;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.vfiouser.FakeServer.Misdeed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that misbehave: one clear message, no waiting, nothing left open. */
@Timeout(60)
class BadServerTest {
    private static final int MILLIS = 1000; // for a machine that is busy

    /** Commands in the order of {@link #live}, once each. */
    private static final List<Command> LIFE = List.of(
            Command.VERSION,
            Command.DEVICE_GET_INFO,
            Command.DEVICE_GET_REGION_INFO,
            Command.REGION_READ,
            Command.DEVICE_RESET,
            Command.DMA_MAP);

    @TempDir
    private Path folder;

    private String path;
    private String address;
    private long openBefore;

    @BeforeEach
    void prepare() {
        openBefore = Machine.openSpecialFiles();
        path = folder.resolve("c.sock").toString();
        address = "vfio-user:" + path;
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertEquals(openBefore, Machine.openSpecialFiles(), "sockets and memfds left open");
    }

    /** All that a driver does with a function. */
    private void live() {
        try (VfioUserFunction function = new VfioUserFunction(path, Address.Options.none(), MILLIS, true, true)) {
            function.claim(false);
            Bar bar = function.bar(0);
            try (DmaMemory memory = DmaMemory.allocate(1, function)) {
                RawMemory.setIntRelease(bar.address(0x18), (int) memory.size());
                assertEquals(0, bar.get32(8));
            }
        }
    }

    private String failure(Consumer<FakeServer> change) {
        try (FakeServer server = new FakeServer(path)) {
            change.accept(server);
            String message = assertThrows(IxyException.class, this::live).getMessage();
            assertTrue(message.startsWith(address + ": "), message);
            assertFalse(message.contains("\n"), message);
            return message;
        }
    }

    private static Misdeed header(int id, int command, int flags, long size) {
        return (server, socket, header) -> FakeServer.send(
                socket, new Header(header.id() + id, header.command() + command, size, flags, 0), FakeServer.body(0));
    }

    static Stream<Arguments> misdeeds() {
        return LIFE.stream()
                .flatMap(command -> Stream.of(
                        Arguments.of(
                                command,
                                "silent",
                                FakeServer.SILENCE,
                                "the server does not answer " + command + " within " + MILLIS + " ms: it hangs"),
                        Arguments.of(
                                command,
                                "hangs up",
                                FakeServer.HANG_UP,
                                "the server closed the connection at " + command + ": "),
                        Arguments.of(
                                command,
                                "another id",
                                header(1, 0, 1, 16),
                                "the server answers " + command + " (" + command.number + ") with command "),
                        Arguments.of(command, "another command", header(0, 40, 1, 16), "(" + command.number + ") with"),
                        Arguments.of(command, "huge", header(0, 0, 1, 0xffff_ffffL), "flags 0x1, 4294967295 bytes"),
                        Arguments.of(command, "tiny", header(0, 0, 1, 15), "flags 0x1, 15 bytes: it speaks no"),
                        Arguments.of(command, "no type", header(0, 0, 2, 16), "flags 0x2, 16 bytes"),
                        Arguments.of(
                                command, "cut off", header(0, 0, 1, 99), " within " + MILLIS + " ms: it hangs, or "),
                        Arguments.of(
                                command,
                                "refuses",
                                (Misdeed) (server, socket, header) ->
                                        FakeServer.send(socket, header.failure(13), FakeServer.body(0)),
                                "the server refuses " + command + " with EACCES"),
                        Arguments.of(
                                command,
                                "refuses without a reason",
                                (Misdeed) (server, socket, header) ->
                                        FakeServer.send(socket, header.failure(0), FakeServer.body(0)),
                                "the server refuses " + command + "; its log"),
                        Arguments.of(
                                command,
                                "twice",
                                (Misdeed) (server, socket, header) -> {
                                    FakeServer.send(socket, header.failure(1), FakeServer.body(0));
                                    FakeServer.send(socket, header.failure(1), FakeServer.body(0));
                                },
                                "the server ")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void misdeeds(Command command, String what, Misdeed misdeed, String expected) {
        String message = failure(server -> server.on(command, misdeed));
        assertTrue(message.contains(expected), () -> what + ": " + message + "\nshould contain\n" + expected);
    }

    /** An empty answer where there should be something. */
    @ParameterizedTest
    @MethodSource
    void emptyAnswers(Command command) {
        String message = failure(server -> server.on(command, header(0, 0, 1, 16)));
        assertTrue(message.contains("answers " + command + " (" + command.number + ") with 0 bytes"), message);
    }

    static Stream<Command> emptyAnswers() {
        return LIFE.stream().limit(4);
    }

    @Test
    void versionsAndDevicesThatWeDoNotKnow() {
        String message = failure(server -> server.major = 1);
        assertTrue(message.contains("speaks version 1.0 of vfio-user, not 0.0"), message);
        message = failure(server -> server.minor = 7);
        assertTrue(message.contains("speaks version 0.7"), message);
        message = failure(server -> server.deviceFlags = 1);
        assertTrue(message.contains("plays no PCI function: device flags 0x1, 9 regions"), message);
        message = failure(server -> server.regions = 7);
        assertTrue(message.contains("7 regions"), message);
        message = failure(server -> server.on(Command.VERSION, (us, socket, header) -> {
            ByteBuffer body = FakeServer.body(7).putInt(0).put((byte) '{').put((byte) 'x');
            FakeServer.reply(socket, header, body);
        }));
        assertTrue(message.contains("answers VERSION (1) with capabilities that are none: "), message);
    }

    private String badRegion(ByteBuffer capabilities) {
        return failure(server -> {
            server.regionFlags |= 4 | 8;
            server.regionFile = (int) Linux.call("memfd_create", "ixy4j-test", 1);
            Linux.call("ftruncate", server.regionFile, FakeServer.BAR_BYTES);
            server.regionCapabilities = capabilities;
        });
    }

    private static ByteBuffer sparse(int id, int next, int count, long offset, long size) {
        return FakeServer.body(32)
                .putShort((short) id)
                .putShort((short) 1)
                .putInt(next)
                .putInt(count)
                .putInt(0)
                .putLong(offset)
                .putLong(size);
    }

    @Test
    void areasThatCannotBe() {
        assertTrue(badRegion(sparse(9, 32, 1, 0, 4096)).contains("a capability at byte 32"), "round in circles");
        assertTrue(badRegion(sparse(9, 62, 1, 0, 4096)).contains("a capability at byte 62"), "behind the end");
        assertTrue(badRegion(sparse(9, -1, 1, 0, 4096)).contains("a capability at byte 4294967295"), "far behind");
        assertTrue(badRegion(sparse(1, 0, 2, 0, 4096)).contains("2 areas that can be mapped"), "too many");
        assertTrue(badRegion(sparse(1, 0, -1, 0, 4096)).contains("4294967295 areas"), "far too many");
        assertTrue(badRegion(sparse(1, 0, 1, 0x1f000, 0x2000)).contains("the BAR has 0x20000"), "over the end");
        assertTrue(badRegion(sparse(1, 0, 1, -4096, 4096)).contains("which cannot be mapped"), "before the start");
        assertTrue(badRegion(sparse(1, 0, 1, 0, 0)).contains("shares 0x0 bytes at 0x0"), "empty");
        assertTrue(badRegion(sparse(1, 0, 1, 100, 4096)).contains("EINVAL"), "not at a page");
    }

    @Test
    void noSocketAndNobodyThere() throws IOException {
        assertEquals(
                address + ": there is no such socket: start the server that plays the card first",
                assertThrows(IxyException.class, this::live).getMessage());
        Files.createFile(Path.of(path));
        String message = assertThrows(IxyException.class, this::live).getMessage();
        assertTrue(message.startsWith(address + ": nobody listens there: start the server"), message);
        Files.delete(Path.of(path));
        try (UnixSocket listener = new UnixSocket()) {
            assertEquals(0, listener.listen(path)); // and never accepts
            message = assertThrows(IxyException.class, this::live).getMessage();
            assertTrue(message.contains("does not answer VERSION within " + MILLIS + " ms"), message);
            assertTrue(message.contains("or has another client"), message);
        }
        path += "/x";
        message = assertThrows(IxyException.class, this::live).getMessage();
        assertTrue(message.contains("cannot be connected to: ENOTDIR"), message);
    }

    @Test
    void aCardThatNobodyDrivesIsNamedAndLeft() {
        try (FakeServer server = new FakeServer(path)) {
            server.config[0] = 0x5845_1b36;
            server.config[2] = 0x01_08_02_00;
            String message =
                    assertThrows(IxyException.class, () -> Device.open(address)).getMessage();
            assertTrue(message.startsWith(address + ", 1b36:5845 of class 010802, is not a network card"), message);
        }
    }

    @Test
    void filesThatNobodyAskedForAreClosed() {
        try (FakeServer server = new FakeServer(path)) {
            server.versionFile = (int) Linux.call("memfd_create", "ixy4j-test", 1); // without saying so
            server.regionFile = (int) Linux.call("memfd_create", "ixy4j-test", 1); // without saying so
            live();
        }
    }

    @Test
    void theEndOfTheServerIsToldByEachAccessUntilTheDriverStops() {
        try (FakeServer server = new FakeServer(path)) {
            VfioUserFunction function = new VfioUserFunction(path, Address.Options.none(), MILLIS, true, true);
            DmaMemory memory = DmaMemory.allocate(1, function);
            Bar bar = function.bar(0);
            long tail = bar.address(0x18);
            server.hangUp();
            String told = address + ": the server closed the connection";
            for (int i = 0; i < 3; i++) {
                RawMemory.setIntRelease(tail, i + 1); // rings go on, and nothing crashes
                String message =
                        assertThrows(IxyException.class, () -> bar.get32(8)).getMessage();
                assertTrue(message.startsWith(told), message);
                assertThrows(IxyException.class, () -> bar.set32(8, 1));
                assertThrows(IxyException.class, () -> bar.setFlags(8, 1));
                assertThrows(IxyException.class, () -> bar.await(8, 1, 0, 1000));
                assertThrows(IxyException.class, () -> function.config(0));
                assertThrows(IxyException.class, () -> DmaMemory.allocate(1, function));
            }
            assertEquals(address + ", not connected", function.toString());
            bar.clearFlags(8, 1);
            assertEquals(0, bar.get32(8));
            bar.set32(8, 1);
            assertTrue(bar.await(8, 1, 0, 1000));
            memory.close();
            assertFalse(Machine.isInUse(memory.address()));
            function.close();
            assertThrows(IllegalStateException.class, () -> bar.get32(8));
        }
    }

    @Test
    void anEndThatNobodyWasToldOfIsToldByClose() {
        try (FakeServer server = new FakeServer(path)) {
            VfioUserFunction function = new VfioUserFunction(path, Address.Options.none(), MILLIS, true, true);
            Bar bar = function.bar(0);
            server.hangUp();
            bar.clearFlags(8, 1);
            assertEquals(0, bar.get32(8));
            String message = assertThrows(IxyException.class, function::close).getMessage();
            assertTrue(message.startsWith(address + ": the server closed the connection"), message);
            function.close();
        }
    }

    /** The answer comes when nobody waits for it any more, and is not taken for that to the next command. */
    @Test
    void whoWaitsCanBeInterruptedAndTheConnectionStays() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicReference<String> said = new AtomicReference<>();
        try (FakeServer server = new FakeServer(path);
                VfioUserFunction function = new VfioUserFunction(path, Address.Options.none(), 60_000, true, true)) {
            Bar bar = function.bar(0);
            AtomicReference<Runnable> late = new AtomicReference<>();
            server.on(Command.REGION_READ, (self, socket, header) -> {
                late.set(() -> FakeServer.reply(socket, header, FakeServer.body(20)));
                asked.countDown();
            });
            Thread thread = new Thread(() -> {
                String message =
                        assertThrows(IxyException.class, () -> bar.get32(0)).getMessage();
                said.set(message + Thread.currentThread().isInterrupted());
            });
            thread.start();
            asked.await();
            thread.interrupt();
            thread.join();
            assertEquals(
                    address + ": interrupted while waiting for the server's answer to REGION_READtrue", said.get());
            late.get().run();
            server.on(Command.REGION_READ, null);
            bar.set32(0, 42);
            Thread.currentThread().interrupt(); // before: no matter, so that cards can be closed
            assertEquals(42, bar.get32(0));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void aRefusedRegisterIsNoEnd() {
        try (FakeServer server = new FakeServer(path);
                VfioUserFunction function = new VfioUserFunction(path, Address.Options.none(), MILLIS, true, true)) {
            Bar bar = function.bar(0);
            server.on(
                    Command.REGION_READ,
                    (us, socket, header) -> FakeServer.send(socket, header.failure(Errno.EINVAL), FakeServer.body(0)));
            assertThrows(IxyException.class, () -> bar.clearFlags(8, 1));
            server.on(
                    Command.REGION_READ,
                    (us, socket, header) -> FakeServer.reply(
                            socket,
                            header,
                            FakeServer.body(20).putLong(8).putInt(0).putInt(4).putInt(3)));
            assertEquals(3, bar.get32(8));
            server.on(Command.REGION_READ, FakeServer.HANG_UP);
            assertThrows(IxyException.class, () -> bar.get32(8));
        }
    }

    @Test
    void memoryIsGivenBackWhateverTheServerDoes() {
        for (Misdeed misdeed : List.of(FakeServer.SILENCE, FakeServer.HANG_UP, header(0, 0, 33, 16))) {
            try (FakeServer server = new FakeServer(path)) {
                VfioUserFunction function = new VfioUserFunction(path, Address.Options.none(), MILLIS, true, true);
                DmaMemory memory = DmaMemory.allocate(1, function);
                server.on(Command.DMA_UNMAP, misdeed);
                memory.close();
                assertFalse(Machine.isInUse(memory.address()));
                String message =
                        assertThrows(IxyException.class, function::close).getMessage();
                assertTrue(message.contains("DMA_UNMAP"), message);
            }
        }
    }

    /** A driver that fails half-way, or later, leaves nothing behind. */
    @Test
    void theDriverEndsInOrder() {
        try (FakeServer server = new FakeServer(path)) {
            server.config[1] = 0;
            // memory has no effects, so the card never says that its EEPROM is read
            String message = assertThrows(IxyException.class, () -> Device.open(address, DeviceOptions.DEFAULT))
                    .getMessage();
            assertTrue(message.startsWith(address + " does not answer: register CTRL"), message);
        }
    }

    /** Answers of random bytes, of random length, and right ones with some bytes changed. */
    @Test
    void nonsenseEndsInOneLine() {
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            Command victim = LIFE.get(random.nextInt(LIFE.size()));
            Misdeed misdeed = (server, socket, header) -> {
                byte[] noise = new byte[random.nextInt(64)];
                random.nextBytes(noise);
                ByteBuffer body = ByteBuffer.wrap(noise);
                if (random.nextBoolean()) {
                    FakeServer.send(socket, header.reply(body.capacity()), body);
                } else {
                    byte[] bytes = new byte[16 + random.nextInt(64)];
                    random.nextBytes(bytes);
                    socket.send(bytes, new int[0], 1000);
                }
                socket.shutdown();
            };
            try (FakeServer server = new FakeServer(path)) {
                server.on(victim, misdeed);
                live();
            } catch (IxyException e) {
                assertTrue(e.getMessage().startsWith(address), "seed " + seed + ": " + e.getMessage());
                assertFalse(e.getMessage().contains("\n"), "seed " + seed + ": " + e.getMessage());
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", " + victim + ": " + e, e);
            }
        }
    }
}
