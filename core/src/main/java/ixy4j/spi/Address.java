package ixy4j.spi;

import ixy4j.MacAddress;
import ixy4j.linux.UnixSocket;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * The address of a card, parsed: a way to it, what it leads to, and options. All that a user types to name a card, or
 * what it is plugged into, is written in this grammar:
 *
 * <pre>
 * address = ( scheme ":" target | pci ) [ "?" option *( "&amp;" option ) ]
 * pci     = [ domain ":" ] bus ":" device "." function    ; 0000:03:00.0 or 03:00.0
 * scheme  = a-z *( a-z | 0-9 | "+" | "." | "-" )
 * option  = name [ "=" value ]
 * value   = text | inner | list
 * inner   = kind [ ":" target ] *( "," option )           ; what a card is plugged into: generator,rate=0.1
 * list    = option *( "," option )                        ; what is broken about it: no-link,stall=100
 * </pre>
 *
 * <p>Whatever would end a target, a name or a value is written as {@code %} and two hexadecimal digits for each of its
 * bytes in UTF-8, anywhere: {@code %3F} for {@code ?}, {@code %26} for {@code &}, {@code %2C} for {@code ,},
 * {@code %3D} for {@code =}, and {@code %25} for {@code %} itself, which always begins such a group. Once is enough for an
 * option within an option: {@code model:0?wire=pcap:a%2Cb.pcap} plays the file {@code a,b.pcap}. NUL cannot be written.
 * What could be a PCI address is one: {@code fe:03.0} has no scheme.
 *
 * <p>An address does not change. Who opens the card takes {@link #options()}, from which each room takes what is its
 * own; the last says {@link Options#end()}, which refuses what is left. Each error is an
 * {@link IllegalArgumentException} whose message is one line that begins with the address, or with the command's option that
 * was typed in place of a part of it.
 */
public final class Address {
    private static final Pattern PCI = Pattern.compile("(\\p{XDigit}{4,}:)?\\p{XDigit}{2}:\\p{XDigit}{2}\\.[0-7]");
    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*");

    private final String text;
    private final String where; // how messages begin
    private final String taker; // of its options, in messages
    private final String scheme;
    private final String target;
    private final List<Option> options;

    /**
     * An option.
     *
     * @param typed as it was typed
     * @param value undecoded, null without one
     * @param source the command's option that it was typed behind, null if it was in the address
     */
    private record Option(String typed, String name, String value, String source) {
        static Option parse(String where, String typed) {
            int equals = typed.indexOf('=');
            String name = equals < 0 ? typed : typed.substring(0, equals);
            return new Option(
                    typed, Percent.decode(where, name), equals < 0 ? null : typed.substring(equals + 1), null);
        }

        static List<Option> parseAll(String where, String typed, String separator) {
            return Arrays.stream(typed.split(separator, -1))
                    .map(one -> parse(where, one))
                    .toList();
        }

        /** How a message begins that is about something within it. */
        String where(String around) {
            return source == null ? around + ": " + typedName() : source + " " + Percent.quoted(value);
        }

        String typedName() {
            return Percent.printable(value == null ? typed : typed.substring(0, typed.indexOf('=')));
        }

        IllegalArgumentException wrong(String around, String allowed) {
            if (source != null) {
                return new IllegalArgumentException(source + " " + Percent.quoted(value) + " should be " + allowed);
            }
            return new IllegalArgumentException(around + ": "
                    + (value == null
                            ? typedName() + " should have a value, "
                            : Percent.printable(typed) + " should be ")
                    + allowed);
        }
    }

    private Address(String text, String where, String taker, String scheme, String target, List<Option> options) {
        this.text = Percent.printable(text); // which is the same when it is parsed again
        this.where = where;
        this.taker = taker;
        this.scheme = scheme;
        this.target = target;
        this.options = options;
    }

    /**
     * Parses what was typed.
     *
     * @throws IllegalArgumentException if it is neither a PCI address nor begins with a scheme and a colon, or a
     *     {@code %} in it does not begin a byte of UTF-8
     */
    public static Address parse(String text) {
        String where = Percent.quoted(text);
        int question = text.indexOf('?');
        String head = question < 0 ? text : text.substring(0, question);
        List<Option> options = question < 0 ? List.of() : Option.parseAll(where, text.substring(question + 1), "&");
        if (PCI.matcher(head).matches()) {
            return new Address(text, where, "this card", "", head, options);
        }
        int colon = head.indexOf(':');
        if (colon < 0 || !SCHEME.matcher(head.substring(0, colon)).matches()) {
            throw new IllegalArgumentException(
                    where + " is not the address of a card: one looks like 0000:03:00.0, xdp:eth0 or model:0");
        }
        String target = Percent.decode(where, head.substring(colon + 1));
        return new Address(text, where, "this card", head.substring(0, colon), target, options);
    }

    /** The address {@code scheme:target}; the target may hold any characters but NUL. */
    public static Address of(String scheme, String target) {
        return parse(scheme + ":" + Percent.encode(target));
    }

    /**
     * Parses what was typed behind an option of a command in the grammar of an inner address.
     *
     * @param source how messages call it, such as {@code --wire}
     * @param what it is, for messages too, such as {@code wire}
     */
    public static Address parseInner(String source, String what, String text) {
        return inner(source + " " + Percent.quoted(text), what, text);
    }

    private static Address inner(String where, String what, String text) {
        int comma = text.indexOf(',');
        String head = comma < 0 ? text : text.substring(0, comma);
        int colon = head.indexOf(':');
        String kind = colon < 0 ? head : head.substring(0, colon);
        return new Address(
                text,
                where,
                "this " + what,
                Percent.decode(where, kind),
                colon < 0 ? "" : Percent.decode(where, head.substring(colon + 1)),
                comma < 0 ? List.of() : Option.parseAll(where, text.substring(comma + 1), ","));
    }

    /** The same with one more option, which has no value. In messages the address stays as it was typed. */
    public Address with(String name) {
        return plus(new Option(Percent.encode(name), name, null, null));
    }

    /** The same with one more option; name and value may hold any characters but NUL. */
    public Address with(String name, String value) {
        return plus(new Option(Percent.encode(name) + "=" + Percent.encode(value), name, Percent.encode(value), null));
    }

    /**
     * The same with one more option, whose value a user has typed behind an option of a command. Messages name that.
     *
     * @param typed the value in the grammar of values, in which {@code &} is nothing special here
     * @param source the command's option, such as {@code --wire}
     */
    public Address with(String name, String typed, String source) {
        return plus(new Option(Percent.encode(name) + "=" + typed.replace("&", "%26"), name, typed, source));
    }

    private Address plus(Option option) {
        List<Option> more = new ArrayList<>(options);
        more.add(option);
        String all = text + (options.isEmpty() ? "?" : "&") + option.typed;
        return new Address(all, where, taker, scheme, target, List.copyOf(more));
    }

    /** Whether it is a PCI address; its scheme is empty then, and it is all target. */
    public boolean isPci() {
        return scheme.isEmpty();
    }

    /** What stands before the first colon: the way to the card, or for an inner address its kind. */
    public String scheme() {
        return scheme;
    }

    /** What stands between scheme and options, decoded; empty if that is nothing. */
    public String target() {
        return target;
    }

    /**
     * The target, which must not be empty.
     *
     * @param what it names, such as "a socket"
     * @param example of one
     */
    public String target(String what, String example) {
        if (target.isEmpty()) {
            throw new IllegalArgumentException(
                    where + " should name " + what + ", as " + scheme + ":" + Percent.encode(example) + " does");
        }
        return target;
    }

    /**
     * The target as the path of a socket.
     *
     * @param example of one
     */
    public String targetSocket(String example) {
        String path = target("a socket", example);
        UnixSocket.checkPath(where + ": " + Percent.quoted(path), path);
        return path;
    }

    /** The target, if it is a whole number; {@code what} says of what. */
    public long targetNumber(String what, long least, long most) {
        if (!isWhole(target, least, most)) {
            throw wrong(what + " " + Percent.quoted(target), whole(least, most));
        }
        return Long.parseLong(target);
    }

    /** The target as a file, null if it is empty. */
    public Path targetPath() {
        return target.isEmpty() ? null : path(target, reason -> wrong(Percent.quoted(target), reason));
    }

    /** Refuses a target. */
    public void checkNoTarget() {
        if (!target.isEmpty()) {
            throw new IllegalArgumentException(where + ": " + Percent.quoted(target) + " is more than " + scheme
                    + " takes behind a colon, which is nothing");
        }
    }

    /** Whether there is an option of this name, with a value or without. */
    public boolean has(String name) {
        return options.stream().anyMatch(option -> option.name.equals(name));
    }

    /** All options, to be taken one by one. */
    public Options options() {
        return new Options(where, "option", taker + " takes ", options);
    }

    /** What is thrown if a part of it is not as it should be; the message begins with the address. */
    public IllegalArgumentException wrong(String part, String allowed) {
        return new IllegalArgumentException(where + ": " + Percent.printable(part) + " should be " + allowed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address address && address.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The address as it was typed, on one line, with the options that were added; parsed, it is the same again. */
    @Override
    public String toString() {
        return text;
    }

    /**
     * Options from which those who have a use for them take theirs, each once; {@link #end()} refuses what nobody took,
     * and says which there are. Belongs to one thread.
     */
    public static final class Options {
        private final String where;
        private final String noun;
        private final String taker;
        private final List<Option> left;
        private final List<String> known = new ArrayList<>(); // asked for so far

        private Options(String where, String noun, String taker, List<Option> all) {
            this.where = where;
            this.noun = noun;
            this.taker = taker;
            this.left = new ArrayList<>(all);
        }

        /** None, for a card that has no address which could have some. */
        public static Options none() {
            return new Options("this card", "option", "it takes ", List.of());
        }

        /**
         * Parses what was typed behind an option of a command in the grammar of a list.
         *
         * @param source how messages call it, such as {@code --fault}
         * @param noun what one of the list is, for messages too, such as {@code fault}
         */
        public static Options parseList(String source, String noun, String text) {
            return list(source + " " + Percent.quoted(text), noun, text);
        }

        private static Options list(String where, String noun, String text) {
            return new Options(where, noun, "there are ", Option.parseAll(where, text, ","));
        }

        /** Whether an option is there that has no value. */
        public boolean flag(String name) {
            Option option = take(name);
            if (option != null && option.value != null) {
                throw option.wrong(where, option.typedName() + ", without a value");
            }
            return option != null;
        }

        /** The value of an option, or {@code otherwise} where it is not there. */
        public String text(String name, String otherwise) {
            return value(name, otherwise, "some text", (option, value) -> value);
        }

        /** The same for an option that stands for {@code bare} where it has no value. */
        public String text(String name, String otherwise, String bare) {
            Option option = take(name);
            if (option == null) {
                return otherwise;
            }
            return option.value == null ? bare : Percent.decode(option.where(where), option.value);
        }

        /** A value as it was typed, for callers who hand it on to where it is read; null if the option is not there. */
        public String typed(String name) {
            Option option = take(name);
            return option == null ? null : option.value == null ? "" : option.value;
        }

        /** A value that is one of these. */
        public String choice(String name, String otherwise, String... allowed) {
            String should = String.join(" or ", allowed);
            return value(name, otherwise, should, (option, value) -> {
                if (!List.of(allowed).contains(value)) {
                    throw option.wrong(where, should);
                }
                return value;
            });
        }

        /** A whole number, not negative. */
        public long number(String name, long least, long most, long otherwise) {
            String should = whole(least, most);
            return value(name, otherwise, should, (option, value) -> {
                if (!isWhole(value, least, most)) {
                    throw option.wrong(where, should);
                }
                return Long.parseLong(value);
            });
        }

        /** A number, not negative, with up to nine digits behind a point. */
        public double decimal(String name, int least, int most, double otherwise) {
            String should = "a number from " + least + " to " + most;
            return value(name, otherwise, should, (option, value) -> {
                double number = value.matches("\\d{1,9}(\\.\\d{1,9})?") ? Double.parseDouble(value) : -1;
                if (number < least || number > most) {
                    throw option.wrong(where, should);
                }
                return number;
            });
        }

        /** An address that a card can have, null if it is not there. */
        public MacAddress mac(String name) {
            return value(name, null, "a MAC address such as 02:00:00:00:00:01", (option, value) -> {
                try {
                    return MacAddress.parse(value).checkOwn();
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            option.where(where) + ": " + Percent.printable(e.getMessage()), e);
                }
            });
        }

        /** A value that is an address itself. */
        public Address inner(String name, String otherwise) {
            Option option = take(name);
            if (option == null || option.value == null) {
                return Address.inner(where + ": " + name, name, option == null ? otherwise : "");
            }
            return Address.inner(option.where(where), name, option.value);
        }

        /** A value that is a list of options itself; empty if it is not there. */
        public Options list(String name) {
            Option option = take(name);
            if (option == null) {
                return new Options(where + ": " + name, name, "there are ", List.of());
            }
            return list(option.where(where), name, option.value == null ? "" : option.value);
        }

        /**
         * The first of those that are left, as a file: for one that is known by its place, not by a name.
         *
         * @param what it is, for messages, such as {@code OUT}
         * @return null if nothing is left, or it is empty
         */
        public Path path(String what) {
            known.add(what);
            if (left.isEmpty()) {
                return null;
            }
            Option option = left.removeFirst();
            String file = Percent.decode(where, option.typed);
            return file.isEmpty()
                    ? null
                    : Address.path(
                            file,
                            reason -> new IllegalArgumentException(
                                    where + ": " + Percent.quoted(option.typed) + " should be " + reason));
        }

        /** What is thrown where an option is not as it should be, as typed; the message begins with the address. */
        public IllegalArgumentException wrong(String part, String allowed) {
            return new IllegalArgumentException(where + ": " + Percent.printable(part) + " should be " + allowed);
        }

        /** Refuses what is left. */
        public void end() {
            if (left.isEmpty()) {
                return;
            }
            Option first = left.getFirst();
            String names = known.isEmpty() ? "none" : String.join(", ", known);
            String name = first.typedName();
            throw new IllegalArgumentException(where + ": there is "
                    + (name.isEmpty() ? "an empty " + noun : "no " + noun + " " + name) + ": " + taker + names);
        }

        private <T> T value(String name, T otherwise, String should, BiFunction<Option, String, T> reader) {
            Option option = take(name);
            if (option == null) {
                return otherwise;
            }
            if (option.value == null) {
                throw option.wrong(where, should);
            }
            return reader.apply(option, Percent.decode(option.where(where), option.value));
        }

        /** Null where there is none of this name. */
        private Option take(String name) {
            known.add(name);
            Option found = null;
            for (Option option : List.copyOf(left)) {
                if (option.name.equals(name)) {
                    if (found != null) {
                        throw new IllegalArgumentException(where + ": " + name + " should be there once");
                    }
                    found = option;
                    left.remove(option);
                }
            }
            return found;
        }
    }

    private static boolean isWhole(String text, long least, long most) {
        return text.matches("\\d{1,18}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most;
    }

    private static String whole(long least, long most) {
        return "a whole number from " + least + " to " + most;
    }

    private interface Refusal {
        IllegalArgumentException of(String allowed);
    }

    private static Path path(String text, Refusal refusal) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw refusal.of("a path: " + e.getReason());
        }
    }
}
