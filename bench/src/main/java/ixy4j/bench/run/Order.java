package ixy4j.bench.run;

import ixy4j.bench.ring.RingKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one process, {@link Worker}, is to measure. It travels as arguments of the form name=value: to load a JSON library
 * would take longer than all else at the start, which is measured as well.
 *
 * @param what the kind of measurement
 * @param setup on what; its options of the JVM do not travel, since the JVM has them
 * @param cards two addresses, where the setup wants given ones
 * @param mpps frames a microsecond offered on each wire that has traffic; 0: flat out; below: none
 * @param warmSeconds how long it runs before it is measured
 * @param seconds how long it is measured
 * @param stepMillis how long a reading takes
 * @param packetCpu the processor of the packet thread, -1 for any
 * @param cardCpu that of the cards
 * @param spawnedAt when the process was started, by the clock of {@link System#nanoTime}, which all processes share
 * @param vmLog a file in which the JVM writes of its pauses and compilations; empty for none
 */
public record Order(
        What what,
        Setup setup,
        List<String> cards,
        double mpps,
        double warmSeconds,
        double seconds,
        int stepMillis,
        int packetCpu,
        int cardCpu,
        long spawnedAt,
        String vmLog) {
    /** Kinds of measurements. */
    public enum What {
        /** The rate, and what each stage costs. */
        RATE,
        /** How long frames stay, and the gaps between polls, beside those of a loop that does nothing. */
        LATENCY,
        /** The rate in small steps from the start of the process on. */
        WARM_UP,
        /** What a thread costs that waits, and what its waiting costs. */
        WAITING
    }

    /** A copy of the list. */
    public Order {
        cards = List.copyOf(cards);
    }

    /** The same, started at this time. */
    public Order startedAt(long nanos) {
        return new Order(what, setup, cards, mpps, warmSeconds, seconds, stepMillis, packetCpu, cardCpu, nanos, vmLog);
    }

    /** The same with a log of the JVM. */
    public Order loggingTo(String file) {
        return new Order(
                what, setup, cards, mpps, warmSeconds, seconds, stepMillis, packetCpu, cardCpu, spawnedAt, file);
    }

    /** The same, measured for so long. */
    public Order lasting(double length) {
        return new Order(
                what, setup, cards, mpps, warmSeconds, length, stepMillis, packetCpu, cardCpu, spawnedAt, vmLog);
    }

    /** As arguments of {@link Worker}. */
    public List<String> arguments() {
        Map<String, Object> all = new TreeMap<>();
        all.put("what", what);
        all.put("device", setup.device());
        all.put("rings", setup.rings());
        all.put("batch", setup.batch());
        all.put("ring", setup.ring());
        all.put("size", setup.size());
        all.put("bothWays", setup.bothWays());
        all.put("touch", setup.touch());
        all.put("buffers", setup.buffers());
        all.put("pages", setup.pages());
        all.put("waiting", setup.waiting());
        all.put("cards", String.join(" ", cards));
        all.put("mpps", mpps);
        all.put("warmSeconds", warmSeconds);
        all.put("seconds", seconds);
        all.put("stepMillis", stepMillis);
        all.put("packetCpu", packetCpu);
        all.put("cardCpu", cardCpu);
        all.put("spawnedAt", spawnedAt);
        all.put("vmLog", vmLog);
        List<String> arguments = new ArrayList<>();
        all.forEach((name, value) -> arguments.add(name + "=" + value));
        return arguments;
    }

    /** The order that {@link #arguments()} made these of, without the options of the JVM. */
    public static Order parse(List<String> arguments) {
        Map<String, String> all = new TreeMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            all.put(argument.substring(0, Math.max(0, equals)), argument.substring(equals + 1));
        }
        if (all.size() != 20) {
            throw new IllegalArgumentException(
                    "the worker is started by ./ixy bench, with 20 different arguments, not " + all.size());
        }
        Setup setup = new Setup(
                Setup.Cards.valueOf(all.get("device")),
                RingKind.valueOf(all.get("rings")),
                Integer.parseInt(all.get("batch")),
                Integer.parseInt(all.get("ring")),
                Integer.parseInt(all.get("size")),
                Boolean.parseBoolean(all.get("bothWays")),
                Setup.Touch.valueOf(all.get("touch")),
                Integer.parseInt(all.get("buffers")),
                Setup.Pages.valueOf(all.get("pages")),
                List.of(),
                Waiting.valueOf(all.get("waiting")));
        String cards = all.get("cards");
        return new Order(
                What.valueOf(all.get("what")),
                setup,
                cards.isEmpty() ? Collections.emptyList() : List.of(cards.split(" ")),
                Double.parseDouble(all.get("mpps")),
                Double.parseDouble(all.get("warmSeconds")),
                Double.parseDouble(all.get("seconds")),
                Integer.parseInt(all.get("stepMillis")),
                Integer.parseInt(all.get("packetCpu")),
                Integer.parseInt(all.get("cardCpu")),
                Long.parseLong(all.get("spawnedAt")),
                all.get("vmLog"));
    }
}
