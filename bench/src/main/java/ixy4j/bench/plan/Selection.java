package ixy4j.bench.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Picks experiments: NAME for all of one, or of those of a group, NAME=VARIANT for a variant and its baseline. */
public final class Selection {
    private Selection() {}

    /**
     * Picks, in the order of the catalogue.
     *
     * @param names empty for all
     * @throws IllegalArgumentException for an unknown experiment or variant, with those that there are
     */
    public static List<Experiment> pick(List<Experiment> all, List<String> names) {
        for (String name : names) {
            check(all, name);
        }
        List<Experiment> picked = new ArrayList<>();
        for (Experiment experiment : all) {
            if (names.isEmpty()
                    ? !Catalogue.ONLY_BY_NAME.test(experiment)
                    : names.contains(experiment.name()) || names.stream().anyMatch(experiment::isOf)) {
                picked.add(experiment);
                continue;
            }
            Set<String> wanted = new LinkedHashSet<>();
            for (String name : names) {
                if (name.startsWith(experiment.name() + "=")) {
                    wanted.add(name.substring(experiment.name().length() + 1));
                }
            }
            if (!wanted.isEmpty()) {
                wanted.add(experiment.baseline());
                picked.add(experiment.with(experiment.variants().stream()
                        .filter(variant -> wanted.contains(variant.name()))
                        .toList()));
            }
        }
        return picked;
    }

    private static void check(List<Experiment> all, String name) {
        String[] parts = name.split("=", 2);
        for (Experiment experiment : all) {
            if (parts.length == 1 && experiment.isOf(name)) {
                return;
            }
            if (experiment.name().equals(parts[0])) {
                if (parts.length == 2
                        && experiment.variants().stream()
                                .noneMatch(variant -> variant.name().equals(parts[1]))) {
                    throw new IllegalArgumentException("experiment " + parts[0] + " has no variant '" + parts[1]
                            + "': it has "
                            + experiment.variants().stream().map(Variant::name).collect(Collectors.joining(", ")));
                }
                return;
            }
        }
        throw new IllegalArgumentException("there is no experiment '" + parts[0] + "': there are "
                + all.stream().map(Experiment::name).collect(Collectors.joining(", ")));
    }
}
