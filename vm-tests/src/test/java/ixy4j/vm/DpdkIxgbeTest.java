package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** DPDK's driver in a guest, through its VFIO and IOMMU, on an emulated 82599 that plays and writes captures. */
@ResourceLock(Machine.ALONE)
@Order(1)
class DpdkIxgbeTest {
    private static final int FRAMES = 20_000;
    private static final long CARD = 0x02_82_59_90_00_00L;
    private static final long OTHER = 0x02_aa_bb_cc_dd_eeL;
    private static final int PCAP_HEADER = 24;
    private static final int PCAP_RECORD = 16;

    private static final String TESTPMD = """
            card=$1
            echo vfio-pci >/sys/bus/pci/devices/$card/driver_override
            echo $card >/sys/bus/pci/devices/$card/driver/unbind
            echo $card >/sys/bus/pci/drivers_probe
            # its standard input is what it waits for
            sleep 300 | dpdk-testpmd --lcores 0@0,1@0 --in-memory --single-file-segments -m 128 --no-telemetry \\
                -a $card -- --total-num-mbufs=8192 --no-flush-rx --auto-start --stats-period 1 --forward-mode=macswap
            """;

    @Test
    void macswapReturnsEachFrame(@TempDir Path folder, @TempDir Path scripts) throws IOException {
        Machine.needsLab();
        Machine.needsNewerQemu();
        Machine.needsProgram("dpdk-testpmd");
        Path in = folder.resolve("in.pcap");
        Path out = folder.resolve("out.pcap");
        List<byte[]> frames = frames();
        write(in, frames);
        try (Nic nic = Nic.start(folder, List.of("pcap:" + in + "," + out), "--mac", "02:82:59:90:00:00")) {
            String said = forward(scripts, nic);
            Result result = nic.stop().succeeds();
            MatchResult card = last("received (\\d+), sent (\\d+), dropped (\\d+) frames", result.out());
            assertEquals(List.of(FRAMES, 0), List.of(number(card, 1), number(card, 3)), result::toString);
            MatchResult port =
                    last("RX-packets: (\\d+) +RX-missed: (\\d+) (?s:.*?)TX-packets: (\\d+) +TX-errors", said);
            assertEquals(List.of(FRAMES, 0), List.of(number(port, 1), number(port, 2)), said);
            assertEquals(number(card, 2), number(port, 3), said);
            int dropped = number(last("TX-dropped: (\\d+)", said), 1); // where the ring was full
            assertEquals(FRAMES, number(card, 2) + dropped, said);
            assertMistakes(result);
            assertSwapped(frames, read(out), number(card, 2));
        }
    }

    /** What testpmd says, from its start to when all frames have come back. */
    private static String forward(Path scripts, Nic nic) {
        try (Guest guest = Guest.boot(scripts, List.of(nic.card(0)), "--iommu");
                Guest.Background testpmd = guest.start("sh -c " + Guest.quoted(TESTPMD) + " sh " + Guest.card(1))) {
            String received = "RX-packets: " + FRAMES + " ";
            // it says so each second: when it has three times, what it sent is counted too
            for (int i = 0; testpmd.peek().out().split(received, -1).length <= 3; i++) {
                assertTrue(i < 120, () -> "not all frames were received: " + testpmd.peek());
                guest.run("sleep 1");
            }
            guest.run("pkill -INT dpdk-testpmd; pkill sleep").succeeds();
            return testpmd.await(Guest.SHORT).out();
        }
    }

    /** Of DPDK 22.11 there is one: it leaves two bits at 0 that have to be 1 (datasheet 8.2.3.8.8). */
    private static void assertMistakes(Result nic) {
        List<String> mistakes = nic.out()
                .lines()
                .filter(line -> line.contains("refused: ") || line.startsWith("mistake of the driver: "))
                .filter(line -> !line.contains("RSCACKC (25) and FCOE_WRFIX (26)"))
                .toList();
        assertEquals(List.of(), mistakes, nic::toString);
    }

    private static MatchResult last(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no " + pattern + " in " + text));
    }

    private static int number(MatchResult found, int group) {
        return Integer.parseInt(found.group(group));
    }

    private static List<byte[]> frames() {
        Random random = new Random(5);
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = new byte[60 + i * 977 % 1455];
            random.nextBytes(frame);
            addresses(frame, CARD, OTHER);
            ByteBuffer.wrap(frame).putShort(12, (short) 0x88b5).putInt(14, i);
            frames.add(frame);
        }
        return frames;
    }

    private static void addresses(byte[] frame, long destination, long source) {
        ByteBuffer.wrap(frame).putLong(0, destination << 16 | source >>> 32).putInt(8, (int) source);
    }

    private static void assertSwapped(List<byte[]> sent, List<byte[]> came, int count) {
        assertEquals(count, came.size());
        int before = -1;
        for (byte[] frame : came) {
            int number = ByteBuffer.wrap(frame).getInt(14);
            assertTrue(number > before && number < FRAMES, "frame " + number + " came behind " + before);
            byte[] expected = sent.get(number).clone();
            addresses(expected, OTHER, CARD);
            assertArrayEquals(expected, frame, "frame " + number);
            before = number;
        }
    }

    private static void write(Path file, List<byte[]> frames) throws IOException {
        int size = frames.stream().mapToInt(frame -> PCAP_RECORD + frame.length).sum();
        ByteBuffer buffer = ByteBuffer.allocate(PCAP_HEADER + size).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(0xa1b2_c3d4).putShort((short) 2).putShort((short) 4);
        buffer.putInt(0).putInt(0).putInt(65535).putInt(1);
        for (byte[] frame : frames) {
            buffer.putInt(0).putInt(0).putInt(frame.length).putInt(frame.length).put(frame);
        }
        Files.write(file, buffer.array());
    }

    private static List<byte[]> read(Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.position(PCAP_HEADER);
        List<byte[]> frames = new ArrayList<>();
        while (buffer.hasRemaining()) {
            byte[] frame = new byte[buffer.getInt(buffer.position() + 8)];
            buffer.position(buffer.position() + PCAP_RECORD);
            buffer.get(frame);
            frames.add(frame);
        }
        return frames;
    }
}
