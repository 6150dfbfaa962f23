package ixy4j.vfiouser;

import ixy4j.IxyException;
import ixy4j.linux.Cleanup;
import ixy4j.linux.EventFds;
import ixy4j.linux.UnixSocket;
import ixy4j.pci.CapabilityList;
import ixy4j.spi.Address;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.spi.DmaSpace;
import ixy4j.spi.PciFunction;
import ixy4j.telemetry.Log;
import ixy4j.vfiouser.Body.DeviceInfo;
import ixy4j.vfiouser.Body.DmaMap;
import ixy4j.vfiouser.Body.DmaUnmap;
import ixy4j.vfiouser.Body.IrqSet;
import ixy4j.vfiouser.Body.RegionAccess;
import ixy4j.vfiouser.Body.Version;
import ixy4j.vfiouser.Connection.Reply;
import ixy4j.vfiouser.DmaRanges.Range;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A PCI function that another process plays, reached through a socket: the client of the vfio-user protocol. The server
 * maps our memory and reads and writes rings and frames there; if it cannot, it asks us to do that for it. It has 5 seconds
 * for each answer. Its end is noticed at once, and told by the next access to a register, configuration space or memory.
 */
public final class VfioUserFunction implements PciFunction, DmaSpace {
    private static final int BARS = 6;

    // Configuration space (PCI Local Bus Specification 3.0, 6.2)
    private static final int HEADER_BYTES = 64;
    private static final int ID = 0x00;
    private static final int CLASS = 0x08;
    private static final int COMMAND = 0x04;
    private static final int COMMAND_MEMORY = 1 << 1;
    private static final int COMMAND_BUS_MASTER = 1 << 2;
    private static final int MSIX = 0x11; // a capability (6.8.2)
    private static final int MSIX_ENABLE = 1 << 15;

    private final String address;
    private final Address.Options options;
    private final boolean sharesMemory;
    private final DmaRanges ranges = new DmaRanges();
    private final Connection connection;
    private final VfioUserBar[] bars = new VfioUserBar[BARS];
    private SharedTails tails; // null if the server shares none
    private EventFds eventFds; // null if there are none
    private boolean resets;
    private int id;
    private int classCode; // and the revision below it, as in the register
    private boolean closed;

    /**
     * Connects to a server and asks what it plays.
     *
     * @param path of the socket
     * @param options of the driver
     * @throws IllegalArgumentException if the path is too long
     * @throws IxyException if there is no server, or it does not answer, or wrongly
     */
    public VfioUserFunction(String path, Address.Options options) {
        this(path, options, 5_000, true, true);
    }

    /** Without shared memory, the server has to ask for each byte of it. */
    VfioUserFunction(String path, Address.Options options, int answerMillis, boolean shareTails, boolean shareMemory) {
        this.sharesMemory = shareMemory;
        address = Address.of(VfioUserProvider.SCHEME, path).toString();
        this.options = options;
        connection = new Connection(connect(path), address, answerMillis, ranges);
        try {
            negotiate(shareTails);
            getInfo();
            id = config(ID);
            classCode = config(CLASS);
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, this::release);
            throw e;
        }
    }

    private UnixSocket connect(String path) {
        UnixSocket socket = new UnixSocket();
        try {
            int result = socket.connect(path);
            if (result < 0) {
                throw VfioUserTrouble.noConnection(address, -result);
            }
            return socket;
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, socket::close);
            throw e;
        }
    }

    /** The versions and capabilities of both (specification, VFIO_USER_VERSION). */
    private void negotiate(boolean shareTails) {
        Capabilities ours = new Capabilities(
                Connection.MOST_FILES,
                DmaRanges.MOST_BYTES,
                Capabilities.DEFAULT.pageSizes(),
                Capabilities.DEFAULT.maxMaps(),
                shareTails,
                List.of());
        byte[] json = ours.toJson();
        ByteBuffer version = new Version(Protocol.MAJOR, Protocol.MINOR)
                .withRoom(json.length)
                .put(json);
        Reply reply = connection.ask(Command.VERSION, version, new int[0]);
        try {
            ByteBuffer body = reply.body();
            if (body.remaining() < Version.BYTES) {
                throw nonsense(Command.VERSION, body.remaining() + " bytes");
            }
            Version theirs = Version.read(body);
            if (theirs.major() != Protocol.MAJOR || theirs.minor() > Protocol.MINOR) {
                throw VfioUserTrouble.otherVersion(address, theirs.major(), theirs.minor());
            }
            // Its limits are far from what we do: one file, 4 bytes of a register, some ranges of memory.
            List<TailBlock> blocks = capabilities(body).tails();
            if (!blocks.isEmpty() && !reply.files().isEmpty()) {
                tails = SharedTails.map(address, blocks, reply.files().getFirst());
            }
        } finally {
            reply.closeFiles(); // what is mapped stays so
        }
    }

    private Capabilities capabilities(ByteBuffer body) {
        byte[] json = new byte[body.remaining()];
        body.get(json);
        try {
            return Capabilities.parse(json);
        } catch (IllegalArgumentException e) {
            throw nonsense(Command.VERSION, "capabilities that are none: " + e.getMessage());
        }
    }

    private void getInfo() {
        ByteBuffer answer = connection.ask(Command.DEVICE_GET_INFO, DeviceInfo.QUESTION.toBuffer());
        if (answer.capacity() < DeviceInfo.BYTES) {
            throw nonsense(Command.DEVICE_GET_INFO, answer.capacity() + " bytes");
        }
        DeviceInfo info = DeviceInfo.read(answer);
        if ((info.flags() & Protocol.DEVICE_PCI) == 0
                || Integer.compareUnsigned(info.regions(), Protocol.REGION_CONFIG) <= 0) {
            throw VfioUserTrouble.noPci(address, info.flags(), info.regions());
        }
        resets = (info.flags() & Protocol.DEVICE_RESETS) != 0;
        Region config = Region.ask(connection, Protocol.REGION_CONFIG);
        config.unmap();
        if (config.size() < HEADER_BYTES) {
            throw VfioUserTrouble.noRegion(address, "configuration space", config.size());
        }
    }

    private IxyException nonsense(Command command, String what) {
        return VfioUserTrouble.nonsense(address, command, what);
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
        return VfioUserBar.read(connection, Protocol.REGION_CONFIG, offset);
    }

    /** Vendor id in bits 31:16, device id in bits 15:0, as they were when this was opened. */
    @Override
    public int id() {
        return Integer.rotateLeft(id, 16);
    }

    /** Class, subclass and interface, as they were when this was opened. */
    @Override
    public int classCode() {
        return classCode >>> 8;
    }

    /** Resets it, since a server keeps the state that its last client left, and lets it access memory. */
    @Override
    public void claim(boolean force) {
        checkOpen();
        Log.debug(address, ": taken by vfio-user, ", resets ? "and reset" : "whose server cannot reset it");
        if (resets) {
            connection.ask(Command.DEVICE_RESET, ByteBuffer.allocate(0));
        }
        command(0, COMMAND_MEMORY | COMMAND_BUS_MASTER);
    }

    /** Changes the command register, and waits until that is done. */
    private void command(int clear, int set) {
        int value = (config(COMMAND) & ~clear) | set;
        RegionAccess write = new RegionAccess(COMMAND, Protocol.REGION_CONFIG, Short.BYTES);
        connection.ask(Command.REGION_WRITE, write.withRoom(Short.BYTES).putShort((short) value));
    }

    @Override
    public Bar bar(int index) {
        checkOpen();
        if (index < 0 || index >= BARS) {
            throw new IllegalArgumentException("a PCI function has BARs 0 to 5, not " + index);
        }
        if (bars[index] == null) {
            Region info = Region.ask(connection, Protocol.REGION_BAR0 + index);
            if (info.size() == 0) {
                throw VfioUserTrouble.noRegion(address, "BAR " + index, 0);
            }
            try {
                bars[index] = new VfioUserBar(connection, Protocol.REGION_BAR0 + index, info, tails);
            } catch (RuntimeException | Error e) {
                Cleanup.after(e, info::unmap);
                throw e;
            }
        }
        return bars[index];
    }

    /** Unlike a kernel, a server leaves it to its client to turn MSI-X on. */
    @Override
    public int[] interrupts(int count) {
        checkOpen();
        if (eventFds != null) {
            eventFds.close(this); // of a try that failed
        }
        eventFds = EventFds.of(count);
        int[] descriptors = eventFds.descriptors();
        for (int i = 0; i < count; i++) {
            IrqSet body = new IrqSet(Protocol.IRQ_DATA_EVENTFD | Protocol.IRQ_TRIGGER, Protocol.IRQ_MSIX, i, 1);
            connection
                    .ask(Command.DEVICE_SET_IRQS, body.toBuffer(), new int[] {descriptors[i]})
                    .closeFiles();
        }
        enableMsix();
        return descriptors;
    }

    private void enableMsix() {
        for (int at : CapabilityList.of(this)) {
            int capability = config(at);
            if ((capability & 0xff) == MSIX) {
                RegionAccess write = new RegionAccess(at + 2, Protocol.REGION_CONFIG, Short.BYTES);
                int control = capability >>> 16 | MSIX_ENABLE;
                connection.ask(Command.REGION_WRITE, write.withRoom(Short.BYTES).putShort((short) control));
                return;
            }
        }
        throw VfioUserTrouble.noInterrupts(address);
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(address + " is closed");
        }
    }

    @Override
    public boolean needsFile() {
        return true;
    }

    /** Has the server map this memory before it returns. */
    @Override
    public void map(DmaMemory memory) {
        checkOpen();
        try {
            for (Range range : ranges.add(memory)) {
                int access = Protocol.DMA_READABLE | Protocol.DMA_WRITABLE;
                DmaMap body = new DmaMap(access, range.offset(), range.iova(), range.size());
                int[] files = sharesMemory ? new int[] {memory.fd()} : new int[0];
                connection.ask(Command.DMA_MAP, body.toBuffer(), files).closeFiles();
            }
        } catch (RuntimeException | Error e) {
            ranges.remove(memory);
            throw e;
        }
    }

    /** Never fails: where the server does not obey, the connection is ended, and it keeps pages that nobody else gets. */
    @Override
    public void unmap(DmaMemory memory) {
        unmapRanges(memory);
    }

    private void unmapRanges(DmaMemory memory) {
        for (Range range : ranges.remove(memory)) {
            if (connection.isOpen()) {
                try {
                    connection.ask(Command.DMA_UNMAP, new DmaUnmap(0, range.iova(), range.size()).toBuffer());
                } catch (IxyException e) {
                    connection.failed(e); // which whoever comes next is told
                }
            }
        }
    }

    /**
     * Stops its DMA, takes its memory from it, and ends the connection.
     *
     * @throws IxyException if the server was gone and nobody was told yet; all is closed then, too
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        IxyException untold = null;
        try {
            if (connection.isOpen()) {
                command(COMMAND_BUS_MASTER, 0);
                unmapRanges(null);
            }
        } catch (IxyException e) {
            untold = e;
        } catch (RuntimeException | Error e) {
            Cleanup.after(e, this::release);
            throw e;
        }
        if (!connection.isOpen()) {
            untold = connection.ended();
        }
        boolean told = Arrays.stream(bars).anyMatch(bar -> bar != null && bar.told());
        release();
        if (untold != null && !told) {
            throw untold;
        }
    }

    private void release() {
        List<Runnable> steps = new ArrayList<>();
        for (VfioUserBar bar : bars) {
            if (bar != null) {
                steps.add(bar::close);
            }
        }
        if (eventFds != null) {
            steps.add(() -> eventFds.close(this));
        }
        steps.add(connection::close);
        if (tails != null) {
            steps.add(tails::unmap);
            tails = null;
        }
        Cleanup.run(steps);
    }

    @Override
    public String toString() {
        return address + (closed ? ", closed" : connection.isOpen() ? "" : ", not connected");
    }
}
