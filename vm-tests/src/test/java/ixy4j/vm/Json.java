package ixy4j.vm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object that {@code --json} printed, whose fields are numbers, texts and lists of objects. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, List<Json>> objects = new LinkedHashMap<>();
    private final Map<String, String> values = new LinkedHashMap<>();

    private Json(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                List<Json> list = new ArrayList<>();
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    list.add(new Json(parser));
                }
                objects.put(name, list);
            } else {
                values.put(name, parser.getText());
            }
        }
    }

    /** The last line of what a command printed. */
    static Json lastOf(Result result) {
        String line = result.out().lines().toList().getLast();
        try (JsonParser parser = FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new AssertionError("no object in the last line of " + result);
            }
            return new Json(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON in the last line of " + result, e);
        }
    }

    List<Json> objects(String field) {
        return objects.get(field);
    }

    long count(String field) {
        return Long.parseLong(values.get(field));
    }
}
