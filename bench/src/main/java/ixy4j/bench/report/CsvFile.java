package ixy4j.bench.report;

import java.util.Map;

/** Reports as CSV (RFC 4180): a line for each figure of each run. */
public final class CsvFile {
    private static final String END = "\r\n";

    private CsvFile() {}

    /** A report as text. */
    public static String text(Report report) {
        StringBuilder text = new StringBuilder("experiment,variant,round,figure,value").append(END);
        for (Report.Result result : report.experiments()) {
            for (Report.Measured variant : result.variants()) {
                for (Report.Run run : variant.runs()) {
                    String start = field(result.name()) + ',' + field(variant.name()) + ',' + run.round() + ',';
                    line(
                            text,
                            start,
                            "value (" + result.unit() + ")",
                            run.outcome().value());
                    for (Map.Entry<String, Double> figure :
                            run.outcome().figures().entrySet()) {
                        line(text, start, figure.getKey(), figure.getValue());
                    }
                }
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String start, String figure, double value) {
        text.append(start).append(field(figure)).append(',').append(value).append(END);
    }

    static String field(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
