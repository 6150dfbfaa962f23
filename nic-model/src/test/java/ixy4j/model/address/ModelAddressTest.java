package ixy4j.model.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.IxyException;
import ixy4j.model.Mistakes;
import ixy4j.model.i82599.CardFaults;
import ixy4j.model.i82599.CardFaults.Kind;
import ixy4j.model.i82599.CardOptions;
import ixy4j.model.wire.FaultyWire;
import ixy4j.model.wire.WireFaults;
import ixy4j.spi.Address;
import ixy4j.spi.DeviceProvider;
import ixy4j.spi.PciFunction;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAddressTest {
    private static ModelAddress read(String text) {
        return ModelAddress.read(Address.parse(text));
    }

    @Test
    void aPortAlone() {
        ModelAddress address = read("model:63");
        assertEquals(63, address.port());
        assertEquals("generator", address.wire().toString());
        assertNull(address.wireFaults());
        assertTrue(address.running());
        assertEquals(
                new CardOptions(
                        "model:63",
                        ixy4j.MacAddress.parse("02:82:59:90:00:3f"),
                        Mistakes.Policy.COUNT,
                        false,
                        1,
                        CardFaults.NONE),
                address.options());
    }

    @Test
    void everything() {
        ModelAddress address = read(
                "model:5?wire=pcap:in.pcap,out.pcap,paced&mac=02:00:00:00:00:09&"
                        + "fault=spanning=1/3,flap=500ms/2s,no-link,corrupt=1/10&mode=stepped&mistakes=count&strict=off&spread=4");
        assertEquals("pcap:in.pcap,out.pcap,paced", address.wire().toString());
        assertEquals(
                WireFaults.read(Address.Options.parseList("--fault", "fault", "flap=500ms/2s,corrupt=1/10")),
                address.wireFaults());
        assertFalse(address.running());
        CardOptions options = address.options();
        assertEquals("02:00:00:00:00:09", options.mac().toString());
        assertEquals(Mistakes.Policy.COUNT, options.policy());
        assertFalse(options.strict());
        assertEquals(4, options.spread());
        assertEquals(3, options.faults().value(Kind.SPANNING));
        assertTrue(options.faults().has(Kind.NO_LINK));
    }

    @Test
    void aSteppedCardIsStrictAndStops() {
        CardOptions options = read("model:0?mode=stepped").options();
        assertTrue(options.strict());
        assertEquals(Mistakes.Policy.STOP, options.policy());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    model:                 | port '' should be a whole number from 0 to 63
                    model:64               | port '64' should be a whole number from 0 to 63
                    model:-1               | port '-1' should be
                    model:x                | port 'x' should be
                    model:0?               | there is an empty option: this card takes wire, fault, mac, mode, mistakes, strict, spread
                    model:0?wires=none     | there is no option wires: this card takes wire, fault, mac, mode, mistakes, strict, spread
                    model:0?mode=fast      | mode=fast should be running or stepped
                    model:0?mode           | mode should have a value, running or stepped
                    model:0?strict=1       | strict=1 should be on or off
                    model:0?mistakes=ignore  | mistakes=ignore should be stop or count
                    model:0?spread=0       | spread=0 should be a whole number from 1 to 64
                    model:0?spread=65      | spread=65 should be
                    model:0?mac=1          | mac: '1' is not a MAC address such as 02:00:00:00:00:01
                    model:0?mac=01:00:00:00:00:00 | mac: 01:00:00:00:00:00 is a group address: a card has an individual one
                    model:0?mac=00:00:00:00:00:00 | mac: 00:00:00:00:00:00 is no address: a card has an individual one
                    model:0?fault=fire     | fault: there is no fault fire: there are reset-hangs, queue-never-enables, no-link, eeprom-never-done, dma-never-ready, impossible-length, spanning, error-bit, late-writeback, lost-writeback, stall, reset-at, corrupt, lose, flap, limit, seed
                    model:0?fault          | fault: there is an empty fault: there are reset-hangs,
                    model:0?fault=no-link, | fault: there is an empty fault: there are reset-hangs,
                    model:0?fault=lose=2/1 | fault: lose=2/1 should be a share of frames such as 1/1000
                    model:0?mode=stepped&mode=stepped | mode should be there once
                    """)
    void badAddressesNameTheirBadPart(String address, String message) {
        var error = assertThrows(IllegalArgumentException.class, () -> ModelProvider.function(Address.parse(address)));
        assertTrue(error.getMessage().startsWith("'" + address + "': " + message), error.getMessage());
        assertFalse(error.getMessage().contains("\n"));
    }

    /** Nothing of this machine is needed. */
    @ParameterizedTest
    @ValueSource(
            strings = {"tap:no-such-tap", "pcap:/no/such/file,/no/such/folder/file", "cross:only", "generator,rate=1"})
    void whatIsOnlyCheckedMakesNothing(String wire) {
        ModelProvider.check(Address.of("model", "7").with("wire", wire, "--wire"));
        assertTrue(OpenPorts.card(7).isEmpty());
        ModelProvider.check(Address.of("model", "7").with("wire", wire, "--wire"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model:0?wire=fire", "model:0?wire=sink,fire", "model:0?wire=tap:", "model:0?fault=fire"})
    void whatIsOnlyCheckedIsRefused(String address) {
        var error = assertThrows(IllegalArgumentException.class, () -> ModelProvider.check(Address.parse(address)));
        assertTrue(error.getMessage().startsWith("'" + address + "': "), error.getMessage());
    }

    @Test
    void theProviderIsFound() {
        assertTrue(ServiceLoader.load(DeviceProvider.class).stream()
                .anyMatch(found -> found.get().scheme().equals("model")));
        PciFunction function = ModelProvider.function(Address.parse("model:1?wire=sink"));
        assertEquals("model:1?wire=sink", function.address());
        assertEquals(0x808610fb, function.id());
        assertEquals(0x020000, function.classCode());
        assertFalse(function.dmaSpace().needsPhysicalAddresses());
        function.close();
    }

    @Test
    void aPortIsOpenOnce() {
        try (PciFunction first = ModelProvider.function(Address.parse("model:9?wire=sink&mode=stepped"))) {
            PciFunction second = ModelProvider.function(Address.parse("model:9?wire=none"));
            first.claim(false);
            first.claim(false);
            assertTrue(OpenPorts.card(9).isPresent());
            var error = assertThrows(IxyException.class, () -> second.claim(true));
            assertEquals(
                    "model:9?wire=none is in use: port 9 of the model is open already, take another number",
                    error.getMessage());
            second.close();
            assertTrue(OpenPorts.card(9).isPresent(), "it is not the second's to close");
        }
        assertTrue(OpenPorts.card(9).isEmpty());
        try (PciFunction again = ModelProvider.function(Address.parse("model:9?wire=none"))) {
            again.claim(false);
        }
    }

    @Test
    void aBadWireTakesNoPort() {
        try (PciFunction function = ModelProvider.function(Address.parse("model:9?wire=string"))) {
            var error = assertThrows(IllegalArgumentException.class, () -> function.claim(false));
            assertEquals(
                    "'model:9?wire=string': wire: 'string' should be generator, sink, tap:NAME, pcap:IN,OUT, cross:NAME or none",
                    error.getMessage());
        }
        assertTrue(OpenPorts.card(9).isEmpty());
    }

    @Test
    void faultsOfTheWireAreOnTheWire() {
        try (PciFunction function =
                ModelProvider.function(Address.parse("model:9?wire=sink&fault=lose=1/2&mode=stepped"))) {
            function.claim(false);
            assertEquals(
                    FaultyWire.class, OpenPorts.card(9).orElseThrow().wire().getClass());
        }
    }

    @Test
    void aFunctionThatIsNotClaimedOrIsClosed() {
        PciFunction function = ModelProvider.function(Address.parse("model:9"));
        assertThrows(IllegalStateException.class, () -> function.bar(0));
        function.close();
        assertThrows(IllegalStateException.class, () -> function.claim(false));
        assertEquals("model:9, closed", function.toString());
    }

    @Test
    void thereIsOnlyBar0() {
        try (PciFunction function = ModelProvider.function(Address.parse("model:9?wire=none"))) {
            function.claim(false);
            var error = assertThrows(IxyException.class, () -> function.bar(4));
            assertTrue(error.getMessage().startsWith("model:9?wire=none: BAR 4 cannot be mapped"));
        }
    }
}
