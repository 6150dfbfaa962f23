package ixy4j.learn;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a learner's driver prints, up to a limit. Any thread may write and read. */
final class Printed extends OutputStream {
    private static final int LIMIT = 8 << 10; // bytes

    private final byte[] kept = new byte[LIMIT];
    private long count;

    @Override
    public synchronized void write(int value) {
        if (count < LIMIT) {
            kept[(int) count] = (byte) value;
        }
        count++;
    }

    @Override
    public synchronized void write(byte[] bytes, int start, int length) {
        int room = (int) Math.max(0, Math.min(length, LIMIT - count));
        System.arraycopy(bytes, start, kept, (int) Math.min(count, LIMIT), room);
        count += length;
    }

    /** What is kept, and how much is not. */
    @Override
    public synchronized String toString() {
        String text = new String(kept, 0, (int) Math.min(count, LIMIT), StandardCharsets.UTF_8);
        return count <= LIMIT ? text : text + "\n... and " + (count - LIMIT) + " bytes more\n";
    }
}
