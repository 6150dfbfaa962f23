/** The course: stages, their texts, and how a learner's driver is checked. */
@SuppressWarnings("module") // the commands come later
module ixy4j.learn {
    requires ixy4j;
    requires ixy4j.model;
    requires ixy4j.course;
    requires java.compiler;
    requires com.fasterxml.jackson.core;

    exports ixy4j.learn to
            ixy4j.apps;
}
