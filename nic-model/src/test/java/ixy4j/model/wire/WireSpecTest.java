package ixy4j.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireSpecTest {
    private final long memory = Memory.allocate(2048);

    @TempDir
    private Path folder;

    @Test
    void generators() {
        Wire wire = WireSpec.open("generator");
        assertTrue(wire.waits());
        assertEquals(60, wire.receive(memory, 2048));
        assertEquals(
                "generator of 60 bytes flat out: 1 sent, 0 lost; "
                        + "sink: 0 frames, 0 bytes, 0 lost, 0 late, 0 invalid",
                wire.toString());

        Wire other = WireSpec.open("generator,count=1,rate=14.88,size=1514,check=all");
        assertFalse(other.waits());
        other.start();
        assertEquals(1514, other.receive(memory, 2048));
        assertTrue(other.exhausted());
        assertTrue(other.toString().startsWith("generator of 1514 bytes at 14.88 Mpps: 1 sent"), other.toString());
    }

    @Test
    void sinksAndNone() {
        assertInstanceOf(CheckingSink.class, WireSpec.open("sink"));
        assertInstanceOf(CheckingSink.class, WireSpec.open("sink,check=all"));
        Wire none = WireSpec.open("none");
        assertEquals(0, none.linkSpeed());
        assertEquals(0, none.receive(memory, 2048));
        assertFalse(none.transmit(memory, 60));
        assertTrue(none.exhausted());
        assertEquals("no wire", none.toString());
        none.close();
    }

    @Test
    void crossovers() {
        try (Wire first = WireSpec.open("cross:spec");
                Wire second = WireSpec.open("cross:spec")) {
            assertTrue(first.transmit(memory, 60));
            assertEquals(60, second.receive(memory, 2048));
            assertThrows(IllegalArgumentException.class, () -> WireSpec.open("cross:spec"));
        }
    }

    @Test
    void captures() {
        Path out = folder.resolve("out.pcap");
        Path copy = folder.resolve("copy.pcap");
        try (Wire wire = WireSpec.open("pcap:," + out)) {
            Frames.writeUdp(memory, 60, 1);
            assertTrue(wire.transmit(memory, 60));
        }
        try (Wire wire = WireSpec.open("pcap:" + out)) {
            assertTrue(wire.waits());
            assertEquals(60, wire.receive(memory, 2048));
        }
        try (Wire wire = WireSpec.open("pcap:" + out + "," + copy + ",paced")) {
            assertFalse(wire.waits());
            assertTrue(Files.exists(copy));
        }
        try (Wire wire = WireSpec.open("pcap:" + out + ",paced")) {
            assertFalse(wire.waits());
        }
        try (Wire wire = WireSpec.open("pcap:-," + copy)) {
            assertTrue(wire.exhausted());
        }
        assertThrows(IxyException.class, () -> WireSpec.open("pcap:" + folder.resolve("missing")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                | wire \"\": it is generator, sink, tap:NAME, pcap:IN,OUT, cross:NAME or none",
                "gen               | wire \"gen\": it is generator, sink, tap:NAME, pcap:IN,OUT, cross:NAME or none",
                "generator,size=59 | wire \"generator,size=59\": \"size=59\" is not allowed, but 60 to 1514 bytes",
                "generator,size=   | wire \"generator,size=\": \"size=\" is not allowed, but 60 to 1514 bytes",
                "generator,size=1e2| wire \"generator,size=1e2\": \"size=1e2\" is not allowed, but 60 to 1514 bytes",
                "generator,rate=-1 | wire \"generator,rate=-1\": \"rate=-1\" is not allowed, but 0 (flat out) to 1000 Mpps",
                "generator,rate=1001 | wire \"generator,rate=1001\": \"rate=1001\" is not allowed, but 0 (flat out) to 1000 Mpps",
                "generator,count=x | wire \"generator,count=x\": \"count=x\" is not allowed, but a number of frames, 0 for endless",
                "generator,check=a | wire \"generator,check=a\": \"check=a\" is not allowed, but all or some",
                "generator,foo=1   | wire \"generator,foo=1\": \"foo=1\" is not allowed, but options check=, count=, rate=, size=",
                "generator,size    | wire \"generator,size\": \"size\" is not allowed, but options check=, count=, rate=, size=",
                "generator,        | wire \"generator,\": \"\" is not allowed, but options check=, count=, rate=, size=",
                "generator:size=60 | wire \"generator:size=60\": \"size=60\" is not allowed, but options check=, count=, rate=, size=",
                "generator,size=60,size=61 | wire \"generator,size=60,size=61\": \"size=61\" is not allowed, but each option once",
                "sink,size=60      | wire \"sink,size=60\": \"size=60\" is not allowed, but options check=",
                "none,x=1          | wire \"none,x=1\": \"x=1\" is not allowed, but nothing",
                "tap               | wire \"tap\": \"\" is not allowed, but a colon and a name",
                "tap:              | wire \"tap:\": \":\" is not allowed, but a colon and a name",
                "tap:a,b           | wire \"tap:a,b\": \":a,b\" is not allowed, but a colon and a name",
                "tap:a b           | a TAP interface's name is 1 to 15 letters, digits, - _ or ., not \"a b\"",
                "cross             | wire \"cross\": \"\" is not allowed, but a colon and a name",
                "pcap              | wire \"pcap\": \"pcap\" is not allowed, but pcap:IN,OUT, with ,paced or not",
                "pcap,x            | wire \"pcap,x\": \"pcap,x\" is not allowed, but pcap:IN,OUT, with ,paced or not",
                "pcap:             | wire \"pcap:\": \"\" is not allowed, but one or two files, and at the end paced or not",
                "pcap:-,-          | wire \"pcap:-,-\": \"-,-\" is not allowed, but one or two files, and at the end paced or not",
                "pcap:a,b,c        | wire \"pcap:a,b,c\": \"a,b,c\" is not allowed, but one or two files, and at the end paced or not",
                "pcap:,b,paced     | wire \"pcap:,b,paced\": \"paced\" is not allowed, but for a capture to play only"
            })
    void whatIsWrongIsSaidInOneLine(String spec, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> WireSpec.open(spec))
                        .getMessage());
    }
}
