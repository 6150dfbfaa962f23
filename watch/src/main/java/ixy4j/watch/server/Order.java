package ixy4j.watch.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import ixy4j.watch.timeline.Who;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What a page tells a show to do: an object of JSON with {@code do} and what that needs. */
final class Order {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MOST_STEPS = 1000;

    private final Map<String, Object> fields;

    private Order(Map<String, Object> fields) {
        this.fields = fields;
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with a line that says what is wrong with it
     */
    static Order read(byte[] json) {
        Map<String, Object> fields = new HashMap<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("what is to be done is an object of JSON");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                fields.put(name, value(name, parser));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("what is to be done is not JSON", e);
        }
        return new Order(fields);
    }

    private static Object value(String name, JsonParser parser) throws IOException {
        return switch (parser.nextToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new IllegalArgumentException("'" + name + "' is no text, number, true or false");
        };
    }

    /** Has a show do it. */
    void doIt(Show show) {
        switch (text("do")) {
            case "step" -> show.step((int) number("count", 1, 1, MOST_STEPS), who());
            case "play" -> show.play(number("rate", 10, 1, MOST_STEPS));
            case "pause" -> show.play(0);
            case "fault" -> show.fault(text("name"), truth("on"));
            case "restart" -> show.restart();
            default ->
                throw new IllegalArgumentException("'do' takes step, play, pause, fault or restart, not " + text("do"));
        }
    }

    private Who who() {
        String who = fields.containsKey("who") ? text("who") : "any";
        return switch (who) {
            case "any" -> null;
            case "driver" -> Who.DRIVER;
            case "card" -> Who.CARD;
            default -> throw new IllegalArgumentException("'who' takes any, driver or card, not " + who);
        };
    }

    private String text(String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("'" + name + "' is missing, or no text");
    }

    private boolean truth(String name) {
        if (fields.get(name) instanceof Boolean truth) {
            return truth;
        }
        throw new IllegalArgumentException("'" + name + "' is missing, or neither true nor false");
    }

    private double number(String name, double otherwise, double least, double most) {
        Object value = fields.getOrDefault(name, otherwise);
        if (value instanceof Double number && number >= least && number <= most) {
            return number;
        }
        throw new IllegalArgumentException(
                "'" + name + "' takes a number from " + (int) least + " to " + (int) most + ", not " + value);
    }
}
