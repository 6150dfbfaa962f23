package ixy4j.apps.rfc2544;

import java.util.Set;

/**
 * How much is measured, and how exactly.
 *
 * @param tests what is measured; latency needs throughput, which is measured for it too
 * @param seconds of a trial
 * @param cap the highest rate in Mpps, which no trial exceeds; {@link Trial#FLAT_OUT} for what the tester can send
 * @param wire what the wire carries, in Mpps by a size in bytes with FCS
 * @param resolution of rates, as a share of the highest
 * @param tolerance how much may be lost where nothing should be, in percent
 * @param tries how often a rate is tried before it counts as too high
 */
public record Plan(
        Set<Test> tests, double seconds, double cap, Wire wire, double resolution, double tolerance, int tries) {
    /** The tests, with their sections in the RFC. */
    public enum Test {
        /** 26.1. */
        THROUGHPUT("throughput"),
        /** 26.2. */
        LATENCY("latency"),
        /** 26.3. */
        LOSS("loss"),
        /** 26.4. */
        BACK_TO_BACK("back-to-back");

        private final String text;

        Test(String text) {
            this.text = text;
        }

        /** As it is typed and printed. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** What a wire carries. */
    public interface Wire {
        /** In Mpps, infinite if that is not known. */
        double of(int size);
    }
}
