package ixy4j.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ixy4j.ixgbe.Registers;
import org.junit.jupiter.api.Test;

class SharedTailsTest {
    /** RDT: datasheet 8.2.3.8.5, TDT: 8.2.3.9.9. */
    @Test
    void everyTailHasAPlaceAndNothingElseHas() {
        int tails = 0;
        for (int offset = 0; offset < 0x20000; offset += 4) {
            int place = SharedTails.place(offset);
            String name = Registers.name(offset);
            boolean rx = name.startsWith("RDT[") || name.equals("RDT");
            boolean tx = name.startsWith("TDT[") || name.equals("TDT");
            if (rx || tx) {
                int queue = Integer.parseInt(name.substring(4, name.length() - 1));
                assertEquals(rx ? Protocol.rxTail(queue) : Protocol.txTail(queue), place, name);
                tails++;
            } else {
                assertEquals(-1, place, name);
            }
        }
        assertEquals(256, tails);
    }
}
