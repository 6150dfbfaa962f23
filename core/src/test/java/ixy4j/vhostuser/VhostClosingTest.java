package ixy4j.vhostuser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.ClosingStress;
import ixy4j.Device;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices of another process that are closed in the middle of their traffic; here that process is a thread of this one. */
@Timeout(300)
class VhostClosingTest {
    private static final int ROUNDS = 1000;
    private static final int TESTPMD_ROUNDS = 25; // with rings of each kind

    @TempDir
    private Path folder;

    @Test
    void aDeviceOfABackEnd() throws InterruptedException {
        String path = folder.resolve("v.sock").toString();
        try (MovingBackEnd backEnd = new MovingBackEnd(path)) {
            new ClosingStress(
                            Long.getLong("ixy4j.seed", System.nanoTime()),
                            () -> Device.open("vhost-user:" + path + "?reconnect", ClosingStress.OPTIONS),
                            () -> {})
                    .run(ROUNDS);
            backEnd.check();
        }
    }

    /** One that others wrote, of another process, and that sends as fast as it can. */
    @ParameterizedTest
    @ValueSource(strings = {"split", "packed"})
    void aDeviceOfTestpmd(String ring) throws Exception {
        Path path = folder.resolve("v.sock");
        try (Testpmd testpmd = Testpmd.start(path, folder.resolve("log"), "", "--forward-mode=txonly")) {
            testpmd.awaitText("binding succeeded", 1);
            new ClosingStress(
                            Long.getLong("ixy4j.seed", System.nanoTime()),
                            () -> Device.open("vhost-user:" + path + "?ring=" + ring, ClosingStress.OPTIONS),
                            () -> {})
                    .run(TESTPMD_ROUNDS);
            assertTrue(testpmd.isAlive(), testpmd::output);
        }
    }
}
