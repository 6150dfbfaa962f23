package ixy4j.watch.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions, whose decisions are those of tcpdump on the same capture. */
class ExpressionTest {
    @TempDir
    private Path folder;

    private static List<Integer> chosen(String expression, List<byte[]> frames) {
        Expression.Choice choice = Expression.parse(expression);
        Frame head = new Frame(Frame.HEAD);
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            byte[] frame = frames.get(i);
            System.arraycopy(frame, 0, head.bytes(), 0, Math.min(frame.length, Frame.HEAD));
            head.set(frame.length);
            if (choice.of(head)) {
                chosen.add(i);
            }
        }
        return chosen;
    }

    /** What tcpdump chooses; null if it does not take the expression. */
    private List<Integer> byTcpdump(Path capture, String expression) throws IOException, InterruptedException {
        Path out = folder.resolve("out.pcap");
        Process tcpdump = new ProcessBuilder(
                        "tcpdump", "-O", "-r", capture.toString(), "-w", out.toString(), expression)
                .redirectErrorStream(true)
                .start();
        tcpdump.getInputStream().readAllBytes();
        return tcpdump.waitFor() == 0 ? RandomFrames.numbers(Files.readAllBytes(out)) : null;
    }

    private static List<Integer> without(List<Integer> some, List<Integer> others) {
        List<Integer> rest = new ArrayList<>(some);
        rest.removeAll(others);
        return rest;
    }

    @Test
    void decisionsAreThoseOfTcpdump() throws IOException, InterruptedException {
        Machine.needsProgram("tcpdump");
        long seed = Long.getLong("ixy4j.seed", System.nanoTime());
        RandomFrames random = new RandomFrames(seed);
        List<byte[]> frames = random.some(2000);
        Path capture = folder.resolve("frames.pcap");
        RandomFrames.write(capture, frames);
        int some = 0;
        int compared = 0;
        for (int i = 0; i < 200; i++) {
            String expression = random.expression(3);
            List<Integer> theirs = byTcpdump(capture, expression);
            if (theirs != null) { // it refuses what can never be true, such as tcp within arp
                List<Integer> ours = chosen(expression, frames);
                assertEquals(
                        List.of(List.of(), List.of()),
                        List.of(without(theirs, ours), without(ours, theirs)),
                        () -> "theirs only, ours only; seed " + seed + ": " + expression);
                compared++;
                some += theirs.isEmpty() || theirs.size() == frames.size() ? 0 : 1;
            }
        }
        assertTrue(compared > 100 && some > compared / 2, compared + " expressions compared, " + some + " choose some");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host | 4 | an address",
                "host 10.0.0.256 | 5 | an address",
                "host example.org | 5 | an address",
                "net 10.0.0.1/8 | 4 | no bits behind its first 8",
                "port 65536 | 5 | a port, 0 to 65535",
                "port http | 5 | a port",
                "udp port 80 or | 14 | a primitive",
                "udp port 80 udp | 12 | and, or, or the end",
                "(tcp | 4 | a closing bracket",
                "tcp) | 3 | and, or, or the end",
                "portrange 10 | 10 | two ports",
                "vlan 4096 | 5 | the number of a VLAN",
                "ether host 10.0.0.1 | 11 | a MAC address",
                "arp port 80 | 9 | tcp, udp or sctp before a port",
                "tcp host 10.0.0.1 | 9 | an address that goes with tcp",
                "ip broadcast | 3 | something that goes with ip",
                "greater x | 8 | a length",
                "foo | 0 | a primitive",
                "tcp[13] & 2 != 0 | 0 | a primitive",
                "ether | 5 | behind ether",
            })
    void whatCannotBeReadIsPointedAt(String expression, int place, String should) {
        Expression.Wrong e = assertThrows(Expression.Wrong.class, () -> Expression.parse(expression));
        assertTrue(e.getMessage().contains(should), e.getMessage());
        assertEquals(place, e.place(), e.getMessage());
    }

    @Test
    void endlessBracketsAreRefused() {
        Expression.Wrong e = assertThrows(Expression.Wrong.class, () -> Expression.parse("(".repeat(100_000)));
        assertTrue(e.getMessage().contains("fewer brackets"), e.getMessage().substring(100_000));
    }
}
