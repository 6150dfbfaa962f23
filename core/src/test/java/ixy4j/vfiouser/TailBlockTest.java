package ixy4j.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TailBlockTest {
    private final List<TailBlock> blocks = List.of(new TailBlock(0, 0x1018, 0x40, 3), new TailBlock(2, 8, 4, 2));

    @Test
    void everyTailHasAPlaceOfItsOwnAndNothingElseHas() {
        assertEquals(5 * 128, TailBlock.bytes(blocks));
        int tails = 0;
        for (int bar = 0; bar < 6; bar++) {
            for (int register = 0; register < 0x2000; register += 4) {
                int place = TailBlock.place(blocks, bar, register);
                boolean first = bar == 0 && (register == 0x1018 || register == 0x1058 || register == 0x1098);
                boolean second = bar == 2 && (register == 8 || register == 12);
                assertEquals(first || second ? 128 * tails++ : -1, place, "BAR " + bar + ", " + register);
            }
        }
        assertEquals(5, tails);
    }
}
