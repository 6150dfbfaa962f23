package ixy4j.vm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The wire of a card that QEMU plays: it moves frames by itself, as they come. */
final class QemuCard extends Hand {
    private static final int QUIET = 20; // ms without a frame: there is none on its way
    private static final int MOST = 5000; // ms in which a frame comes that was sent

    private final Wire wire;
    private final List<byte[]> sent = new ArrayList<>(); // guards itself, and the count
    private int count; // since the card was opened
    private String missing = "";

    /** Makes the wire; a hand is expected at this address of ours. */
    QemuCard(Path folder, String address) {
        wire = new Wire(folder.resolve("wire.sock"));
        wire.receiver(this::came);
        listen(address);
    }

    /** As {@code --nic} of the lab has it, behind the kind of the card. */
    String end() {
        return ",wire=stream:" + wire.path;
    }

    @Override
    void begin() {
        wire.accept(); // QEMU has made the connection before the guest booted
    }

    @Override
    void open(int card) throws InterruptedException {
        synchronized (sent) {
            int before;
            do {
                before = count;
                sent.wait(QUIET);
            } while (count != before);
            sent.clear();
            count = 0;
            missing = "";
        }
    }

    private void came(byte[] frame, int length) {
        synchronized (sent) {
            sent.add(Arrays.copyOf(frame, length));
            count++;
            sent.notifyAll();
        }
    }

    @Override
    void arrive(byte[] frame) throws IOException {
        wire.send(frame, frame.length);
        wire.flush();
    }

    @Override
    void settle() {
        // the guest waits until its card has counted what came
    }

    @Override
    void awaitSent(int wanted) throws InterruptedException {
        long deadline = System.nanoTime() + MOST * 1_000_000L;
        synchronized (sent) {
            while (count < wanted && System.nanoTime() - deadline < 0) {
                sent.wait(QUIET);
            }
            if (count < wanted) {
                missing = wanted + " frames were sent, and " + count + " came";
            }
        }
    }

    @Override
    List<byte[]> sent() {
        synchronized (sent) {
            List<byte[]> all = List.copyOf(sent);
            sent.clear();
            return all;
        }
    }

    @Override
    String wrong() {
        return missing + wire.broken();
    }

    @Override
    public void close() {
        super.close();
        wire.close();
    }
}
