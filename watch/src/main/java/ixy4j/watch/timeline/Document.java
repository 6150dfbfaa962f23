package ixy4j.watch.timeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import ixy4j.intel.RegisterTable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A timeline as JSON, format 1: docs/watch.md has it. Numbers of 32 bits are unsigned there. */
public final class Document {
    /** The number of the format, which changes when a page for an older one could not read a newer. */
    public static final int FORMAT = 1;

    private static final JsonFactory FACTORY = new JsonFactory().setCharacterEscapes(new NoTags());

    private final JsonGenerator json;

    private Document(JsonGenerator json) {
        this.json = json;
    }

    /** JSON that can stand in HTML: it has no {@code <}, so it begins no tag. */
    private static final class NoTags extends CharacterEscapes {
        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes['<'] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return null; // the standard one
        }
    }

    /** Writes the whole of what is kept, as it is when this begins. It can stand in HTML, as all that this writes. */
    public static void record(Timeline timeline, Writer to) throws IOException {
        Timeline.Start start;
        List<Moment> moments;
        synchronized (timeline) { // which adds nothing meanwhile
            start = timeline.start();
            moments = timeline.moments();
        }
        JsonGenerator json = FACTORY.createGenerator(to).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        new Document(json).whole(timeline.heading(), start, moments, null, null);
        json.flush();
    }

    /**
     * What a page needs before it is sent moments: {@code at} is the number of the first that is kept. If there were some
     * before, their changes are in one.
     *
     * @param rate steps a second that are done by themselves now
     * @param docs where the docs are, seen from the page; ends with a slash
     */
    public static String start(Timeline timeline, double rate, String docs) {
        return write(document -> document.whole(timeline.heading(), timeline.start(), List.of(), rate, docs));
    }

    /** Moments, as an array. */
    public static String moments(List<Moment> moments) {
        return write(document -> document.array(moments));
    }

    private interface Writing {
        void to(Document document) throws IOException;
    }

    private static String write(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            writing.to(new Document(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of a string
        }
        return text.toString();
    }

    // ---- the document

    private void whole(Heading heading, Timeline.Start start, List<Moment> moments, Double rate, String docs)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("format", FORMAT);
        json.writeStringField("title", heading.title());
        json.writeStringField("source", heading.source().name().toLowerCase(Locale.ROOT));
        json.writeArrayFieldStart("cards");
        for (CardInfo card : heading.cards()) {
            card(card);
        }
        json.writeEndArray();
        chips(heading.cards());
        pool(heading);
        json.writeArrayFieldStart("faults");
        for (FaultInfo fault : heading.faults()) {
            fault(fault);
        }
        json.writeEndArray();
        json.writeNumberField("at", start.first());
        if (rate != null) {
            json.writeNumberField("playing", rate);
        }
        if (docs != null) {
            json.writeStringField("docs", docs);
        }
        json.writeArrayFieldStart("moments");
        if (start.first() > 0) {
            moment(soFar(heading, start));
        }
        for (Moment moment : moments) {
            moment(moment);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** All that happened before the first moment that is kept, in one. */
    private static Moment soFar(Heading heading, Timeline.Start start) {
        List<int[]> all = heading.cards().stream().map(Document::offsets).toList();
        List<Change> changes = heading.before().changesTo(start.state(), all);
        for (FaultInfo fault : heading.faults()) {
            if (start.state().hasFault(fault.name())) {
                changes.add(new Change.Fault(fault.name(), false, true));
            }
        }
        return new Moment(start.first() - 1, 0, Who.SAMPLE, -1, "What had happened before", null, changes);
    }

    private static int[] offsets(CardInfo card) {
        return card.chip() == null
                ? new int[0]
                : card.chip().table().places().stream()
                        .flatMapToInt(RegisterTable.Entry::offsets)
                        .toArray();
    }

    private void card(CardInfo card) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", card.name());
        json.writeStringField("chip", card.chip() == null ? null : card.chip().toString());
        json.writeStringField("mac", card.mac());
        json.writeArrayFieldStart("rings");
        for (RingPlace ring : card.rings()) {
            json.writeStartObject();
            json.writeStringField("kind", ring.receives() ? "rx" : "tx");
            json.writeNumberField("queue", ring.queue());
            json.writeObjectFieldStart("registers");
            json.writeNumberField("base", ring.first());
            json.writeNumberField("baseHigh", ring.baseHigh());
            json.writeNumberField("length", ring.length());
            json.writeNumberField("head", ring.head());
            json.writeNumberField("tail", ring.tail());
            json.writeNumberField("control", ring.control());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void chips(List<CardInfo> cards) throws IOException {
        json.writeObjectFieldStart("chips");
        for (Chip chip : cards.stream()
                .map(CardInfo::chip)
                .filter(Objects::nonNull)
                .distinct()
                .toList()) {
            json.writeObjectFieldStart(chip.toString());
            json.writeStringField("datasheet", chip.datasheet());
            json.writeArrayFieldStart("registers");
            for (RegisterTable.Entry entry : chip.table().places()) {
                register(entry);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void register(RegisterTable.Entry entry) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", entry.of().isEmpty() ? entry.name() : entry.of());
        json.writeNumberField("offset", entry.offset());
        json.writeNumberField("stride", entry.stride());
        json.writeNumberField("count", entry.count());
        json.writeNumberField("first", entry.first());
        json.writeStringField("access", entry.access().name());
        json.writeNumberField("reset", unsigned(entry.reset()));
        json.writeStringField("section", entry.section());
        json.writeStringField("longName", entry.longName());
        json.writeArrayFieldStart("bits");
        for (RegisterTable.Bits bits : entry.bits()) {
            bits(bits);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void bits(RegisterTable.Bits bits) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", bits.name());
        json.writeNumberField("mask", unsigned(bits.mask()));
        json.writeObjectFieldStart("values");
        for (Map.Entry<Integer, String> value : new TreeMap<>(bits.values()).entrySet()) {
            json.writeStringField(Long.toString(unsigned(value.getKey())), value.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void pool(Heading heading) throws IOException {
        if (heading.buffers() == 0) {
            json.writeNullField("pool");
            return;
        }
        json.writeObjectFieldStart("pool");
        json.writeNumberField("buffers", heading.buffers());
        json.writeNumberField("size", heading.bufferSize());
        json.writeEndObject();
    }

    private void fault(FaultInfo fault) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", fault.name());
        json.writeStringField("kind", fault.kind().toString());
        json.writeStringField("title", fault.title());
        json.writeStringField("text", fault.text());
        json.writeStringField("docs", fault.docs());
        json.writeBooleanField("restarts", fault.restarts());
        json.writeEndObject();
    }

    // ---- moments

    private void array(List<Moment> moments) throws IOException {
        json.writeStartArray();
        for (Moment moment : moments) {
            moment(moment);
        }
        json.writeEndArray();
    }

    private void moment(Moment moment) throws IOException {
        json.writeStartObject();
        json.writeNumberField("n", moment.number());
        json.writeNumberField("t", moment.nanos());
        json.writeStringField("who", moment.who().toString());
        if (moment.card() >= 0) {
            json.writeNumberField("card", moment.card());
        }
        json.writeStringField("what", moment.what());
        if (moment.source() != null) {
            json.writeStringField("src", moment.source());
        }
        json.writeArrayFieldStart("x");
        for (Change change : moment.changes()) {
            change(change);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void change(Change change) throws IOException {
        json.writeStartArray();
        switch (change) {
            case Change.Reg c -> row("reg", c.card(), c.offset(), unsigned(c.old()), unsigned(c.now()));
            case Change.Read c -> row("read", c.card(), c.offset(), unsigned(c.value()));
            case Change.Write c -> row("write", c.card(), c.offset(), unsigned(c.value()));
            case Change.Ring c ->
                row("ring", c.card(), c.ring(), c.field(), value(c.field(), c.old()), value(c.field(), c.now()));
            case Change.Desc c -> row("desc", c.card(), c.ring(), c.index(), c.old(), c.now());
            case Change.Behind c -> row("frame", c.card(), c.ring(), c.index(), c.old(), c.now());
            case Change.Owned c -> row("owner", c.buffer(), c.old(), c.now());
            case Change.Count c -> row("count", c.card(), c.name(), c.old(), c.now());
            case Change.Link c -> row("link", c.card(), c.old(), c.now());
            case Change.Fault c -> row("fault", c.name(), c.old(), c.now());
            case Change.Move c -> row("move", c.card(), c.ring(), c.from(), c.to(), c.frame());
            case Change.Moved c -> row("moved", c.card(), c.received() ? "rx" : "tx", c.frames());
            case Change.Mistake c -> row("mistake", c.card(), c.sentence(), c.docs());
        }
        json.writeEndArray();
    }

    /** Numbers and truths as they are, frames as objects, all else as text. */
    private void row(Object... values) throws IOException {
        for (Object value : values) {
            switch (value) {
                case null -> json.writeNull();
                case Integer i -> json.writeNumber(i);
                case Long l -> json.writeNumber(l);
                case Boolean b -> json.writeBoolean(b);
                case Frame frame -> frame(frame);
                default -> json.writeString(value.toString());
            }
        }
    }

    private void frame(Frame frame) throws IOException {
        json.writeStartObject();
        json.writeNumberField("len", frame.length());
        json.writeStringField("hex", frame.hex());
        json.writeStringField("text", frame.text());
        json.writeEndObject();
    }

    private static Object value(RingField field, long value) {
        return field == RingField.IOVA ? "0x" + HexFormat.of().toHexDigits(value) : value;
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }
}
