package ixy4j.watch.scene;

import ixy4j.model.i82599.CardFaults;
import ixy4j.watch.scene.SceneWire.WireFault;
import ixy4j.watch.timeline.FaultInfo;
import ixy4j.watch.timeline.FaultInfo.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be broken in a scene, each with what it is to the card, the wire, or the driver. */
enum Breakage {
    TAIL_ONE_TOO_FAR(
            "tail-one-too-far",
            "Tail one too far",
            "The driver writes each tail one descriptor too far, and so hands over one that it has not filled.",
            false),
    VIRTUAL_ADDRESS(
            "virtual-address",
            "Our address, not the IOVA",
            "The driver puts its own address of a buffer into descriptors, where the card needs the IOVA.",
            false),
    NO_IFCS(
            "no-ifcs",
            "No IFCS",
            "The driver does not set IFCS in transmit descriptors, so no FCS is appended.",
            false),
    TAIL_BEFORE_ENABLE(
            "tail-before-enable",
            "Tail before enable",
            "The driver writes the receive tail before it enables the queue, so the card is given nothing.",
            true),
    NO_DD(
            "no-dd",
            "DD not looked at",
            "The driver takes the next receive descriptor without looking whether the card has set DD.",
            false),
    LOST_WRITEBACK(
            CardFaults.Kind.LOST_WRITEBACK,
            24,
            "Lost write-back",
            "One in 24 descriptors is never written back: no DD."),
    LATE_WRITEBACK(
            CardFaults.Kind.LATE_WRITEBACK, 6, "Late write-back", "Descriptors are written back six rounds late."),
    ERROR_BIT(
            CardFaults.Kind.ERROR_BIT,
            4,
            "Error bit",
            "One in four received frames is reported with the error bit RXE."),
    SPANNING(
            CardFaults.Kind.SPANNING,
            4,
            "Two descriptors a frame",
            "One in four received frames is split over two descriptors."),
    IMPOSSIBLE_LENGTH(
            CardFaults.Kind.IMPOSSIBLE_LENGTH,
            4,
            "Impossible length",
            "One in four received frames is reported with a length of 0 or 65535."),
    STALL(CardFaults.Kind.STALL, 40, "Stall", "The card stops serving its queues after 40 frames."),
    RESET_AT(CardFaults.Kind.RESET_AT, 40, "Reset by itself", "The card resets itself, once, after 40 frames."),
    RESET_HANGS(CardFaults.Kind.RESET_HANGS, 1, "Reset hangs", "CTRL.RST never clears, so the driver gives up."),
    NO_LINK(CardFaults.Kind.NO_LINK, 1, "No link", "The link never comes up."),
    CORRUPT(WireFault.CORRUPT, "corrupt", "Frames damaged", "One in three frames arrives with a wrong FCS."),
    LOSE(WireFault.LOSE, "lose", "Frames lost", "One in three frames is lost on the wire."),
    LINK_DOWN(WireFault.DOWN, "link-down", "Link down", "The cable is out for as long as this is on.");

    private final Kind kind;
    private final String id;
    private final String title;
    private final String text;
    private final boolean restarts;
    private final CardFaults.Kind cardFault;
    private final long number; // of the card's fault
    private final WireFault wireFault;

    Breakage(String name, String title, String text, boolean restarts) {
        this(Kind.DRIVER, name, title, text, restarts, null, 0, null);
    }

    Breakage(CardFaults.Kind fault, long number, String title, String text) {
        this(Kind.CARD, fault.toString(), title, text, true, fault, number, null);
    }

    Breakage(WireFault fault, String name, String title, String text) {
        this(Kind.WIRE, name, title, text, false, null, 0, fault);
    }

    Breakage(
            Kind kind,
            String name,
            String title,
            String text,
            boolean restarts,
            CardFaults.Kind cardFault,
            long number,
            WireFault wireFault) {
        this.kind = kind;
        id = name;
        this.title = title;
        this.text = text;
        this.restarts = restarts;
        this.cardFault = cardFault;
        this.number = number;
        this.wireFault = wireFault;
    }

    /** As it is shown. */
    FaultInfo info() {
        return new FaultInfo(id, kind, title, text, "watch.md#" + id, restarts);
    }

    /** The one with a name. */
    static Optional<Breakage> of(String name) {
        return Stream.of(values()).filter(one -> one.id.equals(name)).findFirst();
    }

    /** All, as they are shown. */
    static List<FaultInfo> infos() {
        return Stream.of(values()).map(Breakage::info).toList();
    }

    /** The faults of a card with this one among them, if it is one of a card. */
    CardFaults addTo(CardFaults faults) {
        return cardFault == null ? faults : faults.with(cardFault, number);
    }

    /** Switches it at a wire, if it is one of a wire. */
    void set(SceneWire wire, boolean on) {
        if (wireFault != null) {
            wire.set(wireFault, on);
        }
    }
}
