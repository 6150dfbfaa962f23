package ixy4j.bench.plan;

import ixy4j.bench.run.Order;
import ixy4j.bench.run.Setup;

/**
 * One of the things that an experiment compares.
 *
 * @param name unique in the experiment; a number where the experiment has an axis
 * @param what the kind of measurement; null for a benchmark of JMH, whose method has this name
 * @param setup what it runs on
 * @param load what share of the highest rate is offered, or, for waiting, how many Mpps in all; 0 for as much as goes, below for
 *     nothing
 * @param cached whether the JVM starts with a cache of loaded classes
 * @param figure which figure of the measurement is its value; empty for the one that the kind of measurement has as such
 */
public record Variant(String name, Order.What what, Setup setup, double load, boolean cached, String figure) {
    /** Measures the rate of this. */
    static Variant rate(Object name, Setup setup) {
        return new Variant(name.toString(), Order.What.RATE, setup, 0, false, "");
    }

    /** Measures times, at a share of the highest rate. */
    static Variant latency(String name, Setup setup, double load, String figure) {
        return new Variant(name, Order.What.LATENCY, setup, load, false, figure);
    }

    /** Measures what waiting costs, by a figure, at so many Mpps. */
    static Variant waiting(Setup setup, double mpps, String figure) {
        return new Variant(setup.waiting().text(), Order.What.WAITING, setup, mpps, false, figure);
    }

    /** A benchmark of a stage. */
    static Variant stage(String method) {
        return new Variant(method, null, Setup.DEFAULT, 0, false, "");
    }
}
