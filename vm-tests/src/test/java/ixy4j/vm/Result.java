package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What a program that has ended left. In the outputs, each byte is a char of its own, so that they can be any bytes. */
record Result(String command, int exit, String out, String err) {
    static Result of(String command, int exit, byte[] out, byte[] err) {
        return new Result(
                command,
                exit,
                new String(out, StandardCharsets.ISO_8859_1),
                new String(err, StandardCharsets.ISO_8859_1));
    }

    Result succeeds() {
        assertEquals(0, exit, this::toString);
        return this;
    }

    /**
     * As a ping whose first requests were all answered, in order. With a deadline it sends more until so many are answered,
     * and calls those lost that are on their way then: how many depends on how fast the machine is.
     */
    Result answersAll(int requests) {
        succeeds();
        List<Integer> answered = Pattern.compile(" bytes from \\S+: icmp_seq=(\\d+) ")
                .matcher(out)
                .results()
                .map(answer -> Integer.valueOf(answer.group(1)))
                .limit(requests) // it may hear of more before it stops
                .toList();
        assertEquals(IntStream.rangeClosed(1, requests).boxed().toList(), answered, this::toString);
        return this;
    }

    /** Fails with this code and one line in which all of these stand, and prints nothing else. */
    Result failsInOneLine(int code, String... parts) {
        assertEquals(code, exit, this::toString);
        assertEquals("", out, this::toString);
        assertEquals(1, err.lines().count(), this::toString);
        assertTrue(err.startsWith("ixy: "), this::toString);
        for (String part : parts) {
            assertTrue(err.contains(part), () -> "'" + part + "' should be in the message of " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        return command + "\nexit code " + exit + "\nstdout: " + ends(out) + "\nstderr: " + ends(err);
    }

    /** A JVM that crashes says why first, and then much more. */
    private static String ends(String text) {
        return text.length() <= 6000
                ? text
                : text.substring(0, 3000) + "\n...\n" + text.substring(text.length() - 3000);
    }
}
