package ixy4j.apps;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;

/** The user's browser. */
final class Browser {
    private Browser() {}

    /** Opens a page, if there is a screen, and this is not root, whose browser would be another one. Failing is no error: the address is printed. */
    static void open(URI page) {
        if (!hasScreen() || System.getProperty("user.name").equals("root")) {
            return;
        }
        try {
            new ProcessBuilder("xdg-open", page.toString())
                    .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // there is none
        }
    }

    private static boolean hasScreen() {
        return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
    }

    private static boolean isSet(String name) {
        String value = System.getenv(name);
        return value != null && !value.isEmpty();
    }
}
