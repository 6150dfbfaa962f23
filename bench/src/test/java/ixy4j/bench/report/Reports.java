package ixy4j.bench.report;

import ixy4j.bench.plan.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reports for tests. */
public final class Reports {
    private Reports() {}

    /** With no run in it. */
    public static Report empty(List<Experiment> experiments) {
        return new Report(
                Report.FORMAT,
                Report.VERSION,
                "2026-01-01T00:00:00Z",
                List.of("./ixy", "bench"),
                true,
                Map.of("processor", "a <fast> one"),
                Map.of(),
                new ArrayList<>(),
                experiments.stream().map(Report.Result::of).toList());
    }
}
