package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;

/** Help, and what it says to a wrong command line: exit code 2, and a message with the value. */
class UsageTest {
    /** Each is a command of ours, and they fit a terminal of 80 columns. */
    @Test
    void withoutACommandThereAreFiveThingsToDo() {
        Cli.Result result = Cli.run().succeeds();
        assertTrue(result.out().lines().allMatch(line -> line.length() <= 80), result::toString);
        List<String> things = result.out()
                .lines()
                .filter(line -> line.startsWith("  ./ixy "))
                .map(line -> line.strip().split(" +", -1)[1])
                .toList();
        assertEquals(5, things.size(), result::toString);
        assertTrue(Main.commandLine().getSubcommands().keySet().containsAll(things), things::toString);
        assertEquals("", result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "help fwd"})
    void helpHasAnExample(String line) {
        Cli.Result result = Cli.run(line.split(" ", -1));
        if (line.equals("--help") && result.exit() != 0) {
            return; // "./ixy help" is the promise
        }
        result.succeeds();
        assertTrue(result.out().contains("Usage: ixy"), result::toString);
        assertTrue(result.out().contains("Example: ./ixy fwd"), result::toString);
        assertEquals("", result.err());
    }

    /** The list has the first line of what a command says of itself, and a terminal 80 columns. */
    @Test
    void helpIsOfWholeSentencesAndNoWiderThanATerminal() {
        for (CommandLine command : commands().toList()) {
            UsageMessageSpec help = command.getCommandSpec().usageMessage();
            assertTrue(
                    help.description()[0].endsWith("."), () -> command.getCommandName() + ": " + help.description()[0]);
            for (String line : help.footer()) {
                assertTrue(line.length() <= 80, line);
            }
        }
    }

    private static Stream<CommandLine> commands() {
        CommandLine main = Main.commandLine();
        return Stream.concat(
                Stream.of(main),
                main.getSubcommands().values().stream()
                        .filter(command -> !(command.getCommand() instanceof CommandLine.HelpCommand)));
    }

    @Test
    void helpNamesEveryCommand() {
        Cli.Result result = Cli.run("help").succeeds();
        for (String command : new String[] {"fwd", "pktgen", "sink", "devices", "run", "lab", "bench", "test"}) {
            assertTrue(result.out().lines().anyMatch(line -> line.strip().startsWith(command + " ")), result::toString);
        }
    }

    /** The list of commands has what picocli takes for it: the first line of a description. */
    @Test
    void whatIsListedOfACommandIsASentence() {
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            String first = command.getCommandSpec().usageMessage().description()[0];
            assertTrue(first.endsWith(".") || name.equals("help"), () -> name + ": " + first);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"fwd", "pktgen", "sink", "devices", "run", "lab", "bench", "test"})
    void eachCommandHasAnExample(String command) {
        Cli.Result result = Cli.run(command, "--help").succeeds();
        assertTrue(result.out().contains("Usage: ixy " + command), result::toString);
        assertTrue(result.out().contains("Example: ./ixy " + command), result::toString);
        assertEquals("", result.err());
    }

    /** What picocli finds: its line, then the usage. */
    @ParameterizedTest
    @CsvSource({
        "bogus, 'bogus'",
        "fwd --bogus, '--bogus'",
        "fwd --ring, --ring",
        "pktgen, CARD",
        "sink, CARD",
        "run, FILE",
        "sink model:0 model:1, 'model:1'",
    })
    void unreadableArguments(String line, String value) {
        Cli.Result result = Cli.run(line.split(" ", -1));
        assertEquals(2, result.exit(), result::toString);
        assertEquals("", result.out(), result::toString);
        String first = result.err().lines().findFirst().orElse("");
        assertTrue(first.contains(value), result::toString);
        assertTrue(result.err().contains("Usage: ixy"), result::toString);
        assertFalse(result.err().contains("\tat "), result::toString);
    }

    /** What is readable but wrong: one line. */
    @ParameterizedTest
    @CsvSource({
        "fwd model:0, model:0",
        "fwd model:0 model:1 model:2, model:2",
        "fwd model:0 model:0, model:0",
        "fwd --ring 100, 100",
        "fwd --ring 32, 32",
        "fwd --ring 8192, 8192",
        "fwd --ring -512, -512",
        "fwd --batch 0, batch",
        "fwd --batch 4097, 4097",
        "fwd --seconds 0, --seconds",
        "fwd --seconds -1, -1",
        "fwd --seconds -1e300, 'above 0, not -1.0E300'",
        "fwd --cpu 5000 --seconds 1, 5000",
        "fwd --cpu -5 --seconds 1, -5",
        "fwd --cpu -1 --seconds 1, -1",
        "sink model:0 --cpu 1023 --seconds 1, 1023",
        "pktgen model:0 --size 59, 59",
        "pktgen model:0 --size 1515, 1515",
        "pktgen model:0 --rate 0, '--rate takes 0.000001 to 1000 Mpps, not 0'",
        "pktgen model:0 --rate 1e-400, '--rate takes 0.000001 to 1000 Mpps, not 0'",
        "pktgen model:0 --rate -1, '--rate takes 0.000001 to 1000 Mpps, not -1'",
        "pktgen model:0 --count 0, --count",
        "pktgen model:0 --batch 0, batch",
        "pktgen model:0 --flows 0, '--flows takes 1 to 1048576, not 0'",
        "pktgen model:0 --flows 1048577, 1048577",
        "pktgen model:0 --rate 1 --burst 100001, '--burst takes 1 to 100000 frames, not 100001'",
        "pktgen model:0 --burst 5, '--burst is for --rate, which is missing'",
        "pktgen model:0 --speed 1, '--speed is for --from, which is missing'",
        "pktgen model:0 --loop 2, '--loop is for --from, which is missing'",
        "pktgen model:0 --from x --loop -1, '--loop takes 0 or a number of times, not -1'",
        "pktgen model:0 --from x --speed 0, '--speed takes 0.001 to 1000, or max, not 0'",
        "pktgen model:0 --from x --speed 1e3, 'not 1e3'",
        "pktgen model:0 --from x --speed 1001, 'not 1001'",
        "pktgen model:0 --from x --speed 1 --rate 1, '--rate and --speed do not go together: leave out one'",
        "pktgen model:0 --from x --size 60, '--from and --size do not go together'",
        "pktgen model:0 --from x --imix, '--from and --imix'",
        "pktgen model:0 --from x --flows 2, '--from and --flows'",
        "pktgen model:0 --from x --no-check, '--from and --no-check'",
        "pktgen model:0 --from x --latency, '--from and --latency'",
        "pktgen model:0 --no-check --imix, '--no-check and --imix'",
        "pktgen model:0 --no-check --flows 2, '--no-check and --flows'",
        "pktgen model:0 --no-check --latency, '--no-check and --latency'",
        "pktgen model:0 --imix --size 60, '--size and --imix'",
        "pktgen model:0 model:1, 'a second one, model:1, is for --latency'",
        "pktgen model:0 model:1 model:2 --latency, 'two with --latency, not 3'",
        "rfc2544 model:0 model:1 model:2 model:3, 'two different cards, not ''model:0'' and ''model:1'' and'",
        "pktgen model:0 model:0 --latency, 'the two cards are the same, model:0'",
        "rfc2544 model:0 model:0, 'two different cards, not ''model:0'' and ''model:0'''",
        "rfc2544 model:0 model:1 --sizes 63, '--sizes takes 64 to 1518 bytes, not 63'",
        "rfc2544 model:0 model:1 --sizes 1519, 1519",
        "'rfc2544 model:0 model:1 --sizes 128,64', 'not 64 after 128'",
        "rfc2544 model:0 model:1 --trial 0, '--trial takes 0.1 to 3600 seconds, not 0'",
        "rfc2544 model:0 model:1 --most 0, '--most takes 0.000001 to 1000 Mpps, not 0'",
        "rfc2544 model:0 model:1 --resolution 0, '--resolution takes 0.01 to 10 percent, not 0'",
        "rfc2544 model:0 model:1 --loss 11, '--loss takes 0 to 10 percent, not 11'",
        "rfc2544 model:0 model:1 --tries 0, '--tries takes 1 to 100, not 0'",
        "rfc2544 model:0 model:1 --tests speed, 'not ''speed'''",
        "rfc2544 model:0 model:1 --seconds 5, '--trial, not --seconds'",
        "'rfc2544 model:0 model:1 --sizes ,', '--sizes and --tests take one at least'",
        "rfc2544 model:0 model:1 --wait interrupt, 'rfc2544 polls'",
        "sink model:0 --batch 0, batch",
        "sink nonsense, nonsense",
        "sink 03:00, 03:00",
        "sink model:64, 64",
        "sink model:, port",
        "sink model:0?speed=1, speed",
        "sink model:0?mode=fast, fast",
        "sink model:0?mac=00:00:00:00:00:00, no address",
        "sink vhost-user:/nowhere?mac=01:00:5e:00:00:01, group address",
        "nic --socket /tmp/none --mac ff:ff:ff:ff:ff:ff, group address",
        "sink model:0?wire=carrier-pigeon, carrier-pigeon",
        "sink model:0?fault=bogus, bogus",
        "sink model:0?wire=tap:sixteen-letters-, sixteen-letters-",
        "sink model:0?wire=tap:, tap",
        "sink vhost-user:, socket",
        "sink vhost-user:/v.sock?speed=1, speed",
        "sink vhost-user:/v.sock?ring=odd, ring=odd",
        "sink vhost-user:/v.sock?server=1, server=1",
        "sink vhost-user:/v.sock?rng=packed --reconnect, there is no option rng: this card takes server",
        "sink vhost-user:/v%.sock, %25",
        "test, ./ixy test",
    })
    void wrongArguments(String line, String value) {
        Cli.run(line.split(" ", -1)).failsInOneLine(2, value);
    }

    /** Each option that takes a number says so of what is none, and what it takes. */
    @Test
    void whatIsNoNumber() {
        int decimals = 0;
        for (CommandLine command : commands().toList()) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                Class<?> type = option.auxiliaryTypes()[0];
                boolean isDecimal = type == double.class || type == Double.class;
                decimals += isDecimal ? 1 : 0;
                if (isDecimal || type == int.class || type == Integer.class || type == long.class) {
                    String what = isDecimal ? "a number" : "a whole number";
                    for (String value : List.of("nan", "-Infinity", "1e400", "0x1p3", "1d", "", " 1")) {
                        assertRefused(command, option, value, what);
                    }
                }
            }
        }
        assertTrue(decimals > 8, "pktgen and rfc2544 alone have as many");
    }

    private static void assertRefused(CommandLine command, OptionSpec option, String value, String what) {
        String line = option.longestName() + "=" + value;
        ParameterException error =
                assertThrows(ParameterException.class, () -> command.parseArgs(line), command.getCommandName() + line);
        assertEquals(
                option.longestName() + " takes " + what + ", not '" + value + "': "
                        + String.join(" ", option.description()),
                Numbers.refusal(error));
    }

    @ParameterizedTest
    @CsvSource({
        "pktgen model:0 --rate nan, '--rate takes a number, not ''nan'': Millions of frames a second, 0.000001 to 1000;'",
        "pktgen model:0 --rate 1e400, not '1e400'",
        "fwd --seconds NaN, '--seconds takes a number, not ''NaN'': Stop after N seconds'",
        "rfc2544 model:0 model:1 --trial two, 'How long a trial is, 0.1 to 3600; 2.'",
        "fwd --ring x, '--ring takes a whole number, not ''x'': Descriptors in a ring, a power of two, 64 to 4096; 512.'",
        "fwd --batch 1.5, '--batch takes a whole number, not ''1.5'''",
        "pktgen model:0 --count 1e3, not '1e3'",
        "'rfc2544 model:0 model:1 --sizes 64,big', '--sizes takes a whole number, not ''big'''",
    })
    void noNumberIsAMatterOfOneLine(String line, String message) {
        Cli.run(line.split(" ", -1)).failsInOneLine(2, message);
    }

    /** A name may have a line break in it, and a message is one line even so. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fwd two\nlines",
                "sink two\nlines",
                "sink model:0?wire=tap:two%0Alines",
                "sink model:0?mac=two%0Alines",
                "sink model:0?wire=two\nlines",
                "sink model:0 --seconds two\nlines",
                "nic --socket /none --wire two\nlines",
                "nic --socket /none --mac two\nlines",
            })
    void aLineBreakInAName(String line) {
        Cli.run(line.split(" ")).failsInOneLine(2, "two%0Alines");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sink model:0?wire=pcap:/two%0Alines",
                "sink model:0?wire=pcap:-,/two%0Alines/x",
                "sink vhost-user:/two%0Alines",
                "sink vhost-user:/two\nlines/x?server",
                "nic --socket /two\nlines/x",
                "nic --socket /none --trace /two\nlines/x",
            })
    void aLineBreakInTheNameOfAFile(String line) {
        Cli.run(line.split(" ")).failsInOneLine(1, "two%0Alines");
    }

    /** Said twice is said. */
    @Test
    void reconnectInTheAddressAndAsAnOption() {
        Cli.run("sink", "vhost-user:/no%3Fsocket?reconnect", "--reconnect")
                .failsInOneLine(1, "there is no socket /no?socket: ", "vhost-user:/no%3Fsocket?server");
    }

    /** One that names the value at fault, and not what happens to follow from it. */
    @Test
    void aBatchThatIsFarTooSmallIsNamed() {
        Cli.run("sink", "model:0", "--batch", "-600").failsInOneLine(2, "-600");
    }

    @Test
    void aWrongRateIsNotBlamedOnTheCount() {
        Cli.Result result = Cli.run("pktgen", "model:0", "--rate", "0").failsInOneLine(2, "--rate");
        assertFalse(result.err().contains(Long.toString(Long.MAX_VALUE)), result::toString);
    }

    /** The same card by two names is found out when it is opened. */
    @Test
    void oneEmulatedCardUnderTwoNames() {
        Cli.Result result = Cli.run("fwd", "model:0", "model:0?wire=none", "--seconds", "1");
        result.failsInOneLine(result.exit() == 2 ? 2 : 1, "model:0?wire=none");
    }

    @Test
    void devicesListsWithoutRights() {
        Cli.run("devices").succeeds();
    }
}
