package ixy4j.model.vfiouser;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.linux.Errno;
import ixy4j.linux.UnixListener;
import ixy4j.linux.UnixSocket;
import ixy4j.memory.RawMemory;
import ixy4j.model.RemoteMemory.Outcome;
import ixy4j.model.wire.OwnMemory;
import ixy4j.vfiouser.Command;
import ixy4j.vfiouser.Header;
import ixy4j.vfiouser.Messages;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** DMA by message, with a client that this test plays. */
@Timeout(60)
class DmaMessagesTest {
    private static final long IOVA = 0x7_0000_0000L;
    private static final int SIZE = 4096;

    @TempDir
    private Path folder;

    private final long memory = OwnMemory.map(SIZE);
    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private RawClient client;
    private UnixSocket socket;
    private Thread reader;

    @BeforeEach
    void connect() {
        String path = folder.resolve("socket").toString();
        try (UnixListener listener = new UnixListener(path)) {
            client = new RawClient(path);
            socket = listener.accept(10_000);
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        client.close();
        if (reader != null) {
            reader.join();
        }
        socket.close();
        OwnMemory.unmap(memory, SIZE);
    }

    /** With a thread that receives, as a session's does. */
    private DmaMessages dma(int millis, int most) {
        Messages messages = new Messages(socket, 1 << 16, 1, 10_000);
        DmaMessages dma = new DmaMessages(socket, messages, millis);
        dma.limit(most);
        reader = Thread.ofPlatform().start(() -> {
            socket.awaitInput();
            while (messages.receive() == 0) {
                dma.answered(messages.header(), messages.body());
                socket.awaitInput();
            }
            dma.close();
        });
        return dma;
    }

    private static CompletableFuture<Outcome> start(Supplier<Outcome> transfer) {
        return CompletableFuture.supplyAsync(transfer);
    }

    /** What is asked for next. */
    private Header next(Command command) {
        assertEquals(0, client.messages.receive());
        assertEquals(command.number, client.messages.header().command());
        assertTrue(client.messages.header().isCommand());
        return client.messages.header();
    }

    private void answer(Header question, ByteBuffer body) {
        client.send(question.reply(body.capacity()), body);
    }

    @Test
    void aReadComesInPieces() {
        DmaMessages dma = dma(10_000, 100);
        CompletableFuture<Outcome> read = start(() -> dma.read(IOVA, memory, 250, wanted::get));
        List<Long> asked = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Header question = next(Command.DMA_READ);
            long iova = client.messages.body().getLong(0);
            int count = (int) client.messages.body().getLong(8);
            asked.add(iova - IOVA);
            asked.add((long) count);
            ByteBuffer body = RawClient.body(16 + count).putLong(iova).putLong(count);
            for (int k = 0; k < count; k++) {
                body.put((byte) (iova - IOVA + k));
            }
            answer(question, body);
        }
        assertEquals(Outcome.DONE, read.join());
        assertEquals(List.of(0L, 100L, 100L, 100L, 200L, 50L), asked);
        for (int i = 0; i < 250; i++) {
            assertEquals((byte) i, RawMemory.getByte(memory + i), "byte " + i);
        }
        assertEquals(0, RawMemory.getByte(memory + 250));
    }

    @Test
    void aWriteGoesInPieces() {
        for (int i = 0; i < 130; i++) {
            RawMemory.setByte(memory + i, (byte) (3 * i));
        }
        DmaMessages dma = dma(10_000, 64);
        CompletableFuture<Outcome> write = start(() -> dma.write(IOVA, memory, 130, wanted::get));
        byte[] came = new byte[130];
        for (int count : new int[] {64, 64, 2}) {
            Header question = next(Command.DMA_WRITE);
            ByteBuffer body = client.messages.body();
            int at = (int) (body.getLong(0) - IOVA);
            assertEquals(count, body.getLong(8));
            body.get(16, came, at, count);
            answer(question, RawClient.body(16).putLong(IOVA + at).putLong(count));
        }
        assertEquals(Outcome.DONE, write.join());
        byte[] expected = new byte[130];
        for (int i = 0; i < 130; i++) {
            expected[i] = (byte) (3 * i);
        }
        assertArrayEquals(expected, came);
    }

    @Test
    void anErrorAndAShortAnswerAreRefusals() {
        DmaMessages dma = dma(10_000, 100);
        CompletableFuture<Outcome> read = start(() -> dma.read(IOVA, memory, 8, wanted::get));
        client.send(next(Command.DMA_READ).failure(14), RawClient.body(0));
        assertEquals(Outcome.REFUSED, read.join());
        CompletableFuture<Outcome> shorter = start(() -> dma.read(IOVA, memory, 8, wanted::get));
        answer(next(Command.DMA_READ), RawClient.body(16 + 7));
        assertEquals(Outcome.REFUSED, shorter.join());
        CompletableFuture<Outcome> write = start(() -> dma.write(IOVA, memory, 8, wanted::get));
        client.send(next(Command.DMA_WRITE).failure(14), RawClient.body(0));
        assertEquals(Outcome.REFUSED, write.join());
    }

    @Test
    void anAnswerThatComesTooLateIsNotThatOfTheNext() throws InterruptedException {
        DmaMessages dma = dma(50, 100);
        assertEquals(Outcome.REFUSED, dma.read(IOVA, memory, 8, wanted::get), "nobody answers");
        Header late = next(Command.DMA_READ);
        Thread answers = Thread.ofPlatform().start(() -> {
            for (Header before = late; client.messages.receive() == 0; before = client.messages.header()) {
                Header question = client.messages.header();
                answer(before, RawClient.body(24).putLong(0).putLong(0).putLong(-1));
                answer(question, RawClient.body(24).putLong(IOVA + 8).putLong(8).putLong(0x0102_0304_0506_0708L));
            }
        });
        boolean done = false;
        for (int i = 0; i < 100 && !done; i++) { // 50 ms may be too short for a busy machine
            done = dma.read(IOVA + 8, memory, 8, wanted::get) == Outcome.DONE;
        }
        assertTrue(done);
        assertEquals(0x0102_0304_0506_0708L, RawMemory.getLong(memory));
        client.socket.shutdown();
        answers.join();
    }

    @Test
    void whoGoesAwayIsNotWaitedFor() {
        DmaMessages dma = dma(60_000, 100);
        CompletableFuture<Outcome> read = start(() -> dma.read(IOVA, memory, 8, wanted::get));
        next(Command.DMA_READ);
        client.close();
        assertEquals(Outcome.ENDED, read.join());
        assertEquals(Outcome.ENDED, dma.write(IOVA, memory, 8, wanted::get), "nobody is there");
    }

    @Test
    void whatIsNotWantedIsNeitherAskedForNorTouched() {
        DmaMessages dma = dma(10_000, 100);
        RawMemory.setLong(memory, 7);
        CompletableFuture<Outcome> read = start(() -> dma.read(IOVA, memory, 250, wanted::get));
        Header question = next(Command.DMA_READ);
        wanted.set(false); // by now it is on its way
        dma.settle();
        answer(question, RawClient.body(16 + 100).putLong(IOVA).putLong(100));
        assertEquals(Outcome.ENDED, read.join());
        assertEquals(7, RawMemory.getLong(memory));
        assertEquals(Outcome.ENDED, dma.write(IOVA, memory, 8, wanted::get));
        assertEquals(0, dma.send(Header.command(1, Command.DEVICE_RESET, 0, 0), new byte[0]));
        next(Command.DEVICE_RESET); // and nothing before it
    }

    /** What follows a part of a message would be taken for the rest of it. */
    @Test
    void aMessageThatDoesNotFitEndsTheConnection() {
        Messages impatient = new Messages(socket, 1 << 16, 1, 50);
        DmaMessages dma = new DmaMessages(socket, impatient, 10_000);
        dma.limit(1 << 16);
        byte[] much = new byte[1 << 20]; // more than a socket holds
        assertEquals(-Errno.ETIMEDOUT, dma.send(Header.command(1, Command.DMA_WRITE, much.length, 0), much));
        assertTrue(dma.isStuck());
        assertEquals(-Errno.ETIMEDOUT, dma.send(Header.command(2, Command.DEVICE_RESET, 0, 0), new byte[0]));
        assertEquals(Outcome.ENDED, dma.write(IOVA, memory, 8, wanted::get));
        assertEquals(-Errno.EPIPE, impatient.receive(), "the session's thread ends");
    }

    /** The socket may be closed then, and its number be another file's. */
    @Test
    void whoSendsIsDoneWhenItIsClosed() {
        DmaMessages dma = new DmaMessages(socket, new Messages(socket, 1 << 16, 1, 60_000), 60_000);
        byte[] much = new byte[1 << 20];
        CompletableFuture<Integer> send = CompletableFuture.supplyAsync(
                () -> dma.send(Header.command(1, Command.DMA_WRITE, much.length, 0), much));
        byte[] first = new byte[Header.BYTES];
        assertEquals(0, client.socket.receive(first, new int[0], 10_000)); // so it is about to wait
        dma.close();
        assertEquals(-Errno.EPIPE, send.join());
        assertEquals(-Errno.EPIPE, dma.send(Header.command(2, Command.DEVICE_RESET, 0, 0), new byte[0]));
    }
}
