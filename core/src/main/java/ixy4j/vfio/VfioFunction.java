package ixy4j.vfio;

import ixy4j.linux.Abi;
import ixy4j.linux.Cleanup;
import ixy4j.linux.EventFd;
import ixy4j.linux.EventFds;
import ixy4j.linux.Linux;
import ixy4j.linux.Retired;
import ixy4j.pci.ConfigSpace;
import ixy4j.pci.FileBar;
import ixy4j.pci.MappedBar;
import ixy4j.spi.Address;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;
import ixy4j.sysfs.KernelDriver;
import ixy4j.sysfs.NetworkCard;
import ixy4j.sysfs.SysfsFunction;
import ixy4j.telemetry.Log;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A card that the kernel's driver vfio-pci has, which hands it to whoever may open the file of its group. */
public final class VfioFunction implements PciFunction {
    private static final String DRIVER = "vfio-pci";
    private static final int BARS = 6;

    // VFIO_DEVICE_GET_INFO
    private static final int INFO_BYTES = 16;
    private static final int CAN_RESET = 1;

    // VFIO_DEVICE_GET_IRQ_INFO
    private static final int IRQ_INFO_BYTES = 16;
    private static final int MSIX = 2; // VFIO_PCI_MSIX_IRQ_INDEX

    private final Path folder;
    private final String address;
    private final Address.Options options;
    private final Group group;
    private final Deque<Runnable> undo = new ArrayDeque<>(); // what close does, the last first
    private final int sysfs; // configuration space, of which an ordinary user can read the first 64 bytes
    private int device = -1; // until it is claimed
    private Region config;
    private Notices notices;

    private VfioFunction(Path folder, Address.Options options) {
        this.folder = folder;
        address = folder.getFileName().toString();
        this.options = options;
        sysfs = Linux.open(folder + "/config", Abi.O_RDONLY);
        undo.push(() -> Linux.call("close", sysfs));
        try {
            group = Group.join(folder);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, this::close);
            throw e;
        }
        undo.push(group::leave);
    }

    /** Opens a function by its PCI address, in {@link SysfsFunction#DEVICES}. */
    public static VfioFunction open(Path devices, Address address) {
        return new VfioFunction(SysfsFunction.find(devices, address), address.options());
    }

    /** Whether vfio-pci has the function of this folder. */
    public static boolean isBound(Path folder) {
        return DRIVER.equals(KernelDriver.of(folder));
    }

    @Override
    public int id() {
        return NetworkCard.id(folder);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Address.Options options() {
        return options;
    }

    @Override
    public int config(int offset) {
        return (int) (device < 0 ? Linux.read(sysfs, offset, 4) : Linux.read(device, config.offset() + offset, 4));
    }

    @Override
    public DmaSpace dmaSpace() {
        return group.container();
    }

    /** Resets it, if it can be, since whoever had it last may have left it at work; a force is never needed. */
    @Override
    public void claim(boolean force) {
        int opened = group.open(address);
        undo.push(() -> group.closed(address));
        undo.push(() -> Retired.file(this, opened));
        config = Region.of(opened, Region.CONFIG);
        device = opened;
        notices = new Notices(this, address, opened);
        undo.push(() -> notices.close(this));
        boolean resets = canReset();
        Log.debug(address, ": taken by VFIO, ", resets ? "and reset" : "which cannot reset it");
        Runnable reset = resets ? () -> Linux.attempt("ioctl", device, Request.DEVICE_RESET) : () -> {};
        reset.run();
        command(0, ConfigSpace.COMMAND_MEMORY | ConfigSpace.COMMAND_BUS_MASTER);
        undo.push(reset);
        undo.push(() -> command(ConfigSpace.COMMAND_BUS_MASTER, 0));
    }

    private boolean canReset() {
        try (Request info = new Request(INFO_BYTES).call(device, Request.DEVICE_GET_INFO)) {
            return (info.flags() & CAN_RESET) != 0;
        }
    }

    @Override
    public Bar bar(int index) {
        if (index < 0 || index >= BARS) {
            throw new IllegalArgumentException("a PCI function has BARs 0 to 5, not " + index);
        }
        Region region = Region.of(device, index);
        String name = "BAR " + index + " of " + address;
        if (region.size() == 0) {
            throw VfioTrouble.noRegion(name);
        }
        if (!region.isMappable()) {
            if ((config(ConfigSpace.BAR_0 + 4 * index) & ConfigSpace.IO_SPACE) != 0) {
                command(0, ConfigSpace.COMMAND_IO);
            }
            return new VfioBar(new FileBar(this, name, device, region.offset()), notices);
        }
        MappedBar bar = MappedBar.map(this, name, device, region.offset(), region.size());
        undo.push(bar::unmap);
        return new VfioBar(bar, notices);
    }

    @Override
    public int[] interrupts(int count) {
        int has = vectors();
        if (has < count) {
            throw VfioTrouble.tooFewVectors(address, count, has);
        }
        EventFds eventFds = EventFds.of(count);
        undo.push(() -> eventFds.close(this));
        try (Request request = Request.interrupts(MSIX, eventFds.files().toArray(EventFd[]::new))) {
            long result = request.attempt(device, Request.DEVICE_SET_IRQS);
            if (result != 0) { // above 0: so many there are left, and it has set up none
                throw result > 0
                        ? VfioTrouble.tooFewVectors(address, count, (int) result)
                        : VfioTrouble.noVectors(address, count, (int) -result);
            }
        }
        return eventFds.descriptors();
    }

    private int vectors() {
        try (Request info = new Request(IRQ_INFO_BYTES).set32(8, MSIX).call(device, Request.DEVICE_GET_IRQ_INFO)) {
            return info.get32(12);
        }
    }

    private void command(int clear, int set) {
        long at = config.offset() + ConfigSpace.COMMAND;
        long command = Linux.read(device, at, 2);
        Linux.write(device, at, 2, (command & ~clear) | set);
    }

    @Override
    public void close() {
        List<Runnable> steps = List.copyOf(undo);
        undo.clear();
        Cleanup.run(steps);
    }

    @Override
    public String toString() {
        return address;
    }
}
