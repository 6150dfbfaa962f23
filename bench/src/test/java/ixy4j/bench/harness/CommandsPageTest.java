package ixy4j.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** docs/commands.md has each option of the benchmarks, in the words of their help. */
class CommandsPageTest {
    private static final Path PAGE = Path.of("../docs/commands.md");

    @Test
    void eachOptionIsThere() throws IOException {
        CommandSpec command = Main.commandLine().getCommandSpec();
        List<String> wanted = Stream.concat(
                        command.positionalParameters().stream().map(word -> row(word.paramLabel(), word)),
                        command.options().stream()
                                .filter(option -> !option.usageHelp() && !option.versionHelp())
                                .map(option -> row(
                                        option.longestName()
                                                + (option.arity().max() == 0 ? "" : ' ' + option.paramLabel()),
                                        option)))
                .sorted()
                .toList();
        List<String> there = Stream.of(Files.readString(PAGE).split("\n## ", -1))
                .filter(section -> section.lines().findFirst().orElse("").contains("`bench`"))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("| `"))
                .sorted()
                .toList();
        assertEquals(String.join("\n", wanted), String.join("\n", there));
    }

    private static String row(String name, ArgSpec spec) {
        return "| `" + name + "` | " + String.join(" ", spec.description()) + " |";
    }
}
