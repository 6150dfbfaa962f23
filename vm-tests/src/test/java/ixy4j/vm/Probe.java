package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;

/** A UDP socket of this machine that asks {@link Echo} in the guest, through a TAP. */
final class Probe implements AutoCloseable {
    static final int PORT = 7777;

    /** Where the payload of a UDP datagram begins in a frame. */
    static final int PAYLOAD = 42;

    // What a datagram's first byte asks for.
    static final int ECHO = 0;
    static final int PROMISCUOUS = 1;
    static final int NOT_PROMISCUOUS = 2;
    static final int FROM_ALL_QUEUES = 3;
    static final int STOP = 4;

    /** Datagrams from each queue, where all are asked for. */
    static final int EACH = 25;

    private final DatagramSocket socket;
    private final Random random = new Random(2);

    Probe(String ownAddress) {
        try {
            socket = new DatagramSocket(0, InetAddress.ofLiteral(ownAddress));
            socket.setSoTimeout(20_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a datagram of so many random bytes, and returns them. */
    byte[] send(String address, int what, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        bytes[0] = (byte) what;
        try {
            socket.send(new DatagramPacket(bytes, length, InetAddress.ofLiteral(address), PORT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /** Waits for a datagram that came with these bytes, but for the second: that, the number of a queue, is returned. */
    int receive(String address, byte[] sent) {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            fail("no answer to " + sent.length + " bytes to " + address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        int queue = bytes[1];
        bytes[1] = sent[1];
        assertEquals(address, packet.getAddress().getHostAddress());
        assertEquals(-1, Arrays.mismatch(sent, bytes), "the first byte that is another in the answer from " + address);
        return queue;
    }

    int ask(String address, int what) {
        return receive(address, send(address, what, 100));
    }

    @Override
    public void close() {
        socket.close();
    }
}
