package ixy4j.vm;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A virtual machine of {@code ./ixy lab} that does one thing after another, so that many tests need only one boot. The
 * lab's command gets no input, so scripts come as files in a folder that the guest sees too: 1, 2 and so on.
 */
final class Guest implements AutoCloseable {
    /** Enough for each short command, also where the machine is busy. */
    static final int SHORT = 120;

    private static final int BOOT = 300; // seconds, more than the lab waits, also where the kernel has to be fetched
    // Answers on standard output: a line with number, exit code and two lengths, and then both outputs. The folder is
    // listed, since a file that was looked up in vain could be taken for missing later too.
    private static final String LOOP = """
            number=0
            echo ready
            while :; do
                number=$((number + 1))
                until ls "$1" | grep -qx $number; do sleep 0.05; done
                code=0
                sh "$1/$number" </dev/null >/tmp/out 2>/tmp/err || code=$?
                echo $number $code $(stat -c %s /tmp/out /tmp/err)
                cat /tmp/out /tmp/err
            done
            """;

    private final Path folder;
    private final Program lab;
    private int number;
    private int consumed; // bytes of the lab's output

    private Guest(Path folder, List<String> cards, List<String> options) {
        this.folder = folder;
        List<String> words = new ArrayList<>(List.of("./ixy", "lab"));
        words.addAll(options);
        cards.forEach(card -> words.addAll(List.of("--nic", card)));
        words.addAll(List.of("--", "sh", "-c", LOOP, "guest", folder.toString()));
        lab = Program.start(words);
        String ready = line(deadline(BOOT));
        if (!"ready".equals(ready)) {
            fail(stateAfter("its boot"));
        }
    }

    /** Boots one with these cards, and options of the lab; {@code folder} is empty, and the tests' own. */
    static Guest boot(Path folder, List<String> cards, String... options) {
        return new Guest(folder, cards, List.of(options));
    }

    /** The address of a card, counted from 1. */
    static String card(int number) {
        return String.format(Locale.ROOT, "0000:00:%02x.0", number);
    }

    /** How one of these tests' programs is run in a guest: its arguments come behind this. */
    static String java(Class<?> program) {
        return "\"$JAVA_HOME/bin/java\" --enable-native-access=ALL-UNNAMED -Xmx64m -XX:+UseSerialGC $IXY_JAVA_OPTS -cp "
                + quoted(System.getProperty("surefire.test.class.path")) + " " + program.getName() + " ";
    }

    /** Runs a script in the project's folder to its end. */
    Result run(String script) {
        return run(script, SHORT);
    }

    Result run(String script, int seconds) {
        number++;
        try {
            Path file = Files.writeString(
                    folder.resolve(number + ".new"),
                    "exec timeout -k 2 " + seconds + " sh -c " + quoted(script) + "\n");
            Files.move(file, folder.resolve(Integer.toString(number))); // whole from the start
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long deadline = deadline(seconds + SHORT);
        String[] answer = line(deadline).split(" ", -1);
        if (answer.length != 4 || Integer.parseInt(answer[0]) != number) {
            fail(stateAfter(script));
        }
        byte[] out = take(Integer.parseInt(answer[2]), deadline);
        byte[] err = take(Integer.parseInt(answer[3]), deadline);
        return Result.of(script, Integer.parseInt(answer[1]), out, err);
    }

    /** Starts {@code ./ixy} with these arguments in the background. */
    Background ixy(String arguments) {
        return start("./ixy " + arguments);
    }

    /** Starts a command in the background. */
    Background start(String command) {
        return new Background(command);
    }

    private static long deadline(int seconds) {
        return System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    }

    /** The next line of the guest's answers, without its end; empty where none comes. */
    private String line(long deadline) {
        for (int end = consumed; lab.out().await(end + 1, deadline); end++) {
            byte[] bytes = lab.out().bytes();
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (end < bytes.length) {
                String line = new String(bytes, consumed, end - consumed, StandardCharsets.UTF_8);
                consumed = end + 1;
                return line;
            }
        }
        return "";
    }

    private byte[] take(int count, long deadline) {
        if (!lab.out().await(consumed + count, deadline)) {
            fail(stateAfter("an answer of " + count + " bytes was due"));
        }
        byte[] taken = Arrays.copyOfRange(lab.out().bytes(), consumed, consumed + count);
        consumed += count;
        return taken;
    }

    private String stateAfter(String script) {
        byte[] out = lab.out().bytes();
        return "the guest does not answer, and the lab " + (lab.isAlive() ? "still runs" : "has ended") + "; last was "
                + script + "\nstdout: "
                + new String(out, consumed, out.length - consumed, StandardCharsets.UTF_8) + "\nstderr: "
                + new String(lab.err().bytes(), StandardCharsets.UTF_8);
    }

    /** Waits until an interface has a link. */
    void awaitLink(String name) {
        run("until [ \"$(cat /sys/class/net/" + name + "/carrier)\" = 1 ]; do sleep 0.1; done")
                .succeeds();
    }

    /**
     * From now on Linux sends nothing on this interface. Otherwise it does so long after all was quiet: it asks by ARP
     * whether a neighbour is still there, and TCP repeats what was lost. {@code ip} has a network namespace, if need be.
     */
    void silence(String ip, String name) {
        run(String.format(Locale.ROOT, "%1$s addr flush dev %2$s && %1$s neigh flush dev %2$s", ip, name))
                .succeeds();
    }

    /** A number that is all that a file in the guest has. */
    long number(String file) {
        return Long.parseLong(run("cat " + file).succeeds().out().strip());
    }

    /** As a word of a shell. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Kills the machine, as a crash would end it; the lab is not touched. */
    void killMachine() {
        List<ProcessHandle> machines = lab.family().stream()
                .filter(process -> process.info().commandLine().orElse("").contains("qemu-system-"))
                .toList();
        if (machines.size() != 1 || !machines.getFirst().destroyForcibly()) {
            fail("not one process of QEMU: " + machines);
        }
    }

    /** Waits until the lab has ended by itself; what it said, but for the guest's answers. */
    Result awaitEnd(int seconds) {
        Result result = lab.await(Duration.ofSeconds(seconds));
        return new Result(result.command(), result.exit(), result.out().substring(consumed), result.err());
    }

    /** Ends the lab in good order, and then otherwise. */
    @Override
    public void close() {
        try (Program ending = lab) {
            ending.terminate();
            ending.await(Duration.ofSeconds(SHORT));
        }
    }

    /** A program that runs in the guest meanwhile. */
    final class Background implements AutoCloseable {
        private final String command;
        private final String files = "/tmp/background" + (number + 1);
        private boolean ended;

        private Background(String command) {
            this.command = command;
            // A group of its own, so that all of it can be killed. In the background, programs would ignore Ctrl-C.
            run(String.format(Locale.ROOT, """
                    files=%s
                    setsid sh -c 'echo $$ >"$0.group"; sh -c "$1" >"$0.out" 2>"$0.err"; echo $? >"$0.code"' "$files" %s &
                    until [ -s "$files.group" ]; do sleep 0.02; done
                    """, files, quoted("exec " + command)))
                    .succeeds();
        }

        /** Waits until so many lines are on its standard output; the output so far. */
        String awaitLines(int count) {
            Result result = run(String.format(Locale.ROOT, """
                    until [ "$(wc -l <%1$s.out)" -ge %2$d ]; do
                        [ ! -e %1$s.code ] || exit 99
                        sleep 0.1
                    done
                    cat %1$s.out
                    """, files, count));
            if (result.exit() != 0) {
                fail("no " + count + " lines from " + peek());
            }
            return result.out();
        }

        /** Sends a signal to the command, by its name. */
        void signal(String name) {
            if (run("pkill -" + name + " -P $(cat " + files + ".group)").exit() != 0) {
                fail("no signal " + name + " can be sent to " + peek());
            }
        }

        /** Waits for the end; one that does not come is a failure. */
        Result await(int seconds) {
            Result waited = run("until [ -s " + files + ".code ]; do sleep 0.05; done", seconds);
            Result result = peek();
            if (waited.exit() != 0) {
                fail("still running after " + seconds + " s: " + result);
            }
            ended = true;
            return result;
        }

        /** What it has said so far; exit code -1 where it still runs. */
        Result peek() {
            Result code = run("cat " + files + ".code");
            return new Result(
                    command,
                    code.exit() == 0 ? Integer.parseInt(code.out().strip()) : -1,
                    run("cat " + files + ".out").out(),
                    run("cat " + files + ".err").out());
        }

        @Override
        public void close() {
            if (!ended) {
                run("kill -9 -$(cat " + files + ".group)");
            }
        }
    }
}
