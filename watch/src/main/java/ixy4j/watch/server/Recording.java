package ixy4j.watch.server;

import ixy4j.IxyException;
import ixy4j.watch.timeline.Timeline;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A timeline and the page that plays it, in one file that needs no network. */
public final class Recording {
    private Recording() {}

    /**
     * Writes it, over what is there.
     *
     * @throws IxyException if it cannot be written
     */
    public static void write(Timeline timeline, Path file) {
        try (Writer to = Files.newBufferedWriter(file)) {
            new Page().write(timeline, to);
        } catch (IOException e) {
            throw new IxyException("the recording cannot be written to " + file + ": " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException none -> "there is no such folder";
            case java.nio.file.AccessDeniedException denied -> "permission denied";
            default -> e.getMessage();
        };
    }
}
