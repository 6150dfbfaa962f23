package ixy4j.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void namesStandToTheLeftAndNumbersToTheRight() {
        List<String> head = List.of("size", "Mpps", "remark");
        List<List<String>> rows = List.of(
                List.of("64", "14.9", "2 of 3"), List.of("1518", TextTable.NONE, ""), List.of("9000", "0.1", "no"));
        assertEquals("""
                   size  Mpps  remark
                   64    14.9  2 of 3
                   1518     –
                   9000   0.1  no
                """, TextTable.of(head, rows));
    }

    @Test
    void aLongFieldPushesNoOtherAway() {
        String longest = "x".repeat(70);
        String table = TextTable.of(List.of("a", "b"), List.of(List.of(longest, "1"), List.of("y", "2")));
        assertEquals("   a" + " ".repeat(59) + "  b", table.lines().findFirst().orElseThrow());
        assertEquals("   " + longest + "  1", table.lines().skip(1).findFirst().orElseThrow());
    }

    @Test
    void withoutRowsThereIsTheHead() {
        assertEquals("   a  b\n", TextTable.of(List.of("a", "b"), List.of()));
    }
}
