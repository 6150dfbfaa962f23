package ixy4j.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.Devices;
import ixy4j.packet.PacketPool;
import ixy4j.testing.TestCard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {
    @TempDir
    private Path folder;

    private static void assertRecord(ByteBuffer file, int second, int nanosecond, byte[] frame) {
        assertEquals(second, file.getInt());
        assertEquals(nanosecond, file.getInt());
        assertEquals(frame.length, file.getInt());
        assertEquals(frame.length, file.getInt());
        byte[] written = new byte[frame.length];
        file.get(written);
        assertArrayEquals(frame, written);
    }

    /** Enough to fill its buffer several times. */
    @Test
    void writesWhatArrives() throws IOException {
        Path path = folder.resolve("capture.pcap");
        try (TestCard card = TestCard.open();
                PacketPool pool = Devices.pool(64, card.device());
                Capture capture = new Capture(card.device(), pool, path)) {
            capture.turn(0);
            assertEquals(24, Files.size(path), "who reads it meanwhile has the header");
            for (int i = 0; i < 3000; i++) {
                card.arrive(Packets.frame(1, i, 60 + i % 1455), Packets.frame(2, i, 60));
                capture.turn(i * 1_000_000_001L);
            }
        }
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path));
        assertEquals(0xa1b2_3c4d, file.getInt());
        assertEquals(2 << 16 | 4, file.getInt(), "version");
        assertEquals(0, file.getLong());
        assertEquals(1856, file.getInt(), "the longest packet");
        assertEquals(1, file.getInt(), "Ethernet");
        for (int i = 0; i < 3000; i++) {
            assertRecord(file, i, i, Packets.frame(1, i, 60 + i % 1455));
            assertRecord(file, i, i, Packets.frame(2, i, 60));
        }
        assertEquals(0, file.remaining());
    }
}
