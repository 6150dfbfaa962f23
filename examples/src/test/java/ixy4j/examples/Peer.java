package ixy4j.examples;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;

/** A program that talks by the kernel of the namespace it runs in. It ends with 0 where it heard what it should. */
final class Peer {
    private static final int TIMEOUT = 10_000; // ms
    private static final int MEGABYTE = 1 << 20;

    private Peer() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        boolean heard = switch (args[0]) {
            case "ping" -> InetAddress.getByName(args[1]).isReachable(TIMEOUT); // by ICMP, for root
            case "udp" -> udp(args[1]);
            case "hear" -> hear();
            case "serve" -> serve(Integer.parseInt(args[1]));
            case "tcp" -> tcp(args[1], Integer.parseInt(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        };
        System.exit(heard ? 0 : 1);
    }

    /** Sends datagrams to port 7 and hears them again; none is empty, which a DatagramSocket would not hear. */
    private static boolean udp(String host) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(TIMEOUT);
            socket.connect(InetAddress.getByName(host), 7);
            for (int length = 1; length <= 1472; length += 147) {
                byte[] data = random(length);
                socket.send(new DatagramPacket(data, length));
                DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
                socket.receive(answer);
                if (!Arrays.equals(data, Arrays.copyOf(answer.getData(), answer.getLength()))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Hears a datagram at port 7. */
    private static boolean hear() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(7)) {
            System.out.println("listening");
            socket.setSoTimeout(3 * TIMEOUT);
            socket.receive(new DatagramPacket(new byte[2000], 2000));
            return true;
        }
    }

    private static byte[] random(int length) {
        byte[] data = new byte[length];
        new Random(length).nextBytes(data);
        return data;
    }

    /** Sends back what comes by one connection, and says by whom. */
    private static boolean serve(int port) throws IOException {
        try (ServerSocket server = new ServerSocket(port)) {
            System.out.println("listening");
            server.setSoTimeout(3 * TIMEOUT);
            try (Socket socket = server.accept()) {
                System.out.println("from " + socket.getInetAddress().getHostAddress());
                return socket.getInputStream().transferTo(socket.getOutputStream()) == MEGABYTE;
            }
        }
    }

    /** Sends a megabyte and hears it again. */
    private static boolean tcp(String host, int port) throws IOException, InterruptedException {
        byte[] data = random(MEGABYTE);
        byte[] answer = new byte[MEGABYTE];
        try (Socket socket = new Socket(host, port)) {
            socket.setSoTimeout(TIMEOUT);
            Thread writer = Thread.ofVirtual().start(() -> write(socket, data));
            new DataInputStream(socket.getInputStream()).readFully(answer);
            writer.join();
        }
        return Arrays.equals(data, answer);
    }

    private static void write(Socket socket, byte[] data) {
        try {
            socket.getOutputStream().write(data);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
