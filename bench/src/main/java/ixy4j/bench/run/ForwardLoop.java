package ixy4j.bench.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Forwards, and takes the time of the stages in one turn of {@link #SAMPLE}. */
final class ForwardLoop extends PacketLoop {
    private static final int SAMPLE = 64;

    private final Direction there;
    private final Direction back; // null for one way only
    private final Handover handover; // null if nobody answers

    ForwardLoop(int cpu, Direction there, Direction back, Handover handover) {
        super(cpu);
        this.there = there;
        this.back = back;
        this.handover = handover;
    }

    @Override
    void loop() {
        boolean measured = false;
        while (!isStopped()) {
            if (isMeasuring() != measured) {
                measured = !measured;
                forget(measured);
            }
            if (handover != null) {
                handover.send();
            }
            there.forwardTimed();
            if (back != null) {
                back.forwardTimed();
            }
            forwardUntimed();
        }
    }

    /** Apart from the turn with a clock, and from what changes in a run, so that the JIT compiles it alone and once. */
    private void forwardUntimed() {
        final Direction there = this.there;
        final Direction back = this.back;
        for (int turn = 1; turn < SAMPLE; turn++) {
            there.forward();
            if (back != null) {
                back.forward();
            }
        }
    }

    private void forget(boolean begins) {
        if (begins) {
            directions().forEach(Direction::forget);
        }
    }

    private List<Direction> directions() {
        return back == null ? List.of(there) : List.of(there, back);
    }

    /**
     * Nanoseconds a packet in each stage, and packets a turn, of the turns in which packets came; when it has ended.
     *
     * @param clock what it costs to read the clock, which is subtracted
     */
    Map<String, Double> stages(double clock) {
        double packets = sum(Direction::packets);
        double turns = sum(Direction::turns);
        Map<String, Double> stages = new TreeMap<>();
        if (packets > 0) {
            double overhead = clock * turns / packets;
            stages.put("receive_ns", Math.max(0, sum(Direction::receiveNanos) / packets - overhead));
            stages.put("application_ns", Math.max(0, sum(Direction::applicationNanos) / packets - overhead));
            stages.put("transmit_ns", Math.max(0, sum(Direction::transmitNanos) / packets - overhead));
            stages.put("packets_a_turn", packets / turns);
        }
        return stages;
    }

    private double sum(ToDoubleFunction<Direction> figure) {
        return directions().stream().mapToDouble(figure).sum();
    }
}
