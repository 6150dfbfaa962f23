package ixy4j.model.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.ixgbe.Registers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterTraceTest {
    private final List<String> lines = new ArrayList<>();
    private long now = 5_000_000_000L;
    private final RegisterTrace trace = new RegisterTrace(lines::add, () -> now);

    private static String words(String line) {
        return line.trim().replaceAll(" +", " ");
    }

    @Test
    void aLineHasAllThatIsKnown() {
        now += 1_234_567;
        trace.write(Registers.CTRL, 1 << 26);
        trace.read(Registers.RXDCTL + 3 * 0x40, 1 << 25);
        trace.read(0x1fffc, 0);
        trace.flush();
        assertEquals("0.001235 write CTRL 0x00000 = 0x04000000 RST 8.2.3.1.1 Device Control", words(lines.getFirst()));
        assertTrue(
                words(lines.get(1)).startsWith("0.001235 read RXDCTL[3] 0x010e8 = 0x02000000 ENABLE 8.2.3.8"),
                lines::toString);
        assertTrue(lines.get(2).contains("0x1fffc"), lines::toString);
    }

    @Test
    void pollingIsOneLine() {
        for (int i = 0; i < 12; i++) {
            trace.read(Registers.LINKS, 0);
        }
        trace.read(Registers.LINKS, 1 << 30);
        trace.write(Registers.LINKS, 1 << 30);
        trace.write(Registers.LINKS, 1 << 30); // writes are told each
        trace.flush();
        assertEquals(4, lines.size(), lines::toString);
        assertTrue(lines.getFirst().endsWith(", 12 times"), lines::toString);
        assertTrue(lines.get(1).contains("LINK_UP"), lines::toString);
    }

    @Test
    void anArrayIsOneLine() {
        for (int i = 0; i < 128; i++) {
            trace.write(Registers.MTA + 4 * i, 0);
        }
        for (int i = 0; i < 3; i++) {
            trace.write(Registers.VFTA + 4 * i, i);
        }
        trace.read(Registers.RXDCTL, 0);
        trace.read(Registers.RXDCTL + 0x40, 0);
        trace.read(Registers.RXDCTL + 0x40, 0);
        trace.flush();
        assertEquals(6, lines.size(), lines::toString);
        assertTrue(lines.getFirst().contains(" write MTA[0..127]"), lines::toString);
        assertTrue(lines.get(4).contains(" read  RXDCTL[0..1]"), lines::toString);
        assertTrue(lines.get(5).contains(" read  RXDCTL[1]"), lines::toString);
    }

    @Test
    void ofWhatComesAgainAndAgainTheEndsAreTold() {
        for (int i = 0; i < 100; i++) {
            trace.write(Registers.EERD, i << 2 | 1);
            trace.read(Registers.EERD, i << 2 | 2);
        }
        trace.write(Registers.CTRL, 0);
        trace.flush();
        assertEquals(4 + 1 + 2 + 1, lines.size(), lines::toString);
        assertEquals("... 194 more of these 2 in turn", lines.get(4).trim());
        assertTrue(lines.get(6).contains("DONE ADDRESS=0x63"), lines::toString);
        assertTrue(lines.getLast().contains("write CTRL"), lines::toString);
    }

    @Test
    void queuesOneAfterAnotherAreRounds() {
        for (int i = 0; i < 64; i++) {
            trace.write(Registers.RDBAL + 0x40 * i, i << 12);
            trace.write(Registers.RDBAH + 0x40 * i, 1);
            trace.write(Registers.RDLEN + 0x40 * i, 8192);
        }
        trace.flush();
        assertEquals(6 + 1 + 3, lines.size(), lines::toString);
        assertTrue(lines.get(9).contains("RDLEN[63]"), lines::toString);
    }

    @Test
    void valuesThatChangeAreToldBeforeTheyAreTooMany() {
        for (int i = 0; i < 5; i++) {
            trace.read(Registers.LINKS, i);
        }
        trace.pause(); // something has moved since the last one
        assertEquals(4, lines.size(), lines::toString);
        trace.pause();
        assertEquals(5, lines.size(), lines::toString);
        for (int i = 0; i < 50; i++) {
            trace.read(Registers.LINKS, i);
        }
        trace.flush();
        trace.flush();
        assertEquals(5 + 1 + 1 + 1, lines.size(), lines::toString);
        assertEquals("... 48 more of these", lines.get(6).trim());
    }

    @Test
    void bitsHaveTheirNames() {
        assertEquals("TXCRCEN RXCRCSTRP TXPADEN", RegisterBits.text("HLREG0", 0x403));
        assertEquals("BYTES=0x5ee", RegisterBits.text("MAXFRS", 0x05ee0000));
        assertEquals("OTHER", RegisterBits.text("EICR", 1 << 31));
        assertEquals("", RegisterBits.text("PSRTYPE[0]", -1));
    }
}
