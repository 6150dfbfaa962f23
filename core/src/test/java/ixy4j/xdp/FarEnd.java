package ixy4j.xdp;

import java.util.List;

/** Who is at the other end of a cable. */
interface FarEnd extends AutoCloseable {
    /** Sends a frame; false if it is too long for the interfaces, or they have no room for another. */
    boolean send(byte[] frame);

    /** All that has arrived since this was last asked. */
    List<byte[]> received();

    @Override
    void close();
}
