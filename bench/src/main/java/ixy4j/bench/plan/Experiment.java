package ixy4j.bench.plan;

import java.util.List;

/**
 * A question, and the variants that answer it. They differ in one thing.
 *
 * @param name what the command line takes
 * @param title a heading
 * @param question what it asks, in a sentence
 * @param axis what the names of the variants count, where they are numbers; empty if they are words
 * @param unit of the values
 * @param higherIsBetter whether more is better
 * @param baseline the name of the variant that the others are compared with
 * @param variants at least one
 */
public record Experiment(
        String name,
        String title,
        String question,
        String axis,
        String unit,
        boolean higherIsBetter,
        String baseline,
        List<Variant> variants) {
    /** A copy of the list. */
    public Experiment {
        variants = List.copyOf(variants);
        if (variants.stream().noneMatch(variant -> variant.name().equals(baseline))) {
            throw new IllegalArgumentException("experiment " + name + " has no variant '" + baseline + "'");
        }
    }

    /** Compares rates. */
    static Experiment ofRates(
            String name, String title, String question, String axis, String baseline, List<Variant> variants) {
        return new Experiment(name, title, question, axis, "Mpps", true, baseline, variants);
    }

    /** The same with some of its variants. */
    Experiment with(List<Variant> some) {
        return new Experiment(name, title, question, axis, unit, higherIsBetter, baseline, some);
    }

    /** Whether it is one of those that have a name for all of them, such as {@code waiting} for {@code waiting-idle}. */
    public boolean isOf(String group) {
        return name.startsWith(group + "-");
    }

    /** Whether it has a packet thread, and cards: those of JMH have one thread for all. */
    public boolean movesPackets() {
        return variants.stream().anyMatch(variant -> variant.what() != null);
    }
}
