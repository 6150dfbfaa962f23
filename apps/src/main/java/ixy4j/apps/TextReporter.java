package ixy4j.apps;

import ixy4j.apps.traffic.Latency;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Prints for people. */
final class TextReporter extends Reporter {
    private final Output out;

    TextReporter(boolean quiet, Output out) {
        super(quiet);
        this.out = out;
    }

    @Override
    void print(String address, Port.Rates r) {
        String remark = remark();
        out.offer(format(address, r) + (remark.isEmpty() ? "" : ", " + remark));
    }

    /** 79 columns for an 82599 that drops nothing. */
    static String format(String address, Port.Rates r) {
        return String.format(
                Locale.ROOT,
                "%-12s  rx %5s Mpps %5.0f Mbit/s  tx %5s Mpps %5.0f Mbit/s  dropped %d%s",
                address,
                mpps(r.rxMpps()),
                r.rxMbit(),
                mpps(r.txMpps()),
                r.txMbit(),
                r.dropped(),
                lost(r));
    }

    /** Little is not nothing. */
    private static String mpps(double rate) {
        return String.format(Locale.ROOT, rate == 0 || rate >= 0.005 ? "%.2f" : "%.6f", rate);
    }

    private static String lost(Port.Rates rates) {
        return rates.lost() == 0 ? "" : ", lost on the wire " + rates.lost();
    }

    @Override
    void printTotals(Port port, Port.Rates mean) {
        long errors = port.stats().deviceErrors();
        out.print(String.format(
                Locale.ROOT,
                "%-12s  received %d, sent %d, dropped %d frames%s; mean rx %s, tx %s Mpps%s",
                port.address(),
                port.stats().rxPackets(),
                port.stats().txPackets(),
                mean.dropped(),
                lost(mean),
                mpps(mean.rxMpps()),
                mpps(mean.txMpps()),
                errors == 0 ? "" : "; " + errors + " errors of the device"));
    }

    @Override
    void printEnd(double seconds, Map<String, LongSupplier> extras, Latency latency) {
        StringBuilder text = new StringBuilder();
        extras.forEach((name, value) -> {
            if (value.getAsLong() != 0 || !isLoss(name)) {
                text.append(", ").append(name.replace('_', ' ')).append(' ').append(value.getAsLong());
            }
        });
        out.print(String.format(Locale.ROOT, "%.1f s%s", seconds, text));
        if (latency != null) {
            out.print(latency.toString());
        }
    }
}
