package ixy4j.vhostuser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.Machine;
import ixy4j.linux.Linux;
import ixy4j.spi.DmaMemory;
import ixy4j.vhostuser.FakeBackEnd.Misdeed;
import ixy4j.virtio.BareQueue;
import ixy4j.virtio.Features;
import ixy4j.virtio.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Back ends that misbehave: one clear message, no waiting, nothing left open. */
@Timeout(60)
class BadBackEndTest {
    private static final int MILLIS = 1000; // for a machine that is busy

    /** Requests in the order of {@link #live}, once each. */
    private static final List<Request> LIFE = List.of(
            Request.GET_FEATURES,
            Request.GET_PROTOCOL_FEATURES,
            Request.SET_OWNER,
            Request.GET_QUEUE_NUM,
            Request.SET_STATUS,
            Request.SET_FEATURES,
            Request.GET_STATUS,
            Request.SET_MEM_TABLE,
            Request.SET_VRING_CALL,
            Request.SET_VRING_NUM,
            Request.SET_VRING_BASE,
            Request.SET_VRING_ADDR,
            Request.SET_VRING_KICK,
            Request.SET_VRING_ENABLE,
            Request.GET_VRING_BASE);

    @TempDir
    private Path folder;

    private String path;
    private long openBefore;

    @BeforeEach
    void prepare() {
        openBefore = Machine.openSpecialFiles();
        path = folder.resolve("v.sock").toString();
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertEquals(openBefore, Machine.openSpecialFiles(), "sockets, eventfds and memfds left open");
    }

    static Stream<Arguments> misdeeds() {
        String prefix = "the back end at PATH ";
        String answers = prefix + "answers %s (%d) with ";
        return LIFE.stream()
                .flatMap(request -> Stream.of(
                        Arguments.of(
                                request,
                                "silent",
                                FakeBackEnd.SILENCE,
                                prefix + "does not answer %s within " + MILLIS + " ms: "),
                        Arguments.of(
                                request, "hangs up", FakeBackEnd.HANG_UP, prefix + "closed the connection at %s: "),
                        Arguments.of(
                                request,
                                "another request",
                                FakeBackEnd.header(99, 5, 8),
                                answers + "request 99, flags 0x5, 8 bytes, where %2$d, 0x5, 8 were due: "),
                        Arguments.of(
                                request,
                                "no reply flag",
                                FakeBackEnd.header(request.number, 1, 8),
                                answers + "request %2$d, flags 0x1, 8 bytes, where "),
                        Arguments.of(
                                request,
                                "huge",
                                FakeBackEnd.header(request.number, 5, -1),
                                answers + "request %2$d, flags 0x5, 4294967295 bytes, where "),
                        Arguments.of(
                                request,
                                "empty",
                                FakeBackEnd.header(request.number, 5, 0),
                                answers + "request %2$d, flags 0x5, 0 bytes, where ")));
    }

    /** All that a driver does with a transport. */
    private void live(VhostUserTransport transport) {
        transport.setStatus(Status.ACKNOWLEDGE);
        transport.setFeatures(Features.VERSION_1);
        assertEquals(Status.ACKNOWLEDGE, transport.status());
        try (DmaMemory memory = DmaMemory.allocate(1, transport)) {
            transport.enableQueue(BareQueue.of(0, 64, memory));
            transport.setStatus(0);
        }
    }

    private String failure(FakeBackEnd backEnd) throws Exception {
        try (backEnd) {
            backEnd.listen();
            return assertThrows(IxyException.class, () -> {
                        VhostUserTransport transport =
                                new VhostUserTransport(SocketAddresses.of("vhost-user:" + path), 1000, MILLIS);
                        try (transport) {
                            live(transport);
                        } finally {
                            assertFalse(transport.isConnected());
                        }
                    })
                    .getMessage();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void misdeeds(Request request, String what, Misdeed misdeed, String message) throws Exception {
        FakeBackEnd backEnd = new FakeBackEnd(path).on(request, misdeed);
        if (request == Request.GET_VRING_BASE && what.equals("hangs up")) {
            return; // that is no failure, see below
        }
        String expected =
                String.format(Locale.ROOT, message, request, request.number).replace("PATH", path);
        String actual = failure(backEnd);
        assertTrue(actual.startsWith(expected), () -> what + ": " + actual + "\nshould begin with\n" + expected);
        assertFalse(actual.contains("\n"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusals(Request request) throws Exception {
        String message = failure(new FakeBackEnd(path).on(request, FakeBackEnd.answer(request, 1)));
        assertEquals("the back end at " + path + " refuses " + request + " with 1: its log may say why", message);
    }

    static Stream<Request> refusals() {
        return LIFE.stream().filter(request -> request.name().startsWith("SET_"));
    }

    @Test
    void numbersThatCannotBeAreNamed() throws Exception {
        String answers = "the back end at " + path + " answers ";
        for (long pairs : new long[] {0, -1, 1 << 20}) {
            String message = failure(
                    new FakeBackEnd(path).on(Request.GET_QUEUE_NUM, FakeBackEnd.answer(Request.GET_QUEUE_NUM, pairs)));
            String shown = Long.toUnsignedString(pairs);
            assertTrue(
                    message.startsWith(answers + "GET_QUEUE_NUM (17) with " + shown + " pairs of queues: "), message);
        }
        String message =
                failure(new FakeBackEnd(path).on(Request.GET_STATUS, FakeBackEnd.answer(Request.GET_STATUS, 0x101)));
        assertTrue(message.startsWith(answers + "GET_STATUS (40) with status 0x101: "), message);
        message = failure(
                new FakeBackEnd(path).on(Request.GET_VRING_BASE, FakeBackEnd.answer(Request.GET_VRING_BASE, 5)));
        assertTrue(message.startsWith(answers + "GET_VRING_BASE (11) with virtqueue 5, where 0 was meant: "), message);
    }

    @Test
    void anAnswerThatIsCutOffIsNotWaitedForLong() throws Exception {
        FakeBackEnd backEnd = new FakeBackEnd(path)
                .on(Request.GET_FEATURES, (us, socket) -> socket.send(new byte[5], new int[0], 1000));
        String message = failure(backEnd);
        assertTrue(message.contains("does not answer GET_FEATURES within " + MILLIS + " ms"), message);
    }

    @Test
    void filesThatNobodyAskedForAreClosed() throws Exception {
        try (FakeBackEnd backEnd = new FakeBackEnd(path)
                .on(Request.SET_OWNER, (us, socket) -> {
                    int memfd = (int) Linux.call("memfd_create", "ixy4j-test", 1);
                    socket.send(new byte[] {3, 0, 0, 0, 5, 0, 0, 0, 8, 0, 0, 0}, new int[] {memfd, memfd}, 1000);
                    socket.send(new byte[8], new int[] {memfd}, 1000);
                    Linux.call("close", memfd);
                })
                .listen()) {
            try (VhostUserTransport transport = open()) {
                assertTrue(transport.isConnected());
            }
            assertEquals(5, backEnd.take().size());
        }
    }

    @Test
    void aBackEndThatGoesWhileItIsStoppedHasStopped() throws Exception {
        try (FakeBackEnd backEnd = new FakeBackEnd(path).on(Request.GET_VRING_BASE, FakeBackEnd.HANG_UP)) {
            backEnd.listen();
            try (VhostUserTransport transport = open();
                    DmaMemory memory = DmaMemory.allocate(1, transport)) {
                transport.enableQueue(BareQueue.of(0, 64, memory));
                transport.setStatus(0);
                assertEquals(0, transport.status());
                assertFalse(transport.isConnected());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("unmappings")
    void memoryIsGivenBackWhateverTheBackEndDoes(Misdeed misdeed, String told) {
        try (FakeBackEnd backEnd = new FakeBackEnd(path).listen();
                VhostUserTransport transport = open();
                DmaMemory memory = DmaMemory.allocate(1, transport)) {
            DmaMemory other = DmaMemory.allocate(1, transport);
            backEnd.on(Request.SET_MEM_TABLE, misdeed);
            other.close();
            assertFalse(Machine.isInUse(other.address()));
            assertTrue(Machine.isMapped(memory.address()));
            assertFalse(transport.isConnected());
            Exception e = assertThrows(IxyException.class, () -> transport.setFeatures(0));
            assertTrue(e.getMessage().contains(told), e.getMessage());
        }
    }

    static Stream<Arguments> unmappings() {
        return Stream.of(
                Arguments.of(FakeBackEnd.HANG_UP, "closed the connection at SET_MEM_TABLE"),
                Arguments.of(FakeBackEnd.SILENCE, "does not answer SET_MEM_TABLE"),
                Arguments.of(FakeBackEnd.answer(Request.SET_MEM_TABLE, 1), "refuses SET_MEM_TABLE with 1"));
    }

    private VhostUserTransport open() {
        return new VhostUserTransport(SocketAddresses.of("vhost-user:" + path), 1000, MILLIS);
    }
}
