package ixy4j.apps;

import java.util.StringJoiner;

/** Assignments for a POSIX shell, which evaluates them: what a value holds comes out of that as it went in. */
final class ShellSettings {
    private final StringJoiner text;

    /** @param separator between two assignments: a blank or the end of a line */
    ShellSettings(String separator) {
        text = new StringJoiner(separator);
    }

    /** Adds one; the value is the text of it. */
    ShellSettings set(String name, Object value) {
        text.add(name + "='" + value.toString().replace("'", "'\\''") + "'");
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
