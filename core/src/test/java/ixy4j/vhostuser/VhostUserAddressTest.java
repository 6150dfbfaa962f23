package ixy4j.vhostuser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VhostUserAddressTest {
    @ParameterizedTest
    @CsvSource({
        "vhost-user:/run/v.sock,                              /run/v.sock, false, false, ''",
        "vhost-user:v.sock,                                   v.sock,      false, false, ''",
        "vhost-user:/v?server,                                /v,          true,  false, ''",
        "vhost-user:/v?reconnect&server,                      /v,          true,  true,  ''",
        "vhost-user:/v?ring=packed,                           /v,          false, false, ring=packed",
        "vhost-user:/v?ring=split&reconnect&mac=02:0:0:0:0:1, /v,          false, true,  ring=split&mac=02:0:0:0:0:1",
        "vhost-user:/v?servers&what=ever,                     /v,          false, false, servers&what=ever",
    })
    void partsAreTakenApart(String text, String path, boolean server, boolean reconnect, String rest) {
        assertEquals(new VhostUserAddress(text, path, server, reconnect, rest), VhostUserAddress.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "vhost-user:,                       should name a socket",
                "vhost-user:?server,                should name a socket",
                "vhost-user:/v?server&server,       server should be there once",
                "vhost-user:/v?reconnect&reconnect, reconnect should be there once",
                "vhost-user:/v?server=1,            'server=1' should be server or reconnect",
                "vhost-user:/v?reconnect=,          'reconnect=' should be server or reconnect",
                "vhost-user:/v?virtio=legacy,       'virtio=legacy' chooses among interfaces of PCI",
                "vhost-user:/v?,                    '' should be server or reconnect",
                "vhost-user:/v?ring=split&,         '' should be server or reconnect",
            })
    void whatIsMalformedIsNamed(String text, String message) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> VhostUserAddress.parse(text));
        assertTrue(e.getMessage().startsWith("'" + text + "'") && e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void aPathThatNoSocketHasIsNamed() {
        VhostUserAddress address = VhostUserAddress.parse("vhost-user:/" + "x".repeat(107));
        Exception e = assertThrows(IllegalArgumentException.class, () -> new VhostUserTransport(address));
        assertTrue(e.getMessage().contains("1 to 107 bytes"), e.getMessage());
    }
}
