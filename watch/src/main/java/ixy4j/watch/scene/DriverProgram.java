package ixy4j.watch.scene;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.Devices;
import ixy4j.IxyException;
import ixy4j.intel.DeviceLook;
import ixy4j.intel.QueueLook;
import ixy4j.packet.PacketBatch;
import ixy4j.packet.PacketPool;
import ixy4j.packet.RxQueue;
import ixy4j.packet.TxQueue;
import ixy4j.spi.PciFunction;
import ixy4j.watch.look.Buffers;
import ixy4j.watch.look.Words;
import ixy4j.watch.timeline.Change;
import ixy4j.watch.timeline.Frame;
import ixy4j.watch.timeline.Place;
import ixy4j.watch.timeline.Who;
import java.util.ArrayList;
import java.util.List;

/**
 * What is driven: opens two cards, and forwards between them in both directions as {@code ./ixy fwd} does, on a thread of its
 * own, a step at a time. While it waits at the gate, the scene may ask it anything.
 */
final class DriverProgram implements Runnable {
    private static final int BATCH = 32;
    private static final int LINK_TRIES = 12;

    private final List<PciFunction> functions;
    private final int ringSize;
    private final Gate gate;
    private final ReceiveHook hook;
    private final List<Device> devices = new ArrayList<>();
    private final List<PacketBatch> batches = new ArrayList<>();
    private PacketPool pool;
    private boolean forwarding;
    private Throwable failure;

    /** Is told that the driver is about to look at the next descriptor of a receive queue. */
    interface ReceiveHook {
        /** Returns what is to be said of it, null for nothing. */
        Change.Mistake beforeReceive(int card, QueueLook queue);
    }

    DriverProgram(List<PciFunction> functions, int ringSize, Gate gate, ReceiveHook hook) {
        this.functions = functions;
        this.ringSize = ringSize;
        this.gate = gate;
        this.hook = hook;
    }

    @Override
    public void run() {
        try {
            open(0);
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            gate.end();
        }
    }

    /** Opens this card and the next ones, and closes it when those are done. */
    private void open(int card) {
        if (card == functions.size()) {
            forward();
            return;
        }
        DeviceOptions options = DeviceOptions.DEFAULT.withRingSize(ringSize);
        try (Device device = Device.open(functions.get(card), options)) {
            devices.add(device);
            for (int i = 0; device.linkSpeed() == 0 && i < LINK_TRIES; i++) {
                // each look is a step, and the card goes on between two
            }
            open(card + 1);
        }
    }

    private void forward() {
        try (PacketPool all = Devices.pool(2 * BATCH, devices.toArray(Device[]::new))) {
            pool = all;
            batches.add(all.batch(BATCH));
            batches.add(all.batch(BATCH));
            List<RxQueue> rx = new ArrayList<>();
            List<TxQueue> tx = new ArrayList<>();
            for (Device device : devices) {
                rx.add(device.rxQueue(0, all));
                tx.add(device.txQueue(0, all));
            }
            forwarding = true;
            while (!gate.isOpen()) {
                forward(0, rx.get(0), 1, tx.get(1));
                forward(1, rx.get(1), 0, tx.get(0));
            }
        } finally {
            pool = null;
            forwarding = false;
        }
    }

    /** What the forwarder of the commands does in a turn, for one direction. */
    private void forward(int from, RxQueue rx, int to, TxQueue tx) {
        PacketBatch batch = batches.get(from);
        int kept = batch.size();
        int came = receive(from, rx, batch);
        if (came > 0) {
            touch(from, batch, kept);
        }
        if (batch.size() > 0) {
            transmit(to, tx, batch);
        }
    }

    private int receive(int card, RxQueue rx, PacketBatch batch) {
        int[] came = {0};
        gate.pass(new Step(
                Who.DRIVER,
                card,
                "AdvancedRxQueue.java receive",
                () -> came[0] == 0
                        ? "The driver finds no received frame"
                        : "The driver takes " + Words.frames(came[0]) + " from the receive ring, and refills it"));
        if (gate.isOpen()) {
            return 0;
        }
        Change.Mistake mistake = hook.beforeReceive(card, queue(card, true));
        if (mistake != null) {
            gate.note(mistake);
        }
        int first = batch.size();
        came[0] = rx.receive(batch);
        for (int i = first; i < batch.size(); i++) {
            gate.note(new Change.Move(card, 0, Place.RING, Place.APPLICATION, frame(batch, i)));
        }
        return came[0];
    }

    private void touch(int card, PacketBatch batch, int first) {
        gate.pass(new Step(
                Who.APPLICATION,
                card,
                null,
                () -> "The application adds 1 to the second byte of " + Words.frames(batch.size() - first)));
        for (int i = first; i < batch.size() && !gate.isOpen(); i++) {
            batch.set8(i, 1, batch.get8(i, 1) + 1);
        }
    }

    private void transmit(int card, TxQueue tx, PacketBatch batch) {
        int[] sent = {0};
        gate.pass(new Step(
                Who.DRIVER,
                card,
                "AdvancedTxQueue.java transmit",
                () -> sent[0] == 0
                        ? "The driver finds no room in the transmit ring"
                        : "The driver hands " + Words.frames(sent[0]) + " to the card by the transmit tail"));
        if (gate.isOpen()) {
            return;
        }
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            frames.add(frame(batch, i));
        }
        sent[0] = tx.transmit(batch);
        for (Frame frame : frames.subList(0, sent[0])) {
            gate.note(new Change.Move(card, 1, Place.APPLICATION, Place.RING, frame));
        }
    }

    private static Frame frame(PacketBatch batch, int packet) {
        byte[] bytes = new byte[batch.length(packet)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) batch.get8(packet, i);
        }
        return Frame.of(bytes);
    }

    // ---- for the scene, while this waits at the gate

    /** The open queues of a card. */
    List<QueueLook> queues(int card) {
        return card < devices.size()
                ? DeviceLook.of(devices.get(card)).map(DeviceLook::queues).orElse(List.of())
                : List.of();
    }

    private QueueLook queue(int card, boolean receives) {
        return queues(card).stream()
                .filter(queue -> queue.receives() == receives)
                .findFirst()
                .orElseThrow();
    }

    /** Whether all is open, so that frames are forwarded. */
    boolean isForwarding() {
        return forwarding;
    }

    /** Buffers that its pool has, with rings of this size. */
    static int buffers(int ringSize) {
        return 2 * BATCH + 4 * ringSize; // two cards, each with a ring for either direction
    }

    /** The pool; null while there is none. */
    PacketPool pool() {
        return pool;
    }

    /** The numbers of the buffers that the batches have. */
    List<int[]> batched() {
        return pool == null ? List.of() : batches.stream().map(Buffers::in).toList();
    }

    /** Why it has ended by itself, in a line; null if it has not. */
    String failure() {
        return switch (failure) {
            case null -> null;
            case IxyException e -> e.getMessage();
            default -> failure.toString();
        };
    }
}
