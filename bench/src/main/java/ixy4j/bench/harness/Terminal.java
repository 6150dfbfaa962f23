package ixy4j.bench.harness;

import ixy4j.IxyException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * Standard output, with the errors that {@link System#out} hides. The other commands have {@code Output}, in a jar that is a
 * program and no library; nor is its thread needed here, where no card has to be given back in time.
 */
final class Terminal {
    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private Terminal() {}

    /**
     * Prints this, as soon as somebody reads it.
     *
     * @throws IxyException if it cannot be written
     */
    static void print(String text) {
        try {
            OUT.write(text.getBytes(System.out.charset()));
        } catch (IOException e) {
            throw new IxyException("cannot write to standard output: " + e.getMessage(), e);
        }
    }
}
