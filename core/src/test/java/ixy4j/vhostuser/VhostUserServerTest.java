package ixy4j.vhostuser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.Machine;
import ixy4j.linux.UnixSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who listens, who connects, and what is left of the socket file. */
@Timeout(30)
class VhostUserServerTest {
    @TempDir
    private Path folder;

    private Path path;
    private long openBefore;

    @BeforeEach
    void prepare() {
        openBefore = Machine.openSpecialFiles();
        path = folder.resolve("v.sock");
    }

    @AfterEach
    void nothingIsLeftOpen() {
        assertEquals(openBefore, Machine.openSpecialFiles(), "sockets left open");
    }

    private VhostUserTransport open(String options, int connectMillis) {
        return new VhostUserTransport(SocketAddresses.of("vhost-user:" + path + options), connectMillis, 2000);
    }

    private String failure(String options) {
        return assertThrows(IxyException.class, () -> open(options, 50)).getMessage();
    }

    private static void leaveStaleSocket(Path path) {
        try (UnixSocket socket = new UnixSocket()) {
            assertEquals(0, socket.listen(path.toString()));
        }
        assertTrue(Files.exists(path));
    }

    @Test
    void aBackEndConnectsAndTheSocketGoesAway() throws Exception {
        try (FakeBackEnd backEnd = new FakeBackEnd(path.toString()).connect();
                VhostUserTransport transport = open("?server", 5000)) {
            assertEquals(5, backEnd.take().size());
            assertTrue(transport.isConnected());
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void itConnectsAgain() throws Exception {
        FakeBackEnd first = new FakeBackEnd(path.toString()).connect();
        try (VhostUserTransport transport = open("?server&reconnect", 5000)) {
            first.close();
            while (transport.isConnected()) {
                Thread.sleep(1);
            }
            assertFalse(transport.reconnect());
            try (FakeBackEnd second = new FakeBackEnd(path.toString()).connect()) {
                while (!transport.reconnect()) {
                    Thread.sleep(5);
                }
                assertEquals(6, second.take().size());
            }
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void nobodyComes() {
        assertEquals(
                "no back end connected to " + path + " within 50 ms: start one that connects there (DPDK's net_vhost"
                        + " does with client=1)",
                failure("?server"));
        assertFalse(Files.exists(path));
    }

    /** Something that is no back end connects, and then a back end comes. */
    private CompletableFuture<Void> visit(String how, FakeBackEnd backEnd) {
        return CompletableFuture.runAsync(() -> {
            try (UnixSocket stranger = new UnixSocket()) {
                while (stranger.connect(path.toString()) != 0) {
                    Thread.onSpinWait();
                }
                if (how.equals("talks")) {
                    stranger.send("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII), new int[0], 1000);
                }
                if (!how.equals("leaves")) {
                    stranger.receive(new byte[1 << 10], new int[0], 20_000); // to the end
                }
            }
            backEnd.connect();
        });
    }

    /** Anybody can connect to a socket. */
    @ParameterizedTest
    @ValueSource(strings = {"leaves", "talks", "is silent"})
    void strangersAreSentAway(String how) throws Exception {
        FakeBackEnd first = new FakeBackEnd(path.toString());
        CompletableFuture<Void> visits = visit(how, first);
        try (FakeBackEnd second = new FakeBackEnd(path.toString())) {
            try (VhostUserTransport transport = open("?server&reconnect", 25_000)) {
                assertTrue(transport.isConnected());
                long strangers = transport.strangers();
                assertTrue(strangers >= 1, "and the back end too, where it was too slow");
                visits.join(); // it knows what it is to end
                first.close();
                while (transport.isConnected()) {
                    Thread.onSpinWait(); // its watcher is still to notice
                }
                visits = visit(how, second);
                while (!transport.reconnect()) {
                    Thread.sleep(5);
                }
                assertTrue(transport.strangers() > strangers);
            }
            visits.join();
        }
    }

    /** Its first answers come too late: it is taken for a stranger, and is welcome when it comes again. */
    @Test
    void aBackEndThatIsSlowAtFirstMayComeAgain() throws Exception {
        AtomicInteger greetings = new AtomicInteger();
        FakeBackEnd first = new FakeBackEnd(path.toString()).connect();
        try (FakeBackEnd second = new FakeBackEnd(path.toString());
                VhostUserTransport transport = new VhostUserTransport(
                        SocketAddresses.of("vhost-user:" + path + "?server&reconnect"), 25_000, 1000)) {
            first.close();
            while (transport.isConnected()) {
                Thread.onSpinWait();
            }
            long strangers = transport.strangers();
            second.on(Request.GET_FEATURES, (backEnd, socket) -> {
                if (greetings.getAndIncrement() > 0) {
                    FakeBackEnd.answer(Request.GET_FEATURES, backEnd.features).answer(backEnd, socket);
                }
            });
            second.connect();
            while (!transport.reconnect()) {
                Thread.sleep(5);
            }
            assertTrue(transport.strangers() > strangers);
        }
    }

    @Test
    void whoCameInVainIsCounted() {
        CompletableFuture<Void> visit = CompletableFuture.runAsync(() -> {
            try (UnixSocket stranger = new UnixSocket()) {
                while (stranger.connect(path.toString()) != 0) {
                    Thread.onSpinWait();
                }
            }
        });
        String message =
                assertThrows(IxyException.class, () -> open("?server", 1500)).getMessage();
        visit.join();
        assertTrue(message.startsWith("no back end connected to " + path + " within 1500 ms"), message);
        assertTrue(message.contains("; 1 came and went, of the last: the back end at " + path + " closed"), message);
    }

    /** Interrupts a thread that opens a card once it waits. */
    private String interrupted(String options, BooleanSupplier waits) throws Exception {
        AtomicReference<String> said = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                new VhostUserTransport(SocketAddresses.of("vhost-user:" + path + options), 600_000, 600_000).close();
            } catch (IxyException e) {
                said.set(e.getMessage() + (Thread.currentThread().isInterrupted() ? "" : ", and the thread forgot"));
            }
        });
        thread.start();
        while (!waits.getAsBoolean()) {
            Thread.sleep(1);
        }
        thread.interrupt();
        thread.join();
        return said.get();
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        assertEquals(
                "interrupted while waiting for the back end at " + path,
                interrupted("?server", () -> Files.exists(path)));
        assertFalse(Files.exists(path));
        try (UnixSocket silent = new UnixSocket()) {
            assertEquals(0, silent.listen(path.toString()));
            AtomicReference<UnixSocket> connection = new AtomicReference<>();
            assertEquals("interrupted while waiting for the back end at " + path, interrupted("", () -> {
                connection.set(silent.accept(1000));
                return connection.get() != null;
            }));
            connection.get().close();
        }
    }

    @Test
    void aSocketThatSomebodyLeftBehindIsReplaced() throws Exception {
        leaveStaleSocket(path);
        try (FakeBackEnd backEnd = new FakeBackEnd(path.toString()).connect();
                VhostUserTransport transport = open("?server", 5000)) {
            assertTrue(transport.isConnected());
            assertEquals(5, backEnd.take().size());
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void aSocketThatSomebodyListensAtIsNot() {
        try (UnixSocket other = new UnixSocket()) {
            other.listen(path.toString());
            String message = failure("?server");
            assertTrue(message.startsWith(path + " is taken, by a process that listens there"), message);
            assertTrue(Files.exists(path));
        }
    }

    @Test
    void noOtherFileIsTakenAway() throws IOException {
        Files.writeString(path, "precious");
        assertTrue(failure("?server").startsWith(path + " is taken"));
        assertEquals("precious", Files.readString(path));
        Files.delete(path);
        leaveStaleSocket(folder.resolve("other"));
        Files.createSymbolicLink(path, folder.resolve("other"));
        assertTrue(failure("?server").startsWith(path + " is taken"));
        assertTrue(Files.exists(path));
    }

    @Test
    void aSocketThatAnotherMadeMeanwhileStays() throws Exception {
        try (FakeBackEnd backEnd = new FakeBackEnd(path.toString()).connect()) {
            VhostUserTransport transport = open("?server", 5000);
            assertTrue(backEnd.take().size() > 0);
            Files.move(path, folder.resolve("moved"));
            leaveStaleSocket(path);
            transport.close();
            assertTrue(Files.exists(path));
        }
    }

    @Test
    void whereThereIsNoFolderThatIsSaid() {
        path = folder.resolve("missing/v.sock");
        assertEquals(path + " cannot be listened at: its folder does not exist, make it first", failure("?server"));
    }

    @Test
    void whoConnectsNeedsAListener() throws IOException {
        assertEquals(
                "there is no socket " + path + ": start the back end first, or let it connect to vhost-user:" + path
                        + "?server",
                failure(""));
        leaveStaleSocket(path);
        String nobody = "nobody listens at " + path + ": start the back end, again if it ended";
        assertEquals(nobody, failure(""));
        Files.delete(path);
        Files.createFile(path);
        assertEquals(nobody, failure(""));
        Path file = path;
        path = path.resolve("below");
        assertEquals(path + " cannot be connected to: ENOTDIR, not a directory", failure(""));
        Files.delete(file);
    }

    @Test
    void aListenerThatNeverAcceptsIsNotWaitedFor() {
        try (UnixSocket busy = new UnixSocket()) {
            busy.listen(path.toString());
            try (VhostUserWaiters waiters = new VhostUserWaiters(path.toString())) {
                assertEquals(
                        path + " has others waiting for its back end: end them, or restart the back end", failure(""));
                assertTrue(waiters.count() > 0);
            }
        }
    }
}
