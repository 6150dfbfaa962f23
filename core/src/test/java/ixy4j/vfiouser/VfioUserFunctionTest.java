package ixy4j.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.Machine;
import ixy4j.ixgbe.Registers;
import ixy4j.linux.Abi;
import ixy4j.linux.Errno;
import ixy4j.linux.Linux;
import ixy4j.memory.RawMemory;
import ixy4j.spi.Address;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.vfiouser.FakeServer.Message;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said to a server, and that it is understood. */
@Timeout(60)
class VfioUserFunctionTest {
    private static final List<TailBlock> TAILS =
            List.of(new TailBlock(0, 0x1018, 0x40, 4), new TailBlock(0, 0x6018, 0x40, 128));

    private static final int TAIL = Registers.RDT;

    @TempDir
    private Path folder;

    private long openBefore;
    private FakeServer server;
    private String path;

    @BeforeEach
    void prepare() {
        openBefore = Machine.openSpecialFiles();
        path = folder.resolve("card.sock").toString();
        server = new FakeServer(path);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        server.close();
        assertEquals(openBefore, Machine.openSpecialFiles(), "sockets and memfds left open");
    }

    private VfioUserFunction open() {
        return (VfioUserFunction) VfioUserProvider.function(Address.parse("vfio-user:" + path));
    }

    private static int file(int bytes) {
        int file = (int) Linux.call("memfd_create", "ixy4j-test", Abi.MFD_CLOEXEC);
        Linux.call("ftruncate", file, bytes);
        return file;
    }

    @Test
    void theConversationFromBeginningToEnd() {
        List<String> opening = List.of("VERSION", "DEVICE_GET_INFO", "info of 7, 32 bytes", "read 7 0x0", "read 7 0x8");
        try (VfioUserFunction function = open()) {
            assertEquals(0x8086_10fb, function.id());
            assertEquals(0x020000, function.classCode());
            assertEquals("vfio-user:" + path, function.address());
            assertTrue(function.needsFile());
            assertFalse(function.needsPhysicalAddresses());
            ByteBuffer version = server.log().getFirst().body();
            assertEquals(0, version.getInt(0));
            byte[] json = new byte[version.capacity() - 4];
            version.get(4, json);
            assertEquals(new Capabilities(8, 1 << 20, 0x1000, 65535, true, List.of()), Capabilities.parse(json));
            assertEquals(opening, server.take());

            server.config[1] = 0x0010_0001;
            function.claim(false);
            assertEquals(List.of("DEVICE_RESET", "read 7 0x4", "write 7 0x4 2 bytes 0x7"), server.take());
            assertEquals(0x0010_0007, function.config(4));
            server.take();
        }
        assertEquals(List.of("read 7 0x4", "write 7 0x4 2 bytes 0x3"), server.take());
    }

    @Test
    void aCardThatCannotBeResetIsNot() {
        server.deviceFlags = Protocol.DEVICE_PCI;
        try (VfioUserFunction function = open()) {
            server.take();
            function.claim(false);
            assertEquals("read 7 0x4", server.take().getFirst());
        }
    }

    @Test
    void registersAreReadAndWritesArePosted() {
        try (VfioUserFunction function = open()) {
            Bar bar = function.bar(0);
            assertSame(bar, function.bar(0));
            server.take();
            bar.set32(0x10, 0xcafe);
            assertEquals(0xcafe, bar.get32(0x10));
            bar.setFlags(0x10, 1);
            assertEquals(0xcaff, bar.get32(0x10));
            assertEquals(
                    List.of(
                            "write 0 0x10 4 bytes 0xcafe posted",
                            "read 0 0x10",
                            "read 0 0x10",
                            "write 0 0x10 4 bytes 0xcaff posted",
                            "read 0 0x10"),
                    server.take());
            Exception e = assertThrows(IxyException.class, () -> bar.get32(FakeServer.BAR_BYTES));
            assertTrue(e.getMessage().contains("register 0x20000 lies behind the end of the BAR, 0x20000"));
            assertThrows(IxyException.class, () -> bar.set32(-4, 0));
            e = assertThrows(IxyException.class, () -> function.bar(2));
            assertTrue(e.getMessage().startsWith("vfio-user:" + path + ": the card has no BAR 2"), e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> function.bar(6));
        }
    }

    // ---- tails

    @Test
    void tailsThatAreNotSharedArriveByThemselves() {
        try (VfioUserFunction function = open()) {
            Bar bar = function.bar(0);
            long tail = bar.address(TAIL);
            long other = bar.address(Registers.TDT);
            assertEquals(tail, bar.address(TAIL));
            for (int i = 1; i < 50; i++) {
                RawMemory.setIntRelease(tail, i);
                assertEquals(i, server.awaitRegister(TAIL, i));
            }
            RawMemory.setIntRelease(other, 77);
            assertEquals(77, server.awaitRegister(Registers.TDT, 77));
        }
    }

    @Test
    void aTailArrivesBeforeTheNextAccess() {
        try (VfioUserFunction function = open()) {
            Bar bar = function.bar(0);
            long tail = bar.address(TAIL);
            for (int i = 1; i < 200; i++) {
                RawMemory.setIntRelease(tail, i);
                if (i % 2 == 0) {
                    bar.set32(0x10, i);
                }
                assertEquals(i, bar.get32(TAIL));
            }
            bar.set32(TAIL, 5);
            assertEquals(5, RawMemory.getIntAcquire(tail), "what the register has");
            RawMemory.setIntRelease(tail, 199);
            assertEquals(199, bar.get32(TAIL), "the value from before, but another than the card has");
        }
    }

    @Test
    void aTailIsWhatTheRegisterWas() {
        server.bar[TAIL / 4] = 9;
        try (VfioUserFunction function = open()) {
            Bar bar = function.bar(0);
            long tail = bar.address(TAIL);
            assertEquals(9, RawMemory.getIntAcquire(tail));
            RawMemory.setIntRelease(tail, 0);
            assertEquals(0, bar.get32(TAIL));
        }
    }

    @Test
    void thereIsAnEndToTheRoomForTails() {
        try (VfioUserFunction function = open()) {
            Bar bar = function.bar(0);
            for (int i = 0; i < TailPage.TAILS; i++) {
                bar.address(4 * i);
            }
            Exception e = assertThrows(IxyException.class, () -> bar.address(4 * TailPage.TAILS));
            assertTrue(e.getMessage().contains("more than 512 tails"), e.getMessage());
        }
    }

    @Test
    void sharedTailsAreMemoryOfTheServer() {
        server.capabilities = new Capabilities(1, 4096, 0x1000, 1, false, TAILS);
        server.versionFile = file(TailBlock.bytes(TAILS));
        try (VfioUserFunction function = open()) {
            Bar bar = function.bar(0);
            server.take();
            RawMemory.setIntRelease(bar.address(0x1018 + 0x40 * 3), 33);
            RawMemory.setIntRelease(bar.address(0x6018 + 0x40 * 127), 44);
            assertEquals(33, Linux.read(server.versionFile, 3 * 128, 4));
            assertEquals(44, Linux.read(server.versionFile, (4 + 127) * 128, 4));
            assertEquals(List.of(), server.take(), "no message");
            RawMemory.setIntRelease(bar.address(0x20), 55); // no tail: that goes by message
            assertEquals(55, server.awaitRegister(0x20, 55));
        }
    }

    @Test
    void theAreasThatAServerSharesAreMapped() {
        server.regionFile = file(FakeServer.BAR_BYTES);
        server.regionFiles = 2; // some servers send one for each area
        server.regionFlags |= 4 | 8;
        server.regionCapabilities = FakeServer.body(24 + 48)
                .putShort((short) 9) // a capability that nobody knows
                .putShort((short) 1)
                .putInt(32 + 24)
                .putLong(0)
                .putLong(0)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(0)
                .putLong(2)
                .putLong(0x1000)
                .putLong(0x1000)
                .putLong(0x6000)
                .putLong(0x2000);
        try (VfioUserFunction function = open()) {
            server.take();
            Bar bar = function.bar(0);
            assertEquals(List.of("info of 0, 32 bytes", "info of 0, 104 bytes"), server.take());
            RawMemory.setIntRelease(bar.address(0x1018), 33);
            RawMemory.setIntRelease(bar.address(0x7018), 44);
            RawMemory.setIntRelease(bar.address(0x5018), 55);
            assertEquals(33, Linux.read(server.regionFile, 0x1018, 4));
            assertEquals(44, Linux.read(server.regionFile, 0x7018, 4));
            assertEquals(55, server.awaitRegister(0x5018, 55), "not shared");
            assertEquals(0, bar.get32(0x1018), "control registers are messages, shared or not");
        }
    }

    @Test
    void aWholeRegionIsMapped() {
        server.regionFile = file(FakeServer.BAR_BYTES);
        server.regionFlags |= 4;
        try (VfioUserFunction function = open()) {
            RawMemory.setIntRelease(function.bar(0).address(FakeServer.BAR_BYTES - 4), 33);
            assertEquals(33, Linux.read(server.regionFile, FakeServer.BAR_BYTES - 4, 4));
        }
    }

    @Test
    void whatIsShorterThanItShouldBeIsNotMapped() {
        server.regionFile = file(FakeServer.BAR_BYTES - 4096);
        server.regionFlags |= 4;
        try (VfioUserFunction function = open()) {
            Exception e = assertThrows(IxyException.class, () -> function.bar(0));
            assertTrue(e.getMessage().contains("shares 0x20000 bytes at 0x0 of a BAR"), e.getMessage());
        }
        server.capabilities = new Capabilities(1, 4096, 0x1000, 1, false, TAILS);
        server.versionFile = file(TailBlock.bytes(TAILS) - 1);
        Exception e = assertThrows(IxyException.class, this::open);
        assertTrue(e.getMessage().contains("tails that cannot be mapped"), e.getMessage());
    }

    // ---- memory

    @Test
    void memoryIsHandedOverAndTakenBack() {
        try (VfioUserFunction function = open()) {
            server.take();
            DmaMemory memory = DmaMemory.allocate(3 * DmaMemory.PAGE, function);
            Message map = server.log().getFirst();
            ByteBuffer body = map.body();
            assertEquals(Command.DMA_MAP, map.command());
            assertEquals(32, body.getInt(0));
            assertEquals(3, body.getInt(4), "readable and writable");
            assertEquals(0, body.getLong(8));
            assertEquals(memory.pageIovas()[0], body.getLong(16));
            assertEquals(memory.size(), body.getLong(24));
            RawMemory.setLong(memory.address() + 8, 0x1122334455667788L);
            assertEquals(0x1122334455667788L, Linux.read(map.files().getFirst(), 8, 8), "the same memory");
            server.take();

            memory.close();
            Message unmap = server.log().getFirst();
            assertEquals(Command.DMA_UNMAP, unmap.command());
            assertEquals(24, unmap.body().getInt(0));
            assertEquals(memory.pageIovas()[0], unmap.body().getLong(8));
            assertEquals(memory.size(), unmap.body().getLong(16));
            server.take();
        }
    }

    @Test
    void closeTakesMemoryBack() {
        VfioUserFunction function = open();
        try (DmaMemory memory = DmaMemory.allocate(1, function)) {
            server.take();
            function.close();
            assertEquals(List.of("read 7 0x4", "write 7 0x4 2 bytes 0x0", "DMA_UNMAP"), server.take());
            assertTrue(Machine.isMapped(memory.address()));
        }
        assertEquals(List.of(), server.take());
    }

    @Test
    void memoryThatIsRefusedIsNotMapped() {
        server.on(
                Command.DMA_MAP,
                (us, socket, header) -> FakeServer.send(socket, header.failure(Errno.ENOMEM), FakeServer.body(0)));
        try (VfioUserFunction function = open()) {
            Exception e = assertThrows(IxyException.class, () -> DmaMemory.allocate(1, function));
            assertEquals(
                    "vfio-user:" + path
                            + ": the server refuses DMA_MAP with ENOMEM, out of memory; its log may say why",
                    e.getMessage());
        }
        assertFalse(server.take().contains("DMA_UNMAP"));
    }

    private Message dma(Command command, int flags, long iova, long count, byte... data) {
        ByteBuffer body =
                FakeServer.body(16 + data.length).putLong(iova).putLong(count).put(data);
        return server.ask(command, flags, body, flags == 0 ? 10_000 : 50);
    }

    @Test
    void theServerMayReadAndWriteMemoryByMessage() {
        try (VfioUserFunction function = open();
                DmaMemory memory = DmaMemory.allocate(2 * DmaMemory.PAGE, function)) {
            long iova = memory.iova(memory.address() + DmaMemory.PAGE - 5);
            byte[] data = new byte[33];
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) (i + 1);
            }
            Message answer = dma(Command.DMA_WRITE, 0, iova, data.length, data);
            assertEquals(new Header(77, 12, 32, Header.REPLY, 0), answer.header());
            assertEquals(iova, answer.body().getLong(0));
            assertEquals(data.length, answer.body().getLong(8));
            for (int i = 0; i < data.length; i++) {
                assertEquals(i + 1, RawMemory.getByte(memory.address() + DmaMemory.PAGE - 5 + i), "byte " + i);
            }
            answer = dma(Command.DMA_READ, 0, iova, data.length);
            assertEquals(new Header(77, 11, 32 + data.length, Header.REPLY, 0), answer.header());
            byte[] read = new byte[data.length];
            answer.body().get(16, read);
            assertEquals(ByteBuffer.wrap(data), ByteBuffer.wrap(read));
            assertEquals(null, dma(Command.DMA_WRITE, Header.NO_REPLY, iova, 1, (byte) 99));
            assertEquals(99, RawMemory.getByte(memory.address() + DmaMemory.PAGE - 5));
        }
    }

    @Test
    void theServerMayNotReachAnythingElse() {
        try (VfioUserFunction function = open()) {
            DmaMemory memory = DmaMemory.allocate(1, function);
            long iova = memory.pageIovas()[0];
            long end = iova + DmaMemory.PAGE;
            long[][] wrong = {
                {iova - 1, 1},
                {end, 1},
                {end - 1, 2},
                {iova, -1},
                {iova, (1 << 20) + 1},
                {-1, 2},
                {0, 1},
                {memory.address(), 1},
                {iova, Long.MAX_VALUE}
            };
            Header refused = new Header(77, 11, 16, Header.REPLY | Header.ERROR, Errno.EINVAL);
            for (long[] range : wrong) {
                Message answer = dma(Command.DMA_READ, 0, range[0], range[1]);
                assertEquals(refused, answer.header(), range[0] + " " + range[1]);
            }
            assertTrue(dma(Command.DMA_WRITE, 0, iova, 2, (byte) 1).header().isError(), "another count than bytes");
            assertTrue(dma(Command.DMA_READ, 0, iova, 2, (byte) 1).header().isError(), "too long");
            assertTrue(server.ask(Command.DMA_READ, 0, FakeServer.body(3), 10_000)
                    .header()
                    .isError());
            assertTrue(server.ask(Command.REGION_READ, 0, FakeServer.body(16), 10_000)
                    .header()
                    .isError());
            assertFalse(dma(Command.DMA_READ, 0, end - 1, 1).header().isError());
            memory.close();
            assertTrue(dma(Command.DMA_READ, 0, iova, 1).header().isError(), "taken back");
        }
    }

    @Test
    void theServerIsAnsweredWhileItsOwnAnswerIsDue() {
        try (VfioUserFunction function = open();
                DmaMemory memory = DmaMemory.allocate(1, function)) {
            RawMemory.setByte(memory.address(), (byte) 42);
            server.on(Command.REGION_READ, (us, socket, header) -> {
                ByteBuffer ask =
                        FakeServer.body(16).putLong(memory.pageIovas()[0]).putLong(1);
                FakeServer.send(socket, Header.command(5, Command.DMA_READ, 16, 0), ask);
                byte[] answer = new byte[16 + 17];
                assertEquals(0, socket.receive(answer, new int[0], 5000));
                FakeServer.reply(
                        socket,
                        header,
                        FakeServer.body(20).putLong(0x40).putInt(0).putInt(4).putInt(answer[32]));
            });
            assertEquals(42, function.bar(0).get32(0x40));
            server.on(Command.REGION_READ, FakeServer.HANG_UP);
            assertThrows(IxyException.class, () -> function.bar(0).get32(0x40));
        }
    }

    // ---- misuse

    @Test
    void aClosedFunctionIsNotUsed() {
        VfioUserFunction function = open();
        Bar bar = function.bar(0);
        function.close();
        function.close();
        assertEquals("vfio-user:" + path + ", closed", function.toString());
        assertThrows(IllegalStateException.class, () -> bar.get32(0));
        assertThrows(IllegalStateException.class, () -> bar.address(0));
        assertThrows(IllegalStateException.class, () -> function.claim(false));
        assertThrows(IllegalStateException.class, () -> function.bar(0));
        assertThrows(IllegalStateException.class, () -> DmaMemory.allocate(1, function));
        assertThrows(IxyException.class, () -> function.config(0));
    }

    @Test
    void addresses() {
        assertThrows(IllegalArgumentException.class, () -> VfioUserProvider.function(Address.parse("vfio-user:")));
        assertThrows(IllegalArgumentException.class, () -> VfioUserProvider.function(Address.parse("vfio-user:?x")));
        assertThrows(
                IllegalArgumentException.class,
                () -> VfioUserProvider.function(Address.parse("vfio-user:" + "x".repeat(200))));
        try (VfioUserFunction function =
                (VfioUserFunction) VfioUserProvider.function(Address.parse("vfio-user:" + path + "?a=b?c"))) {
            assertEquals("b?c", function.options().text("a", ""));
            function.options().end(); // the same each time
            assertEquals("vfio-user:" + path, function.address());
        }
    }
}
