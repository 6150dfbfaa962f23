package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ixy4j.Device;
import ixy4j.DeviceContract;
import ixy4j.DeviceOptions;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * What every driver must do, done in a guest by our driver on cards there, whose wires a {@link Hand} outside has. This is a
 * program for the guest; its arguments are where that listens, the card, and the card that spreads frames, which may be
 * the same. If so, the card moves frames by itself: QEMU plays it.
 */
final class RemoteContract extends DeviceContract {
    private static Far far;
    private static List<String> cards;

    public static void main(String[] args) throws IOException {
        try (Socket socket = new Socket(args[0], Hand.PORT)) {
            socket.setTcpNoDelay(true);
            far = new Far(socket);
            cards = List.of(args[1], args[2]);
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(selectClass(RemoteContract.class))
                                    .build(),
                            listener);
            listener.getSummary().printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 8);
            System.out.println("passed " + listener.getSummary().getTestsSucceededCount() + ", failed "
                    + listener.getSummary().getTotalFailureCount());
            System.exit(listener.getSummary().getTotalFailureCount() == 0 ? 0 : 1);
        }
    }

    @Override
    protected Bench open(DeviceOptions options) {
        return bench(0, options);
    }

    @Override
    protected Bench openSpreading(DeviceOptions options) {
        assertEquals(SteppedCards.SPREAD, options.rxQueues());
        return bench(1, options);
    }

    @Override
    protected boolean isExact() {
        return !cards.get(0).equals(cards.get(1));
    }

    private Bench bench(int card, DeviceOptions options) {
        return isExact() ? new SteppedBench(card, options) : new QemuBench(options);
    }

    private static final class SteppedBench implements Bench {
        private final Device device;

        SteppedBench(int card, DeviceOptions options) {
            far.open(card);
            device = Device.open(cards.get(card), options);
            for (int i = 0; device.linkSpeed() == 0 && i < 1000; i++) {
                far.settle(); // a link takes time to come
            }
        }

        @Override
        public Device device() {
            return device;
        }

        @Override
        public void arrive(byte[] frame) {
            far.arrive(frame);
        }

        @Override
        public void settle() {
            device.linkSpeed(); // tails arrive before it is answered
            far.settle();
        }

        @Override
        public List<byte[]> sent() {
            return far.sent(0);
        }

        @Override
        public void close() {
            device.close();
        }
    }

    /** A card of QEMU's, which moves frames by itself, as soon as it can. */
    private static final class QemuBench implements Bench {
        private static final long QUIET = 200_000_000; // ns in which nothing comes: nothing is on its way
        private static final int LINK = 5000; // ms
        private static final int LONGEST = 1518;

        private static boolean isWireEmpty;

        private final Device device;
        private long arrived;

        QemuBench(DeviceOptions options) {
            if (!isWireEmpty) {
                discard();
            }
            far.open(0);
            device = Device.open(cards.getFirst(), options);
            awaitLink(device);
        }

        /** What an earlier test had sent to the card when that took nothing any more is still on the wire. */
        private static void discard() {
            try (Device device = Device.open(cards.getFirst());
                    PacketPool pool = PacketPool.create(2048, device)) {
                RxQueue queue = device.rxQueue(0, pool);
                PacketBatch batch = pool.batch(64);
                awaitLink(device);
                for (long last = System.nanoTime(); System.nanoTime() - last < QUIET; ) {
                    last = queue.receive(batch) > 0 ? System.nanoTime() : last;
                    batch.free();
                }
            }
        }

        private static void awaitLink(Device device) {
            if (device.awaitLink(LINK) == 0) {
                device.close();
                fail("no link");
            }
        }

        @Override
        public Device device() {
            return device;
        }

        @Override
        public void arrive(byte[] frame) {
            arrived += frame.length <= LONGEST ? 1 : 0; // longer ones are not counted
            far.arrive(frame);
        }

        /** Until all that was sent to it has been counted, or no more comes: for others, too long, or its ring is full. */
        @Override
        public void settle() {
            long came = -1;
            long last = System.nanoTime();
            while (came < arrived && System.nanoTime() - last < QUIET) {
                long now = device.stats().rxPackets();
                last = now > came ? System.nanoTime() : last;
                came = now;
                LockSupport.parkNanos(100_000);
            }
        }

        @Override
        public List<byte[]> sent() {
            return far.sent((int) device.stats().txPackets());
        }

        @Override
        public void close() {
            device.close();
            isWireEmpty = device.stats().rxPackets() == arrived;
        }
    }

    /** The far ends of the wires, and the cards' clock. */
    private static final class Far {
        private final DataInputStream in;
        private final DataOutputStream out;

        Far(Socket socket) throws IOException {
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        }

        void open(int card) {
            ask(() -> {
                out.writeByte(Hand.OPEN);
                out.writeByte(card);
            });
        }

        void arrive(byte[] frame) {
            ask(() -> {
                out.writeByte(Hand.ARRIVE);
                out.writeInt(frame.length);
                out.write(frame);
            });
        }

        void settle() {
            ask(() -> out.writeByte(Hand.SETTLE));
        }

        /** What was sent since this was last asked; so many frames since the card was opened, if it sends by itself. */
        List<byte[]> sent(int since) {
            ask(() -> {
                out.writeByte(Hand.SENT);
                out.writeInt(since);
            });
            try {
                List<byte[]> frames = new ArrayList<>();
                for (int count = in.readInt(); count > 0; count--) {
                    frames.add(in.readNBytes(in.readInt()));
                }
                return frames;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private interface Question {
            void write() throws IOException;
        }

        private void ask(Question question) {
            try {
                question.write();
                out.flush();
                assertEquals("", in.readUTF(), "what the card found wrong");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
