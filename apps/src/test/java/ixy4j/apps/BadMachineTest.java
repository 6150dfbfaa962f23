package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.Machine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors of the machine: exit code 1, one line with the value and what to do, no trace, no hang. */
class BadMachineTest {
    /**
     * A sysfs of our own, which nobody else sees: a disk at 01:00.0, and cards: one whose BAR is empty at 02:00.0, one
     * whose registers all read what was written at 03:00.0, one that the kernel uses at 04:00.0, one whose configuration
     * space is empty at 05:00.0.
     */
    private static final String SYSFS = """
            set -e
            D=/sys/bus/pci/devices
            mount -t tmpfs ixy4j-test $D
            mount -t tmpfs ixy4j-test /sys/bus/pci/drivers
            function() { # ADDRESS CLASS CONFIGURATION VENDOR DEVICE
                mkdir $D/$1
                printf "$3" >$D/$1/config
                truncate -s 4096 $D/$1/config
                echo 0x$2 >$D/$1/class
                echo 0x${4:-8086} >$D/$1/vendor
                echo 0x${5:-10fb} >$D/$1/device
                truncate -s 524288 $D/$1/resource0
            }
            CARD='\\206\\200\\373\\020\\000\\000\\020\\000\\001\\000\\000\\002'
            function 0000:01:00.0 010802 '\\115\\024\\010\\250\\000\\000\\020\\000\\000\\002\\010\\001' 144d a808
            function 0000:02:00.0 020000 "$CARD"
            truncate -s 0 $D/0000:02:00.0/resource0
            function 0000:03:00.0 020000 "$CARD"
            function 0000:04:00.0 020000 "$CARD"
            mkdir -p /sys/bus/pci/drivers/ixgbe $D/0000:04:00.0/net/lo
            touch /sys/bus/pci/drivers/ixgbe/bind /sys/bus/pci/drivers/ixgbe/unbind
            ln -s ../../drivers/ixgbe $D/0000:04:00.0/driver
            function 0000:05:00.0 020000 "$CARD"
            truncate -s 0 $D/0000:05:00.0/config
            set +e
            "$@"
            code=$?
            [ -z "$AFTER" ] || eval "$AFTER"
            exit $code
            """;

    @TempDir
    private Path folder;

    private static Cli.Result inSysfs(List<String> command) {
        return inSysfs("", command);
    }

    /** Runs a command there, and then some shell. */
    private static Cli.Result inSysfs(String after, List<String> command) {
        Machine.needsRoot();
        List<String> shell = List.of("env", "AFTER=" + after, "unshare", "-m", "sh", "-c", SYSFS, "sh");
        return Cli.run(Cli.words(shell, command), Cli.SHORT);
    }

    @Test
    void unknownAddress() {
        Cli.run("sink", "fffe:1f:1e.7").failsInOneLine(1, "fffe:1f:1e.7", "./ixy devices");
    }

    @Test
    void notANetworkCard() {
        inSysfs(Cli.ixy("sink", "0000:01:00.0"))
                .failsInOneLine(1, "0000:01:00.0", "144d:a808", "010802", "./ixy devices");
    }

    @Test
    void aBarThatCannotBeMapped() {
        inSysfs(Cli.ixy("sink", "0000:02:00.0")).failsInOneLine(1, "0000:02:00.0/resource0", "EINVAL", "no such BAR");
    }

    @Test
    void aCardThatDoesNotReset() {
        inSysfs(Cli.ixy("sink", "03:00.0")).failsInOneLine(1, "0000:03:00.0", "CTRL", "reset the machine");
    }

    @Test
    void oneCardInTwoSpellings() {
        Cli.Result result = inSysfs(Cli.ixy("fwd", "03:00.0", "0000:03:00.0"));
        assertTrue(result.exit() == 1 || result.exit() == 2, result::toString);
        result.failsInOneLine(result.exit(), "03:00.0");
    }

    @Test
    void anEmptyConfigurationSpaceIsNamed() {
        inSysfs(Cli.ixy("sink", "0000:05:00.0")).failsInOneLine(1, "0000:05:00.0");
    }

    @Test
    void aCardInUseIsRefusedAndLeftAlone() {
        Cli.Result result = inSysfs(
                "cat /sys/bus/pci/drivers/ixgbe/unbind; od -An -tx1 -j4 -N2 $D/0000:04:00.0/config",
                Cli.ixy("sink", "0000:04:00.0"));
        assertEquals(1, result.exit(), result::toString);
        assertTrue(
                result.err().startsWith("ixy: 0000:04:00.0 is in use: its interface lo has the address"), result.err());
        assertTrue(result.err().contains("--force"), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals("00 00", result.out().strip(), "not unbound, command register as it was");
    }

    @Test
    void whatWasTakenByForceIsGivenBackWhenItDoesNotWork() {
        Cli.Result result = inSysfs("""
                cat /sys/bus/pci/drivers/ixgbe/unbind; echo
                cat /sys/bus/pci/drivers/ixgbe/bind; echo
                od -An -tx1 -j4 -N2 $D/0000:04:00.0/config
                """, Cli.ixy("sink", "0000:04:00.0", "--force"));
        assertEquals(1, result.exit(), result::toString);
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains("CTRL"), result.err());
        assertEquals(
                List.of("0000:04:00.0", "0000:04:00.0", "02 00"),
                result.out().lines().map(String::strip).toList(),
                "unbound, bound again, memory on and bus mastering off");
    }

    @Test
    void aCardWhoseInterfaceIsNotSeenIsRefused() {
        String move = "rmdir /sys/bus/pci/devices/0000:04:00.0/net/lo && exec \"$@\"";
        inSysfs(Cli.words(List.of("sh", "-c", move, "sh"), Cli.ixy("sink", "0000:04:00.0")))
                .failsInOneLine(1, "0000:04:00.0 is in use", "driver ixgbe", "another network namespace", "--force");
    }

    @Test
    void withoutAPciBusThereIsNoCard() {
        Machine.needsRoot();
        String hide = "mount -t tmpfs ixy4j-test /sys/bus && exec \"$@\"";
        Cli.Result result = Cli.run(
                        Cli.words(List.of("unshare", "-m", "sh", "-c", hide, "sh"), Cli.ixy("devices")), Cli.SHORT)
                .succeeds();
        assertTrue(result.out().startsWith("There is no PCI network card in this machine."), result::toString);
        assertEquals("", result.err());
    }

    @Test
    void devicesSaysWhatCanBeTaken() {
        Cli.Result result = inSysfs(Cli.ixy("devices")).succeeds();
        assertFalse(result.out().contains("0000:01:00.0"), result::toString);
        assertTrue(result.out().contains("0000:03:00.0  8086:10fb"), result::toString);
        assertTrue(result.out().contains("driver ixgbe, interface lo"), result::toString);
        assertTrue(result.out().contains("--force"), result::toString);
    }

    // ---- rights

    private List<String> unprivileged(String... arguments) throws IOException {
        return Nobody.command(folder, List.of(), arguments);
    }

    @Test
    void noPermissionForACard() throws IOException {
        List<String> command = unprivileged("sink", "0000:03:00.0");
        inSysfs(command).failsInOneLine(1, "0000:03:00.0/config", "EACCES", "run as root");
    }

    @Test
    void noPermissionForATap() throws IOException {
        Cli.run(unprivileged("sink", "model:0?wire=tap:ixy4jnone"), Cli.SHORT).failsInOneLine(1, "run as root");
    }

    @Test
    void noPermissionForACapture() throws IOException {
        List<String> command = unprivileged("sink", "model:0?wire=pcap:-,/proc/ixy4j.pcap");
        Cli.run(command, Cli.SHORT).failsInOneLine(1, "/proc/ixy4j.pcap", "cannot be written");
    }

    @Test
    void theEmulatedCardNeedsNoRights() throws IOException {
        Cli.run(unprivileged("fwd", "--seconds", "1", "--quiet"), Cli.SHORT).succeeds();
        Cli.run(unprivileged("devices"), Cli.SHORT).succeeds();
    }

    @Test
    void noTunDevice() {
        Machine.needsRoot();
        List<String> hide = List.of(
                "unshare", "-m", "sh", "-c", "mount -t tmpfs ixy4j-test $(dirname /dev/net/tun); exec \"$@\"", "sh");
        Cli.run(Cli.words(hide, Cli.ixy("sink", "model:0?wire=tap:ixy4jnone")), Cli.SHORT)
                .failsInOneLine(1, "/dev/net/tun", "modprobe tun");
    }

    @Test
    void anInterfaceThatIsNoTap() {
        Machine.needsRoot();
        Cli.run("sink", "model:0?wire=tap:lo").failsInOneLine(1, "TAP lo");
    }

    @Test
    void oneTapForTwoCards() {
        Machine.needsRoot();
        String name = "ixy" + Long.toString(ProcessHandle.current().pid(), 36);
        Cli.run("fwd", "model:0?wire=tap:" + name, "model:1?wire=tap:" + name).failsInOneLine(1, name, "in use");
        assertFalse(Files.exists(Path.of("/sys/class/net", name)), "it went with its program");
    }

    // ---- broken cards

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @CsvSource({
        "reset-hangs, CTRL",
        "eeprom-never-done, EEC",
        "dma-never-ready, RDRXCTL",
        "queue-never-enables, XDCTL[0]",
    })
    void aCardThatDoesNotAnswer(String fault, String register) {
        Cli.run("fwd", "model:0?fault=" + fault, "model:1")
                .failsInOneLine(1, "model:0?fault=" + fault, "register ", register, "0x");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void theSecondCardDoesNotAnswer() {
        Cli.run("fwd", "model:0", "model:1?fault=eeprom-never-done").failsInOneLine(1, "model:1?fault", "register EEC");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aLinkThatNeverComes() {
        Cli.Result result = Cli.run("fwd", "model:0?fault=no-link", "model:1", "--seconds", "1", "--json", "--quiet")
                .succeeds();
        assertEquals(1, result.err().lines().count(), result::toString);
        assertTrue(result.err().startsWith("ixy: model:0?fault=no-link has no link"), result::toString);
        Map<String, Object> last = Json.lines(result.out()).getLast();
        double seconds = Json.number(last, "seconds");
        assertTrue(seconds >= 1 && seconds < 5, () -> "the wait for a link is no part of the " + seconds + " s");
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"impossible-length", "error-bit", "spanning"})
    void brokenFramesAreCountedAndNotForwarded(String fault) {
        Cli.Result result = Cli.run(
                        "fwd", "model:0?fault=" + fault + "=1/10", "model:1", "--seconds", "1", "--json", "--quiet")
                .succeeds();
        assertEquals("", result.err());
        Map<String, Object> totals =
                Json.objects(Json.lines(result.out()).getLast(), "totals").getFirst();
        double broken = Json.number(totals, "rx_broken");
        assertTrue(broken > 0, result::toString);
        assertTrue(Json.number(totals, "dropped") >= broken, result::toString);
        assertTrue(Json.number(totals, "rx_packets") > broken, result::toString);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void framesWithAWrongFcsAreCounted() {
        Cli.Result result = Cli.run("sink", "model:0?fault=corrupt=1/10", "--seconds", "1", "--json", "--quiet")
                .succeeds();
        Map<String, Object> last = Json.lines(result.out()).getLast();
        assertTrue(Json.number(Json.objects(last, "totals").getFirst(), "rx_crc_errors") > 0, result::toString);
        assertTrue(Json.number(last, "missing") > 0, result::toString);
        assertEquals(0, Json.number(last, "not_of_pktgen"), result::toString);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"stall=1000", "lost-writeback=1/100", "late-writeback=10", "flap=300ms/600ms"})
    void aCardThatBreaksDownHangsNothing(String fault) {
        Cli.run("fwd", "model:0?fault=" + fault, "model:1", "--seconds", "1").succeeds();
    }

    /** It has no other way to say so, and would never receive or send a frame again. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"sink", "sink --wait interrupt", "pktgen", "fwd model:1"})
    void aCardThatWasResetIsToldOfWithinASecond(String line) {
        Cli.Result result = Cli.run((line + " model:0?fault=reset-at=1000").split(" "));
        assertEquals(1, result.exit(), result::toString);
        assertEquals(1, result.err().lines().count(), result::toString);
        assertTrue(
                result.err()
                        .contains(
                                "model:0?fault=reset-at=1000 was reset, by itself or by somebody else: DMATXCTL.TE reads 0"),
                result::toString);
        assertTrue(result.out().contains("received "), () -> "the totals all the same: " + result);
    }

    // ---- captures

    private void failsWithCapture(ByteBuffer file, String... parts) {
        Path path = Capture.write(folder.resolve("in.pcap"), file);
        Cli.run("fwd", "model:0?wire=pcap:" + path, "model:1").failsInOneLine(1, parts);
    }

    @Test
    void aCaptureThatIsNotThere() {
        Cli.run("fwd", "model:0?wire=pcap:" + folder.resolve("none.pcap"), "model:1")
                .failsInOneLine(1, "none.pcap", "no such file");
        Cli.run("fwd", "model:0?wire=pcap:" + folder, "model:1").failsInOneLine(1, folder.toString());
        Cli.run("fwd", "model:0?wire=pcap:-," + folder.resolve("none/out.pcap"), "model:1")
                .failsInOneLine(1, "none/out.pcap", "cannot be written");
    }

    @Test
    void aCaptureThatIsTruncated() {
        ByteBuffer file = Capture.file(Capture.frames(3, 1));
        failsWithCapture(file.duplicate().limit(23), "in.pcap", "23 bytes");
        failsWithCapture(file.duplicate().limit(0), "in.pcap", "is empty");
    }

    @Test
    void aCaptureOfAnotherKind() {
        List<byte[]> frames = Capture.frames(1, 1);
        failsWithCapture(Capture.file(frames, ByteOrder.LITTLE_ENDIAN, 0x0a0d_0d0a, 1, 1), "pcapng");
        failsWithCapture(Capture.file(frames, ByteOrder.LITTLE_ENDIAN, 0x1234_5678, 1, 1), "12345678", "no capture");
        failsWithCapture(
                Capture.file(frames, ByteOrder.BIG_ENDIAN, Capture.NANOSECONDS, 101, 1),
                "link type 101 (raw IP)",
                "Ethernet");
    }

    @Test
    void aCaptureOfNothingButGarbage() {
        ByteBuffer file = Capture.file(Capture.frames(2, 1));
        file.putInt(24 + 8, -1).putInt(24 + 12, -1);
        failsWithCapture(file.duplicate(), "nothing to play", "offset 24", "4294967295");
    }

    @Test
    void aCaptureOverItself() {
        Path path = Capture.write(folder.resolve("in.pcap"), Capture.frames(2, 1));
        Cli.run("fwd", "model:0?wire=pcap:" + path + "," + path, "model:1").failsInOneLine(2, "in.pcap");
        Capture.assertSame(Capture.frames(2, 1), Capture.read(path), "a refusal");
    }
}
