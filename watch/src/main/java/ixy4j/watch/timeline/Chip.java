package ixy4j.watch.timeline;

import ixy4j.intel.AdvancedDevice;
import ixy4j.intel.RegisterTable;
import java.util.Optional;
import java.util.stream.Stream;

/** Chips whose registers can be shown. */
public enum Chip {
    I82599("82599", "Intel 82599 10 GbE Controller Datasheet", ixy4j.ixgbe.Registers.RDBAL),
    I82576("82576", "Intel 82576EB Gigabit Ethernet Controller Datasheet", ixy4j.igb.Registers.RDBAL),
    I82576_VF("82576 VF", "Intel 82576EB Gigabit Ethernet Controller Datasheet", ixy4j.igb.VfRegisters.RDBAL);

    private final String name;
    private final String datasheet;
    private final int firstRing;

    Chip(String name, String datasheet, int firstRing) {
        this.name = name;
        this.datasheet = datasheet;
        this.firstRing = firstRing;
    }

    /** The chip that has its receive rings at these registers. */
    public static Optional<Chip> of(AdvancedDevice.Rings rings) {
        return Stream.of(values()).filter(chip -> chip.firstRing == rings.rx()).findFirst();
    }

    /** Its registers with their bits; read when it is asked for first. */
    public RegisterTable table() {
        return switch (this) {
            case I82599 -> ixy4j.ixgbe.Registers.TABLE;
            case I82576 -> ixy4j.igb.Registers.TABLE;
            case I82576_VF -> ixy4j.igb.VfRegisters.TABLE;
        };
    }

    /** What the sections of the table are of. */
    public String datasheet() {
        return datasheet;
    }

    @Override
    public String toString() {
        return name;
    }
}
