package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in all sorts of environments. It is a copy in a checkout of few files, with a Maven that counts how often
 * it is called and takes the classes that are there; the JDK and the cache of start-up are real.
 */
class LauncherTest {
    private static final String CHECKOUT = "a checkout";
    private static final Duration LONG = Duration.ofMinutes(2);

    /** Where it is told to wait, it does so until it is killed, or the tests are. */
    private static final String MAVEN = """
            #!/bin/sh
            echo "$*" >>"$TEST/calls"
            env >"$TEST/environment"
            [ ! -e "$TEST/wait" ] || { touch "$TEST/waits"; exec tail --pid="$TESTS" -f /dev/null; }
            mkdir -p apps/target
            cp -r "$TEST/built" apps/target/lib
            """;

    /** The training takes seconds: only for whom it matters. */
    private static final String TIMEOUT = """
            #!/bin/sh
            [ -e "$TEST/train" ] || exit 1
            PATH=${PATH#*:} exec timeout "$@"
            """;

    /** Has a checkout that is built, what it was built with, and what came of it. */
    @TempDir
    private static Path original;

    @TempDir
    private Path empty;

    /** The original; for a test that changes it a copy. */
    private Path folder = original;

    private Path checkout = original.resolve(CHECKOUT);

    @BeforeAll
    static void build() throws IOException {
        Path built = Files.createDirectory(original.resolve("built"));
        for (Path part : Cli.classPath()) {
            if (Files.isDirectory(part)) {
                String jar = built.resolve(
                                "ixy4j-" + part.getParent().getParent().getFileName() + "-1.jar")
                        .toString();
                ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
                assertEquals(0, tool.run(System.err, System.err, "-c", "-f", jar, "-C", part.toString(), "."));
            } else {
                Files.copy(part, built.resolve(part.getFileName()));
            }
        }
        Path bin = Files.createDirectory(original.resolve("bin"));
        program(bin.resolve("mvn"), MAVEN);
        program(bin.resolve("timeout"), TIMEOUT);
        Path checkout = Files.createDirectory(original.resolve(CHECKOUT));
        Files.copy(Path.of("..", "ixy"), checkout.resolve("ixy"));
        Files.createDirectory(checkout.resolve(".mvn"));
        Files.createDirectories(checkout.resolve("docs/learn"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        for (String module : List.of("core", "nic-model", "report", "watch", "course", "learn", "apps")) {
            Path sources = Files.createDirectories(checkout.resolve(module + "/src/main/java"));
            Files.writeString(sources.resolve("A.java"), "class A {}");
            Files.writeString(sources.resolve("B.java"), "class B {}");
            Files.writeString(checkout.resolve(module + "/pom.xml"), "<project/>");
        }
        Files.createFile(original.resolve("train"));
        run(words(original, "./ixy help")).succeeds();
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** From here on, the test has its own; without a cache of start-up, unless it makes one. */
    private void copy() throws IOException {
        run(List.of("cp", "-a", original + "/.", empty.toString())).succeeds();
        Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rwxr-xr-x"));
        folder = empty;
        checkout = folder.resolve(CHECKOUT);
        Files.delete(folder.resolve("train"));
        assertEquals(1, builds());
    }

    @AfterEach
    void nothingIsLeft() {
        assertFalse(Files.exists(checkout.resolve("apps/target/ixy.stamp.new")));
    }

    private static Cli.Result run(List<String> command) {
        return Cli.run(command, LONG);
    }

    /** The words that run a script in the checkout. */
    private static List<String> words(Path folder, String script) {
        return List.of(
                "env",
                "PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH"),
                "JAVA_HOME=" + System.getProperty("java.home"),
                "TEST=" + folder,
                "TESTS=" + ProcessHandle.current().pid(),
                "sh",
                "-c",
                "cd \"$1\" && " + script,
                "sh",
                folder.resolve(CHECKOUT).toString());
    }

    private Cli.Result sh(String script) {
        return run(words(folder, script));
    }

    /** As somebody who is nobody, and has no home. */
    private Cli.Result asNobody(String script) {
        Machine.needsRoot();
        List<String> user = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        return run(Cli.words(user, words(folder, script)));
    }

    /** How often Maven was called. */
    private long builds() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    private static void starts(Cli.Result result) {
        result.succeeds();
        assertTrue(result.out().startsWith("Usage: ixy COMMAND"), result::toString);
        List<String> said = result.err()
                .lines()
                .filter(line -> !line.matches("(NOTE: )?Picked up \\w+: .*"))
                .toList();
        assertEquals(List.of(), said, result::toString);
    }

    // ---- programs of one file

    /** An example, which is of a module, and one of nobody's. */
    @ParameterizedTest
    @ValueSource(strings = {"examples/src/main/java/ixy4j/examples/Capture.java", "Mine.java"})
    void runsAProgram(String program) throws IOException {
        copy();
        run(List.of("cp", "-r", Path.of("..", "examples").toAbsolutePath().toString(), checkout.toString()))
                .succeeds();
        Files.writeString(checkout.resolve("Mine.java"), """
                void main(String[] args) throws Exception {
                    try (var card = ixy4j.Device.open(args[0])) {
                        java.nio.file.Files.writeString(java.nio.file.Path.of(args[1]), card.address());
                    }
                    Thread.currentThread().join();
                }
                """);
        Path file = checkout.resolve("x y");
        try (Cli running = Cli.start(words(folder, "exec ./ixy run " + program + " 'model:0?wire=none' 'x y'"))) {
            running.await("file", () -> Files.exists(file) && file.toFile().length() > 0);
            running.signal("TERM");
            assertEquals(143, running.await(LONG).exit());
        }
    }

    @Test
    void runsNothingWithoutAName() {
        assertTrue(sh("./ixy run --help").succeeds().out().contains("Usage: ixy run"));
        assertEquals(2, sh("./ixy run").exit());
        sh("./ixy run ''").failsInOneLine(2, "not ''");
    }

    /** The JVM would take the name for that of a class, or for a file of options, and say so in lines of its own. */
    @Test
    void runsOnlyFilesOfJavaSource() throws IOException {
        sh("./ixy run /nowhere/X.java").failsInOneLine(1, "there is no file '/nowhere/X.java' to run");
        sh("mkdir Folder.java; ./ixy run Folder.java").failsInOneLine(1, "Folder.java is a folder");
        sh("./ixy run README.md").failsInOneLine(2, "not 'README.md'");
        Files.writeString(checkout.resolve("@x.java"), "class X { static void main() { IO.println(\"ran\"); } }");
        assertEquals("ran\n", sh("./ixy run @x.java").succeeds().out());
    }

    // ---- options of the JVM

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JAVA_TOOL_OPTIONS=-XX:+UseZGC",
                "JAVA_TOOL_OPTIONS=\"'-XX:+UseZGC'\"",
                "JAVA_TOOL_OPTIONS=-Xms40m",
                "JAVA_TOOL_OPTIONS='-Xms2m -Xmx16m'",
                "JAVA_TOOL_OPTIONS=-XX:InitialHeapSize=64m",
                "JAVA_TOOL_OPTIONS=-XX:MaxRAMPercentage=50",
                "JAVA_TOOL_OPTIONS=-Xshare:off",
                "JAVA_TOOL_OPTIONS=-XX:Flags=../flags",
                "JAVA_TOOL_OPTIONS=-XX:VMOptionsFile=../arguments",
                "JDK_JAVA_OPTIONS='-Da=b -XX:+UseParallelGC -Xmx100m'",
                "JDK_JAVA_OPTIONS='\"-XX:+UseParallelGC\"'",
                "JDK_JAVA_OPTIONS=@../arguments",
                "_JAVA_OPTIONS=-XX:+UseG1GC",
                "_JAVA_OPTIONS=-Xmx20m",
                "IXY_JAVA_OPTS='-Xms2m -Xmx16m'",
                "IXY_JAVA_OPTS=-XX:MaxNewSize=31m",
                "IXY_JAVA_OPTS='-XX:+UseZGC -Xmx64m'",
                "IXY_JAVA_OPTS=@../arguments",
                "IXY_JAVA_OPTS=-XX:DumpLoadedClassList=../list",
                "IXY_JAVA_OPTS=-XX:-UseCompressedOops",
                "IXY_JAVA_OPTS=--add-opens=java.base/java.lang=ALL-UNNAMED",
                "IXY_JAVA_OPTS='-XX:+UseZGC -Xmx64m' JAVA_TOOL_OPTIONS=-Xms33m",
            })
    void optionsOfTheUserTakeThePlaceOfOurs(String environment) {
        sh("echo -XX:+UseZGC -Xmx64m >../arguments; echo +UseZGC >../flags").succeeds();
        starts(sh(environment + " ./ixy help"));
    }

    /** How many of our classes come from the cache of start-up. */
    private long cached(String environment) {
        return sh(environment + " ./ixy help")
                .succeeds()
                .out()
                .lines()
                .filter(line -> line.contains(" ixy4j.") && line.contains("source: shared objects file"))
                .count();
    }

    @Test
    void theCacheOfStartUpIsUsed() {
        assertTrue(cached("IXY_JAVA_OPTS=-Xlog:class+load") > 0);
        assertTrue(cached("CLASSPATH=/nowhere CDPATH=/ IXY_JAVA_OPTS=-Xlog:class+load") > 0);
        assertTrue(cached("LC_ALL=C JAVA_TOOL_OPTIONS=-Da=b IXY_JAVA_OPTS=-Xlog:class+load") > 0);
    }

    @Test
    void aSpoiltCacheIsLeftAside() throws IOException {
        copy();
        sh("touch pom.xml ../train && ./ixy help && mv apps/target/ixy.aot ../whole")
                .succeeds();
        for (String spoil : List.of(
                ": >$CACHE",
                "head -c 100 ../whole >$CACHE",
                "head -c 1M ../whole >$CACHE",
                "head -c -4096 ../whole >$CACHE",
                "head -c 1M /dev/urandom >$CACHE",
                "mkdir $CACHE",
                "ln -s nowhere $CACHE")) {
            sh("CACHE=apps/target/ixy.aot; rm -rf $CACHE; " + spoil).succeeds();
            starts(sh("./ixy help"));
        }
    }

    /** Of a heap that is for packets, Maven would die. */
    @Test
    void mavenHasItsOwnHeap() throws IOException {
        copy();
        sh("touch pom.xml ../train && JAVA_TOOL_OPTIONS='-Xmx20m -Da=b -XX:+UseZGC' _JAVA_OPTIONS=-Xms20m ./ixy help")
                .succeeds();
        List<String> environment = Files.readAllLines(folder.resolve("environment"));
        assertTrue(environment.contains("JAVA_TOOL_OPTIONS=-Da=b"), environment::toString);
        assertFalse(environment.toString().contains("_JAVA_OPTIONS"), environment::toString);
        assertTrue(Files.exists(checkout.resolve("apps/target/ixy.aot")), "the training has them neither");
    }

    // ---- names and languages

    @ParameterizedTest
    @ValueSource(strings = {"LC_ALL=C", "LC_ALL=POSIX", "LC_ALL=xx_XX.UTF-8", "LC_ALL= LC_CTYPE= LANG="})
    void namesNeedNotBeAscii(String environment) throws IOException {
        String script = """
                name=$(printf 'gr\\303\\274n')
                ENVIRONMENT ./ixy pktgen "model:0?wire=pcap:-,$name.pcap" --count 3 --quiet && [ -s "$name.pcap" ]
                ENVIRONMENT ./ixy sink "model:0?wire=pcap:no-$name" || [ $? -eq 1 ]
                """.replace("ENVIRONMENT", environment);
        copy();
        Cli.Result result = sh(script).succeeds();
        assertEquals("ixy: no-gr\u00fcn: no such file\n", result.err(), result::toString);
    }

    @Test
    void soCanTheNameOfTheCheckout() throws IOException {
        String script = """
                name=$(printf '../gr\\303\\274n  $x') && cp -a . "$name" && cd "$name" && touch pom.xml "$TEST/train" && export LC_ALL=C
                ./ixy help && ln -s "$PWD/ixy" ../link && cd / && IXY_JAVA_OPTS=-Xlog:class+load "$TEST/link" help
                """;
        copy();
        Cli.Result result = sh(script).succeeds();
        assertTrue(result.out().contains("source: shared objects file"), "it has a cache of start-up");
        assertEquals(2, builds());
    }

    @Test
    void aColonInItsNameIsRefused() throws IOException {
        copy();
        sh("cp -a . ../a:b && ../a:b/ixy help").failsInOneLine(1, "a:b", "colon");
    }

    // ---- what changed

    @Test
    void aSourceFromTheFutureIsBuiltOnce() throws IOException {
        copy();
        sh("touch -d 2099-01-01 core/src/main/java/A.java && ./ixy help && ./ixy help")
                .succeeds();
        assertEquals(2, builds());
        sh("echo 'class A { }' >apps/src/main/java/B.java && ./ixy help && ./ixy help")
                .succeeds();
        assertEquals(3, builds(), "a change of today is one too");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm core/src/main/java/A.java",
                "touch -d 2001-01-01 core/src/main/java/A.java",
                "mv core/src/main/java/A.java core/src/main/java/C.java",
                "echo >>pom.xml",
                "echo -X >.mvn/jvm.config",
                "rm -r apps/target/lib",
                "rm apps/target/ixy.stamp",
            })
    void changesAreBuilt(String change) throws IOException {
        copy();
        sh(change + " && ./ixy help && ./ixy help").succeeds();
        assertEquals(2, builds());
    }

    /** Maven would take them for classes of the older source that is there now. */
    @Test
    void classesOfOtherSourcesGo() throws IOException {
        copy();
        String script = """
                mkdir -p core/target/classes apps/target/classes
                touch -d 2001-01-01 core/src/main/java/A.java && ./ixy help
                """;
        sh(script).succeeds();
        assertFalse(Files.exists(checkout.resolve("core/target/classes")));
        assertTrue(Files.exists(checkout.resolve("apps/target/classes")));
    }

    @Test
    void whatAnEditorLeavesIsNoChange() throws IOException {
        copy();
        starts(sh("touch core/src/main/java/.A.java.swp core/src/main/java/A.java~ && ./ixy help"));
        assertEquals(1, builds());
    }

    // ---- rights

    @Test
    void whoMayNotWriteRunsWhatIsThere() throws IOException {
        Machine.needsRoot();
        copy();
        starts(asNobody("./ixy help"));
        asNobody("HOME= TMPDIR=/nowhere ./ixy fwd --seconds 1").succeeds();
        sh("touch pom.xml").succeeds();
        asNobody("./ixy help").failsInOneLine(1, "nobody cannot write to " + checkout, "let root run", "IXY_AS_BUILT");
        starts(asNobody("IXY_AS_BUILT=1 ./ixy help"));
        sh("rm -r apps/target").succeeds();
        asNobody("./ixy help").failsInOneLine(1, "nobody cannot write to " + checkout, "let root run");
        assertEquals(1, builds());
        starts(sh("umask 077 && ./ixy help 2>/dev/null"));
        starts(asNobody("./ixy help"));
    }

    @Test
    void rootLeavesTheOwnerOfTheSourcesAbleToBuild() throws IOException {
        copy();
        Machine.needsRoot();
        sh("chown -R 65534:65534 \"$TEST\" && chown -R 0 . && chown -R 65534 ixy .mvn pom.xml */src */pom.xml . &&"
                        + " chown -R 0 */target && touch pom.xml && ./ixy help && touch pom.xml")
                .succeeds();
        asNobody("./ixy help").succeeds();
        assertEquals(3, builds());
        List<String> calls = Files.readAllLines(folder.resolve("calls"));
        assertTrue(calls.getLast().contains("-Dmaven.repo.local=" + checkout), "nobody has no home: " + calls);
        assertFalse(calls.getFirst().contains("maven.repo.local"), calls::toString);
    }

    @Test
    void aFileSystemMayBeReadOnly() throws IOException {
        Machine.needsRoot();
        copy();
        String mount = "mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\" && ";
        starts(sh("unshare -m sh -c '" + mount + "./ixy help'"));
        sh("touch pom.xml && unshare -m sh -c '" + mount + "./ixy help'")
                .failsInOneLine(1, "root cannot write to " + checkout, "make it writable");
    }

    // ---- builds that are interrupted, or two

    /** A launcher whose Maven waits, and what it started; none of them outlives the test. */
    private record Build(Cli launcher, List<ProcessHandle> children) implements AutoCloseable {
        @Override
        public void close() {
            launcher.close();
            children.forEach(ProcessHandle::destroyForcibly); // also where its parent is gone
        }
    }

    private Build waiting() throws IOException {
        copy();
        sh("touch pom.xml \"$TEST/wait\"").succeeds();
        Cli launcher = Cli.start(words(folder, "exec ./ixy help"));
        try {
            launcher.awaitFile(folder.resolve("waits"), LONG);
            Files.delete(folder.resolve("wait"));
            return new Build(
                    launcher,
                    ProcessHandle.of(launcher.pid()).orElseThrow().descendants().toList());
        } catch (IOException | RuntimeException | Error e) {
            launcher.close();
            throw e;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP"})
    void aSignalEndsABuild(String signal) throws IOException {
        try (Build build = waiting()) {
            build.launcher.signal(signal);
            Cli.Result result = build.launcher.await(Cli.SHORT);
            assertEquals(signal.equals("TERM") ? 143 : 129, result.exit(), result::toString);
            assertTrue(build.children.stream().noneMatch(ProcessHandle::isAlive), "Maven too");
        }
        sh("./ixy help").succeeds();
        assertEquals(3, builds());
    }

    /** What it was doing goes on, and must be over before the next begins. */
    @Test
    void afterAKillTheNextWaitsAndBuilds() throws IOException {
        try (Build build = waiting()) {
            build.launcher.signal("KILL");
            build.launcher.await(Cli.SHORT);
            assertTrue(build.children.stream().anyMatch(ProcessHandle::isAlive), "Maven goes on");
            try (Cli next = Cli.start(words(folder, "exec ./ixy help"))) {
                next.awaitError("waiting for another build");
                assertEquals(2, builds());
                build.children.forEach(ProcessHandle::destroy);
                next.await(LONG).succeeds();
            }
        }
        assertEquals(3, builds());
    }

    @Test
    void twoAtOnceBuildOnce() throws IOException {
        copy();
        sh("touch pom.xml; ./ixy help & ./ixy help && wait $!").succeeds();
        assertEquals(2, builds());
    }

    /** The other makes the folder for both just after this has seen that there is none. */
    @Test
    void anotherMayBeFasterToMakeTheFolder() throws IOException {
        copy();
        program(folder.resolve("bin/mkdir"), """
                #!/bin/sh
                PATH=${PATH#*:}
                case $* in *apps/target) mkdir apps/target ;; esac
                exec mkdir "$@"
                """);
        sh("rm -r apps/target && ./ixy help").succeeds();
        assertEquals(2, builds());
    }

    @Test
    void aFullDiskIsNamed() throws IOException {
        Machine.needsRoot();
        copy();
        String script =
                "mount -t tmpfs -o size=64k,nr_inodes=100 none apps && mkdir -p apps/src/main apps/target && touch"
                        + " apps/pom.xml && { cat /dev/zero >apps/target/full 2>/dev/null; ./ixy help; }";
        Cli.Result result = sh("unshare -m sh -c '" + script + "'");
        assertEquals(1, result.exit(), result::toString);
        assertTrue(result.err().contains("100%") || result.err().contains("No space left"), result::toString);
        assertTrue(result.err().contains("ixy: the build failed: "), result::toString);
    }

    // ---- tools

    @Test
    void testsCanHaveWhatTheyCall() throws IOException {
        String launcher = Files.readString(checkout.resolve("ixy"));
        String installed = launcher.lines()
                .filter(line -> line.strip().startsWith("for package in "))
                .findFirst()
                .orElseThrow();
        for (String debian : Machine.packages()) {
            assertTrue(installed.matches(".* " + debian + "[ ;].*"), debian + " in: " + installed);
        }
    }
}
