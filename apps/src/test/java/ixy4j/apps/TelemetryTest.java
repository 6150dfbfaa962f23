package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
        // a wire that brings more than a thread can take that sleeps, and one that brings nothing
        List<RecordedEvent> events = record(
                "fwd",
                "model:0?wire=generator,rate=0.0001,count=200&fault=corrupt=1/5",
                "model:1?wire=sink",
                "--seconds",
                "4");
        TreeSet<String> kinds = new TreeSet<>();
        events.forEach(event -> kinds.add(event.getEventType().getName()));
        assertEquals(
                "[ixy4j.CardClosed, ixy4j.CardCounters, ixy4j.CardOpened, ixy4j.Drops, ixy4j.LinkChange,"
                        + " ixy4j.QueueCounters, ixy4j.Wait]",
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
        assertEquals(received, queues(events, "model:0", "rx", "packets"));
        assertEquals(received, queues(events, "model:1", "tx", "packets"));
        assertEquals(0, queues(events, "model:0", "tx", "packets"));
        assertTrue(received > 0 && dropped > 0, received + " and " + dropped);
        assertTrue(events.stream()
                .anyMatch(event -> is(event, "LinkChange", "model:1") && event.getInt("speed") == 10_000));
    }

    /** What came after the last second was over is told when it is closed. */
    @Test
    void allEventsOfACardAndItsQueuesAreWhatItCounted() throws IOException {
        List<RecordedEvent> events = record("fwd", "model:0", "model:1", "--seconds", "1");
        RecordedEvent closed = events.stream()
                .filter(event -> is(event, "CardClosed", "model:0"))
                .findFirst()
                .orElseThrow();
        assertTrue(closed.getLong("rxPackets") > 0, closed::toString);
        assertEquals(closed.getLong("rxPackets"), sum(events, "CardCounters", "rxPackets"));
        assertEquals(closed.getLong("txPackets"), sum(events, "CardCounters", "txPackets"));
        assertEquals(closed.getLong("dropped"), sum(events, "Drops", "frames"));
        assertEquals(
                closed.getLong("rxPackets"),
                queues(events, "model:0", "rx", "packets") + queues(events, "model:0", "rx", "dropped"));
    }

    private static long sum(List<RecordedEvent> events, String kind, String field) {
        return events.stream()
                .filter(event -> is(event, kind, "model:0"))
                .mapToLong(event -> event.getLong(field))
                .sum();
    }

    private static long queues(List<RecordedEvent> events, String card, String direction, String field) {
        return events.stream()
                .filter(event -> is(event, "QueueCounters", card)
                        && event.getString("direction").equals(direction)
                        && event.getInt("queue") == 0)
                .mapToLong(event -> event.getLong(field))
                .sum();
    }

    private List<RecordedEvent> record(String... arguments) throws IOException {
        Path file = folder.resolve("run.jfr");
        List<String> kinds =
                List.of("CardOpened", "CardClosed", "CardCounters", "QueueCounters", "Drops", "LinkChange", "Wait");
        String enabled =
                kinds.stream().map(kind -> ",+ixy4j." + kind + "#enabled=true").collect(Collectors.joining());
        String recording = "-XX:StartFlightRecording:filename=" + file + ",settings=none,dumponexit=true" + enabled;
        Cli.run(Cli.java(Cli.classPath(), List.of(recording), arguments), Cli.SHORT)
                .succeeds();
        return RecordingFile.readAllEvents(file);
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
                ObjectName name = server.queryNames(new ObjectName("ixy4j:type=Card,*"), null)
                        .iterator()
                        .next();
                ObjectName queues = new ObjectName("ixy4j:type=Queue,card=" + name.getKeyProperty("name") + ",*");
                for (ObjectName queue : new TreeSet<>(server.queryNames(queues, null))) {
                    System.out.println(queue.getKeyProperty("direction") + queue.getKeyProperty("queue") + " "
                            + server.getAttribute(queue, "Packets") + " " + server.getAttribute(queue, "Wakeups"));
                }
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
    void eachCardAndEachQueueIsABeanWhileItIsOpen() {
        List<String> command = new ArrayList<>(Cli.testProgram(Program.class));
        command.add(1, "-Dixy4j.jmx=true");
        assertEquals(
                "rx0 0 -1\ntx0 0 -1\ntrue 0 17\n0\n",
                Cli.run(command, Cli.SHORT).succeeds().out());
    }

    private static Cli.Result forward(String... options) {
        return Cli.run(
                        Cli.java(
                                Cli.classPath(),
                                List.of(options),
                                "fwd",
                                "model:0?wire=sink",
                                "model:1?wire=sink",
                                "--seconds",
                                "1"),
                        Cli.SHORT)
                .succeeds();
    }

    @Test
    void aLogOfWhatHappensOnceIsWrittenIfSomebodyWantsIt() {
        Cli.Result result = forward("-Djava.util.logging.config.file=../build/log.properties");
        List<String> log = result.err().lines().map(line -> line.substring(13)).toList();
        assertTrue(
                log.contains("FINE model:0?wire=sink: opened by IxgbeDevice, receive queues: 1, transmit queues: 1"),
                result::toString);
        assertTrue(log.contains("FINE model:1?wire=sink: link, 10000 Mbit/s"), result::toString);
        assertTrue(log.contains("FINE model:1?wire=sink: interrupt vectors: 1"), result::toString);
        assertTrue(log.contains("FINE model:1?wire=sink: closed"), result::toString);
    }

    /** Half of a short command's time would go into that. */
    @Test
    void withoutALogNothingIsSaidAndNoLoggerIsLoaded() throws IOException {
        Path classes = folder.resolve("classes");
        Cli.Result result = forward("-Xlog:class+load:file=" + classes);
        assertEquals("", result.err());
        String loaded = Files.readString(classes);
        assertTrue(loaded.contains(" ixy4j.telemetry.Log "), "what would log");
        assertFalse(loaded.contains(" ixy4j.telemetry.Log$Loaded "), "and the logger that it would log to");
    }
}
