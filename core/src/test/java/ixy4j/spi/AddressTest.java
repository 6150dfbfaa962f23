package ixy4j.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ixy4j.MacAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    private static final long SEED = 20;

    private static void assertRefused(String message, Executable what) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, what).getMessage());
    }

    // ---- forms

    @ParameterizedTest
    @ValueSource(strings = {"0000:03:00.0", "03:00.0", "ffff:ff:1f.7", "10000:e1:00.0", "0000:AB:00.0", "fe:03.0"})
    void pciAddressesHaveAnOptionalDomain(String text) {
        for (String options : List.of("", "?", "?ring=packed&mac=x", "?a?b")) {
            Address address = Address.parse(text + options);
            assertTrue(address.isPci());
            assertEquals("", address.scheme());
            assertEquals(text, address.target());
            assertEquals(text + options, address.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":x",
                "?",
                "eth0",
                "eth0?a:b",
                "03:00",
                "3:00.0",
                "03:00.8",
                "000:03:00.0",
                "0000:03:00.0/x",
                "0000:03:00.0 ",
                "../0000:03:00.0",
                "Model:0",
                "mo del:0",
                "%6dodel:0"
            })
    void otherTextWithoutSchemeIsNoAddress(String text) {
        assertRefused(
                "'" + text + "' is not the address of a card: one looks like 0000:03:00.0, xdp:eth0 or model:0",
                () -> Address.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "model:0,                      model,      0",
                "model:,                       model,      \"\"",
                "x-2.y+z:a:b=c,                x-2.y+z,    a:b=c",
                "vhost-user:/tmp/a&b.sock,     vhost-user, /tmp/a&b.sock",
                "vhost-user:/tmp/a%3Fb?server, vhost-user, /tmp/a?b",
                "vhost-user:100%25,            vhost-user, 100%",
                "vhost-user:%c3%BC%F0%9F%90%8e ü%2C, vhost-user, \"ü🐎 ü,\"",
                "g3:00.0,                      g3,         00.0"
            })
    void aSchemeAndATarget(String text, String scheme, String target) {
        Address address = Address.parse(text);
        assertFalse(address.isPci());
        assertEquals(scheme, address.scheme());
        assertEquals(target, address.target());
        assertEquals(text, address.toString());
    }

    @Test
    void onlyTheFirstQuestionMarkAndTheFirstEqualsSignAreSpecial() {
        Address.Options options = Address.parse("x:y?a=b?c=d&e?=&f").options();
        assertEquals("b?c=d", options.text("a", null));
        assertEquals("", options.text("e?", null));
        assertTrue(options.flag("f"));
        options.end();
    }

    @Test
    void namesAndValuesAreDecoded() {
        Address.Options options = Address.parse("x:y?%61%26=%3D%26%25%2c").options();
        assertEquals("=&%,", options.text("a&", null));
        options.end();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "x:%,         '%' should be % and two hexadecimal digits; % itself is %25",
                "x:%4,        '%4' should be % and two hexadecimal digits; % itself is %25",
                "x:a%zzb,     '%zz' should be % and two hexadecimal digits; % itself is %25",
                "x:%41%+1,    '%+1' should be % and two hexadecimal digits; % itself is %25",
                "x:y?%=z,     '%' should be % and two hexadecimal digits; % itself is %25",
                "x:%ff,       '%ff' is not UTF-8",
                "x:%C3a,      '%C3' is not UTF-8",
                "x:%C0%80,    '%C0%80' is not UTF-8",
                "x:%ED%A0%80, '%ED%A0%80' is not UTF-8",
                "x:a%00,      \"'%00' is NUL, which no name has\""
            })
    void whatIsBadlyEncodedIsShown(String text, String problem) {
        assertRefused("'" + text + "': " + problem, () -> Address.parse(text));
    }

    @Test
    void aBadlyEncodedValueIsShownWithItsOption() {
        Address address = Address.parse("x:y?a=%2").with("b", "%3", "--bee");
        assertRefused(
                "'x:y?a=%2': a: '%2' should be % and two hexadecimal digits; % itself is %25",
                () -> address.options().text("a", null));
        assertRefused(
                "--bee '%3': '%3' should be % and two hexadecimal digits; % itself is %25",
                () -> address.options().text("b", null));
    }

    @Test
    void messagesHaveOneLineWhateverWasTyped() {
        assertRefused(
                "'a%0Ab%1B%E2%80%A8ü' is not the address of a card: one looks like 0000:03:00.0, xdp:eth0 or model:0",
                () -> Address.parse("a\nb\033\u2028ü"));
        assertRefused(
                "'x:y?a%0Ab': there is no option a%0Ab: this card takes none",
                () -> Address.parse("x:y?a\nb").options().end());
        assertRefused("'x:%00' has a NUL in it, which no name has", () -> Address.parse("x:\0"));
        Address inner = Address.parseInner("--wire", "wire", "x:a%0Ab");
        assertRefused(
                "--wire 'x:a%0Ab': 'a%0Ab' should be x",
                () -> {
                    throw inner.wrong("'" + inner.target() + "'", "x");
                });
        assertRefused(
                "'x:y?mac=a%0Ab': mac: 'a%0Ab' is not a MAC address such as 02:00:00:00:00:01",
                () -> Address.parse("x:y?mac=a%0Ab").options().mac("mac"));
    }

    @Test
    void anAddressIsPrintedOnOneLine() {
        Address address = Address.parse("x:a\nb?c=d\r").with("e", "f\t", "--e");
        assertEquals("x:a%0Ab?c=d%0D&e=f%09", address.toString());
        assertEquals("a\nb", address.target());
        assertEquals("d\r", address.options().text("c", null));
        assertEquals(address, Address.parse(address.toString()));
    }

    // ---- targets

    @Test
    void typedTargets() {
        assertEquals("a b", Address.parse("x:a%20b").target("a file", "f"));
        assertRefused(
                "'x:?a' should name a file, as x:f%3F does",
                () -> Address.parse("x:?a").target("a file", "f?"));
        assertEquals(63, Address.parse("x:63").targetNumber("port", 0, 63));
        for (String number : List.of("", "64", "-1", "1.0", "x", "+1", " 1", "1000000000000000000", "١")) {
            assertRefused(
                    "'x:" + number + "': port '" + number + "' should be a whole number from 0 to 63",
                    () -> Address.parse("x:" + number).targetNumber("port", 0, 63));
        }
        assertEquals(Path.of("a,b"), Address.parse("x:a%2Cb").targetPath());
        assertNull(Address.parse("x:").targetPath());
        Address.parse("x:").checkNoTarget();
        assertRefused(
                "'x:y': 'y' is more than x takes behind a colon, which is nothing",
                () -> Address.parse("x:y").checkNoTarget());
    }

    // ---- options

    @Test
    void typedOptions() {
        Address address = Address.parse("x:y?on&word=a%20b&number=064&rate=14.880&mac=02:00:00:00:00:0a&which=two");
        Address.Options options = address.options();
        assertTrue(options.flag("on"));
        assertFalse(options.flag("off"));
        assertEquals("a b", options.text("word", null));
        assertEquals(64, options.number("number", 1, 64, 7));
        assertEquals(14.88, options.decimal("rate", 0, 1000, 0));
        assertEquals(MacAddress.parse("02:00:00:00:00:0a"), options.mac("mac"));
        assertEquals("two", options.choice("which", null, "one", "two"));
        options.end();
        assertTrue(address.has("on") && address.has("word"));
        assertFalse(address.has("off"));
    }

    @Test
    void whatIsNotThereIsAsTheCallerSays() {
        Address.Options options = Address.parse("x:y").options();
        assertEquals("t", options.text("a", "t"));
        assertEquals("t", options.text("a", "t", "bare"));
        assertEquals(-5, options.number("b", 1, 64, -5));
        assertEquals(0.5, options.decimal("c", 1, 2, 0.5));
        assertNull(options.mac("d"));
        assertEquals("none", options.choice("e", "none", "one", "two"));
        assertEquals("sink", options.inner("f", "sink").scheme());
        options.list("g").end();
        assertNull(options.path("H"));
        options.end();
        Address.Options.none().end();
    }

    @Test
    void aTextMayHaveAMeaningWithoutAValue() {
        Address.Options options = Address.parse("x:y?a&b=c").options();
        assertEquals("bare", options.text("a", "otherwise", "bare"));
        assertEquals("c", options.text("b", "otherwise", "bare"));
        options.end();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            flag=1     | flag=1 should be flag, without a value
            flag=      | flag= should be flag, without a value
            text       | text should have a value, some text
            text=1&text=2 | text should be there once
            flag&flag  | flag should be there once
            flag&flag=1| flag should be there once
            number     | number should have a value, a whole number from 1 to 64
            number=    | number= should be a whole number from 1 to 64
            number=0   | number=0 should be a whole number from 1 to 64
            number=65  | number=65 should be a whole number from 1 to 64
            number=-1  | number=-1 should be a whole number from 1 to 64
            number=1e1 | number=1e1 should be a whole number from 1 to 64
            number=9999999999999999999 | number=9999999999999999999 should be a whole number from 1 to 64
            decimal    | decimal should have a value, a number from 0 to 1000
            decimal=1001 | decimal=1001 should be a number from 0 to 1000
            decimal=-1 | decimal=-1 should be a number from 0 to 1000
            decimal=1. | decimal=1. should be a number from 0 to 1000
            decimal=.5 | decimal=.5 should be a number from 0 to 1000
            decimal=NaN| decimal=NaN should be a number from 0 to 1000
            choice     | choice should have a value, one or two
            choice=%6fn| choice=%6fn should be one or two
            mac        | mac should have a value, a MAC address such as 02:00:00:00:00:01
            mac=1      | mac: '1' is not a MAC address such as 02:00:00:00:00:01
            mac=01:00:00:00:00:00 | mac: 01:00:00:00:00:00 is a group address: a card has an individual one, such as 02:00:00:00:00:01
            rng=packed | there is no option rng: this card takes flag, text, number, decimal, choice, mac
            Flag       | there is no option Flag: this card takes flag, text, number, decimal, choice, mac
            %3D=1      | there is no option %3D: this card takes flag, text, number, decimal, choice, mac
            ""         | there is an empty option: this card takes flag, text, number, decimal, choice, mac
            flag&      | there is an empty option: this card takes flag, text, number, decimal, choice, mac
            =1         | there is an empty option: this card takes flag, text, number, decimal, choice, mac
            """)
    void whatIsWrongIsNamedAsTyped(String typed, String message) {
        Address address = Address.parse("x:y?" + typed);
        assertRefused("'x:y?" + typed + "': " + message, () -> {
            Address.Options options = address.options();
            options.flag("flag");
            options.text("text", "");
            options.number("number", 1, 64, 1);
            options.decimal("decimal", 0, 1000, 0);
            options.choice("choice", "one", "one", "two");
            options.mac("mac");
            options.end();
        });
    }

    @Test
    void roomsTakeTheirOwnInTurn() {
        Address address = Address.parse("vhost-user:/tmp/v.sock?rng=packed&server");
        Address.Options options = address.options();
        assertTrue(options.flag("server"));
        assertFalse(options.flag("reconnect"));
        options.choice("ring", "", "split", "packed");
        options.mac("mac");
        assertRefused(
                "'vhost-user:/tmp/v.sock?rng=packed&server': there is no option rng: this card takes server, reconnect,"
                        + " ring, mac",
                options::end);
        assertTrue(address.options().flag("server"), "the address itself is as it was");
    }

    @Test
    void whoReadsMaySayWhatIsWrong() {
        Address address = Address.parse("x:y?a=1%2");
        assertRefused(
                "'x:y?a=1%2': y should be z",
                () -> {
                    throw address.wrong("y", "z");
                });
        assertRefused(
                "'x:y?a=1%2': a=1%0A should be 2",
                () -> {
                    throw address.options().wrong("a=1\n", "2");
                });
    }

    // ---- within options

    @Test
    void anAddressWithinAnAddress() {
        Address.Options options = Address.parse(
                        "model:0?wire=pcap:a%2Cb%26%3F:c.pcap,o=ut%20.pcap,paced&mac=02:00:00:00:00:01")
                .options();
        Address wire = options.inner("wire", "generator");
        assertEquals("pcap", wire.scheme());
        assertEquals(Path.of("a,b&?:c.pcap"), wire.targetPath());
        assertEquals("pcap:a%2Cb%26%3F:c.pcap,o=ut%20.pcap,paced", wire.toString());
        Address.Options ofWire = wire.options();
        assertTrue(ofWire.flag("paced"));
        assertEquals(Path.of("o=ut .pcap"), ofWire.path("OUT"));
        ofWire.end();
    }

    @Test
    void anInnerAddressMayBeItsKindAlone() {
        for (String text : List.of("none", "none:")) {
            Address wire = Address.parseInner("--wire", "wire", text);
            assertEquals("none", wire.scheme());
            assertEquals("", wire.target());
            wire.options().end();
        }
        assertNull(Address.parseInner("--wire", "wire", "pcap:in,").options().path("OUT"));
    }

    @Test
    void errorsWithinNameTheAddressAndTheOption() {
        Consumer<Address> read = wire -> {
            Address.Options options = wire.options();
            options.number("size", 60, 1514, 60);
            options.end();
        };
        Address typed = Address.parse("model:0?wire=generator,rat=1");
        assertRefused(
                "'model:0?wire=generator,rat=1': wire: there is no option rat: this wire takes size",
                () -> read.accept(typed.options().inner("wire", "sink")));
        Address small = Address.parse("model:0?wire=generator,size=1");
        assertRefused(
                "'model:0?wire=generator,size=1': wire: size=1 should be a whole number from 60 to 1514",
                () -> read.accept(small.options().inner("wire", "sink")));
        assertRefused(
                "'model:0?wire=generator,': wire: there is an empty option: this wire takes size",
                () -> read.accept(
                        Address.parse("model:0?wire=generator,").options().inner("wire", "sink")));
        assertRefused(
                "--wire 'generator,rat=1': there is no option rat: this wire takes size",
                () -> read.accept(Address.parseInner("--wire", "wire", "generator,rat=1")));
    }

    @Test
    void listsWithinOptions() {
        Address.Options options =
                Address.parse("model:0?fault=no-link,stall=3,mud").options();
        Address.Options faults = options.list("fault");
        assertTrue(faults.flag("no-link"));
        assertEquals(3, faults.number("stall", 1, 9, 0));
        assertRefused(
                "'model:0?fault=no-link,stall=3,mud': fault: there is no fault mud: there are no-link, stall",
                faults::end);
        options.end();
        assertRefused(
                "--fault 'mud': there is no fault mud: there are none",
                () -> Address.Options.parseList("--fault", "fault", "mud").end());
        assertRefused(
                "'model:0?fault=': fault: there is an empty fault: there are none",
                () -> Address.parse("model:0?fault=").options().list("fault").end());
    }

    // ---- more options

    @Test
    void anOptionIsAdded() {
        Address address = Address.parse("x:y");
        Address more = address.with("server").with("a b", "1&2,3?%=4");
        assertEquals("x:y?server&a b=1%262%2C3%3F%25%3D4", more.toString());
        assertEquals("x:y", address.toString());
        Address.Options options = more.options();
        assertTrue(options.flag("server"));
        assertRefused("'x:y': there is no option a b: this card takes server", options::end);
        assertEquals("1&2,3?%=4", options.text("a b", null));
        assertRefused(
                "'x:y': server should be there once",
                () -> more.with("server").options().flag("server"));
    }

    @Test
    void whatWasTypedBehindAnOptionOfACommandIsNamedByIt() {
        Address address = Address.of("model", "0")
                .with("wire", "generator,rat=1&2", "--wire")
                .with("spread", "0", "--spread")
                .with("mac", "x", "--mac")
                .with("fault", "mud", "--fault");
        assertEquals("model:0?wire=generator,rat=1%262&spread=0&mac=x&fault=mud", address.toString());
        Address.Options options = address.options();
        assertRefused("--spread '0' should be a whole number from 1 to 64", () -> options.number("spread", 1, 64, 1));
        assertRefused("--mac 'x': 'x' is not a MAC address such as 02:00:00:00:00:01", () -> options.mac("mac"));
        assertRefused(
                "--fault 'mud': there is no fault mud: there are none",
                () -> options.list("fault").end());
        Address wire = options.inner("wire", "sink");
        assertEquals("1&2", wire.options().text("rat", null));
        assertRefused(
                "--wire 'generator,rat=1&2': there is no option rat: this wire takes none",
                () -> wire.options().end());
        options.end();
    }

    @Test
    void addressesAreEqualWhereTheyAreWrittenAlike() {
        assertEquals(Address.parse("x:a%3Fb?c"), Address.of("x", "a?b").with("c"));
        assertEquals(
                Address.parse("x:a?c").hashCode(),
                Address.of("x", "a").with("c").hashCode());
        assertNotEquals(Address.parse("x:a"), Address.parse("x:b"));
        assertNotEquals(Address.parse("x:a"), "x:a");
    }

    /** For another process, which decodes it. */
    @Test
    void aValueAsItWasTyped() {
        Address.Options options =
                Address.parse("model:0?a").with("list", "x=%2C,y&z", "--list").options();
        assertEquals("", options.typed("a"));
        assertEquals("x=%2C,y&z", options.typed("list"));
        assertNull(options.typed("other"));
        options.end();
    }

    // ---- round trip

    /** Whatever the names and values are, what is written is read again as it was. */
    @Test
    void whatIsWrittenIsReadAgain() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 20_000; i++) {
            String target = text(random, 0);
            Address address = Address.of("scheme", target);
            List<String> names = new ArrayList<>();
            List<String> values = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                String name = text(random, 1) + n; // each another
                String value = random.nextInt(3) == 0 ? null : text(random, 0);
                address = value == null ? address.with(name) : address.with(name, value);
                names.add(name);
                values.add(value);
            }
            assertReadAgain(address, target, names, values);
        }
    }

    private static void assertReadAgain(Address address, String target, List<String> names, List<String> values) {
        String text = address.toString();
        Address again = Address.parse(text);
        assertEquals(address, again, text);
        assertEquals("scheme", again.scheme(), text);
        assertEquals(target, again.target(), text);
        assertRead(again.options(), names, values, text);
        if (!names.isEmpty()) { // and the same as a list within another address
            String list = text.substring(text.indexOf('?') + 1).replace('&', ',');
            assertRead(Address.parse("x:y?list=" + list).options().list("list"), names, values, list);
        }
        String inner = text.replace('?', ',').replace('&', ',');
        Address within = Address.parse("x:y?inner=" + inner).options().inner("inner", "");
        assertEquals(target, within.target(), inner);
        assertRead(within.options(), names, values, inner);
    }

    private static void assertRead(Address.Options options, List<String> names, List<String> values, String text) {
        for (int i = 0; i < names.size(); i++) {
            assertEquals(values.get(i), options.text(names.get(i), "not there", null), text);
        }
        options.end();
    }

    /** Mostly of those that mean something. */
    private static String text(SplittableRandom random, int least) {
        StringBuilder text = new StringBuilder();
        String special = "%?&,=:/ \n\t'\"aZ9.-%25%2Fäß€";
        for (int n = least + random.nextInt(6); n > 0; n--) {
            int c = random.nextInt(8) == 0
                    ? 1 + random.nextInt(Character.MAX_CODE_POINT)
                    : special.charAt(random.nextInt(special.length()));
            text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? '?' : c);
        }
        return text.toString();
    }
}
