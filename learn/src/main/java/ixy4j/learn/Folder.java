package ixy4j.learn;

import ixy4j.IxyException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A learner's folder: their driver, and a small file beside it that remembers what is passed, used and was hinted. */
final class Folder {
    private static final String STATE = "ixy-learn.properties";
    private static final long MOST = 1 << 20; // bytes of a driver
    private static final String USUAL = "my-driver";

    private final Path path;
    private final Properties state;

    private Folder(Path path, Properties state) {
        this.path = path;
        this.state = state;
    }

    /**
     * Makes one, with a driver that is still to be written.
     *
     * @param path where; null: here, or in my-driver in the project's own folder
     */
    static Folder start(Path path) {
        Path folder = path != null ? path : Path.of(isProject(Path.of("")) ? USUAL : ".");
        Path file = folder.resolve(Sources.FILE);
        try {
            Files.createDirectories(folder);
            Files.writeString(file, Sources.skeleton(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new IxyException(e.getFile() + " is there already, and is left as it is: give another folder");
        } catch (IOException e) {
            throw trouble("cannot write " + file, e);
        }
        Folder started = new Folder(folder, new Properties());
        started.save();
        return started;
    }

    private static boolean isProject(Path folder) {
        return Files.exists(folder.resolve("nic-model")) && Files.exists(folder.resolve("ixy"));
    }

    /**
     * Finds one.
     *
     * @param path where it must be; null: here, or in my-driver
     */
    static Folder find(Path path) {
        Path here = Path.of("");
        Path folder = path != null ? path : Files.exists(here.resolve(Sources.FILE)) ? here : here.resolve(USUAL);
        if (!Files.isRegularFile(folder.resolve(Sources.FILE))) {
            throw new IxyException("there is no " + Sources.FILE
                    + (path == null ? " here or in " + USUAL : " in " + path)
                    + ": ./ixy learn start makes one, and --dir names its folder");
        }
        return new Folder(folder, load(folder.resolve(STATE)));
    }

    private static Properties load(Path file) {
        Properties state = new Properties();
        try {
            state.load(new StringReader(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return state; // as at the beginning
        } catch (IOException | IllegalArgumentException e) {
            throw new IxyException("cannot read " + file + ": " + e.getMessage() + "; without it all begins anew");
        }
        return state;
    }

    private void save() {
        StringBuilder text = new StringBuilder("# What ./ixy learn remembers. Without this file all begins anew.\n");
        for (String key : new TreeSet<>(state.stringPropertyNames())) {
            text.append(key).append('=').append(state.getProperty(key)).append('\n');
        }
        try {
            Files.writeString(path.resolve(STATE), text);
        } catch (IOException e) {
            throw trouble("cannot write " + path.resolve(STATE), e);
        }
    }

    private static IxyException trouble(String what, IOException e) {
        return new IxyException(
                what + ": " + e.getClass().getSimpleName().replace("Exception", "") + " " + e.getMessage());
    }

    /** The driver. */
    Path file() {
        return path.resolve(Sources.FILE);
    }

    /** The driver, once more, if it can be read as text. */
    Path readableFile() {
        Path file = file();
        try {
            if (Files.size(file) > MOST) {
                throw new IxyException(
                        file + " has " + Files.size(file) + " bytes, but a driver has " + MOST + " at most");
            }
            if (Files.readString(file).indexOf('\0') >= 0) {
                throw new IxyException(file + " has bytes that are 0: it is no text");
            }
            return file;
        } catch (MalformedInputException e) {
            throw new IxyException(file + " is not in UTF-8: have your editor write it so");
        } catch (IOException e) {
            throw trouble("cannot read " + file, e);
        }
    }

    // ---- stages that are passed

    boolean isPassed(Stage stage) {
        return numbers("passed").contains(stage.number());
    }

    /** Remembers whether a stage is passed. */
    void setPassed(Stage stage, boolean passed) {
        Set<Integer> all = numbers("passed");
        if (passed ? all.add(stage.number()) : all.remove(stage.number())) {
            set("passed", all.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
    }

    /** The first stage that is not passed; the last one if all are. */
    Stage current() {
        return Stage.ALL.stream().filter(stage -> !isPassed(stage)).findFirst().orElse(Stage.ALL.getLast());
    }

    private Set<Integer> numbers(String key) {
        return Arrays.stream(state.getProperty(key, "").split(","))
                .filter(number -> number.matches("\\d{1,3}"))
                .map(Integer::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void set(String key, String value) {
        state.setProperty(key, value);
        save();
    }

    // ---- hints

    /** How many hints of a stage were given. */
    int hints(Stage stage) {
        String count = state.getProperty("hints." + stage.number(), "0");
        return count.matches("[0-3]") ? Integer.parseInt(count) : 0;
    }

    void setHints(Stage stage, int count) {
        set("hints." + stage.number(), Integer.toString(count));
    }

    // ---- parts of the reference

    /** The parts in which the reference takes the place of the learner's. */
    Set<Part> used() {
        Set<Part> used = EnumSet.noneOf(Part.class);
        try {
            Arrays.stream(state.getProperty("used", "").split(","))
                    .filter(name -> !name.isBlank())
                    .map(Part::named)
                    .forEach(used::add);
        } catch (IllegalArgumentException e) {
            throw new IxyException(path.resolve(STATE) + ": " + e.getMessage());
        }
        return used;
    }

    void setUsed(Set<Part> parts) {
        set("used", parts.stream().sorted().map(Part::toString).collect(Collectors.joining(",")));
    }

    @Override
    public String toString() {
        return path.toString().isEmpty() ? "." : path.toString();
    }
}
