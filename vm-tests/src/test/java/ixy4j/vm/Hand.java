package ixy4j.vm;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** The other ends of wires of a guest's cards, which {@link RemoteContract} in that guest works through a TCP connection. */
abstract class Hand implements AutoCloseable {
    /** Where it listens. */
    static final int PORT = 7778;

    // What is asked for, in a byte. Each is answered with a text, which is empty unless something is wrong.
    static final int OPEN = 1; // and the number of a card, 0 or 1: that is the one from now on, with an empty wire
    static final int ARRIVE = 2; // and a length and bytes
    static final int SETTLE = 3;
    static final int SENT =
            4; // and how many have to be there by now; behind the answer: a count, and so many lengths and bytes

    private ServerSocket listener;
    private volatile boolean closed;

    /** Listens at an address of ours. */
    final void listen(String address) {
        try {
            listener = new ServerSocket();
            listener.bind(new InetSocketAddress(address, PORT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("hand").start(this::serve);
    }

    final boolean isClosed() {
        return closed;
    }

    private void serve() {
        while (!closed) {
            try (Socket socket = listener.accept()) {
                socket.setTcpNoDelay(true);
                begin(); // from now on only a hand has the wires
                answer(
                        new DataInputStream(new BufferedInputStream(socket.getInputStream())),
                        new DataOutputStream(new BufferedOutputStream(socket.getOutputStream())));
            } catch (EOFException e) {
                // it has gone
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            } catch (InterruptedException e) {
                return; // nobody does that
            }
        }
    }

    private void answer(DataInputStream in, DataOutputStream out) throws IOException, InterruptedException {
        while (true) {
            int command = in.readByte();
            int number = command == OPEN ? in.readByte() : command == SETTLE ? 0 : in.readInt();
            switch (command) {
                case OPEN -> open(number);
                case ARRIVE -> arrive(in.readNBytes(number));
                case SETTLE -> settle();
                default -> awaitSent(number);
            }
            out.writeUTF(wrong());
            if (command == SENT) {
                List<byte[]> sent = sent();
                out.writeInt(sent.size());
                for (byte[] frame : sent) {
                    out.writeInt(frame.length);
                    out.write(frame);
                }
            }
            out.flush();
        }
    }

    /** Somebody works it now. */
    abstract void begin() throws InterruptedException;

    /** Goes to another card, and empties its wire. */
    abstract void open(int card) throws InterruptedException;

    /** A frame comes to the card. */
    abstract void arrive(byte[] frame) throws IOException;

    /** Lets the card do what it can do. */
    abstract void settle();

    /** Waits until so many frames have been sent since the card was opened, if they come by themselves. */
    abstract void awaitSent(int count) throws InterruptedException;

    /** What was sent since this was last asked. */
    abstract List<byte[]> sent();

    /** What was wrong since the card was opened; empty if nothing was. */
    abstract String wrong();

    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
