package ixy4j.apps;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what {@code --json} prints. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** An object a line; a line that is anything else is an error. */
    static List<Map<String, Object>> lines(String text) {
        return text.lines().map(Json::object).toList();
    }

    @SuppressWarnings("unchecked") // an array of objects; another type fails at its first use
    static List<Map<String, Object>> objects(Map<String, Object> object, String field) {
        return (List<Map<String, Object>>) object.get(field);
    }

    @SuppressWarnings("unchecked") // names of a JSON object are strings
    static Map<String, Object> object(Map<String, Object> object, String field) {
        return (Map<String, Object>) object.get(field);
    }

    static double number(Map<String, Object> object, String field) {
        if (object.get(field) instanceof Number number) {
            return number.doubleValue();
        }
        throw new AssertionError(field + " is no number in " + object);
    }

    @SuppressWarnings("unchecked") // names of a JSON object are strings
    private static Map<String, Object> object(String line) {
        try (JsonParser parser = FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new AssertionError("not an object: " + line);
            }
            Object object = value(parser);
            if (parser.nextToken() != null) {
                throw new AssertionError("more than an object: " + line);
            }
            return (Map<String, Object>) object;
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + line, e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (fields.put(name, value(parser)) != null) {
                        throw new AssertionError(name + " is there twice");
                    }
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> throw new AssertionError("unexpected " + parser.currentToken());
        };
    }
}
