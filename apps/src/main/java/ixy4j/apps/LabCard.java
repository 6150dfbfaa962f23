package ixy4j.apps;

import ixy4j.MacAddress;
import ixy4j.model.address.ModelProvider;
import ixy4j.model.wire.WireSpec;
import ixy4j.spi.Address;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A card of the lab, as {@code --nic} has it: {@code KIND[,wire=WIRE][,queues=N][,vectors=N][,mac=MAC][,fault=LIST]}. That is the
 * grammar of {@link Address}, where the commas between two of these names belong to the first.
 *
 * @param vectors interrupt vectors (MSI-X) of a virtio card, {@link #ENOUGH} if nothing was said
 * @param mac null if none was given
 * @param fault as typed, null if none was given
 */
record LabCard(Kind kind, Address wire, int queues, int vectors, MacAddress mac, String fault) {
    private static final int ENOUGH = -1;
    private static final int MOST_QUEUES = 64;
    private static final int MOST_VECTORS = 2 * MOST_QUEUES + 2; // for virtqueues, the control queue, and changes
    private static final long FIRST_MAC = 0x5254_0000_0000L; // of those that QEMU's cards have
    private static final Pattern NEXT = Pattern.compile(",(?=(?:wire|queues|vectors|mac|fault)=)");

    /** What there is, with QEMU's device for it and the properties that make it so. */
    enum Kind {
        VIRTIO_LEGACY("virtio-net-pci", ",disable-legacy=off,disable-modern=on"),
        VIRTIO_TRANSITIONAL("virtio-net-pci", ",disable-legacy=off,disable-modern=off"),
        VIRTIO("virtio-net-pci", ",disable-legacy=on"),
        /**
         * Without event_idx: where a frame has to wait for the other end of its wire, QEMU (7.2) then takes more frames from
         * a packed ring without moving the event index along, so Linux's driver never notifies it again.
         */
        VIRTIO_PACKED("virtio-net-pci", ",disable-legacy=on,packed=on,event_idx=off"),
        E1000("e1000", ""),
        E1000E("e1000e", ""),
        IGB("igb", ""),
        /** Ours: {@code ./ixy nic} plays it. */
        IXGBE("vfio-user-pci", "");

        private final String device;
        private final String properties;

        Kind(String device, String properties) {
            this.device = device;
            this.properties = properties;
        }

        private static Kind of(Address card) {
            return Arrays.stream(values())
                    .filter(kind -> kind.toString().equals(card.scheme()))
                    .findFirst()
                    .orElseThrow(() -> card.wrong("the kind", "one of " + names()));
        }

        private static String names() {
            return Arrays.stream(values()).map(Kind::toString).collect(Collectors.joining(", "));
        }

        private boolean isVirtio() {
            return device.equals("virtio-net-pci");
        }

        /** An igb's virtual functions are 16 and 17 slots above it, and those of the next one must not be there too. */
        private int slots() {
            return this == IGB ? 2 : 1;
        }

        /** Its name in a card. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Reads a card and checks all of it that can be checked on any machine.
     *
     * @throws IllegalArgumentException if it is wrong
     */
    static LabCard read(String typed) {
        String[] parts = NEXT.split(typed, -1);
        Address card = Address.parseInner("--nic", "card", parts[0]);
        if (hasControl(typed)) { // the shell has a card a line
            throw card.wrong("a card", "one line without control characters");
        }
        Kind kind = Kind.of(card);
        card.checkNoTarget();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            String name = part.substring(0, part.indexOf('='));
            card = card.with(name, part.substring(name.length() + 1), source(kind, name));
        }
        Address.Options given = card.options();
        LabCard read = new LabCard(
                kind,
                given.inner("wire", "pair"),
                (int) given.number("queues", 1, MOST_QUEUES, 1),
                (int) given.number("vectors", 0, MOST_VECTORS, ENOUGH),
                given.mac("mac"),
                kind == Kind.IXGBE ? given.typed("fault") : null);
        given.end();
        read.check();
        return read;
    }

    /** How messages begin that are about a part of a card. */
    private static String source(Kind kind, String name) {
        return "--nic " + kind + ": " + name;
    }

    private void check() {
        if (kind == Kind.IXGBE) {
            checkOurWire();
        } else {
            checkQemusWire();
        }
        boolean takesQueues = kind.isVirtio() && (hasWire("tap") || hasWire("vhost-user"));
        if (queues > 1 && !takesQueues) {
            throw new IllegalArgumentException(source(kind, "queues=" + queues)
                    + " is for virtio cards with wire=tap:NAME or wire=vhost-user:PATH");
        }
        if (vectors != ENOUGH && (!kind.isVirtio() || hasWire("vhost-user"))) { // that has none: lab/lab
            throw new IllegalArgumentException(
                    source(kind, "vectors=" + vectors) + " is for virtio cards without wire=vhost-user:PATH");
        }
    }

    private void checkQemusWire() {
        String wires = "pair, stream:PATH, tap:NAME" + (kind.isVirtio() ? ", vhost-user:PATH" : "");
        switch (wire.scheme()) {
            case "pair" -> checkPair();
            case "stream" -> checkSocket();
            case "tap" -> WireSpec.read(wire);
            case "vhost-user" -> {
                if (!kind.isVirtio()) {
                    throw unknownWire(wires);
                }
                checkSocket();
            }
            default -> throw unknownWire(wires);
        }
    }

    private void checkOurWire() {
        switch (wire.scheme()) {
            case "pair" -> {
                checkPair();
                checkModel("none");
            }
            case "tap", "pcap", "generator", "sink", "none" -> checkModel(wire.toString());
            case "vfio-user" -> {
                checkSocket();
                if (mac != null || fault != null) {
                    throw new IllegalArgumentException(source(kind, "mac= and fault=")
                            + " are for the ./ixy nic that is started at " + wire.target());
                }
            }
            default ->
                throw unknownWire("pair, tap:NAME, pcap:IN,OUT, generator[,OPTIONS], sink, none, vfio-user:PATH");
        }
    }

    /** As {@code ./ixy nic} will read it. */
    private void checkModel(String wire) {
        Address model = Address.of("model", "0").with("wire", wire, source(kind, "wire"));
        ModelProvider.check(fault == null ? model : model.with("fault", fault, source(kind, "fault")));
    }

    private void checkPair() {
        wire.checkNoTarget();
        wire.options().end();
    }

    private void checkSocket() {
        String path = wire.target("a socket", "/tmp/a.sock");
        wire.options().end();
        if (hasControl(path)) { // QEMU gets its arguments one a line
            throw wire.wrong("the path", "one without control characters");
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private IllegalArgumentException unknownWire(String wires) {
        return wire.wrong("its kind", "another: " + kind + " has " + wires);
    }

    /** Whether a {@code ./ixy nic} of the lab's own plays it. */
    boolean isEmulated() {
        return kind == Kind.IXGBE && !hasWire("vfio-user");
    }

    private boolean hasWire(String scheme) {
        return wire.scheme().equals(scheme);
    }

    /** Whether a cable to another card is wanted. */
    boolean isPaired() {
        return hasWire("pair");
    }

    /** Whether the other one could be at the other end of this one's cable: {@code ./ixy nic} has its own. */
    boolean pairsWith(LabCard other) {
        return isPaired() && other.isPaired() && (kind == Kind.IXGBE) == (other.kind == Kind.IXGBE);
    }

    /** Whether something outside works in the guest's memory. */
    boolean sharesMemory() {
        return kind == Kind.IXGBE || hasWire("vhost-user");
    }

    int slots() {
        return kind.slots();
    }

    /**
     * All that the shell knows of it, on one line; a setting is empty where it does not apply.
     *
     * @param number counted from 1
     * @param cable the number of the cable to another card, 0 for none
     */
    String settings(int number, int slot, int cable) {
        boolean served = isEmulated();
        boolean hasSocket = hasWire("stream") || hasWire("vhost-user") || hasWire("vfio-user");
        String paired = cable == 0 ? "none" : "cross:pair" + cable;
        return new ShellSettings(" ")
                .set("number", number)
                .set("slot", Integer.toHexString(slot))
                .set("kind", kind)
                .set("device", kind.device)
                .set("properties", kind.properties)
                .set("queues", queues)
                .set("vectors", vectors == ENOUGH ? "" : vectors)
                .set("mac", mac == null ? new MacAddress(FIRST_MAC + number) : mac)
                .set("wire", wire.scheme())
                .set("cable", cable == 0 ? "" : cable)
                .set("socket", hasSocket ? wire.target() : "")
                .set("interface", hasWire("tap") ? wire.target() : "")
                .set("served", !served ? "" : hasWire("pair") ? paired : wire)
                .set("fault", fault == null ? "" : fault)
                .toString();
    }
}
