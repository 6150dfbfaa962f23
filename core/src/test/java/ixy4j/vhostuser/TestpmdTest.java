package ixy4j.vhostuser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.packet.PacketPool;
import ixy4j.spi.DmaMemory;
import ixy4j.virtio.BareQueue;
import ixy4j.virtio.Features;
import ixy4j.virtio.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The conversation with a back end that others wrote: DPDK's. No frames move. */
@Timeout(90)
class TestpmdTest {
    private static final String READY = "virtio is now ready for processing";
    private static final String LISTENS = "binding succeeded";

    @TempDir
    private Path folder;

    private VhostUserAddress address(String options) {
        return SocketAddresses.of("vhost-user:" + folder.resolve("v.sock") + options);
    }

    private Testpmd testpmd(String vhostOptions, String... options) throws Exception {
        return Testpmd.start(folder.resolve("v.sock"), folder.resolve("log"), vhostOptions, options);
    }

    /** Brings a device up as a driver does, and down again. */
    private static void live(VhostUserTransport transport, long features, int queues, Testpmd testpmd, int times)
            throws InterruptedException {
        transport.setStatus(0);
        transport.setStatus(Status.ACKNOWLEDGE);
        transport.setStatus(Status.ACKNOWLEDGE | Status.DRIVER);
        transport.setFeatures(features);
        int ok = Status.ACKNOWLEDGE | Status.DRIVER | Status.FEATURES_OK;
        transport.setStatus(ok);
        assertEquals(ok, transport.status());
        try (DmaMemory memory = DmaMemory.allocate(1, transport)) {
            for (int i = 0; i < queues; i++) {
                transport.enableQueue(BareQueue.of(i, 256, memory));
            }
            transport.setStatus(ok | Status.DRIVER_OK);
            testpmd.awaitText(READY, times);
            try (DmaMemory more = DmaMemory.allocate(3L * DmaMemory.PAGE, transport)) {
                assertEquals(ok | Status.DRIVER_OK, transport.status(), "and the memory is mapped");
                assertEquals(3L * DmaMemory.PAGE, more.size());
            }
            transport.notify(0);
            transport.setStatus(0);
            assertEquals(0, transport.status());
        }
        assertTrue(transport.isConnected(), testpmd::output);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Features.MRG_RXBUF, Features.RING_PACKED, Features.RING_PACKED | Features.IN_ORDER})
    void aDeviceComesUpAndGoesDown(long features) throws Exception {
        try (Testpmd testpmd = testpmd("").awaitText(LISTENS, 1)) {
            for (int round = 1; round <= 2; round++) {
                try (VhostUserTransport transport = new VhostUserTransport(address(""))) {
                    assertFalse(transport.isLegacy());
                    assertEquals(features, features & transport.features());
                    live(transport, features | Features.VERSION_1, 2, testpmd, 2 * round - 1);
                    live(transport, features | Features.VERSION_1, 2, testpmd, 2 * round);
                }
                testpmd.awaitText("vhost peer closed", round);
            }
            assertTrue(testpmd.isAlive());
            assertFalse(testpmd.output().contains("ERR"), testpmd::output);
        }
    }

    @Test
    void severalPairsOfQueues() throws Exception {
        try (Testpmd testpmd = testpmd(",queues=2", "--rxq=2", "--txq=2").awaitText(LISTENS, 1);
                VhostUserTransport transport = new VhostUserTransport(address(""))) {
            assertTrue(transport.queueSize(3) > 0);
            live(transport, Features.VERSION_1, 4, testpmd, 1);
            assertTrue(testpmd.isAlive());
        }
    }

    @Test
    void itConnectsToUs() throws Exception {
        try (Testpmd testpmd = testpmd(",client=1");
                VhostUserTransport transport = new VhostUserTransport(address("?server"))) {
            live(transport, Features.VERSION_1, 2, testpmd, 1);
        }
    }

    @Test
    void itComesBack() throws Exception {
        Testpmd testpmd = testpmd("").awaitText(LISTENS, 1);
        try (VhostUserTransport transport = new VhostUserTransport(address("?reconnect"))) {
            transport.setFeatures(Features.VERSION_1);
            try (PacketPool pool = PacketPool.create(1000, transport);
                    DmaMemory memory = DmaMemory.allocate(1, transport)) {
                transport.enableQueue(BareQueue.of(0, 256, memory));
                assertEquals(1000, pool.capacity());
                testpmd.close();
                while (transport.isConnected()) {
                    Thread.sleep(10);
                }
                testpmd = testpmd("");
                while (!transport.reconnect()) {
                    Thread.sleep(10);
                }
                transport.enableQueue(BareQueue.of(0, 256, memory));
                transport.enableQueue(BareQueue.of(1, 256, memory));
                transport.setStatus(Status.DRIVER_OK);
                testpmd.awaitText(READY, 1);
                transport.setStatus(0);
            }
        } finally {
            testpmd.close();
        }
    }
}
