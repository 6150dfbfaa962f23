package ixy4j.bench.run;

import java.util.Map;
import java.util.TreeMap;

/** Forwards, and takes the time of the stages in one turn of {@link #SAMPLE}. */
final class ForwardLoop extends PacketLoop {
    private static final int SAMPLE = 64; // a power of two

    private final Direction there;
    private final Direction back; // null for one way only

    ForwardLoop(int cpu, Direction there, Direction back) {
        super(cpu);
        this.there = there;
        this.back = back;
    }

    @Override
    void loop() {
        final Direction there = this.there;
        final Direction back = this.back;
        boolean measured = false;
        for (int turn = 0; !isStopped(); turn++) {
            if ((turn & (SAMPLE - 1)) == 0) {
                if (isMeasuring() != measured) {
                    measured = !measured;
                    forget(measured);
                }
                there.forwardTimed();
                if (back != null) {
                    back.forwardTimed();
                }
            } else {
                there.forward();
                if (back != null) {
                    back.forward();
                }
            }
        }
    }

    private void forget(boolean begins) {
        if (begins) {
            there.forget();
            if (back != null) {
                back.forget();
            }
        }
    }

    /**
     * Nanoseconds a packet in each stage, and packets a turn, of the turns in which packets came; when it has ended.
     *
     * @param clock what it costs to read the clock, which is subtracted
     */
    Map<String, Double> stages(double clock) {
        double packets = there.packets() + (back == null ? 0 : back.packets());
        double turns = there.turns() + (back == null ? 0 : back.turns());
        Map<String, Double> stages = new TreeMap<>();
        if (packets > 0) {
            double overhead = clock * turns / packets;
            double receive = there.receiveNanos() + (back == null ? 0 : back.receiveNanos());
            double application = there.applicationNanos() + (back == null ? 0 : back.applicationNanos());
            double transmit = there.transmitNanos() + (back == null ? 0 : back.transmitNanos());
            stages.put("receive_ns", Math.max(0, receive / packets - overhead));
            stages.put("application_ns", Math.max(0, application / packets - overhead));
            stages.put("transmit_ns", Math.max(0, transmit / packets - overhead));
            stages.put("packets_a_turn", packets / turns);
        }
        return stages;
    }
}
