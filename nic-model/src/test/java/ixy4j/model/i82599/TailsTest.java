package ixy4j.model.i82599;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ixy4j.ixgbe.Registers;
import ixy4j.spi.Bar;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TailsTest {
    /** RDT: datasheet 8.2.3.8.5, TDT: 8.2.3.9.9. */
    @Test
    void everyTailHasAnAddressAndNothingElseHas() {
        try (Card card = Card.stepped(new TestWire())) {
            Bar bar = card.bar();
            Set<Long> addresses = new HashSet<>();
            for (int offset = 0; offset < 0x20000; offset += 4) {
                int register = offset;
                String name = Registers.name(offset);
                if (name.startsWith("RDT[") || name.startsWith("TDT[")) {
                    addresses.add(bar.address(offset) / 128);
                } else {
                    assertThrows(IllegalArgumentException.class, () -> bar.address(register), name);
                }
            }
            assertEquals(256, addresses.size());
        }
    }
}
