package ixy4j.bench.harness;

import ixy4j.IxyException;
import ixy4j.bench.report.CsvFile;
import ixy4j.bench.report.JsonFile;
import ixy4j.bench.report.Page;
import ixy4j.bench.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The folder that results are written to.
 *
 * @param folder it exists and can be written to
 */
record Output(Path folder) {
    private static final String JSON = "results.json";

    /** Where results go if the user names no folder: a new one in that of {@code ixy4j.bench.results}. */
    static Path standardFolder() {
        String time = LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT));
        return Path.of(System.getProperty("ixy4j.bench.results", "bench-results"))
                .resolve(time);
    }

    /**
     * Makes the folder if it is missing, and tries it, before hours of measuring would be lost.
     *
     * @throws IxyException if it cannot be written to
     * @throws IllegalArgumentException if it has results
     */
    static Output in(Path folder) {
        if (Files.exists(folder.resolve(JSON))) {
            throw new IllegalArgumentException(
                    "folder " + folder + " has a " + JSON + " already: name another with --out, so that none is lost");
        }
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "try", ""));
        } catch (IOException e) {
            String what = e.getClass().getSimpleName();
            throw new IxyException(
                    "folder " + folder + " cannot be written to (" + what + "): name another with --out", e);
        }
        return new Output(folder);
    }

    /** The JSON file of an earlier run, where that is named by its folder. */
    static Path json(Path run) {
        return Files.isDirectory(run) ? run.resolve(JSON) : run;
    }

    /** The page. */
    Path page() {
        return folder.resolve("report.html");
    }

    /** Writes what there is so far, so that little is lost whatever happens. */
    void writeJson(Report report) {
        write(JSON, JsonFile.text(report));
    }

    /** Writes all files. */
    void writeAll(Report report, Report before) {
        writeJson(report);
        write("results.csv", CsvFile.text(report));
        write(page().getFileName().toString(), Page.of(report, before));
    }

    private void write(String name, String text) {
        Path file = folder.resolve(name);
        Path part = folder.resolve(name + ".part");
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE); // a reader never sees half of it
        } catch (IOException e) {
            throw new IxyException(file + " cannot be written: " + e, e);
        }
    }
}
