/** The command line. */
@SuppressWarnings("requires-automatic") // HdrHistogram has no module-info
module ixy4j.apps {
    requires ixy4j;
    requires ixy4j.model;
    requires ixy4j.report;
    requires ixy4j.watch;
    requires ixy4j.learn;
    requires info.picocli;
    requires com.fasterxml.jackson.core;
    requires HdrHistogram;

    opens ixy4j.apps to
            info.picocli;
}
