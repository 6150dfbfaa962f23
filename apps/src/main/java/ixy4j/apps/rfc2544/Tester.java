package ixy4j.apps.rfc2544;

/** Sends streams through the device, one after the other. */
public interface Tester {
    /** The measurement was told to end. */
    final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Sends a stream, and waits until nothing of it comes back any more.
     *
     * @param size of a frame in bytes, with FCS
     * @param mpps the rate, or {@link Trial#FLAT_OUT}
     * @param frames how many at most
     * @param seconds how long at most
     * @throws Ended if the measurement is to end
     */
    Trial run(int size, double mpps, long frames, double seconds);
}
