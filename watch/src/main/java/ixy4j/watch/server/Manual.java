package ixy4j.watch.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The project's docs as pages, so that what a mistake is about can be read where it was made. Safe for several threads. */
final class Manual {
    private static final Pattern NAME = Pattern.compile("(learn/|images/)?[A-Za-z0-9][A-Za-z0-9-]*\\.(md|png|css)");
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());

    private final Parser parser = Parser.builder().extensions(EXTENSIONS).build();
    private final HtmlRenderer renderer = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .build();

    /**
     * A page as HTML, or what belongs to pages: a picture, the style.
     *
     * @param name as in {@code docs/}, such as {@code model.md} or {@code images/watch.png}
     */
    Optional<byte[]> file(String name) {
        Optional<byte[]> bytes = NAME.matcher(name).matches() ? read(name) : Optional.empty();
        return name.endsWith(".md") ? bytes.map(text -> html(name, new String(text, StandardCharsets.UTF_8))) : bytes;
    }

    /** What kind of file it is then, as HTTP says it. */
    static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "md" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            default -> "image/png";
        };
    }

    private byte[] html(String name, String text) {
        String title = text.lines().findFirst().orElse(name).replaceAll("^#+ *", "");
        return ("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                        + renderer.render(parser.parse(title))
                                .replaceAll("<[^>]*>", "")
                                .strip()
                        + "</title>\n<link rel=\"stylesheet\" href=\"" + (name.contains("/") ? "../" : "")
                        + "manual.css\">\n</head>\n<body>\n<main>\n"
                        + renderer.render(parser.parse(text))
                        + "</main>\n</body>\n</html>\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<byte[]> read(String name) {
        try (InputStream in = Manual.class.getResourceAsStream("/ixy4j/watch/docs/" + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
