package ixy4j.bench.harness;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command line. Addresses of cards have a colon, names of experiments have none.
 *
 * @param cards two addresses, or none for cards in memory
 * @param experiments NAME, or NAME=VARIANT; none for all
 */
record Words(List<String> cards, List<String> experiments) {
    /**
     * Sorts them.
     *
     * @throws IllegalArgumentException if there are not two different cards or none
     */
    static Words of(List<String> words) {
        List<String> cards = new ArrayList<>();
        List<String> experiments = new ArrayList<>();
        words.forEach(word -> (word.contains(":") ? cards : experiments).add(word));
        if (cards.stream().distinct().count() != cards.size() || (!cards.isEmpty() && cards.size() != 2)) {
            throw new IllegalArgumentException(
                    "bench takes two different cards or none, not " + String.join(" and ", cards));
        }
        return new Words(cards, experiments);
    }
}
