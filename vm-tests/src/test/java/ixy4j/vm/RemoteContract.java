package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ixy4j.Device;
import ixy4j.DeviceContract;
import ixy4j.DeviceOptions;
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
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * What every driver must do, done in a guest by our driver on its cards 1 and 2, which {@link SteppedCards} plays outside.
 * This is a program for the guest; its argument is where that listens.
 */
final class RemoteContract extends DeviceContract {
    private static Hand hand;

    public static void main(String[] args) throws IOException {
        try (Socket socket = new Socket(args[0], SteppedCards.PORT)) {
            socket.setTcpNoDelay(true);
            hand = new Hand(socket);
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
        return new GuestBench(0, options);
    }

    @Override
    protected Bench openSpreading(DeviceOptions options) {
        assertEquals(SteppedCards.SPREAD, options.rxQueues());
        return new GuestBench(1, options);
    }

    private static final class GuestBench implements Bench {
        private final Device device;

        GuestBench(int card, DeviceOptions options) {
            hand.open(card);
            device = Device.open(Guest.card(card + 1), options);
            for (int i = 0; device.linkSpeed() == 0 && i < 1000; i++) {
                hand.settle(); // a link takes time to come
            }
        }

        @Override
        public Device device() {
            return device;
        }

        @Override
        public void arrive(byte[] frame) {
            hand.arrive(frame);
        }

        @Override
        public void settle() {
            device.linkSpeed(); // tails arrive before it is answered
            hand.settle();
        }

        @Override
        public List<byte[]> sent() {
            return hand.sent();
        }

        @Override
        public void close() {
            device.close();
        }
    }

    /** The far ends of the wires, and the cards' clock. */
    private static final class Hand {
        private final DataInputStream in;
        private final DataOutputStream out;

        Hand(Socket socket) throws IOException {
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        }

        void open(int card) {
            ask(() -> {
                out.writeByte(SteppedCards.OPEN);
                out.writeByte(card);
            });
        }

        void arrive(byte[] frame) {
            ask(() -> {
                out.writeByte(SteppedCards.ARRIVE);
                out.writeInt(frame.length);
                out.write(frame);
            });
        }

        void settle() {
            ask(() -> out.writeByte(SteppedCards.SETTLE));
        }

        List<byte[]> sent() {
            ask(() -> out.writeByte(SteppedCards.SENT));
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
