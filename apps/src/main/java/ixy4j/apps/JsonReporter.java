package ixy4j.apps;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import ixy4j.DeviceStats;
import ixy4j.apps.traffic.Latency;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Prints for programs: a JSON object a line, and a last one with the totals. */
final class JsonReporter extends Reporter {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** The fields of an object. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private final List<Body> totals = new ArrayList<>();

    JsonReporter(boolean quiet) {
        super(quiet);
    }

    @Override
    void print(String address, Port.Rates rates) {
        Output.OUT.offer(line(json -> {
            json.writeStringField("port", address);
            rates(json, rates);
        }));
    }

    @Override
    void printTotals(Port port, Port.Rates mean) {
        totals.add(json -> {
            DeviceStats stats = port.stats();
            json.writeStringField("port", port.address());
            json.writeNumberField("rx_packets", stats.rxPackets());
            json.writeNumberField("tx_packets", stats.txPackets());
            json.writeNumberField("rx_bytes", stats.rxBytes());
            json.writeNumberField("tx_bytes", stats.txBytes());
            json.writeNumberField("rx_missed", stats.rxMissed());
            json.writeNumberField("rx_crc_errors", stats.rxCrcErrors());
            json.writeNumberField("rx_wrong_length", stats.rxWrongLength());
            json.writeNumberField("rx_filtered", stats.rxFiltered());
            json.writeNumberField("rx_broken", stats.rxBroken());
            json.writeNumberField("rx_pool_empty", stats.rxPoolEmpty());
            json.writeNumberField("rx_unread", stats.rxUnread());
            json.writeNumberField("tx_wrong_length", stats.txWrongLength());
            json.writeNumberField("tx_unsent", stats.txUnsent());
            json.writeNumberField("device_errors", stats.deviceErrors());
            rates(json, mean);
        });
    }

    @Override
    void printEnd(double seconds, Map<String, LongSupplier> extras, Latency latency) {
        Output.OUT.print(line(json -> {
            json.writeNumberField("seconds", seconds);
            for (Map.Entry<String, LongSupplier> extra : extras.entrySet()) {
                json.writeNumberField(extra.getKey(), extra.getValue().getAsLong());
            }
            if (latency != null) {
                write(json, latency);
            }
            json.writeArrayFieldStart("totals");
            for (Body total : totals) {
                json.writeStartObject();
                total.write(json);
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }

    /** A latency, as a field of the object that is being written. */
    static void write(JsonGenerator json, Latency latency) throws IOException {
        json.writeObjectFieldStart("latency_ns");
        json.writeNumberField("frames", latency.frames());
        json.writeNumberField("least", latency.least());
        json.writeNumberField("p50", latency.p50());
        json.writeNumberField("p90", latency.p90());
        json.writeNumberField("p99", latency.p99());
        json.writeNumberField("p99_9", latency.p999());
        json.writeNumberField("most", latency.most());
        json.writeEndObject();
    }

    private static void rates(JsonGenerator json, Port.Rates rates) throws IOException {
        json.writeNumberField("rx_mpps", rates.rxMpps());
        json.writeNumberField("tx_mpps", rates.txMpps());
        json.writeNumberField("rx_mbit", rates.rxMbit());
        json.writeNumberField("tx_mbit", rates.txMbit());
        json.writeNumberField("dropped", rates.dropped());
        json.writeNumberField("wire_lost", rates.lost());
    }

    /** An object on a line of its own. */
    static String line(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter has none
        }
        return text.toString();
    }
}
