/** The command line. */
module ixy4j.apps {
    requires ixy4j;
    requires ixy4j.model;
    requires ixy4j.report;
    requires info.picocli;
    requires com.fasterxml.jackson.core;

    opens ixy4j.apps to
            info.picocli;
}
