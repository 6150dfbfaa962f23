package ixy4j.apps;

import ixy4j.IxyException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file of {@code --page}. */
final class ResultFile {
    private ResultFile() {}

    /**
     * Tries it before minutes of measuring are lost; what is in it stays until there is something better.
     *
     * @throws IxyException if it cannot be written
     */
    static void check(Path file) {
        boolean isNew = !Files.exists(file);
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
            if (isNew) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /** @throws IxyException if it cannot be written */
    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static IxyException cannotWrite(Path file, IOException e) {
        String why = e instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : e.getMessage();
        return new IxyException("--page " + file + " cannot be written: "
                + (e instanceof NoSuchFileException ? "there is no such folder" : why));
    }
}
