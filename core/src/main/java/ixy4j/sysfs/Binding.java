package ixy4j.sysfs;

import ixy4j.IxyException;
import ixy4j.linux.Abi;
import ixy4j.linux.Cleanup;
import ixy4j.linux.Linux;
import ixy4j.spi.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.function.Supplier;

/**
 * Which of the kernel's drivers has a function: {@code vfio-pci}, so that programs can take it, or the one that it had before
 * (Documentation/ABI/testing/sysfs-bus-pci: driver_override). As root.
 */
public final class Binding {
    private static final String VFIO = "vfio-pci";
    private static final String NONE = "none";
    private static final String NO_OVERRIDE = "\n";
    private static final Path NOTES = Path.of("/run/ixy4j/drivers"); // a file each, with the old driver's name
    private static final Path GROUPS = Path.of("/dev/vfio");

    private final Path folder;
    private final String address;
    private final Path notes;

    /** The binding of a function of this machine, by its address. */
    public Binding(Address address) {
        this(SysfsFunction.find(SysfsFunction.DEVICES, address), NOTES);
    }

    Binding(Path folder, Path notes) {
        this.folder = folder;
        this.notes = notes;
        address = folder.getFileName().toString();
    }

    /** The full address. */
    public String address() {
        return address;
    }

    /**
     * Hands the function to vfio-pci.
     *
     * @param force even if the kernel's network stack uses it
     * @return the driver that had it, "none" if none had
     */
    public String bind(boolean force) {
        return alone(() -> {
            String before = current();
            if (group() == null) {
                throw PciTrouble.noIommu(address);
            }
            if (before.equals(VFIO)) {
                return before;
            }
            if (!Files.isDirectory(folder.resolve("subsystem/drivers").resolve(VFIO))) {
                throw PciTrouble.noDriver(VFIO);
            }
            String use = force ? null : KernelInterface.useOf(folder);
            if (use != null) {
                throw PciTrouble.usedByKernel(address, use);
            }
            note(before);
            try {
                override(VFIO);
                unbind();
                probe();
                if (!current().equals(VFIO)) {
                    throw PciTrouble.notBound(address, VFIO);
                }
            } catch (RuntimeException | Error e) {
                Cleanup.after(e, () -> restore(before), this::forget);
                throw e;
            }
            return before;
        });
    }

    /**
     * Gives the function back to the driver that had it before {@link #bind}, or to the one that the kernel chooses.
     *
     * @return the driver that has it now, "none" if none has
     */
    public String giveBack() {
        return alone(() -> {
            String driver = current();
            boolean left = driver.equals(NONE) && !noted().isEmpty(); // somebody else has unbound it
            if (!driver.equals(VFIO) && !left) {
                throw PciTrouble.notOurs(address, driver);
            }
            if (IommuGroup.isHeldByProgram(folder)) {
                throw PciTrouble.inUse(address);
            }
            restore(noted());
            forget();
            return current();
        });
    }

    /** A program that drives the function through sysfs holds this lock, and another of these commands. */
    private String alone(Supplier<String> action) {
        int config = Linux.open(folder + "/config", Abi.O_RDWR);
        try {
            if (Linux.attempt("flock", config, Abi.LOCK_EX_NB) < 0) {
                throw PciTrouble.inUse(address);
            }
            return action.get();
        } finally {
            Linux.call("close", config);
        }
    }

    /** Has a driver take the function, or none; what an empty name stands for is up to the kernel. */
    private void restore(String driver) {
        boolean named = !driver.isEmpty() && !driver.equals(NONE);
        override(named ? driver : NO_OVERRIDE);
        try {
            unbind();
            if (!driver.equals(NONE)) {
                probe();
            }
        } finally {
            override(NO_OVERRIDE);
        }
        if (named && current().equals(NONE)) {
            probe(); // that driver is gone: another may take it
        }
    }

    /** Lets a user open the group's file; its name. */
    public String giveTo(UserPrincipal user) {
        String group = group();
        if (group == null) {
            throw PciTrouble.noIommu(address);
        }
        Path file = GROUPS.resolve(group);
        try {
            Files.setOwner(file, user);
            return file.toString();
        } catch (IOException e) {
            throw new IxyException("cannot give " + file + " to " + user.getName() + ": " + e.getMessage(), e);
        }
    }

    /** A user of this machine. */
    public static UserPrincipal user(String name) {
        try {
            return GROUPS.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
        } catch (IOException e) {
            throw new IxyException("there is no user '" + name + "' on this machine", e);
        }
    }

    /** The number of its IOMMU group; null without an IOMMU. */
    public String group() {
        return IommuGroup.of(folder);
    }

    /** As {@link IommuGroup#inTheWay}. */
    public List<String> companions() {
        return IommuGroup.inTheWay(folder);
    }

    private String current() {
        String driver = KernelDriver.of(folder);
        return driver == null ? NONE : driver;
    }

    private void note(String driver) {
        try {
            Files.createDirectories(notes);
            Files.writeString(notes.resolve(address), driver);
        } catch (IOException e) {
            throw new IxyException("cannot note in " + notes + " which driver " + address + " has: " + e, e);
        }
    }

    /** What was noted, empty if nothing was. */
    private String noted() {
        try {
            return Files.readString(notes.resolve(address)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(notes.resolve(address));
        } catch (IOException e) {
            throw new IxyException("cannot delete " + notes.resolve(address) + ": " + e, e);
        }
    }

    private void override(String driver) {
        write(folder.resolve("driver_override"), driver);
    }

    private void unbind() {
        if (KernelDriver.of(folder) != null) {
            write(folder.resolve("driver/unbind"), address);
        }
    }

    private void probe() {
        write(folder.resolve("subsystem/drivers_probe"), address);
    }

    private static void write(Path file, String text) {
        int fd = Linux.open(file.toString(), Abi.O_WRONLY);
        try {
            Linux.call("write", fd, text, text.length());
        } finally {
            Linux.call("close", fd);
        }
    }
}
