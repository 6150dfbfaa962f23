package ixy4j.model.vfiouser;

import ixy4j.linux.Linux;
import ixy4j.model.InterruptLines;
import ixy4j.vfiouser.Body.IrqSet;
import ixy4j.vfiouser.Protocol;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * The eventfds of a client, and what the card signals there (specification, DEVICE_SET_IRQS; linux/vfio.h). The pin masks
 * itself when it is signalled, and is signalled again when it is unmasked while it is still asserted. Which messages are
 * masked is the client's matter: it keeps the table of MSI-X. Safe for the card's thread and the session's.
 */
final class IrqTable implements InterruptLines, AutoCloseable {
    private static final int DATA = Protocol.IRQ_DATA_NONE | Protocol.IRQ_DATA_BOOL | Protocol.IRQ_DATA_EVENTFD;
    private static final int ACTION = Protocol.IRQ_MASK | Protocol.IRQ_UNMASK | Protocol.IRQ_TRIGGER;

    private final int[] counts; // of interrupts of each index
    private final EventFile[][] files;
    private int messageFiles; // eventfds of MSI-X
    private boolean asserted; // the pin
    private boolean masked; // the pin
    private boolean pinAllowed = true;
    private boolean master;
    private boolean msi;
    private boolean msix;

    /** With as many messages of MSI-X. */
    IrqTable(int vectors) {
        counts = new int[] {1, 1, vectors, 1, 0};
        files = Arrays.stream(counts).mapToObj(EventFile[]::new).toArray(EventFile[][]::new);
    }

    /** How many interrupts an index has. */
    int count(int index) {
        return counts[index];
    }

    /** What DEVICE_GET_IRQ_INFO says of an index. */
    static int flags(int index) {
        return switch (index) {
            case Protocol.IRQ_INTX -> Protocol.IRQ_EVENTFD | Protocol.IRQ_MASKABLE | Protocol.IRQ_AUTOMASKED;
            case Protocol.IRQ_MSI, Protocol.IRQ_MSIX -> Protocol.IRQ_EVENTFD | Protocol.IRQ_NO_RESIZE;
            default -> Protocol.IRQ_EVENTFD;
        };
    }

    /** Configuration space has changed. */
    synchronized void configured(ConfigSpace config) {
        pinAllowed = config.mayUsePin();
        master = config.isMaster();
        msi = config.hasMsi();
        msix = config.hasMsix();
        signalPin();
    }

    /** Does what a client asks for; {@code eventFiles} become this table's or are closed, whatever happens. */
    synchronized void set(IrqSet asked, byte[] data, int[] eventFiles) throws Refused {
        EventFile[] taken = take(eventFiles);
        try {
            check(asked, data, taken);
        } catch (Refused e) {
            closeAll(taken);
            throw e;
        }
        int flags = asked.flags();
        int index = asked.index();
        int count = asked.count();
        if ((flags & Protocol.IRQ_DATA_EVENTFD) != 0) {
            for (int i = 0; i < count; i++) {
                put(index, asked.start() + i, taken.length == 0 ? null : taken[i]);
            }
        } else if ((flags & Protocol.IRQ_TRIGGER) != 0 && count == 0) {
            for (int i = 0; i < files[index].length; i++) {
                put(index, i, null);
            }
        } else {
            for (int i = 0; i < count; i++) {
                if ((flags & Protocol.IRQ_DATA_NONE) != 0 || data[i] != 0) {
                    act(flags & ACTION, index, asked.start() + i);
                }
            }
        }
    }

    private static EventFile[] take(int[] eventFiles) throws Refused {
        EventFile[] taken = new EventFile[eventFiles.length];
        Refused refused = null;
        for (int i = 0; i < taken.length; i++) {
            try {
                taken[i] = new EventFile(eventFiles[i]);
            } catch (Refused e) {
                refused = e;
                Linux.attempt("close", eventFiles[i]);
            }
        }
        if (refused != null) {
            closeAll(taken);
            throw refused;
        }
        return taken;
    }

    private static void closeAll(EventFile[] eventFiles) {
        Arrays.stream(eventFiles).filter(Objects::nonNull).forEach(EventFile::close);
    }

    private void check(IrqSet asked, byte[] data, EventFile[] eventFiles) throws Refused {
        int flags = asked.flags();
        int index = asked.index();
        int start = asked.start();
        int count = asked.count();
        if (Integer.bitCount(flags & DATA) != 1 || Integer.bitCount(flags & ACTION) != 1 || flags >>> 6 != 0) {
            throw Refused.invalid("its flags, 0x" + Integer.toHexString(flags) + ", have not one data and one action");
        }
        if (index < 0 || index >= counts.length || start < 0 || count < 0 || start > counts[index] - count) {
            throw Refused.invalid(String.format(
                    Locale.ROOT,
                    "%s interrupts from %s on of index %s: there are pin, MSI, error (1 each) and MSI-X (%d)",
                    Integer.toUnsignedString(count),
                    Integer.toUnsignedString(start),
                    Integer.toUnsignedString(index),
                    counts[Protocol.IRQ_MSIX]));
        }
        boolean withFiles = (flags & Protocol.IRQ_DATA_EVENTFD) != 0;
        if (withFiles ? eventFiles.length != 0 && eventFiles.length != count : eventFiles.length != 0) {
            throw Refused.invalid(eventFiles.length + " files came with it for " + count + " interrupts");
        }
        if (withFiles && (flags & Protocol.IRQ_TRIGGER) == 0) {
            throw Refused.invalid("interrupts are masked and unmasked by messages, not by eventfds");
        }
        if ((flags & Protocol.IRQ_DATA_BOOL) != 0 && data.length < count) {
            throw Refused.invalid("it has " + data.length + " bytes of data for " + count + " interrupts");
        }
        if ((flags & Protocol.IRQ_TRIGGER) == 0 && index != Protocol.IRQ_INTX) {
            throw Refused.invalid("the pin alone can be masked here: messages are masked in the table of MSI-X");
        }
    }

    private void put(int index, int number, EventFile file) {
        EventFile old = files[index][number];
        if (old != null) {
            old.close();
        }
        files[index][number] = file;
        if (index == Protocol.IRQ_MSIX) {
            messageFiles += (file == null ? 0 : 1) - (old == null ? 0 : 1);
        }
        if (index == Protocol.IRQ_INTX) {
            masked = false;
            signalPin();
        }
    }

    private void act(int action, int index, int number) {
        if (action == Protocol.IRQ_TRIGGER) {
            signal(files[index][number]);
        } else {
            masked = action == Protocol.IRQ_MASK;
            signalPin();
        }
    }

    private static void signal(EventFile file) {
        if (file != null) {
            file.signal();
        }
    }

    private void signalPin() {
        EventFile file = files[Protocol.IRQ_INTX][0];
        if (asserted && pinAllowed && !masked && file != null) {
            masked = true;
            file.signal();
        }
    }

    /** The level of the pin. */
    synchronized boolean isAsserted() {
        return asserted;
    }

    // ---- the card's side

    @Override
    public synchronized void pin(boolean level) {
        asserted = level;
        signalPin();
    }

    @Override
    public synchronized void message(int vector) {
        if (!master) {
            return; // a message is a write to memory
        }
        switch (mode()) {
            case MSIX -> signal(files[Protocol.IRQ_MSIX][vector]);
            case MSI -> signal(files[Protocol.IRQ_MSI][0]);
            case PIN -> {
                // the driver has no messages on
            }
        }
    }

    /** As configuration space has it, or as a client has that sets eventfds and leaves the bits to us, as VFIO does. */
    @Override
    public synchronized Mode mode() {
        if (msix || messageFiles > 0) {
            return Mode.MSIX;
        }
        return msi || files[Protocol.IRQ_MSI][0] != null ? Mode.MSI : Mode.PIN;
    }

    @Override
    public synchronized void close() {
        for (EventFile[] ofIndex : files) {
            closeAll(ofIndex);
            Arrays.fill(ofIndex, null);
        }
        messageFiles = 0;
    }
}
