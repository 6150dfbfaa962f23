package ixy4j.vfiouser;

/** Commands by their names and numbers in the specification, Commands. */
public enum Command {
    VERSION(1),
    DMA_MAP(2),
    DMA_UNMAP(3),
    DEVICE_GET_INFO(4),
    DEVICE_GET_REGION_INFO(5),
    DEVICE_GET_REGION_IO_FDS(6),
    DEVICE_GET_IRQ_INFO(7),
    DEVICE_SET_IRQS(8),
    REGION_READ(9),
    REGION_WRITE(10),
    /** From the server: it reads memory of the client. */
    DMA_READ(11),
    /** From the server: it writes memory of the client. */
    DMA_WRITE(12),
    DEVICE_RESET(13),
    REGION_WRITE_MULTI(15),
    DEVICE_FEATURE(16),
    MIG_DATA_READ(17),
    MIG_DATA_WRITE(18);

    private static final Command[] BY_NUMBER = new Command[19];

    static {
        for (Command command : values()) {
            BY_NUMBER[command.number] = command;
        }
    }

    /** As it stands in a header. */
    public final int number;

    Command(int number) {
        this.number = number;
    }

    /** The command of a number, null if there is none. */
    public static Command of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    /** Its name, or its number where it has none, for messages. */
    public static String name(int number) {
        Command command = of(number);
        return command == null ? "command " + number : command.name();
    }
}
