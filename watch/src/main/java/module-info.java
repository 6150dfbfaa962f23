/** Cards, their rings and buffers on a page, as they change. */
@SuppressWarnings("module") // the commands come later, and need not come at all
module ixy4j.watch {
    requires transitive ixy4j;
    requires transitive ixy4j.model;
    requires com.fasterxml.jackson.core;
    requires jdk.httpserver;
    requires org.commonmark;
    requires org.commonmark.ext.gfm.tables;
    requires org.commonmark.ext.heading.anchor;

    exports ixy4j.watch.frame to
            ixy4j.apps;
    exports ixy4j.watch.live to
            ixy4j.apps;
    exports ixy4j.watch.scene to
            ixy4j.apps;
    exports ixy4j.watch.server to
            ixy4j.apps;
    exports ixy4j.watch.timeline to
            ixy4j.apps;
}
