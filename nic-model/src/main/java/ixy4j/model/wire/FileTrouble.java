package ixy4j.model.wire;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What Java's exceptions about files mean, for a message that names the file itself. */
final class FileTrouble {
    private FileTrouble() {}

    /** In a few words, in the manner of the system's own, without the file's name. */
    static String reason(IOException error) {
        return switch (error) {
            case AccessDeniedException _ -> "Permission denied";
            case NoSuchFileException _ -> "No such file or folder";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> error.getMessage() == null ? error.toString() : error.getMessage();
        };
    }
}
