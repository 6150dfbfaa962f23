package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** docs/commands.md has each option of each command, in the words of its help; the benchmarks' are a test of theirs. */
class CommandsPageTest {
    private static final Path PAGE = Path.of("../docs/commands.md");
    private static final Map<String, CommandLine> COMMANDS = Main.commandLine().getSubcommands();

    @Test
    void eachCommandIsListed() throws IOException {
        String page = Files.readString(PAGE);
        COMMANDS.forEach((name, command) -> {
            String row = "| `./ixy " + name + "` | "
                    + String.join(" ", command.getCommandSpec().usageMessage().description()) + " |";
            assertTrue(name.equals("help") || page.contains(row + '\n'), () -> PAGE + " should have: " + row);
        });
    }

    /** The course has commands of its own. */
    @Test
    void eachCommandOfTheCourseIsListed() throws IOException {
        String page = Files.readString(PAGE);
        COMMANDS.get("learn").getSubcommands().forEach((name, command) -> {
            String row = "| `./ixy learn " + name + "` | "
                    + String.join(" ", command.getCommandSpec().usageMessage().description()) + " |";
            assertTrue(page.contains(row + '\n'), () -> PAGE + " should have: " + row);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"fwd", "pktgen", "sink", "dump", "reply", "nic", "watch", "devices", "bind", "lab", "test"})
    void eachOptionIsThere(String name) throws IOException {
        List<String> wanted = rows(COMMANDS.get(name)).sorted().toList();
        List<String> there = tables(name).sorted().toList();
        assertEquals(String.join("\n", wanted), String.join("\n", there), () -> "options of " + name + " in " + PAGE);
    }

    /** A row for each option and argument of a command. */
    private static Stream<String> rows(CommandLine command) {
        Stream<String> options = command.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .map(CommandsPageTest::row);
        Stream<String> arguments =
                command.getCommandSpec().positionalParameters().stream().map(CommandsPageTest::row);
        return Stream.concat(options, arguments);
    }

    private static String row(OptionSpec option) {
        String name = option.negatable() ? option.longestName().replace("--", "--[no-]") : option.longestName();
        return row(option.arity().max() == 0 ? name : name + ' ' + option.paramLabel(), option.description());
    }

    private static String row(PositionalParamSpec argument) {
        return row(argument.paramLabel(), argument.description());
    }

    private static String row(String name, String[] description) {
        return "| `" + name + "` | " + String.join(" ", description) + " |";
    }

    /** The rows of all sections whose heading names a command. */
    private static Stream<String> tables(String name) throws IOException {
        return Stream.of(Files.readString(PAGE).split("\n## ", -1))
                .filter(section -> section.lines().findFirst().orElse("").contains('`' + name + '`'))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("| `"));
    }
}
