package ixy4j.vm;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;

/** Runs in the guest, on both ends of a TCP connection: {@code serve ADDRESS} or {@code connect ADDRESS}. */
final class Transfer {
    private static final int PORT = 7778;
    static final int BYTES = 1 << 20; // each way
    private static final int TIMEOUT = 100_000; // ms; the other end is a JVM that has to start

    private Transfer() {}

    public static void main(String[] args) throws IOException {
        boolean serves = args[0].equals("serve");
        try (Socket socket = serves ? accept(args[1]) : connect(args[1])) {
            socket.setSoTimeout(TIMEOUT);
            byte[] ours = bytes(serves ? 1 : 2);
            byte[] theirs = new byte[BYTES];
            // both ways at once
            Thread sender = Thread.ofPlatform().daemon().start(() -> send(socket, ours));
            new DataInputStream(socket.getInputStream()).readFully(theirs);
            sender.join(TIMEOUT);
            boolean same = Arrays.equals(theirs, bytes(serves ? 2 : 1));
            System.out.println(same ? "all there" : "other bytes");
            System.exit(same && !sender.isAlive() ? 0 : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[BYTES];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Socket accept(String address) throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(address, PORT));
            server.setSoTimeout(TIMEOUT);
            System.out.println("listening");
            return server.accept();
        }
    }

    private static Socket connect(String address) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(address, PORT), TIMEOUT);
        return socket;
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            System.out.println("cannot send: " + e);
            System.exit(1);
        }
    }
}
