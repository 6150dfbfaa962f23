package ixy4j.vfiouser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What both ends share: the header's bytes, the names of commands, JSON. */
class ProtocolTest {
    @Test
    void theHeaderIsLittleEndian() {
        byte[] bytes = new byte[Header.BYTES];
        new Header(0x1234, 9, 0x89abcdefL, Header.REPLY | Header.ERROR, 22).write(ByteBuffer.wrap(bytes));
        assertEquals(
                List.of(0x34, 0x12, 9, 0, 0xef, 0xcd, 0xab, 0x89, 0x21, 0, 0, 0, 22, 0, 0, 0),
                IntStream.range(0, 16).mapToObj(i -> bytes[i] & 0xff).toList());
        Header read = Header.read(ByteBuffer.wrap(bytes));
        assertEquals(new Header(0x1234, 9, 0x89abcdefL, 0x21, 22), read);
        assertTrue(read.isReply() && read.isError() && !read.isCommand());
    }

    @Test
    void answersBelongToTheirCommand() {
        Header command = Header.command(7, Command.DMA_MAP, 32, 0);
        assertEquals(new Header(7, 2, 48, 0, 0), command);
        assertEquals(new Header(7, 2, 20, 1, 0), command.reply(4));
        assertEquals(new Header(7, 2, 16, 0x21, 17), command.failure(17));
        assertTrue(command.wantsReply());
        assertTrue(!Header.command(7, Command.REGION_WRITE, 20, Header.NO_REPLY).wantsReply());
    }

    @Test
    void commandsHaveNumbers() {
        for (Command command : Command.values()) {
            assertEquals(command, Command.of(command.number));
        }
        assertNull(Command.of(0));
        assertNull(Command.of(14));
        assertNull(Command.of(65535));
        assertNull(Command.of(-1));
        assertEquals("REGION_READ", Command.name(9));
        assertEquals("command 14", Command.name(14));
    }

    @Test
    void jsonIsRead() {
        assertEquals(
                Map.of("a", List.of(1L, -2L, 0.5, true, false, Json.NULL), "b\"\n\u00e9", Map.of(), "c", List.of()),
                Json.parse(" { \"a\" : [1, -2,5e-1 ,true,false,null],\"b\\\"\\n\\u00e9\":{}, \"c\":[] }\n"));
        assertEquals("x", Json.parse("\"x\""));
        assertEquals(1e30, Json.parse("1000000000000000000000000000000"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "[1 2]",
                "[1,]",
                "\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\n\"",
                "01",
                "1.",
                ".5",
                "-",
                "tru",
                "nulll",
                "1 1",
                "[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]"
            })
    void otherTextIsNot(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Json.parse(text))
                .getMessage();
        assertTrue(message.contains("at character"), message);
    }

    @Test
    void capabilitiesAreWhatTheJsonSays() {
        Capabilities some = new Capabilities(3, 4096, 0x201000, 100, true, List.of());
        assertEquals(some, Capabilities.parse(some.toJson()));
        List<TailBlock> blocks = List.of(new TailBlock(0, 0x1018, 0x40, 64), new TailBlock(4, 0, 4, 1));
        Capabilities shares = Capabilities.DEFAULT.withTails(blocks);
        assertEquals(shares, Capabilities.parse(shares.toJson()));
        assertTrue(
                new String(shares.toJson(), StandardCharsets.UTF_8)
                        .contains("\"ixy4j\":{\"tails\":[{\"bar\":0,\"offset\":4120,\"stride\":64,\"count\":64},{"),
                () -> new String(shares.toJson(), StandardCharsets.UTF_8));
        assertEquals(Capabilities.DEFAULT, Capabilities.parse(Capabilities.DEFAULT.toJson()));
        assertEquals(Capabilities.DEFAULT, Capabilities.parse(new byte[0]));
        assertEquals(Capabilities.DEFAULT, Capabilities.parse(new byte[1]));
        assertTrue(Capabilities.DEFAULT.wantingTails(true).wantsTails());
        byte[] text =
                "{\"capabilities\":{\"max_msg_fds\":9,\"twin_socket\":{\"supported\":true},\"ixy4j\":{\"tails\":1}}}\0"
                        .getBytes(StandardCharsets.UTF_8);
        assertEquals(new Capabilities(9, 1 << 20, 0x1000, 65535, false, List.of()), Capabilities.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    [{"bar":6,"offset":0,"stride":4,"count":1}]    | BAR 6, offset 0
                    [{"bar":0,"offset":2,"stride":4,"count":1}]    | offset 2
                    [{"bar":0,"offset":0,"count":1}]               | stride 0
                    [{"bar":0,"offset":0,"stride":4,"count":4097}] | count 4097
                    [{"bar":0,"offset":2147483640,"stride":64,"count":9}] | end behind 2^31
                    [{"bar":-1,"offset":0,"stride":4,"count":1}]   | bar is -1
                    [7]                                            | tails is 7
                    """)
    void tailsThatCannotBe(String tails, String part) {
        byte[] json = ("{\"capabilities\":{\"ixy4j\":{\"tails\":" + tails + "}}}").getBytes(StandardCharsets.UTF_8);
        String message = assertThrows(IllegalArgumentException.class, () -> Capabilities.parse(json))
                .getMessage();
        assertTrue(message.contains(part), message);
    }
}
