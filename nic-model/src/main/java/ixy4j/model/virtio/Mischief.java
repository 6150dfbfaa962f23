package ixy4j.model.virtio;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** When a device misbehaves, and all its other random choices: the same for the same seed and the same calls. */
final class Mischief {
    private final Map<Misbehaviour, Double> probabilities;
    private final Map<Misbehaviour, Integer> counts = new EnumMap<>(Misbehaviour.class);
    private final Random random;

    Mischief(VirtioCardOptions options) {
        probabilities = new EnumMap<>(Misbehaviour.class);
        probabilities.putAll(options.misbehaviours);
        random = new Random(options.seed);
    }

    /** Whether to misbehave in this way now. */
    boolean strikes(Misbehaviour how) {
        Double probability = probabilities.get(how);
        boolean strikes = probability != null && random.nextDouble() < probability;
        if (strikes) {
            counts.merge(how, 1, Integer::sum);
        }
        return strikes;
    }

    /** How often it did. */
    int count(Misbehaviour how) {
        return counts.getOrDefault(how, 0);
    }

    /** A number from {@code from} to {@code to}, both included. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    void shuffle(List<?> list) {
        Collections.shuffle(list, random);
    }
}
