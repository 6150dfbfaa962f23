/** What commands show: {@link ixy4j.report.TextTable} for a terminal, {@link ixy4j.report.HtmlPage} for a browser. */
module ixy4j.report {
    requires com.fasterxml.jackson.core;

    exports ixy4j.report;
}
