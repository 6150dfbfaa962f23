package ixy4j.vhostuser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.DeviceOptions;
import ixy4j.spi.Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VhostUserAddressTest {
    @ParameterizedTest
    @CsvSource({
        "vhost-user:/run/v.sock,                   /run/v.sock, false, false",
        "vhost-user:v.sock,                        v.sock,      false, false",
        "vhost-user:/v?server,                     /v,          true,  false",
        "vhost-user:/v?reconnect&server,           /v,          true,  true",
        "vhost-user:/v?ring=packed,                /v,          false, false",
        "vhost-user:/v?ring=split&reconnect&mac=1, /v,          false, true",
        "vhost-user:/what%3F%26%25?server,         /what?&%,    true,  false",
    })
    void partsAreTakenApart(String text, String path, boolean server, boolean reconnect) {
        assertEquals(new VhostUserAddress(text, path, server, reconnect), SocketAddresses.of(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            vhost-user:                       | should name a socket, as vhost-user:/run/vhost.sock does
            vhost-user:?server                | should name a socket, as vhost-user:/run/vhost.sock does
            vhost-user:/v?server&server       | : server should be there once
            vhost-user:/v?reconnect&reconnect | : reconnect should be there once
            vhost-user:/v?server=1            | : server=1 should be server, without a value
            vhost-user:/v?reconnect=          | : reconnect= should be reconnect, without a value
            vhost-user:/v?virtio=legacy | : there is no option virtio: this card takes server, reconnect, ring, mac
            vhost-user:/v?rng=packed    | : there is no option rng: this card takes server, reconnect, ring, mac
            vhost-user:/v?              | : there is an empty option: this card takes server, reconnect, ring, mac
            vhost-user:/v?ring=split&   | : there is an empty option: this card takes server, reconnect, ring, mac
            vhost-user:/v?ring=odd      | : ring=odd should be split or packed
            vhost-user:/v?ring          | : ring should have a value, split or packed
            vhost-user:/v?mac=01:00:00:00:00:00 | : mac: 01:00:00:00:00:00 is a group address
            """)
    void whatIsWrongIsNamedBeforeAnythingIsBegun(String text, String message) {
        Address address = Address.parse(text);
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> new VhostUserProvider().open(address, DeviceOptions.DEFAULT));
        String expected = "'" + text + "'" + (message.startsWith(":") ? "" : " ") + message;
        assertTrue(e.getMessage().startsWith(expected), e.getMessage());
    }

    @Test
    void aPathThatNoSocketHasIsNamed() {
        String text = "vhost-user:/" + "x".repeat(107);
        Exception e = assertThrows(IllegalArgumentException.class, () -> SocketAddresses.of(text));
        assertTrue(e.getMessage().startsWith("'" + text + "': "), e.getMessage());
        assertTrue(e.getMessage().contains("1 to 107 bytes"), e.getMessage());
    }
}
