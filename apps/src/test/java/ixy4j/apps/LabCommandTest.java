package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of {@code ./ixy lab}, up to what the shell makes of the settings; no machine is booted. */
class LabCommandTest {
    private static final String MACHINE = "options memory cpus iommu monitor watch record shared";
    private static final String CARD =
            "number slot kind device properties queues vectors mac wire cable socket interface served fault";

    private static final Pattern SETTING = Pattern.compile("(\\w+)=\\[([^]]*)]");

    /** As lab/lab has it: each value is printed between brackets. */
    private static final String SHELL = """
            settings=$(cat)
            eval "$settings"
            show() { for name in $1; do eval "printf '%s=[%s]' $name \\"\\$$name\\""; done; echo; }
            show "$machine"
            while IFS= read -r line; do
                eval "$line"
                show "$card"
            done <<END
            $cards
            END
            """;

    @TempDir
    private Path folder;

    /** The lines that the shell prints, of the machine and of each card. */
    private List<String> evaluated(String... words) throws IOException {
        Path settings = Files.writeString(folder.resolve("settings"), LabCommand.settings(List.of(words)) + "\n");
        Path script =
                Files.writeString(folder.resolve("script"), "machine='" + MACHINE + "' card='" + CARD + "'\n" + SHELL);
        String command = "LC_ALL=C sh '" + script + "' <'" + settings + "'";
        String out =
                Cli.run(List.of("sh", "-euc", command), Cli.SHORT).succeeds().out();
        return out.lines().toList();
    }

    /** The settings of a card in a lab with these options; the first one is number 1. */
    private Map<String, String> card(int number, String... words) throws IOException {
        Map<String, String> card = new TreeMap<>();
        Matcher setting = SETTING.matcher(evaluated(words).get(number));
        while (setting.find()) {
            card.put(setting.group(1), setting.group(2));
        }
        assertEquals(List.of(CARD.split(" ", -1)).stream().sorted().toList(), List.copyOf(card.keySet()));
        return card;
    }

    private List<String> each(String setting, String... cards) throws IOException {
        List<String> words = new ArrayList<>();
        for (String card : cards) {
            words.addAll(List.of("--nic", card));
        }
        List<String> values = new ArrayList<>();
        for (int number = 1; number <= cards.length; number++) {
            values.add(card(number, words.toArray(String[]::new)).get(setting));
        }
        return values;
    }

    @Test
    void withoutOptionsThereAreFourCardsAndTwoCables() throws IOException {
        List<String> lines = evaluated();
        assertEquals("options=[0]memory=[1536]cpus=[1]iommu=[]monitor=[]watch=[]record=[]shared=[]", lines.getFirst());
        assertEquals(5, lines.size());
        for (int number = 1; number <= 4; number++) {
            assertEquals(
                    "number=[" + number + "]slot=[" + number + "]kind=[virtio]device=[virtio-net-pci]"
                            + "properties=[,disable-legacy=on]queues=[1]vectors=[]mac=[52:54:00:00:00:0" + number
                            + "]wire=[pair]cable=[" + (number + 1) / 2 + "]socket=[]interface=[]served=[]fault=[]",
                    lines.get(number));
        }
    }

    @Test
    void theMachine() throws IOException {
        assertEquals(
                "options=[8]memory=[512]cpus=[64]iommu=[yes]monitor=[/tmp/m]watch=[]record=[]shared=[]",
                evaluated("--memory", "512", "--cpus=64", "--iommu", "--monitor", "/tmp/m", "--nic", "e1000")
                        .getFirst());
    }

    @Test
    void whatIsWatched() throws IOException {
        assertEquals(
                "options=[5]memory=[1536]cpus=[1]iommu=[]monitor=[]watch=[yes]record=[a b.html]shared=[yes]",
                evaluated("--watch", "--record", "a b.html", "--nic", "ixgbe").getFirst());
    }

    @ParameterizedTest
    @CsvSource({
        "--watch, '--watch is for cards of kind ixgbe that the lab emulates, and there is none: add --nic ixgbe'",
        "'--record x --nic ixgbe,wire=vfio-user:/s', '--record is for cards of kind ixgbe that the lab emulates,"
                + " and there is none: add --nic ixgbe'",
    })
    void withoutACardThatItPlaysThereIsNothingToWatch(String words, String message) {
        List<String> typed = List.of(words.split(" ", -1));
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, () -> LabCommand.settings(typed));
        assertEquals(message, wrong.getMessage());
    }

    /** The launcher keeps the command: only how many words are in front of it matters. */
    @Test
    void theCommandIsNotRead() throws IOException {
        assertTrue(evaluated("--", "--cpus", "0", "--", "--help", "@nothing", "two\nlines", "\ufffd'\"", "")
                .getFirst()
                .startsWith("options=[1]memory=[1536]cpus=[1]"));
        assertTrue(evaluated("--cpus", "2", "--", "x").getFirst().startsWith("options=[3]memory=[1536]cpus=[2]"));
    }

    @ParameterizedTest
    @CsvSource({"--help", "-h", "--cpus 2 --help"})
    void helpIsTheLaunchers(String words) {
        assertEquals("help='yes'", LabCommand.settings(List.of(words.split(" ", -1))));
    }

    @ParameterizedTest
    @CsvSource({
        "virtio-legacy, virtio-net-pci, ',disable-legacy=off,disable-modern=on'",
        "virtio-transitional, virtio-net-pci, ',disable-legacy=off,disable-modern=off'",
        "virtio, virtio-net-pci, ',disable-legacy=on'",
        "virtio-packed, virtio-net-pci, ',disable-legacy=on,packed=on,event_idx=off'",
        "e1000, e1000, ''",
        "e1000e, e1000e, ''",
        "igb, igb, ''",
        "ixgbe, vfio-user-pci, ''",
    })
    void kinds(String kind, String device, String properties) throws IOException {
        Map<String, String> card = card(1, "--nic", kind);
        assertEquals(kind, card.get("kind"));
        assertEquals(device, card.get("device"));
        assertEquals(properties, card.get("properties"));
    }

    @Test
    void cablesJoinCardsThatOneProcessPlays() throws IOException {
        String[] cards = {"virtio", "ixgbe", "igb", "ixgbe,wire=sink", "ixgbe", "e1000", "ixgbe"};
        assertEquals(List.of("1", "1", "1", "", "1", "", ""), each("cable", cards));
        assertEquals(List.of("", "cross:pair1", "", "sink", "cross:pair1", "", "none"), each("served", cards));
    }

    @Test
    void anIgbTakesTwoSlots() throws IOException {
        assertEquals(List.of("1", "2", "4", "6"), each("slot", "virtio", "igb", "igb", "ixgbe"));
        String[] most = Collections.nCopies(12, "igb").toArray(String[]::new);
        assertEquals("17", each("slot", most).getLast());
    }

    @Test
    void whatIsServedByAnotherProcessHasNoWireHere() throws IOException {
        Map<String, String> card = card(1, "--nic", "ixgbe,wire=vfio-user:/tmp/x.sock");
        assertEquals("/tmp/x.sock", card.get("socket"));
        assertEquals("", card.get("served"));
    }

    /** They belong to the part in front of them, whatever the order is. */
    @Test
    void commasWithinAPart() throws IOException {
        String fault = "no-link,stall=5";
        String wire = "generator,rate=0.1,size=64";
        for (String typed : List.of(
                "ixgbe,wire=" + wire + ",fault=" + fault + ",mac=02:00:00:00:00:0A",
                "ixgbe,fault=" + fault + ",mac=02:00:00:00:00:0A,wire=" + wire)) {
            Map<String, String> card = card(1, "--nic", typed);
            assertEquals(wire, card.get("served"));
            assertEquals(fault, card.get("fault"));
            assertEquals("02:00:00:00:00:0a", card.get("mac"));
        }
    }

    @Test
    void queuesAndInterfaces() throws IOException {
        Map<String, String> card = card(1, "--nic", "virtio-packed,queues=4,wire=tap:tap0");
        assertEquals("4", card.get("queues"));
        assertEquals("tap", card.get("wire"));
        assertEquals("tap0", card.get("interface"));
        assertEquals("", card.get("vectors"));
        assertEquals("0", card(1, "--nic", "virtio,vectors=0,wire=pair").get("vectors"));
        assertEquals("tap1", card(1, "--nic", "ixgbe,wire=tap:tap1").get("interface"));
    }

    @ParameterizedTest
    @CsvSource({"virtio, vhost-user, yes", "virtio, stream, ''", "ixgbe, vfio-user, yes"})
    void memoryIsSharedWhereTheOtherEndWorksInIt(String kind, String wire, String shared) throws IOException {
        String machine = evaluated("--nic", "e1000", "--nic", kind + ",wire=" + wire + ":/tmp/x")
                .getFirst();
        assertTrue(machine.endsWith("shared=[" + shared + "]"), machine);
    }

    /** Whatever means something to a shell, to QEMU or in an address. */
    @Test
    void pathsComeThroughTheShellAsTheyWere() throws IOException {
        String path = "/tmp/it's \\ \"$HOME\" `id` $(id) *? ~ # é€ ;&|<>!=%,/x ";
        String typed = path.replace("%", "%25").replace(",", "%2C");
        assertEquals(path, card(1, "--nic", "e1000,wire=stream:" + typed).get("socket"));
        assertEquals("-n", card(1, "--nic", "e1000,wire=stream:-n").get("socket"));
        String pcap = "pcap:/tmp/it's%2Ca.pcap,";
        assertEquals(pcap, card(1, "--nic", "ixgbe,wire=" + pcap).get("served"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --nonsense                          | '--nonsense'
            nonsense                            | no 'nonsense' here: a command comes behind --
            @nonsense                           | no '@nonsense' here
            --                                  | -- needs a command behind it
            --nic                               | '--nic'
            --iommu=maybe                       | 'maybe'
            --memory 511                        | --memory takes 512 to 1048576, not '511'
            --memory 1048577                    | not '1048577'
            --memory 99999999999                | '99999999999'
            --cpus 0                            | --cpus takes 1 to 64, not '0'
            --cpus 65                           | not '65'
            --cpus none                         | 'none'
            --nic nonsense                      | --nic 'nonsense': the kind should be one of virtio-legacy, virtio-transitional,
            --nic VIRTIO                        | --nic 'VIRTIO': the kind
            --nic ,wire=pair                    | --nic '': the kind
            --nic virtio:0                      | --nic 'virtio:0': '0' is more than virtio takes
            --nic virtio,rate=1                 | --nic 'virtio,rate=1': there is no option rate: this card takes wire, queues, vectors, mac
            --nic virtio,fault=no-link          | there is no option fault: this card takes wire, queues, vectors, mac
            --nic virtio,                       | there is an empty option
            --nic virtio,mac=1                  | --nic virtio: mac '1': '1' is not a MAC address
            --nic virtio,mac=01:00:5e:00:00:01  | is a group address
            --nic ixgbe,mac=00:00:00:00:00:00   | is no address
            --nic virtio,wire=sink,wire=pair    | wire should be there once
            --nic virtio,wire=                  | --nic virtio: wire '': its kind should be another: virtio has pair, stream:PATH, tap:NAME, vhost-user:PATH
            --nic e1000,wire=vhost-user:/x      | e1000 has pair, stream:PATH, tap:NAME
            --nic virtio,wire=sink              | virtio has pair
            --nic virtio,wire=pair:1            | '1' is more than pair takes
            --nic virtio,wire=pair,rate=1       | there is no option rate: this wire takes none
            --nic virtio,wire=stream:           | should name a socket, as stream:/tmp/a.sock does
            --nic virtio,wire=stream:/a,b       | there is no option b
            --nic virtio,wire=stream:/a%0Ab     | the path should be one without control characters
            --nic virtio,wire=tap:              | should name an interface
            --nic virtio,wire=tap:sixteen-letters- | 'sixteen-letters-' should be the name of an interface
            --nic virtio,queues=0               | --nic virtio: queues '0' should be a whole number from 1 to 64
            --nic virtio,queues=65              | queues '65'
            --nic virtio,queues=4               | queues=4 is for virtio cards with wire=tap:NAME or wire=vhost-user:PATH
            --nic e1000,queues=4,wire=tap:tap0  | queues=4 is for virtio cards
            --nic virtio,vectors=131            | --nic virtio: vectors '131' should be a whole number from 0 to 130
            --nic igb,vectors=1                 | --nic igb: vectors=1 is for virtio cards without wire=vhost-user:PATH
            --nic virtio,vectors=1,wire=vhost-user:/x | vectors=1 is for virtio cards without
            --nic ixgbe,queues=4                | queues=4 is for virtio cards
            --nic ixgbe,wire=stream:/x          | ixgbe has pair, tap:NAME, pcap:IN,OUT, generator[,OPTIONS], sink, none, vfio-user:PATH
            --nic ixgbe,wire=cross:x            | ixgbe has pair
            --nic ixgbe,wire=generator,nonsense=1 | --nic ixgbe: wire 'generator,nonsense=1': there is no option nonsense
            --nic ixgbe,wire=pcap:              | 'pcap:' should be pcap:IN
            --nic ixgbe,fault=fire              | --nic ixgbe: fault 'fire': there is no fault fire
            --nic ixgbe,fault=                  | there is an empty fault
            --nic ixgbe,wire=vfio-user:/x,mac=02:00:00:00:00:01 | mac= and fault= are for the ./ixy nic that is started at /x
            --nic ixgbe,wire=vfio-user:/x,fault=no-link | mac= and fault= are for
            """)
    void wrongUseIsNamed(String words, String part) {
        assertRefused(part, words.split(" +", -1));
    }

    private static void assertRefused(String part, String... words) {
        var error = assertThrows(IllegalArgumentException.class, () -> LabCommand.settings(List.of(words)));
        assertTrue(error.getMessage().contains(part), error::getMessage);
        assertEquals(1, error.getMessage().lines().count(), error::getMessage);
    }

    @Test
    void whatIsNotOneLineIsToldInOne() {
        assertRefused("'a?b'", "a\nb");
        assertRefused("Unknown option: '--a?b'", "--a\nb");
        assertRefused("--nic 'virtio%0Ax'", "--nic", "virtio\nx");
        assertRefused("one line without control characters", "--nic", "ixgbe,wire=pcap:a\nb");
    }

    @Test
    void thereAreTwentyFourSlots() throws IOException {
        String[] words = new String[50];
        for (int i = 0; i < words.length; i += 2) {
            words[i] = "--nic";
            words[i + 1] = "virtio";
        }
        assertRefused("no slot for the 25 cards: there are 24, and an igb takes two", words);
        assertEquals(
                25,
                evaluated(List.of(words).subList(0, 48).toArray(String[]::new)).size());
    }

    @Test
    void theLauncherGetsThemOnStandardOutput() {
        Cli.Result result =
                Cli.run("lab-settings", "--cpus", "2", "--", "true", "@x").succeeds();
        assertTrue(result.out().startsWith("options='3'\nmemory='1536'\ncpus='2'\n"), result::toString);
        assertEquals("", result.err(), result::toString);
        Cli.run("lab-settings", "--cpus", "0").failsInOneLine(2, "not '0'");
    }
}
