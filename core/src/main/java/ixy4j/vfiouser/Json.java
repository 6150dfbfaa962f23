package ixy4j.vfiouser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259), as much of it as the capabilities of two ends need. Objects are maps, arrays lists, numbers
 * {@code Long} where they are whole and {@code Double} where not, and null is {@link #NULL}.
 */
public final class Json {
    /** JSON's null. */
    public static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private static final int MAX_DEPTH = 16; // the text comes from another process

    private final String text;
    private int at;
    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /**
     * The value of a whole text.
     *
     * @throws IllegalArgumentException with the place, if it is no JSON or nested deeper than 16
     */
    public static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.skipSpace();
        if (json.at < text.length()) {
            throw json.wrong("the end");
        }
        return value;
    }

    private Object value() {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", NULL);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> map = new HashMap<>();
        open();
        if (!taken('}')) {
            do {
                skipSpace();
                String key = string();
                expect(':');
                map.put(key, value());
            } while (taken(','));
            expect('}');
        }
        depth--;
        return map;
    }

    private List<Object> array() {
        List<Object> list = new ArrayList<>();
        open();
        if (!taken(']')) {
            do {
                list.add(value());
            } while (taken(','));
            expect(']');
        }
        depth--;
        return list;
    }

    private void open() {
        at++;
        if (++depth > MAX_DEPTH) {
            throw wrong("less nesting");
        }
    }

    private String string() {
        if (peek() != '"') {
            throw wrong("a string");
        }
        StringBuilder string = new StringBuilder();
        at++;
        while (peek() != '"') {
            char c = peek();
            if (c < ' ') { // also where the text ends
                throw wrong("the end of a string");
            }
            at++;
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                at--;
                throw wrong("an escape");
            }
        };
    }

    private char unicode() {
        String digits = text.substring(at, Math.min(text.length(), at + 4));
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw wrong("four hexadecimal digits");
        }
        at += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        if (number.matches("-?(0|[1-9][0-9]{0,17})")) {
            return Long.valueOf(number);
        }
        if (number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            return Double.valueOf(number);
        }
        at = start;
        throw wrong("a value");
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong("a value");
        }
        at += word.length();
        return value;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean taken(char c) {
        skipSpace();
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char c) {
        if (!taken(c)) {
            throw wrong("'" + c + "'");
        }
    }

    /** The next character, NUL at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private IllegalArgumentException wrong(String due) {
        return new IllegalArgumentException(
                "the JSON of VERSION has, at character " + at + ", something else where " + due + " is due");
    }
}
