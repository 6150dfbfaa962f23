package ixy4j.model.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import ixy4j.linux.Linux;
import ixy4j.model.Mistakes;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.wire.CheckingSink;
import ixy4j.vfiouser.Header;
import ixy4j.vfiouser.Protocol;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a client sends, the server stays, answers the next one, and keeps no file and no memory. */
@Timeout(120)
class VfioUserFuzzTest {
    private static final int CLIENTS = 150;
    private static final int MESSAGES = 40;
    private static final int[] NUMBERS = {
        0, 1, 2, 3, 4, 7, 8, 9, 16, 17, 20, 24, 31, 32, 63, 64, 65, 0x24, 0x1000, 0x2000, 0x7fff_ffff, 0x8000_0000, -1
    };

    @TempDir
    private Path folder;

    private final long seed = Long.getLong("ixy4j.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void anythingAtAll() {
        long before = Machine.openSpecialFiles();
        String path = folder.resolve("nic.sock").toString();
        Recorder events = new Recorder();
        CardOptions options = CardOptions.STEPPED.withPolicy(Mistakes.Policy.COUNT);
        try (Card card = new Card(new CheckingSink(-1, false), options);
                VfioUserServer server = new VfioUserServer(path, card, events, RegisterObserver.NONE)) {
            for (int i = 0; i < CLIENTS; i++) {
                try (RawClient client = random.nextInt(4) == 0 ? new RawClient(path) : RawClient.greeted(path)) {
                    babble(client, card);
                }
                String why = events.awaitEnd();
                assertEquals(-1, why.indexOf("had to go"), why + " at " + server.path() + ", seed " + seed);
            }
            try (RawClient client = RawClient.greeted(path)) {
                assertEquals(0x10fb8086, client.read(Protocol.REGION_CONFIG, 0, 4), "seed " + seed);
            }
            events.awaitEnd();
        }
        assertTrue(events.refused.size() > CLIENTS, events.refused.size() + " refused, seed " + seed);
        events.refused.forEach(line -> assertEquals(-1, line.indexOf("the model failed"), line + ", seed " + seed));
        assertEquals(before, Machine.openSpecialFiles(), "files left open, seed " + seed);
        assertFalse(Machine.isMapped(Path.of("/memfd:client (deleted)")), "memory left, seed " + seed);
    }

    /** Messages that are nearly right, then, half of the time, a part of one. */
    private void babble(RawClient client, Card card) {
        int count = random.nextInt(MESSAGES);
        for (int i = 0; i < count; i++) {
            int command = random.nextInt(20);
            ByteBuffer body = RawClient.body(bodySize(command));
            while (body.remaining() >= 4) {
                body.putInt(random.nextInt(3) == 0 ? NUMBERS[random.nextInt(NUMBERS.length)] : likely(body, command));
            }
            boolean lies = random.nextInt(60) == 0;
            int size = lies ? random.nextInt() : Header.BYTES + body.capacity();
            // Answers are not read, so there must be few, or server and client wait for one another.
            int flags = random.nextInt(8) == 0 ? random.nextInt(64) : Header.NO_REPLY;
            if (!sends(client, new Header(i, command, Integer.toUnsignedLong(size), flags, 0), body)) {
                return;
            }
            card.step();
        }
        if (random.nextBoolean()) {
            client.socket.send(new byte[1 + random.nextInt(15)], new int[0], RawClient.MILLIS);
        }
    }

    private int bodySize(int command) {
        int due = command == 2 ? 32 : command == 3 ? 24 : command == 8 || command == 10 ? 20 : 16;
        return random.nextInt(4) == 0 ? random.nextInt(300) : due;
    }

    /** What is right in that place of a structure, now and then. */
    private int likely(ByteBuffer body, int command) {
        int at = body.position() / 4;
        if (command == 2 || command == 3) {
            return at == 0 ? 32 : at == 1 ? 3 : at % 2 == 0 ? random.nextInt(16) << 12 : 0;
        }
        if (command == 9 || command == 10) {
            return at == 0
                    ? random.nextInt(0x20000) & ~3
                    : at == 1 ? 0 : at == 2 ? random.nextInt(9) : 1 << random.nextInt(4);
        }
        return at == 0 ? 32 : at == 1 ? 1 << random.nextInt(3) | 8 << random.nextInt(3) : random.nextInt(4);
    }

    private boolean sends(RawClient client, Header header, ByteBuffer body) {
        int[] files = new int[random.nextInt(3) == 0 ? random.nextInt(5) : 0];
        for (int i = 0; i < files.length; i++) {
            files[i] = random.nextBoolean() ? RawClient.event() : RawClient.memory(random.nextInt(32) << 12);
        }
        ByteBuffer message = RawClient.body(Header.BYTES + body.capacity());
        header.write(message);
        message.put(body.rewind());
        int result = client.socket.send(RawClient.bytes(message, message.capacity()), files, RawClient.MILLIS);
        for (int file : files) {
            Linux.call("close", file);
        }
        return result == 0;
    }
}
