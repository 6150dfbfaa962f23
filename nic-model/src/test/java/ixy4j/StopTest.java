package ixy4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.model.address.OpenPorts;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a program ends: one of its own, since the JVM goes with it. */
@Timeout(60)
class StopTest {
    private static final int LIMIT = 1000; // ms

    /** The program. */
    static final class Program {
        private Program() {}

        /** What it is to do. */
        public static void main(String[] args) throws InterruptedException {
            switch (args[0]) {
                case "forwards" -> forward();
                case "hangs" -> hang();
                default -> closeInAHook();
            }
        }

        @SuppressWarnings("try") // closed early, as its last counts are asked for
        private static void forward() {
            try (Stop stop = Stop.onSignals()) {
                try (Device card = Device.open("model:0?wire=generator");
                        PacketPool pool = PacketPool.create(1024, card)) {
                    RxQueue rx = card.rxQueue(0, pool);
                    PacketBatch batch = pool.batch(32);
                    card.awaitLink(1000);
                    System.out.println("runs");
                    while (!stop.isRequested()) {
                        rx.receive(batch);
                        batch.free();
                    }
                    card.close();
                    System.out.println(card.stats().rxPackets() > 0 ? "counts" : "counts nothing");
                }
                System.out.println(OpenPorts.card(0).isEmpty() ? "closed" : "not closed");
            } // from here on, the JVM may end at any moment
        }

        private static void hang() throws InterruptedException {
            try (Stop stop = Stop.onSignals(LIMIT)) {
                System.out.println("runs");
                stop.await(60_000);
                new CountDownLatch(1).await();
            }
        }

        /** As programs did that had no Stop: everything is closed while the main thread goes on. */
        private static void closeInAHook() {
            Device card = Device.open("model:0?wire=generator");
            PacketPool pool = PacketPool.create(1024, card);
            RxQueue rx = card.rxQueue(0, pool);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                card.close();
                pool.close();
                System.out.println("closed");
            }));
            PacketBatch batch = pool.batch(32);
            card.awaitLink(1000);
            System.out.println("runs");
            try {
                while (true) {
                    rx.receive(batch);
                    for (int i = 0; i < batch.size(); i++) {
                        batch.set64(i, 0, batch.get64(i, 8));
                    }
                    batch.free();
                }
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private record End(int code, List<String> lines) {}

    /** Runs the program, and sends it a signal when it runs. */
    private static End run(String what, String signal) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "env",
                        "--default-signal=INT,TERM,HUP", // a shell that started the tests may have them ignored
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        what)
                .redirectErrorStream(true)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.equals("runs")) {
                    new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                            .start()
                            .waitFor();
                }
            }
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        return new End(process.exitValue(), lines);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
    void aProgramEndsInOrder(String signal, int code) throws Exception {
        End end = run("forwards", signal);
        assertEquals(List.of("runs", "counts", "closed"), end.lines);
        assertEquals(code, end.code);
    }

    @Test
    void aProgramThatDoesNotEndIsToldOf() throws Exception {
        End end = run("hangs", "TERM");
        assertEquals(List.of("runs", "ixy4j: not ended within 1 s, so cards may not have been given back"), end.lines);
        assertEquals(143, end.code);
    }

    /** The JVM dies of nothing but the signal. */
    @Test
    void aShutdownHookMayCloseWhatIsInUse() throws Exception {
        for (int i = 0; i < 3; i++) {
            End end = run("closes in a hook", "TERM");
            assertEquals(143, end.code, end.lines::toString);
            assertTrue(end.lines.contains("closed"), end.lines::toString);
            end.lines.removeAll(List.of("runs", "closed", "receive queue 0 of model:0?wire=generator is closed"));
            assertEquals(List.of(), end.lines);
        }
    }

    @Test
    @SuppressWarnings("try") // closed twice
    void aProgramMayEndByItself() throws InterruptedException {
        try (Stop stop = Stop.onSignals()) {
            assertFalse(stop.isRequested());
            assertFalse(stop.await(1));
            Thread other = new Thread(stop::request);
            other.start();
            assertTrue(stop.await(30_000));
            assertTrue(stop.isRequested());
            other.join();
            stop.close(); // twice is no harm
        }
    }
}
