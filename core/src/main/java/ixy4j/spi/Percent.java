package ixy4j.spi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes of UTF-8 as {@code %} and two hexadecimal digits, as addresses have them. */
final class Percent {
    private static final String RESERVED = "%?&,=";

    private Percent() {}

    /** As a message shows it. */
    static String quoted(String text) {
        return "'" + printable(text) + "'";
    }

    /** On one line: what would end it or move the cursor is written as it could be in an address. */
    static String printable(String text) {
        return escape(text, "");
    }

    /** As it can stand anywhere in an address. */
    static String encode(String text) {
        return escape(text, RESERVED);
    }

    private static String escape(String text, String reserved) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || reserved.indexOf(c) >= 0) {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
                }
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** What was typed, decoded; {@code where} begins the message of what cannot be. */
    static String decode(String where, String typed) {
        if (typed.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(where + " has a NUL in it, which no name has");
        }
        if (typed.indexOf('%') < 0) {
            return typed;
        }
        StringBuilder decoded = new StringBuilder();
        int i = 0;
        while (i < typed.length()) {
            int end = i;
            while (end < typed.length() && typed.charAt(end) == '%') {
                end += 3; // the bytes of one character stand side by side
            }
            if (end == i) {
                decoded.append(typed.charAt(i++));
            } else {
                decoded.append(bytes(where, typed.substring(i, Math.min(end, typed.length()))));
                i = end;
            }
        }
        return decoded.toString();
    }

    /** What groups of % and two digits stand for. */
    private static String bytes(String where, String groups) {
        ByteBuffer bytes = ByteBuffer.allocate(groups.length() / 3 + 1);
        for (int i = 0; i < groups.length(); i += 3) {
            String group = groups.substring(i, Math.min(i + 3, groups.length()));
            if (!group.matches("%\\p{XDigit}{2}")) {
                throw new IllegalArgumentException(
                        where + ": " + quoted(group) + " should be % and two hexadecimal digits; % itself is %25");
            }
            if (group.equals("%00")) {
                throw new IllegalArgumentException(where + ": '%00' is NUL, which no name has");
            }
            bytes.put((byte) Integer.parseInt(group.substring(1), 16));
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(where + ": " + quoted(groups) + " is not UTF-8", e);
        }
    }
}
