package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.spi.Address;
import ixy4j.spi.DeviceProvider;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What README, pages and javadoc tell people to type or to write: commands are understood, and programs run. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Path LIBRARY = ROOT.resolve("core/src/main/java/ixy4j");
    private static final Pattern PROGRAM = Pattern.compile("```java\n(import .*?)```", Pattern.DOTALL);
    private static final Pattern QUOTE = Pattern.compile("```java\n( .*?)```", Pattern.DOTALL);
    private static final Pattern JAVADOC = Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("(?:^    |`)(\\./ixy [^`|>&#\n]*)", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    @TempDir
    private Path folder;

    // ---- programs

    @Test
    void theReadmeForwardsUntilItIsToldToStop() throws IOException {
        List<byte[]> frames = Capture.frames(300, 1);
        Path in = Capture.write(folder.resolve("in.pcap"), frames);
        Path out = folder.resolve("out.pcap");
        try (Cli program =
                Cli.start(java(program("README.md"), "model:0?wire=pcap:" + in + ",-", "model:1?wire=pcap:-," + out))) {
            program.await("frames", () -> out.toFile().length() == in.toFile().length());
            program.signal("TERM");
            Cli.Result result = program.await(Cli.SHORT);
            assertEquals(128 + 15, result.exit(), result::toString);
            assertTrue(result.out().contains("txPackets=300,"), result::toString);
            Capture.assertSame(frames, Capture.read(out), result);
        }
    }

    @Test
    void theJavadocBeginsAsTheReadme() throws IOException {
        assertEquals(program("README.md"), example("package-info.java"));
    }

    @Test
    void packetsAreCounted() throws IOException {
        Cli.Result result = run(example("packet/package-info.java"), "model:0").succeeds();
        assertTrue(result.out().matches("0 of 10000\\d\\d frames\n"), result::toString);
    }

    @Test
    void twoThreadsHandPacketsOver() throws IOException {
        Cli.Result result =
                run(program("docs/library.md"), "model:0", "model:1?wire=sink").succeeds();
        assertEquals("sent 100000\n", result.out());
    }

    @Test
    void aProviderOpensACardOfItsScheme() throws Exception {
        compile(example("spi/package-info.java"));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            DeviceProvider provider = (DeviceProvider)
                    loader.loadClass("OwnProvider").getConstructor().newInstance();
            assertEquals("own", provider.scheme());
            try (Device device = provider.open(Address.parse("own:model:41"), DeviceOptions.DEFAULT)) {
                assertEquals("model:41", device.address());
            }
        }
    }

    @Test
    void theTutorialShowsWhatItsProgramPrints() throws IOException {
        Cli.Result result = run(program("docs/tutorial.md"));
        assertEquals(1, result.exit(), result::toString);
        String tutorial = Files.readString(ROOT.resolve("docs/tutorial.md"));
        assertTrue(tutorial.contains(result.out().indent(4)), result::toString);
        String error = result.err().lines().findFirst().orElse("");
        assertTrue(tutorial.contains('\n' + error.indent(4)), result::toString);
    }

    @Test
    void theRateOfAVirtioCardIsMeasured() throws IOException {
        run(program("docs/virtio.md"), "model:0", "rx", "1").succeeds();
        run(program("docs/virtio.md"), "model:0", "tx", "1").succeeds();
    }

    @Test
    void programsOfTheModelsPageWork() throws Exception {
        List<String> programs = programs("docs/model.md");
        assertEquals(2, programs.size());
        assertEquals("received 1\n", run(programs.get(0)).succeeds().out());
        compile(programs.get(1));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Class<?> test = loader.loadClass(name(programs.get(1)));
            Object instance = newInstance(test);
            for (var method : test.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    method.setAccessible(true);
                    method.invoke(instance);
                }
            }
        }
    }

    private static Object newInstance(Class<?> test) throws ReflectiveOperationException {
        var constructor = test.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }

    /** What a page quotes from the sources stands there, but for spaces. */
    @ParameterizedTest
    @MethodSource("pages")
    void quotedCodeIsInTheSources(Path page) throws IOException {
        String sources = sources();
        Matcher quotes = QUOTE.matcher(Files.readString(page));
        while (quotes.find()) {
            String quote = quotes.group(1);
            assertTrue(sources.contains(quote.replaceAll("\\s+", "")), () -> page + " quotes " + quote);
        }
    }

    // ---- commands and links

    @ParameterizedTest
    @MethodSource("pages")
    void commandsAreUnderstood(Path page) throws IOException {
        for (List<String> words : commands(page)) {
            if (!List.of("bench", "test").contains(words.getFirst())) {
                Main.commandLine().parseArgs(words.toArray(new String[0])); // throws what it does not understand
            }
        }
    }

    /** Those that end by themselves and need no more than this machine. */
    @Test
    void commandsThatRunAnywhereRun() throws IOException {
        int run = 0;
        for (Path page : List.of(ROOT.resolve("README.md"), ROOT.resolve("docs/commands.md"))) {
            for (List<String> words : commands(page)) {
                String line = String.join(" ", words);
                boolean ends = line.contains("--seconds") || line.contains("--count") || line.equals("devices");
                boolean isHere = !line.matches(".*(\\d\\d:\\d\\d\\.|user:|tap:).*") && !words.contains("lab");
                if (ends && isHere && !words.getFirst().equals("bench")) {
                    Cli.run(words.stream()
                                    .map(word -> word.replace("/tmp", folder.toString()))
                                    .toArray(String[]::new))
                            .succeeds();
                    run++;
                }
            }
        }
        assertTrue(run >= 6, "only " + run + " commands were found");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) throws IOException {
        Matcher links = LINK.matcher(Files.readString(page));
        while (links.find()) {
            Path target = page.resolveSibling(links.group(1));
            assertTrue(Files.exists(target), page + " links to " + links.group(1));
            if (links.group(2) != null) {
                assertTrue(anchors(target).contains(links.group(2)), page + " links to " + links.group());
            }
        }
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> "#"
                        + line.replaceFirst("#+ ", "")
                                .toLowerCase(java.util.Locale.ROOT)
                                .replaceAll("[^a-z0-9 -]", "")
                                .replace(' ', '-'))
                .toList();
    }

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> pages = docs.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
            pages.addFirst(ROOT.resolve("README.md"));
            return pages.stream();
        }
    }

    /** The words of each command of a page behind {@code ./ixy}. */
    private static List<List<String>> commands(Path page) throws IOException {
        List<List<String>> commands = new ArrayList<>();
        Matcher lines = COMMAND.matcher(Files.readString(page));
        while (lines.find()) {
            List<String> words = new ArrayList<>();
            Matcher word = WORD.matcher(lines.group(1).substring("./ixy ".length()));
            while (word.find()) {
                words.add(word.group(1) == null ? word.group(2) : word.group(1));
            }
            boolean isForm = words.stream().anyMatch(w -> w.matches("[A-Z]+|\\[.*|.*\\.\\.\\."));
            boolean isName = words.size() == 1; // in a sentence
            if (!words.isEmpty() && !isForm && (!isName || words.contains("devices"))) {
                commands.add(words);
            }
        }
        return commands;
    }

    // ---- finding, compiling and running programs

    private static List<String> programs(String page) throws IOException {
        return PROGRAM.matcher(Files.readString(ROOT.resolve(page)))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static String program(String page) throws IOException {
        return programs(page).getFirst();
    }

    private static String example(String file) throws IOException {
        Matcher example = JAVADOC.matcher(Files.readString(LIBRARY.resolve(file)));
        assertTrue(example.find(), file);
        return example.group(1).replaceAll("(?m)^ \\* ?", "") + '\n';
    }

    private static String name(String program) {
        Matcher name = Pattern.compile("^(?:public )?(?:final )?class (\\w+)", Pattern.MULTILINE)
                .matcher(program);
        return name.find() ? name.group(1) : "Program";
    }

    private Cli.Result run(String program, String... arguments) throws IOException {
        return Cli.run(java(program, arguments), Cli.SHORT);
    }

    /** The words that run a program from its source, as the README says. */
    private List<String> java(String program, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve(name(program) + ".java"), program);
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Cli.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                file.toString()));
        words.addAll(List.of(arguments));
        return words;
    }

    private void compile(String program) throws IOException {
        Path file = Files.writeString(folder.resolve(name(program) + ".java"), program);
        int code = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        file.toString());
        assertEquals(0, code, () -> "javac of " + program);
    }

    private static String sources() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (String module : List.of("core", "nic-model", "report", "course", "learn", "apps")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    sources.append(Files.readString(file).replaceAll("\\s+", ""));
                }
            }
        }
        return sources.toString();
    }
}
