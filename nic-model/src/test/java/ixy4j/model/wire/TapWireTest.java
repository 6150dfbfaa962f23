package ixy4j.model.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TapWireTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "sixteen-letters-", "a b", "a/b", "a:b", "tap%d", ".", "..", "täp", "a\n"})
    void namesAreChecked(String name) {
        String message = assertThrows(IllegalArgumentException.class, () -> new TapWire(name))
                .getMessage();
        assertEquals("a TAP interface's name is 1 to 15 letters, digits, - _ or ., not \"" + name + '"', message);
    }

    /** With Linux on the other end. */
    @Nested
    @Timeout(60)
    class AsRoot {
        // no other run on this machine has these names
        private final String unique =
                "x" + Long.toString(ProcessHandle.current().pid(), 36);
        private final List<String> namespaces = new ArrayList<>();
        private final List<Wire> wires = new ArrayList<>();
        private final long memory = Memory.allocate(4096);

        @BeforeEach
        void needs() {
            Machine.needsTaps();
            Machine.needsProgram("ping");
        }

        @AfterEach
        void tidy() throws IOException, InterruptedException {
            wires.forEach(Wire::close);
            for (String namespace : namespaces) {
                ip("netns del " + namespace);
            }
        }

        private TapWire tap(String name) {
            TapWire tap = new TapWire(name);
            wires.add(tap);
            return tap;
        }

        private String namespace(String name) throws IOException, InterruptedException {
            ip("netns add " + name);
            namespaces.add(name);
            return name;
        }

        /** A TAP in a namespace of its own, up, with this IPv4 address and no IPv6, so that Linux only answers. */
        private TapWire tapIn(String namespace, String name, String address) throws IOException, InterruptedException {
            TapWire tap = tap(name);
            ip("link set " + name + " netns " + namespace(namespace));
            String switchOff = "echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6";
            run(List.of("ip", "netns", "exec", namespace, "sh", "-c", switchOff), 0);
            ip("-n " + namespace + " addr add " + address + " dev " + name);
            ip("-n " + namespace + " link set " + name + " up");
            return tap;
        }

        @Test
        void linuxAnswersFromAnotherNamespace() throws IOException, InterruptedException {
            TapWire tap = tapIn(unique + "n", unique + "t", "192.0.2.1/24");
            byte[] request = HexFormat.of()
                    .parseHex("ffffffffffff" + "020000000009" + "0806" + "0001080006040001" + "020000000009"
                            + "c0000209" + "000000000000" + "c0000201");
            Memory.set(memory, request);
            assertTrue(tap.transmit(memory, request.length));
            int length;
            do {
                length = tap.receive(memory, 4096);
            } while (length == 0);
            assertEquals(60, length, "42 bytes of ARP, filled");
            byte[] answer = Memory.bytes(memory, 60);
            String hex = HexFormat.of().formatHex(answer);
            assertEquals("020000000009", hex.substring(0, 12), "to us: " + hex);
            assertEquals("08060001080006040002", hex.substring(24, 44), "an ARP reply: " + hex);
            assertEquals("c0000201", hex.substring(56, 64), "of 192.0.2.1: " + hex);
            assertArrayEquals(new byte[18], Arrays.copyOfRange(answer, 42, 60));
            assertEquals(0, tap.dropped());
            assertEquals(10_000, tap.linkSpeed());
            assertEquals(0, tap.receive(memory, 4096), "no more");
        }

        @Test
        void twoTapsOfOneProcessJoinTwoNamespaces() throws IOException, InterruptedException {
            TapWire left = tapIn(unique + "l", unique + "tl", "192.0.2.1/24");
            TapWire right = tapIn(unique + "r", unique + "tr", "192.0.2.2/24");
            Process ping = new ProcessBuilder(
                            ("ip netns exec " + unique + "l ping -q -c 20 -i 0.01 -W 5 192.0.2.2").split(" "))
                    .redirectErrorStream(true)
                    .start();
            while (ping.isAlive()) {
                forward(left, right);
                forward(right, left);
            }
            String output = new String(ping.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, ping.exitValue(), output);
            assertTrue(output.contains(" 20 received"), output);
        }

        private void forward(Wire from, Wire to) {
            int length = from.receive(memory, 4096);
            if (length > 0) {
                assertTrue(to.transmit(memory, length));
            }
        }

        @Test
        void aFrameIsCutToTheRoom() throws IOException, InterruptedException {
            TapWire tap = tapIn(unique + "n", unique + "t", "192.0.2.1/24");
            run("ip netns exec " + unique + "n ping -q -c 1 -W 0.01 192.0.2.9", 1);
            Memory.set(memory, new byte[64]);
            assertEquals(20, tap.receive(memory, 20));
            assertArrayEquals(new byte[44], Arrays.copyOfRange(Memory.bytes(memory, 64), 20, 64));
        }

        @Test
        void whileTheInterfaceIsDownFramesAreDropped() {
            TapWire tap = tap(unique + "d");
            assertTrue(tap.transmit(memory, 60));
            assertTrue(tap.transmit(memory, 60));
            assertEquals(2, tap.dropped());
            assertEquals(2, tap.undelivered());
            assertEquals(0, tap.receive(memory, 4096));
            assertEquals("TAP " + unique + "d, 2 frames dropped: EIO, input/output error", tap.toString());
        }

        @Test
        void anInterfaceThatIsDeletedTakesTheLinkDown() throws IOException, InterruptedException {
            TapWire tap = tap(unique + "g");
            assertFalse(tap.exhausted());
            ip("link del " + unique + 'g');
            assertEquals(0, tap.receive(memory, 4096));
            assertEquals(0, tap.linkSpeed());
            assertTrue(tap.exhausted());
            assertFalse(tap.transmit(memory, 60));
            assertEquals("TAP " + unique + "g, deleted", tap.toString());
        }

        @Test
        void whatWeCreateGoesAwayAndWhatWasThereStays() throws IOException, InterruptedException {
            String name = unique + "p";
            Path sys = Path.of("/sys/class/net", name);
            TapWire tap = tap(name);
            assertTrue(Files.exists(sys));
            tap.close();
            tap.close();
            assertFalse(Files.exists(sys));
            assertEquals(0, tap.receive(memory, 4096));
            assertFalse(tap.transmit(memory, 60));
            ip("tuntap add " + name + " mode tap");
            try {
                tap(name).close();
                assertTrue(Files.exists(sys));
            } finally {
                ip("link del " + name);
            }
        }

        @Test
        void interfacesThatCannotBeHad() {
            tap(unique + "b");
            assertEquals(
                    "TAP " + unique + "b is in use already: take another name",
                    assertThrows(IxyException.class, () -> new TapWire(unique + "b"))
                            .getMessage());
            assertEquals(
                    "TAP lo cannot be: an interface of this name exists that is no TAP of one queue",
                    assertThrows(IxyException.class, () -> new TapWire("lo")).getMessage());
        }

        @Test
        void aTunOfIpPacketsIsNoTap() throws IOException, InterruptedException {
            ip("tuntap add " + unique + "u mode tun");
            try {
                assertEquals(
                        "TAP " + unique + "u cannot be: an interface of this name exists that is no TAP of one queue",
                        assertThrows(IxyException.class, () -> new TapWire(unique + "u"))
                                .getMessage());
            } finally {
                ip("link del " + unique + 'u');
            }
        }

        private static void ip(String arguments) throws IOException, InterruptedException {
            run("ip " + arguments);
        }

        private static void run(String command) throws IOException, InterruptedException {
            run(command, 0);
        }

        private static void run(String command, int expectedExit) throws IOException, InterruptedException {
            run(List.of(command.split(" ")), expectedExit);
        }

        private static void run(List<String> command, int expectedExit) throws IOException, InterruptedException {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), command::toString);
            assertEquals(expectedExit, process.exitValue(), command + ": " + output);
        }
    }
}
