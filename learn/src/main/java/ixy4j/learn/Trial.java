package ixy4j.learn;

import ixy4j.course.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One run of a check, which may need several benches, each with new drivers. */
final class Trial implements AutoCloseable {
    private final Supplier<List<Driver>> drivers;
    private final Journal journal;
    private final List<Bench> benches = new ArrayList<>();

    /** A run of drivers that are made anew for each port: the learner's, and the reference's behind it if there is one. */
    Trial(Supplier<List<Driver>> drivers, Journal journal) {
        this.drivers = drivers;
        this.journal = journal;
    }

    /** A new bench with one card. */
    Bench bench() {
        return bench(1);
    }

    /** A new bench. */
    Bench bench(int ports) {
        Bench bench = new Bench(ports, drivers, journal);
        benches.add(bench);
        return bench;
    }

    @Override
    public void close() {
        benches.forEach(Bench::close);
    }
}
