package ixy4j.model.i82599;

import static ixy4j.ixgbe.Registers.DMATXCTL;
import static ixy4j.ixgbe.Registers.HLREG0;
import static ixy4j.ixgbe.Registers.HLREG0_LPBK;
import static ixy4j.ixgbe.Registers.MTA;
import static ixy4j.ixgbe.Registers.RXCTRL;
import static ixy4j.ixgbe.Registers.RXPBSIZE;
import static ixy4j.ixgbe.Registers.VFTA;

import ixy4j.IxyException;
import ixy4j.MacAddress;
import ixy4j.ixgbe.Registers;
import ixy4j.linux.Cleanup;
import ixy4j.model.CardThread;
import ixy4j.model.CardTotals;
import ixy4j.model.ConfigRegister;
import ixy4j.model.EmulatedCard;
import ixy4j.model.InterruptLines;
import ixy4j.model.Mistakes;
import ixy4j.model.PciIdentity;
import ixy4j.model.RemoteMemory;
import ixy4j.model.i82599.registers.RegisterFile;
import ixy4j.model.wire.Wire;
import ixy4j.spi.Bar;
import ixy4j.spi.DmaMemory;
import ixy4j.vfiouser.TailBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * One port of an emulated Intel 82599, made from the "Intel 82599 10 GbE Controller Datasheet", with
 * {@link CardOptions}.
 *
 * <p>Not modelled: ways to choose a queue other than RSS, flow control, header split, RSC, DCB, virtualisation, LinkSec
 * and IPsec, FCoE, time stamps, manageability. Their registers are there.
 */
public final class Card implements EmulatedCard {
    /** What it is as a PCI device: an 82599 with SFP+, on an Ethernet Server Adapter X520-1 (datasheet 9.3). */
    public static final PciIdentity IDENTITY = new PciIdentity(
            0x10fb_8086, 0x02_00_00, 1, 0x000a_8086, 512 << 10, Capabilities.MESSAGE_BYTES, Capabilities.VECTORS);

    private final CardOptions options;
    private final Wire wire;
    private final Board board;
    private final Control control;
    private final AddressFilter filter;
    private final Receiver receiver;
    private final Transmitter transmitter;
    private final Injector injector; // null if nothing is broken
    private final RxRing[] rxRings;
    private final TxRing[] txRings;
    private final Bar bar = new ModelBar(this);
    private final Object lock = new Object();
    private final View view = new View() {
        @Override
        public int register(int offset) {
            return board.registers.look(offset);
        }

        @Override
        public long address(long iova, long bytes) {
            return closed ? 0 : board.iommu.translateToRead(iova, bytes);
        }
    };
    private final AtomicLong accessesAsked = new AtomicLong(); // of registers by the driver, and looks
    private volatile long accessesDone; // changed under the lock
    private RxRing[] activeRx = {};
    private TxRing[] activeTx = {};
    private int queueChangesSeen;
    private Throwable failure; // of the wire, or a bug, which ended the card
    private boolean closed;

    /** A card that closes its wire with itself. */
    public Card(Wire wire, CardOptions options) {
        this(wire, options, System::nanoTime);
    }

    /** One with a clock of its own, which says nanoseconds. */
    Card(Wire wire, CardOptions options, LongSupplier clock) {
        this.wire = wire;
        this.options = options;
        board = new Board(new Mistakes(options.name(), options.policy()), options.faults(), options.strict(), clock);
        injector = options.faults().values().isEmpty() ? null : new Injector(options.faults());
        filter = new AddressFilter(board.registers);
        receiver = new Receiver(board, wire, filter, options.spread());
        transmitter = new Transmitter(board, wire, receiver);
        control = new Control(board, wire, options.mac(), this::resetAll);
        rxRings = RxRing.all(board, injector);
        txRings = TxRing.all(board, injector, transmitter);
        receiver.setRings(rxRings);
        board.registers.onWrite(RXPBSIZE, (index, old, next, written) -> resizeBuffer(index, next));
        Unmodelled.watch(board.registers, board.mistakes);
        resetAll();
        fillUndefined();
    }

    /** A card for tests, to be stepped by hand, that stops at the driver's first mistake. */
    public static Card stepped(Wire wire) {
        return new Card(wire, CardOptions.STEPPED);
    }

    /** Tables that no reset touches have anything in them when power comes up (8.2.3.7.7, 8.2.3.7.11). */
    private void fillUndefined() {
        for (int i = 0; i < 128; i++) {
            board.registers.set(MTA + 4 * i, 0x9e3779b9 * (i + 1));
            board.registers.set(VFTA + 4 * i, 0x85ebca6b * (i + 1));
        }
    }

    private int resizeBuffer(int index, int bytes) {
        if (index == 0) {
            receiver.buffer().resize(Math.min(bytes, 512 << 10)); // the others are for DCB
        }
        return bytes;
    }

    /** Does what CTRL.RST does. */
    @Override
    public void reset() {
        synchronized (lock) {
            resetAll();
        }
    }

    private void resetAll() {
        board.exchange.cancel();
        int[] tables = save();
        board.registers.reset();
        restore(tables);
        board.statistics.reset();
        for (RxRing ring : rxRings) {
            ring.reset();
        }
        for (TxRing ring : txRings) {
            ring.reset();
        }
        board.tails.reset();
        receiver.reset();
        receiver.buffer().resize(board.registers.get(RXPBSIZE));
        board.interrupts.reset();
        control.loadEeprom();
        filter.update();
    }

    private int[] save() {
        int[] tables = new int[256];
        for (int i = 0; i < 128; i++) {
            tables[i] = board.registers.get(MTA + 4 * i);
            tables[128 + i] = board.registers.get(VFTA + 4 * i);
        }
        return tables;
    }

    private void restore(int[] tables) {
        for (int i = 0; i < 128; i++) {
            board.registers.set(MTA + 4 * i, tables[i]);
            board.registers.set(VFTA + 4 * i, tables[128 + i]);
        }
    }

    // ---- the driver's side

    @Override
    public Bar bar() {
        return bar;
    }

    int read(int offset) {
        accessesAsked.incrementAndGet();
        synchronized (lock) {
            accessesDone++;
            checkAlive();
            CardThread.wake(); // who reads one again and again waits for something
            return board.registers.read(offset);
        }
    }

    void write(int offset, int value) {
        accessesAsked.incrementAndGet();
        synchronized (lock) {
            accessesDone++;
            checkAlive();
            board.registers.write(offset, value);
        }
        CardThread.wake();
    }

    long tailAddress(int offset) {
        long address = board.tails.address(0, offset);
        if (address < 0) {
            throw new IllegalArgumentException("register " + Registers.name(offset)
                    + " has effects that memory cannot have: only tails (RDT, TDT) have an address");
        }
        return address;
    }

    private void checkAlive() {
        if (closed) {
            throw new IllegalStateException(this + " is used");
        }
        if (failure != null) {
            throw failure();
        }
    }

    @Override
    public void map(DmaMemory memory) {
        synchronized (lock) {
            board.iommu.map(memory);
        }
    }

    @Override
    public void unmap(DmaMemory memory) {
        synchronized (lock) {
            board.iommu.unmap(memory);
        }
    }

    @Override
    public void setInterrupts(InterruptLines lines) {
        synchronized (lock) {
            board.interrupts.setLines(lines);
        }
    }

    /** Plugs the port's SFP+ module in, as it is at first, or pulls it out. */
    public void plugModule(boolean in) {
        synchronized (lock) {
            control.cage().plug(in);
        }
    }

    @Override
    public void map(long iova, long address, long size, boolean writable) {
        synchronized (lock) {
            board.iommu.map(iova, address, size, writable);
        }
    }

    @Override
    public void unmap(long iova, long size) {
        synchronized (lock) {
            board.iommu.unmap(iova, size);
            board.exchange.remove(iova, size);
        }
    }

    @Override
    public void map(long iova, long address, long size, boolean writable, RemoteMemory owner) {
        synchronized (lock) {
            board.exchange.add(iova, address, size, writable, owner);
        }
    }

    @Override
    public void setBusMaster(boolean on) {
        synchronized (lock) {
            board.busMaster = on;
            if (!on) {
                board.exchange.cancel();
            }
        }
    }

    @Override
    public List<TailBlock> tails() {
        return Board.TAILS;
    }

    @Override
    public int shareTails() {
        synchronized (lock) {
            return board.tails.share();
        }
    }

    @Override
    public void unshareTails() {
        synchronized (lock) {
            board.tails.unshare();
        }
    }

    // ---- the card's side

    @Override
    public boolean step() {
        letDriverIn();
        if (board.exchange.isOn()) {
            return stepWithMessages();
        }
        synchronized (lock) {
            boolean changed = round();
            board.interrupts.round();
            return changed;
        }
    }

    private boolean isAlive() {
        return !closed && failure == null;
    }

    private boolean round() {
        if (!isAlive()) {
            return false;
        }
        wire.round();
        board.mistakes.check();
        control.round();
        boolean messages = board.exchange.isOn();
        boolean changed = settleQueues();
        if (board.exchange.isOn() != messages) {
            return true; // a frame that comes now has to wait until the descriptors are fetched
        }
        return (injector == null ? moveFrames() : stepBroken()) || changed;
    }

    /** What the driver is to see goes out before an interrupt says so. Messages are without the lock. */
    private boolean stepWithMessages() {
        boolean fetched = fetch(this::holdDescriptors) && fetch(this::holdBuffers);
        boolean changed;
        List<Exchange.Piece> written;
        synchronized (lock) {
            board.exchange.end();
            if (!fetched) {
                activeRings().forEach(Ring::release);
            }
            reportRefusal("read");
            changed = round();
            written = board.exchange.written();
            board.exchange.begin(written);
        }
        board.exchange.push(written);
        synchronized (lock) {
            board.exchange.end();
            reportRefusal("written");
            board.interrupts.round();
        }
        return changed;
    }

    private boolean fetch(Consumer<List<Exchange.Piece>> held) {
        List<Exchange.Piece> pieces = new ArrayList<>();
        synchronized (lock) {
            if (isAlive()) {
                held.accept(pieces);
            }
            board.exchange.begin(pieces);
        }
        return board.exchange.fetch(pieces);
    }

    private void holdDescriptors(List<Exchange.Piece> pieces) {
        for (RxRing ring : activeRx) {
            ring.hold(pieces, control.isMaster());
        }
        for (TxRing ring : activeTx) {
            ring.hold(pieces, sends());
        }
    }

    private void holdBuffers(List<Exchange.Piece> pieces) {
        for (TxRing ring : activeTx) {
            ring.holdBuffers(pieces);
        }
    }

    /** A ring whose memory is refused does not go on: what it would work on is not what the driver has. */
    private void reportRefusal(String what) {
        Exchange.Piece refused = board.exchange.takeRefused();
        if (refused != null && isAlive()) {
            activeRings().filter(Ring::isRemote).forEach(Ring::halt);
            board.mistakes.report("IOVA 0x" + Long.toHexString(refused.iova()) + " is mapped without a file, and "
                    + refused.length() + " bytes there could not be " + what + " by message: its rings are halted");
        }
    }

    private Stream<Ring> activeRings() {
        return Stream.concat(Arrays.stream(activeRx), Arrays.stream(activeTx));
    }

    /** Lets accesses to registers that wait for the lock have it: it is not fair, and a card's thread takes it at once. */
    private void letDriverIn() {
        long asked = accessesAsked.get();
        for (int i = 0; accessesDone < asked && i < 1000; i++) {
            Thread.onSpinWait();
        }
    }

    private boolean stepBroken() {
        if (injector.resets()) {
            resetAll();
            return true;
        }
        for (RxRing ring : activeRx) {
            ring.writeLate();
        }
        for (TxRing ring : activeTx) {
            ring.writeLate();
        }
        return !injector.stalled() && moveFrames();
    }

    private boolean settleQueues() {
        boolean changed = false;
        if (queueChangesSeen != board.queueChanges()) {
            queueChangesSeen = board.queueChanges();
            activeRx = activeRxRings();
            activeTx = activeTxRings();
            for (RxRing ring : activeRx) {
                changed |= ring.settle();
            }
            for (TxRing ring : activeTx) {
                changed |= ring.settle();
            }
            board.exchange.use(activeRings().anyMatch(Ring::isRemote));
        }
        return changed;
    }

    private RxRing[] activeRxRings() {
        return Arrays.stream(rxRings).filter(Ring::isActive).toArray(RxRing[]::new);
    }

    private TxRing[] activeTxRings() {
        return Arrays.stream(txRings).filter(Ring::isActive).toArray(TxRing[]::new);
    }

    private boolean moveFrames() {
        int sent = sends() ? transmit() : 0;
        boolean received = receive(isReady() && board.registers.has(RXCTRL, Receiver.RXEN));
        announceWriteBacks();
        if (injector != null) {
            injector.moved(sent + receiver.left());
        }
        return received || sent > 0;
    }

    /** Whether frames can pass the link, and memory be reached. */
    private boolean isReady() {
        return control.isMaster() && (control.isUp() || board.registers.has(HLREG0, HLREG0_LPBK));
    }

    private boolean sends() {
        return isReady() && board.registers.has(DMATXCTL, 1);
    }

    private void announceWriteBacks() {
        for (RxRing ring : activeRx) {
            ring.announceWriteBacks();
        }
        for (TxRing ring : activeTx) {
            ring.announceWriteBacks();
        }
    }

    /** All that was handed over, before anything is received: what a forwarder is given never piles up here. */
    private int transmit() {
        int sent = 0;
        for (TxRing ring : activeTx) {
            sent += ring.send();
        }
        return sent;
    }

    /** RXEN and the link decide about the wire; what the packet buffer has already goes on its way to memory. */
    private boolean receive(boolean fromWire) {
        boolean toMemory = control.isMaster();
        if (toMemory) {
            for (RxRing ring : activeRx) {
                ring.begin();
            }
        }
        return receiver.visit(toMemory, fromWire);
    }

    @Override
    public void fail(Throwable error) {
        synchronized (lock) {
            failure = error;
        }
    }

    // ---- for those who look at it

    /**
     * What can be seen of a card from outside, while it is in no round.
     *
     * @see Card#look
     */
    public interface View {
        /** What a driver would read, without anything that reading does: see {@link RegisterFile#look}. */
        int register(int offset);

        /** Our address of bytes that the card may read at an IOVA; 0 where they are not all mapped, or not in one piece. */
        long address(long iova, long bytes);
    }

    /** Looks at the card between two rounds: until the action returns, its registers and its driver's memory stay. */
    public void look(Consumer<View> action) {
        accessesAsked.incrementAndGet(); // so that the card's thread makes way
        synchronized (lock) {
            accessesDone++;
            action.accept(view);
        }
    }

    @Override
    public IxyException failure() {
        synchronized (lock) {
            return switch (failure) {
                case null -> null;
                case IxyException e -> IxyException.again(e);
                default -> new IxyException(this + ": " + failure, failure);
            };
        }
    }

    @Override
    public Mistakes mistakes() {
        return board.mistakes;
    }

    @Override
    public CardTotals totals() {
        return board.statistics.totals(wire.undelivered());
    }

    @Override
    public Wire wire() {
        return wire;
    }

    @Override
    public PciIdentity identity() {
        return IDENTITY;
    }

    @Override
    public List<ConfigRegister> capabilities() {
        return Capabilities.of(options.mac());
    }

    @Override
    public MacAddress mac() {
        return options.mac();
    }

    /** How it was made. */
    public CardOptions options() {
        return options;
    }

    @Override
    public void close() {
        CardThread.remove(this); // where none plays it, this does nothing
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            board.iommu.clear();
            board.exchange.cancel();
        }
        Cleanup.run(wire::close, board.tails::close, receiver::close, transmitter::close);
    }

    @Override
    public String toString() {
        return options.name() + (closed ? ", closed" : "");
    }
}
