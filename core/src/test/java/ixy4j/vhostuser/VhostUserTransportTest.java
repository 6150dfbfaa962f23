package ixy4j.vhostuser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.Machine;
import ixy4j.linux.Abi;
import ixy4j.linux.Linux;
import ixy4j.memory.RawMemory;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.Spaces;
import ixy4j.virtio.BareQueue;
import ixy4j.virtio.Features;
import ixy4j.virtio.Status;
import ixy4j.virtio.Virtqueue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class VhostUserTransportTest {
    private static final int NEED_REPLY = 9; // with version 1
    private static final long OURS = FakeBackEnd.PROTOCOL_FEATURES | Features.MQ; // which the driver does not see

    @TempDir
    private Path folder;

    private String path;
    private long openBefore;
    private FakeBackEnd backEnd;

    @BeforeEach
    void prepare() {
        openBefore = Machine.openSpecialFiles();
        path = folder.resolve("v.sock").toString();
        backEnd = new FakeBackEnd(path);
    }

    @AfterEach
    void nothingIsLeftOpen() throws Exception {
        backEnd.close();
        assertEquals(openBefore, Machine.openSpecialFiles(), "sockets, eventfds and memfds left open");
    }

    private VhostUserTransport open(String options) {
        return new VhostUserTransport(SocketAddresses.of("vhost-user:" + path + options), 5000, 2000);
    }

    /** A back end of the oldest kind. */
    private void makeSimple() {
        backEnd.features = Features.VERSION_1;
    }

    private static long count(int eventfd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(ValueLayout.JAVA_LONG);
            long result = Linux.attempt("read", eventfd, number.address(), 8);
            return result < 0 ? 0 : number.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    private static String message(Runnable action) {
        return assertThrows(IxyException.class, action::run).getMessage();
    }

    private static void awaitEnd(VhostUserTransport transport) throws InterruptedException {
        while (transport.isConnected()) {
            Thread.sleep(1);
        }
    }

    @Test
    void theGreetingIsInOrder() {
        backEnd.listen();
        try (VhostUserTransport transport = open("")) {
            assertEquals(
                    List.of(
                            "GET_FEATURES()",
                            "GET_PROTOCOL_FEATURES()",
                            "SET_PROTOCOL_FEATURES(10009)",
                            "SET_OWNER()",
                            "GET_QUEUE_NUM()"),
                    backEnd.take());
            assertEquals("vhost-user:" + path, transport.address());
            assertTrue(transport.isConnected());
            assertFalse(transport.isLegacy());
            assertFalse(transport.needsPhysicalAddresses());
            assertTrue(transport.needsFile());
            assertFalse(transport.hasFixedQueueSizes());
            assertEquals(4096, transport.queueSize(3));
            assertEquals(0, transport.queueSize(4));
        }
    }

    @Test
    void eachRequestAfterTheAgreementIsAcknowledged() {
        backEnd.protocol = -1; // what we do not use is not taken
        backEnd.listen();
        try (VhostUserTransport transport = open("")) {
            transport.setFeatures(Features.VERSION_1);
            for (FakeBackEnd.Message message : backEnd.log()) {
                boolean answers = message.request().name().startsWith("GET_");
                boolean before = message.request() == Request.SET_PROTOCOL_FEATURES;
                assertEquals(answers || before ? 1 : NEED_REPLY, message.flags(), message.toString());
            }
            assertEquals(0x10009, backEnd.last(Request.SET_PROTOCOL_FEATURES).word(0));
        }
    }

    @Test
    void aBackEndOfTheOldestKindWillDo() {
        makeSimple();
        backEnd.listen();
        try (VhostUserTransport transport = open("");
                DmaMemory memory = DmaMemory.allocate(1, transport)) {
            assertEquals(0, transport.queueSize(2));
            transport.setStatus(Status.ACKNOWLEDGE);
            transport.setFeatures(Features.VERSION_1);
            assertEquals(Status.ACKNOWLEDGE, transport.status(), "kept here");
            transport.enableQueue(BareQueue.of(0, 256, memory));
            transport.setStatus(0);
            assertEquals(0, transport.status());
            List<String> names = backEnd.log().stream()
                    .map(message -> message.request().name())
                    .toList();
            assertEquals(
                    "GET_FEATURES SET_OWNER SET_MEM_TABLE GET_FEATURES SET_FEATURES SET_VRING_CALL SET_VRING_NUM"
                            + " SET_VRING_BASE SET_VRING_ADDR SET_VRING_KICK GET_VRING_BASE",
                    String.join(" ", names));
        }
    }

    @Test
    void oldDevicesAreLegacy() {
        backEnd.features = 0;
        backEnd.listen();
        try (VhostUserTransport transport = open("")) {
            assertTrue(transport.isLegacy());
        }
    }

    @Test
    void featuresThatNeedMoreThanThereIsAreNotOffered() {
        backEnd.features = -1;
        backEnd.listen();
        try (VhostUserTransport transport = open("")) {
            long wanted = Features.VERSION_1 | Features.RING_PACKED | Features.MRG_RXBUF;
            long offered = transport.features();
            assertEquals(wanted | Features.IN_ORDER | Features.ANY_LAYOUT, offered);
            transport.setFeatures(wanted);
            assertEquals(wanted | OURS, backEnd.last(Request.SET_FEATURES).word(0));
            Exception e = assertThrows(
                    IllegalArgumentException.class, () -> transport.setFeatures(wanted | Features.CTRL_VQ));
            assertTrue(e.getMessage().endsWith("of which 0x20000 are none"), e.getMessage());
            assertEquals(0, transport.config(0, 2));
        }
    }

    @Test
    void onePairOfQueuesNeedsNoMq() {
        backEnd.pairs = 1;
        backEnd.listen();
        try (VhostUserTransport transport = open("")) {
            transport.setFeatures(Features.VERSION_1);
            assertEquals(
                    Features.VERSION_1 | FakeBackEnd.PROTOCOL_FEATURES,
                    backEnd.last(Request.SET_FEATURES).word(0));
        }
    }

    @Test
    void morePairsThanMessagesCanNameAreLeftOut() {
        backEnd.pairs = 500;
        backEnd.listen();
        try (VhostUserTransport transport = open("")) {
            assertEquals(4096, transport.queueSize(255));
            assertEquals(0, transport.queueSize(256));
        }
    }

    @Test
    void theBackEndGetsTheMemoryItself() {
        backEnd.listen();
        try (VhostUserTransport transport = open("");
                DmaMemory first = DmaMemory.allocate(2L * DmaMemory.PAGE, transport)) {
            long at = first.address() + DmaMemory.PAGE + 8;
            RawMemory.setLong(at, 4711);
            FakeBackEnd.Message one = backEnd.last(Request.SET_MEM_TABLE);
            assertEquals(List.of(1L, first.iova(first.address()), first.size(), first.address(), 0L), one.payload());
            assertEquals(4711, Linux.read(one.files().getFirst(), DmaMemory.PAGE + 8L, 8));
            long theirs = Linux.call(
                    "mmap",
                    0,
                    first.size(),
                    Abi.PROT_READ_WRITE,
                    Abi.MAP_SHARED,
                    one.files().getFirst(),
                    0);
            RawMemory.setLong(theirs + DmaMemory.PAGE + 8, 42);
            Linux.call("munmap", theirs, first.size());
            assertEquals(42, RawMemory.getLong(at));

            DmaMemory second = DmaMemory.allocate(1, transport);
            FakeBackEnd.Message two = backEnd.last(Request.SET_MEM_TABLE);
            assertEquals(2, two.word(0));
            assertEquals(2, two.files().size());
            assertEquals(second.address(), two.word(7));
            second.close();
            assertEquals(one.payload(), backEnd.last(Request.SET_MEM_TABLE).payload());
            backEnd.take();
        }
        assertEquals(List.of(), backEnd.take(), "an empty table is not sent, as some refuse it");
    }

    @Test
    void memoryThatDoesNotFitIsRefusedAndForgotten() {
        backEnd.listen();
        List<DmaMemory> memories = new ArrayList<>();
        try (VhostUserTransport transport = open("")) {
            for (int i = 0; i < 8; i++) {
                memories.add(DmaMemory.allocate(1, transport));
            }
            String message = message(() -> DmaMemory.allocate(1, transport));
            assertTrue(message.contains("takes 8 ranges of memory, but there are 9"), message);
            memories.removeLast().close();
            memories.add(DmaMemory.allocate(1, transport));
            memories.forEach(DmaMemory::close);
        }
    }

    @Test
    void aSplitRingIsStartedInOrder() {
        backEnd.listen();
        try (VhostUserTransport transport = open("");
                DmaMemory memory = DmaMemory.allocate(1, transport)) {
            transport.setFeatures(Features.VERSION_1);
            backEnd.take();
            Virtqueue queue = BareQueue.of(1, 256, memory);
            transport.enableQueue(queue);
            assertEquals(
                    List.of(
                            "SET_VRING_CALL(1)",
                            "SET_VRING_NUM(10000000001)",
                            "SET_VRING_BASE(1)",
                            String.format(
                                    Locale.ROOT,
                                    "SET_VRING_ADDR(1 %x %x %x 0)",
                                    queue.descriptors(),
                                    queue.deviceArea(),
                                    queue.driverArea()),
                            "SET_VRING_KICK(1)",
                            "SET_VRING_ENABLE(100000001)"),
                    backEnd.log().stream().map(Object::toString).toList());
            int kick = backEnd.last(Request.SET_VRING_KICK).files().getFirst();
            assertEquals(1, count(kick), "a ring is started by its first kick");
            transport.notify(1);
            transport.notify(1);
            assertEquals(2, count(kick));
            assertEquals(1, backEnd.last(Request.SET_VRING_CALL).files().size());
        }
    }

    @Test
    void aPackedRingStartsWithBothWrapCountersAtOne() {
        backEnd.listen();
        try (VhostUserTransport transport = open("");
                DmaMemory memory = DmaMemory.allocate(1, transport)) {
            transport.setFeatures(Features.VERSION_1 | Features.RING_PACKED);
            transport.enableQueue(BareQueue.of(2, 64, memory));
            assertEquals(
                    0x8000_8000_0000_0002L, backEnd.last(Request.SET_VRING_BASE).word(0));
        }
    }

    @Test
    void aResetStopsWhatRunsAndLetsItStartAgain() {
        backEnd.listen();
        try (VhostUserTransport transport = open("");
                DmaMemory memory = DmaMemory.allocate(1, transport)) {
            transport.setFeatures(Features.VERSION_1);
            Virtqueue rx = BareQueue.of(0, 64, memory);
            Virtqueue tx = BareQueue.of(3, 64, memory);
            transport.enableQueue(rx);
            transport.enableQueue(tx);
            transport.setStatus(Status.DRIVER_OK);
            assertEquals(Status.DRIVER_OK, transport.status(), "asked of the back end");
            backEnd.take();
            transport.setStatus(0);
            assertEquals(
                    List.of(
                            "SET_VRING_ENABLE(0)",
                            "GET_VRING_BASE(0)",
                            "SET_VRING_ENABLE(3)",
                            "GET_VRING_BASE(3)",
                            "SET_STATUS(0)"),
                    backEnd.take());
            transport.setStatus(0);
            assertEquals(List.of("SET_STATUS(0)"), backEnd.take());
            transport.enableQueue(tx);
            assertEquals(6, backEnd.take().size());
            assertThrows(IllegalStateException.class, () -> transport.enableQueue(tx));
        }
    }

    @Test
    void queuesThatCannotBeAreRefused() {
        backEnd.listen();
        try (VhostUserTransport transport = open("");
                DmaMemory memory = DmaMemory.allocate(1, transport);
                DmaMemory foreign = DmaMemory.allocate(1, Spaces.VIRTUAL)) {
            assertThrows(IllegalArgumentException.class, () -> transport.enableQueue(BareQueue.of(4, 64, memory)));
            assertThrows(IllegalArgumentException.class, () -> transport.enableQueue(BareQueue.of(0, 64, foreign)));
            assertTrue(transport.isConnected());
        }
    }

    @Test
    void theEndIsToldOnce() throws InterruptedException {
        backEnd.listen();
        try (VhostUserTransport transport = open("");
                DmaMemory memory = DmaMemory.allocate(1, transport)) {
            CountDownLatch told = new CountDownLatch(2);
            transport.onDisconnect(told::countDown);
            transport.enableQueue(BareQueue.of(0, 64, memory));
            backEnd.hangUp();
            awaitEnd(transport);
            assertFalse(told.await(50, TimeUnit.MILLISECONDS));
            assertEquals(1, told.getCount());
            transport.notify(0); // nobody hears it, and it is no error

            String closed = "the back end at " + path + " closed the connection: start it again, and this too; or use"
                    + " --reconnect";
            assertEquals(closed, message(() -> transport.setFeatures(0)));
            assertEquals(closed, message(() -> transport.setStatus(1)));
            assertEquals(closed, message(() -> transport.enableQueue(BareQueue.of(1, 64, memory))));
            assertEquals(closed, message(transport::reconnect));
            transport.setStatus(0); // it uses no queue any more
            assertEquals(0, transport.status());
            assertEquals("vhost-user:" + path + ", not connected", transport.toString());
            transport.onDisconnect(told::countDown);
            assertEquals(0, told.getCount(), "told to anyone who asks later");
        }
    }

    @Test
    void ourOwnEndIsNotTold() {
        backEnd.listen();
        VhostUserTransport transport = open("");
        transport.onDisconnect(() -> {
            throw new AssertionError("told");
        });
        transport.close();
        assertFalse(transport.isConnected());
        transport.close();
    }

    @Test
    void whoIsToldMayClose() throws InterruptedException {
        backEnd.listen();
        VhostUserTransport transport = open("");
        CountDownLatch closed = new CountDownLatch(1);
        transport.onDisconnect(() -> {
            transport.close();
            closed.countDown();
        });
        backEnd.hangUp();
        assertTrue(closed.await(5, TimeUnit.SECONDS));
    }

    @Test
    void memoryMayComeAndGoWhileThereIsNoBackEnd() throws InterruptedException {
        backEnd.listen();
        try (VhostUserTransport transport = open("?reconnect")) {
            DmaMemory first = DmaMemory.allocate(1, transport);
            backEnd.hangUp();
            awaitEnd(transport);
            first.close();
            DmaMemory second = DmaMemory.allocate(1, transport);
            backEnd.take();
            awaitReconnect(transport);
            assertEquals(second.address(), backEnd.last(Request.SET_MEM_TABLE).word(3));
            assertEquals(1, backEnd.last(Request.SET_MEM_TABLE).word(0));
            second.close();
        }
    }

    private static void awaitReconnect(VhostUserTransport transport) throws InterruptedException {
        while (!transport.reconnect()) {
            Thread.sleep(5);
        }
    }

    @Test
    void aBackEndThatComesBackIsToldAll() throws Exception {
        backEnd.listen();
        try (VhostUserTransport transport = open("?reconnect");
                DmaMemory memory = DmaMemory.allocate(1, transport)) {
            long offered = transport.features();
            transport.setFeatures(Features.VERSION_1 | Features.RING_PACKED);
            Virtqueue queue = BareQueue.of(0, 64, memory);
            transport.enableQueue(queue);
            transport.setStatus(Status.DRIVER_OK);
            backEnd.close();
            awaitEnd(transport);
            for (int i = 0; i < 20; i++) {
                assertFalse(transport.reconnect());
            }
            backEnd = new FakeBackEnd(path);
            backEnd.features = -1;
            backEnd.listen();
            awaitReconnect(transport);
            assertTrue(transport.reconnect(), "again, which changes nothing");
            assertEquals(offered, transport.features(), "though now there are more");
            assertEquals(
                    List.of(
                            "GET_FEATURES()",
                            "GET_PROTOCOL_FEATURES()",
                            "SET_PROTOCOL_FEATURES(10009)",
                            "SET_OWNER()",
                            "GET_QUEUE_NUM()",
                            String.format(
                                    Locale.ROOT, "SET_FEATURES(%x)", Features.VERSION_1 | Features.RING_PACKED | OURS),
                            String.format(
                                    Locale.ROOT,
                                    "SET_MEM_TABLE(1 %x %x %x 0)",
                                    memory.pageIovas()[0],
                                    memory.size(),
                                    memory.address())),
                    backEnd.take());
            assertEquals(0, transport.status());
            transport.enableQueue(queue);
            int kick = backEnd.last(Request.SET_VRING_KICK).files().getFirst();
            assertEquals(2, count(kick), "the same bell, rung again");
            CountDownLatch told = new CountDownLatch(1);
            transport.onDisconnect(told::countDown);
            backEnd.hangUp();
            assertTrue(told.await(5, TimeUnit.SECONDS), "the end of the second is told as well");
        }
    }

    @Test
    void attemptsToReconnectAreRare() throws Exception {
        backEnd.listen();
        try (VhostUserTransport transport = open("?reconnect")) {
            backEnd.hangUp();
            awaitEnd(transport);
            awaitReconnect(transport);
            backEnd.hangUp();
            awaitEnd(transport);
            long start = System.nanoTime();
            int attempts = 0;
            while (!transport.reconnect()) {
                attempts++;
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(attempts > 0 && millis >= 50, attempts + " attempts in " + millis + " ms");
        }
    }

    @Test
    void aBackEndThatComesBackWithLessIsRefused() throws Exception {
        backEnd.listen();
        try (VhostUserTransport transport = open("?reconnect");
                DmaMemory memory = DmaMemory.allocate(1, transport)) {
            transport.setFeatures(Features.VERSION_1 | Features.RING_PACKED);
            transport.enableQueue(BareQueue.of(3, 64, memory));
            backEnd.features &= ~Features.RING_PACKED;
            backEnd.hangUp();
            awaitEnd(transport);
            String message = message(transport::reconnect);
            assertTrue(message.contains("came back without the features 0x400000000 that are in use"), message);
            backEnd.features |= Features.RING_PACKED;
            backEnd.pairs = 1;
            Thread.sleep(120);
            message = message(transport::reconnect);
            assertTrue(message.contains("came back with 2 virtqueues, but number 3 is in use"), message);
            assertFalse(transport.isConnected());
        }
    }

    @Test
    void aBackEndThatGoesWhileItComesBackIsNone() throws Exception {
        backEnd.listen();
        try (VhostUserTransport transport = open("?reconnect")) {
            backEnd.on(Request.SET_OWNER, FakeBackEnd.HANG_UP);
            backEnd.hangUp();
            awaitEnd(transport);
            Thread.sleep(120);
            assertFalse(transport.reconnect());
            backEnd.on(Request.SET_OWNER, FakeBackEnd.answer(Request.SET_OWNER, 0));
            awaitReconnect(transport);
        }
    }

    @Test
    void queuesAreEnabledBySeveralThreads() throws Exception {
        backEnd.pairs = 4;
        backEnd.listen();
        try (VhostUserTransport transport = open("?reconnect");
                DmaMemory memory = DmaMemory.allocate(1, transport)) {
            for (int round = 0; round < 5; round++) {
                backEnd.hangUp();
                awaitEnd(transport);
                CountDownLatch done = new CountDownLatch(8);
                for (int i = 0; i < 8; i++) {
                    Virtqueue queue = BareQueue.of(i, 64, memory);
                    Thread.ofVirtual().start(() -> {
                        while (!transport.reconnect()) {
                            LockSupport.parkNanos(1_000_000);
                        }
                        transport.enableQueue(queue);
                        transport.notify(queue.index());
                        done.countDown();
                    });
                }
                assertTrue(done.await(10, TimeUnit.SECONDS));
            }
        }
    }
}
