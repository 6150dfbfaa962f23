package ixy4j.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import ixy4j.IdleStrategy;
import ixy4j.IxyException;
import ixy4j.bench.ring.RingKind;
import ixy4j.bench.ring.Rings;
import ixy4j.linux.Linux;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.spi.Bar;
import java.util.ArrayList;
import java.util.List;

/**
 * The process that measures one variant once. Its own process, since what the JIT has learned from one variant would
 * spoil the next. Prints the {@link Outcome} as JSON; an error is one line on standard error and exit code 1.
 */
public final class Worker {
    private static final int PR_SET_THP_DISABLE = 41; // prctl(2)

    // Let go of when all memory is taken, so that there is some to say so.
    private static final List<byte[]> RESERVE = new ArrayList<>(List.of(new byte[64 << 10]));

    private Worker() {}

    @SuppressWarnings("CatchAndPrintStackTrace") // whoever started this process reads it
    public static void main(String[] arguments) {
        int code = 1;
        try {
            Outcome outcome = run(Order.parse(List.of(arguments)));
            System.out.println(new ObjectMapper().writeValueAsString(outcome));
            if (System.out.checkError()) {
                System.err.println("the outcome cannot be written: is there no space left?");
            } else {
                code = 0;
            }
        } catch (IxyException | IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
        } catch (Throwable e) { // whatever it is, threads that still run are not to keep the process
            RESERVE.clear();
            OutOfMemoryError memory = outOfMemory(e);
            if (memory == null) {
                e.printStackTrace();
            } else {
                System.err.println("out of memory: " + memory.getMessage() + ", and a heap has "
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MiB: give the JVM more, as IXY_JAVA_OPTS='-Xmx128m' does");
            }
        } finally {
            System.exit(code);
        }
    }

    /** Linking a call site wraps it, for one; null if it is something else. */
    private static OutOfMemoryError outOfMemory(Throwable e) {
        Throwable cause = e;
        while (cause != null && !(cause instanceof OutOfMemoryError)) {
            cause = cause.getCause();
        }
        return (OutOfMemoryError) cause;
    }

    /** Measures in this process. */
    static Outcome run(Order order) throws Exception {
        Setup setup = order.setup();
        if (setup.pages() == Setup.Pages.SMALL) {
            // Before any memory is mapped: the kernel gives this process no huge pages then, though it asks for some.
            Linux.call("prctl", PR_SET_THP_DISABLE, 1, 0, 0, 0);
        }
        return measure(order);
    }

    private static Outcome measure(Order order) throws Exception {
        Setup setup = order.setup();
        Bed bed = bed(order);
        Outcome outcome;
        try (bed;
                PacketPool pool = pool(setup, bed);
                Rings rings = rings(setup, bed, pool)) {
            Direction there = direction(setup, bed, pool, rings, 0);
            Direction back = setup.bothWays() ? direction(setup, bed, pool, rings, 1) : null;
            checkPages(setup);
            outcome = switch (order.what()) {
                case RATE ->
                    new RateRun(order, bed).run(new ForwardLoop(order.packetCpu(), there, back, bed.handover()));
                case WARM_UP ->
                    new WarmUpRun(order, bed).run(new ForwardLoop(order.packetCpu(), there, back, bed.handover()));
                case WAITING -> waitRun(order, bed, there, back);
                case LATENCY ->
                    new LatencyRun(order, bed).run(new GapLoop(order.packetCpu(), there, back, bed.handover()));
            };
        }
        if (bed.complaint() != null) {
            throw new IllegalStateException(bed.complaint());
        }
        return outcome;
    }

    private static Outcome waitRun(Order order, Bed bed, Direction there, Direction back) throws InterruptedException {
        RxQueue[] queues = back == null ? new RxQueue[] {there.in()} : new RxQueue[] {there.in(), back.in()};
        try (IdleStrategy idle = order.setup().waiting().over(queues)) {
            return new WaitRun(order, bed).run(new WaitLoop(order.packetCpu(), there, back, idle));
        }
    }

    private static Bed bed(Order order) {
        return switch (order.setup().device()) {
            case GIVEN -> new GivenBed(order);
            default -> new PlayedBed(order);
        };
    }

    private static PacketPool pool(Setup setup, Bed bed) {
        boolean physical = bed.card(0).dmaSpace().needsPhysicalAddresses()
                || bed.card(1).dmaSpace().needsPhysicalAddresses();
        if (physical && setup.pages() == Setup.Pages.SMALL) {
            throw new IllegalArgumentException(
                    "these cards need physical addresses, and small pages do not keep theirs");
        }
        return PacketPool.create(setup.poolSize(), bed.card(0), bed.card(1));
    }

    /** Huge pages that were reserved are not the kernel's to withhold. */
    private static void checkPages(Setup setup) {
        if (setup.pages() == Setup.Pages.SMALL && JvmUse.hugePages() > 0) {
            throw new IllegalStateException("memory for these cards is in huge pages all the same");
        }
    }

    /** Rings in place of the driver's; null for those. */
    private static Rings rings(Setup setup, Bed bed, PacketPool pool) {
        return setup.rings() == RingKind.DRIVER
                ? null
                : new Rings(
                        setup.rings(),
                        new ixy4j.Device[] {bed.card(0), bed.card(1)},
                        new Bar[] {bed.bar(0), bed.bar(1)},
                        setup.ring(),
                        pool);
    }

    private static Direction direction(Setup setup, Bed bed, PacketPool pool, Rings rings, int from) {
        TxQueue out = rings == null ? bed.card(1 - from).txQueue(0, pool) : rings.txFor(from);
        RxQueue in = rings == null ? bed.card(from).rxQueue(0, pool) : rings.rx(from);
        return new Direction(in, out, pool.batch(setup.batch()), Application.of(setup.touch()));
    }
}
