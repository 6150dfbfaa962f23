package ixy4j.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AffinityTest {
    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 1024, Integer.MAX_VALUE})
    void numbersThatNoProcessorHasAreRefused(int cpu) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> Affinity.pin(cpu));
        assertEquals("processors are counted from 0 to 1023, not " + cpu, e.getMessage());
    }

    @Test
    void aProcessorThatThisMachineLacksIsNamed() throws IOException {
        String last =
                Files.readString(Path.of("/sys/devices/system/cpu/possible")).strip();
        if (!last.endsWith("1023")) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> Affinity.pin(1023));
            assertEquals("this process may not use processor 1023: EINVAL, invalid argument", e.getMessage());
        }
    }

    @Test
    void onlyTheCallingThreadIsPinned() throws InterruptedException, ExecutionException, IOException {
        String before = allowed();
        int cpu = Integer.parseInt(before.split("[-,]", 2)[0]);
        FutureTask<String> pinned = new FutureTask<>(() -> {
            Affinity.pin(cpu);
            return allowed();
        });
        Thread thread = new Thread(pinned);
        thread.start();
        assertEquals(Integer.toString(cpu), pinned.get());
        thread.join();
        assertEquals(before, allowed());
    }

    /** The processors that the calling thread may use, as the kernel lists them. */
    private static String allowed() throws IOException {
        String label = "Cpus_allowed_list:";
        String line = Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(l -> l.startsWith(label))
                .findAny()
                .orElse(null);
        assertNotNull(line);
        assertTrue(line.length() > label.length());
        return line.substring(label.length()).strip();
    }
}
