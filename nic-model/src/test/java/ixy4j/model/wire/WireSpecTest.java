package ixy4j.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.spi.Address;
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

    private static Wire open(String spec) {
        return WireSpec.open(Address.parseInner("--wire", "wire", spec));
    }

    @Test
    void generators() {
        Wire wire = open("generator");
        assertTrue(wire.waits());
        assertEquals(60, wire.receive(memory, 2048));
        assertEquals(
                "generator of 60 bytes flat out: 1 sent, 0 lost; "
                        + "sink: 0 frames, 0 bytes, 0 lost, 0 late, 0 invalid",
                wire.toString());

        Wire other = open("generator,count=1,rate=14.88,size=1514,check=all");
        assertFalse(other.waits());
        other.start();
        assertEquals(1514, other.receive(memory, 2048));
        assertTrue(other.exhausted());
        assertTrue(other.toString().startsWith("generator of 1514 bytes at 14.88 Mpps: 1 sent"), other.toString());
    }

    @Test
    void sinksAndNone() {
        assertInstanceOf(CheckingSink.class, open("sink"));
        assertInstanceOf(CheckingSink.class, open("sink,check=all"));
        Wire none = open("none");
        assertEquals(0, none.linkSpeed());
        assertEquals(0, none.receive(memory, 2048));
        assertFalse(none.transmit(memory, 60));
        assertTrue(none.exhausted());
        assertEquals("no wire", none.toString());
        none.close();
    }

    @Test
    void crossovers() {
        try (Wire first = open("cross:spec");
                Wire second = open("cross:spec")) {
            assertTrue(first.transmit(memory, 60));
            assertEquals(60, second.receive(memory, 2048));
            String message = assertThrows(IllegalArgumentException.class, () -> open("cross:spec"))
                    .getMessage();
            assertEquals(
                    "--wire 'cross:spec': 'spec' should be the name of a cable with a free end: both ends of this one are"
                            + " in use",
                    message);
        }
    }

    @Test
    void captures() {
        Path out = folder.resolve("out.pcap");
        Path copy = folder.resolve("copy.pcap");
        try (Wire wire = open("pcap:," + out)) {
            Frames.writeUdp(memory, 60, 1);
            assertTrue(wire.transmit(memory, 60));
        }
        try (Wire wire = open("pcap:" + out)) {
            assertTrue(wire.waits());
            assertEquals(60, wire.receive(memory, 2048));
        }
        try (Wire wire = open("pcap:" + out + "," + copy + ",paced")) {
            assertFalse(wire.waits());
            assertTrue(Files.exists(copy));
        }
        try (Wire wire = open("pcap:" + out + ",paced")) {
            assertFalse(wire.waits());
        }
        try (Wire wire = open("pcap:-," + copy)) {
            assertTrue(wire.exhausted());
        }
        assertThrows(IxyException.class, () -> open("pcap:" + folder.resolve("missing")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                        | '' should be generator, sink, tap:NAME, pcap:IN,OUT, cross:NAME or none
            gen                       | 'gen' should be generator, sink, tap:NAME, pcap:IN,OUT, cross:NAME or none
            generator,size=59         | size=59 should be a whole number from 60 to 1514
            generator,size=           | size= should be a whole number from 60 to 1514
            generator,size=1e2        | size=1e2 should be a whole number from 60 to 1514
            generator,rate=-1         | rate=-1 should be a number from 0 to 1000
            generator,rate=1001       | rate=1001 should be a number from 0 to 1000
            generator,count=x         | count=x should be a whole number from 0 to 999999999999999999
            generator,check=a         | check=a should be all or some
            generator,foo=1           | there is no option foo: this wire takes size, rate, count, check
            generator,size            | size should have a value, a whole number from 60 to 1514
            generator,                | there is an empty option: this wire takes size, rate, count, check
            generator:size=60         | 'size=60' is more than generator takes behind a colon, which is nothing
            generator,size=60,size=61 | size should be there once
            sink,size=60              | there is no option size: this wire takes check
            sink:x                    | 'x' is more than sink takes behind a colon, which is nothing
            none,x=1                  | there is no option x: this wire takes none
            tap                       | should name an interface, as tap:tap0 does
            tap:                      | should name an interface, as tap:tap0 does
            tap:a b                   | 'a b' should be the name of an interface, 1 to 15 letters, digits, - _ or .
            tap:..                    | '..' should be the name of an interface, 1 to 15 letters, digits, - _ or .
            tap:a,b                   | there is no option b: this wire takes none
            cross                     | should name a cable, as cross:x does
            pcap                      | 'pcap' should be pcap:IN, pcap:IN,OUT or pcap:,OUT, with ,paced where there is an IN
            pcap:                     | 'pcap:' should be pcap:IN, pcap:IN,OUT or pcap:,OUT, with ,paced where there is an IN
            pcap:-,-                  | 'pcap:-,-' should be pcap:IN, pcap:IN,OUT or pcap:,OUT, with ,paced where there is an IN
            pcap:a,b,c                | there is no option c: this wire takes paced, OUT
            pcap:,b,paced             | 'pcap:,b,paced' should be pcap:IN, pcap:IN,OUT or pcap:,OUT, with ,paced where there is an IN
            pcap:a%                   | '%' should be % and two hexadecimal digits; % itself is %25
            """)
    void whatIsWrongIsSaidInOneLine(String spec, String message) {
        String expected = "--wire '" + spec + "'" + (message.startsWith("should name") ? " " : ": ") + message;
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> open(spec)).getMessage());
    }

    @Test
    void filesMayHaveAnyName() {
        Path out = folder.resolve("o,u=t?&%.pcap");
        String encoded = out.toString().replace("%", "%25").replace(",", "%2C");
        try (Wire wire = open("pcap:," + encoded)) {
            Frames.writeUdp(memory, 60, 1);
            assertTrue(wire.transmit(memory, 60));
        }
        assertTrue(Files.exists(out));
        try (Wire wire = open("pcap:" + encoded + ",paced")) {
            assertFalse(wire.waits());
        }
    }
}
