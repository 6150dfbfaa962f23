package ixy4j.watch.server;

import ixy4j.watch.timeline.Document;
import ixy4j.watch.timeline.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files of the page, and index.html with what refers to them. That has a comment, {@code <!-- watch: NAME... -->}, which
 * names all others: styles, and modules of JavaScript that import one another as {@code ixy/NAME}. In its place stands what
 * gets them from the server, or they themselves.
 */
final class Page {
    private static final Pattern MARKER = Pattern.compile("<!-- watch:((?: [A-Za-z0-9_./-]+)+) -->");

    private final String before;
    private final String after;
    private final List<String> names;

    Page() {
        String index = text("index.html");
        Matcher marker = MARKER.matcher(index);
        if (!marker.find()) {
            throw new IllegalStateException("index.html of the page does not name its files");
        }
        before = index.substring(0, marker.start());
        after = index.substring(marker.end());
        names = List.of(marker.group(1).strip().split(" "));
    }

    private static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Page.class.getResourceAsStream("/ixy4j/watch/page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the page lacks its file " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with this name, if the page has it. */
    Optional<byte[]> file(String name) {
        return names.contains(name) ? Optional.of(bytes(name)) : Optional.empty();
    }

    /** What kind of file it is, as HTTP says it. */
    static String type(String name) {
        return name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
    }

    private List<String> named(String ending) {
        return names.stream().filter(name -> name.endsWith(ending)).toList();
    }

    // ---- from a server

    /** The page, whose files come from the server. */
    String served() {
        StringBuilder head = new StringBuilder();
        for (String name : named(".css")) {
            head.append("<link rel=\"stylesheet\" href=\"app/").append(name).append("\">\n");
        }
        head.append("<script type=\"importmap\">").append(servedMap()).append("</script>\n");
        head.append("<script type=\"module\" src=\"app/main.js\"></script>");
        return before + head + after;
    }

    private String servedMap() {
        return named(".js").stream()
                .map(name -> "\"ixy/" + name + "\":\"./app/" + name + "\"")
                .collect(Collectors.joining(",", "{\"imports\":{", "}}"));
    }

    /** The policy of the served page: it has nothing but what this server sends it, and its one inline script. */
    String policy() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(servedMap().getBytes(StandardCharsets.UTF_8));
            return "default-src 'none'; script-src 'self' 'sha256-"
                    + Base64.getEncoder().encodeToString(hash)
                    + "'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each JDK has it
        }
    }

    // ---- as one file

    /** Writes the page as one file, with all that it needs inside: also the timeline that it plays. */
    void write(Timeline timeline, Writer to) throws IOException {
        StringBuilder head = new StringBuilder();
        head.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
                + " script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data:\">\n");
        for (String name : named(".css")) {
            head.append("<style>\n").append(text(name).replace("</", "<\\/")).append("</style>\n");
        }
        head.append("<script type=\"importmap\">").append(innerMap()).append("</script>\n");
        to.append(before).append(head).append("<script type=\"application/json\" id=\"timeline\">");
        Document.record(timeline, to);
        to.append("</script>\n<script type=\"module\">import \"ixy/main.js\";</script>")
                .append(after);
    }

    private String innerMap() {
        return named(".js").stream()
                .map(name -> "\"ixy/" + name + "\":\"data:text/javascript;charset=utf-8;base64,"
                        + Base64.getEncoder().encodeToString(bytes(name)) + "\"")
                .collect(Collectors.joining(",", "{\"imports\":{", "}}"));
    }
}
