package ixy4j.pci;

/** Registers and bits of a function's configuration space (PCI Local Bus Specification 3.0, 6.2). */
public final class ConfigSpace {
    /** The command register, 2 bytes (6.2.2). */
    public static final int COMMAND = 0x04;

    /** Command: it answers at its I/O ports. */
    public static final int COMMAND_IO = 1;

    /** Command: it answers at its memory. */
    public static final int COMMAND_MEMORY = 1 << 1;

    /** Command: it may access memory. */
    public static final int COMMAND_BUS_MASTER = 1 << 2;

    /** The base address of BAR 0; each has 4 bytes (6.2.5.1). */
    public static final int BAR_0 = 0x10;

    /** Base address: of I/O ports. */
    public static final int IO_SPACE = 1;

    private ConfigSpace() {}
}
