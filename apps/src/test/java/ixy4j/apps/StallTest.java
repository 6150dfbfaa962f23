package ixy4j.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ixy4j.IxyException;
import org.junit.jupiter.api.Test;

class StallTest {
    @Test
    void whoSendsNothingForTenSecondsEnds() {
        Stall stall = new Stall("card", 100, 0);
        for (int second = 0; second < 30; second++) {
            stall.second(1 + second / 9); // a frame each nine seconds is little, but not nothing
        }
        for (int second = 0; second < 7; second++) {
            stall.second(4); // as in the last three
        }
        Exception e = assertThrows(IxyException.class, () -> stall.second(4));
        assertEquals("card has taken no frame for 10 s: 96 of 100 are not sent", e.getMessage());
    }

    @Test
    void aPauseThatIsMeantIsNoStall() {
        Stall stall = new Stall("card", 100, 25.5);
        for (int second = 0; second < 35; second++) {
            stall.second(0);
        }
        assertThrows(IxyException.class, () -> stall.second(0));
    }
}
