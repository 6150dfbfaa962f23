package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM tells those who watch it. */
class TelemetryTest {
    @TempDir
    private Path folder;

    @Test
    void aRecordingHasCardsCountersDropsLinksAndWaits() throws IOException {
        Path file = folder.resolve("fwd.jfr");
        // a wire that brings more than a thread can take that sleeps, and one that brings nothing
        Cli.run(
                        Cli.java(
                                Cli.classPath(),
                                List.of("-XX:StartFlightRecording:filename=" + file + ",settings=none,dumponexit=true"
                                        + ",+ixy4j.CardOpened#enabled=true,+ixy4j.CardClosed#enabled=true"
                                        + ",+ixy4j.CardCounters#enabled=true,+ixy4j.Drops#enabled=true"
                                        + ",+ixy4j.LinkChange#enabled=true,+ixy4j.Wait#enabled=true"),
                                "fwd",
                                "model:0?wire=generator,rate=0.0001,count=200&fault=corrupt=1/5",
                                "model:1?wire=sink",
                                "--seconds",
                                "4"),
                        Cli.SHORT)
                .succeeds();
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        TreeSet<String> kinds = new TreeSet<>();
        events.forEach(event -> kinds.add(event.getEventType().getName()));
        assertEquals(
                "[ixy4j.CardClosed, ixy4j.CardCounters, ixy4j.CardOpened, ixy4j.Drops, ixy4j.LinkChange, ixy4j.Wait]",
                kinds.toString());
        long received = events.stream()
                .filter(event -> is(event, "CardCounters", "model:0"))
                .mapToLong(event -> event.getLong("rxPackets"))
                .sum();
        long dropped = events.stream()
                .filter(event -> is(event, "Drops", "model:0"))
                .peek(event -> assertEquals("crc error", event.getString("reason")))
                .mapToLong(event -> event.getLong("frames"))
                .sum();
        assertEquals(200, received + dropped);
        assertTrue(received > 0 && dropped > 0, received + " and " + dropped);
        assertTrue(events.stream()
                .anyMatch(event -> is(event, "LinkChange", "model:1") && event.getInt("speed") == 10_000));
    }

    private static boolean is(RecordedEvent event, String kind, String card) {
        return event.getEventType().getName().equals("ixy4j." + kind)
                && event.getString("card").startsWith(card);
    }

    /** A program that asks for beans, by the property with which it is started. */
    static final class Program {
        public static void main(String[] args) throws JMException {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            try (Device device = Device.open("model:0?wire=none")) {
                ObjectName name = server.queryNames(new ObjectName("ixy4j:*"), null)
                        .iterator()
                        .next();
                System.out.println(
                        name.getKeyProperty("name").contains(device.address().substring(0, 7)) + " "
                                + server.getAttribute(name, "RxPackets") + " "
                                + server.getMBeanInfo(name).getAttributes().length);
            }
            System.out.println(
                    server.queryNames(new ObjectName("ixy4j:*"), null).size());
        }
    }

    @Test
    void eachCardIsABeanWhileItIsOpen() {
        List<String> command = new ArrayList<>(Cli.testProgram(Program.class));
        command.add(1, "-Dixy4j.jmx=true");
        assertEquals("true 0 16\n0\n", Cli.run(command, Cli.SHORT).succeeds().out());
    }
}
