package ixy4j.bench.run;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.model.Card;
import ixy4j.model.CardOptions;
import ixy4j.model.ModelFunction;
import ixy4j.model.wire.CheckingSink;
import ixy4j.model.wire.Generator;
import ixy4j.model.wire.Wire;
import ixy4j.pci.Bar;

/**
 * Two emulated 82599 on a thread of their own that never sleeps. Their wires check each frame that comes out, or tell how
 * long it took.
 */
final class ModelBed implements Bed {
    private final Order order;
    private final Residence residence;
    private final Wire[] wires = new Wire[2];
    private final Card[] models = new Card[2];
    private final TappedFunction[] functions = new TappedFunction[2];
    private final Device[] devices = new Device[2];
    private CardsThread thread;

    ModelBed(Order order) {
        this.order = order;
        residence = order.what() == Order.What.LATENCY ? new Residence() : null;
        try {
            for (int i = 0; i < 2; i++) {
                wires[i] = wire(i == 0 || order.setup().bothWays());
                models[i] = new Card(wires[i], CardOptions.RUNNING.withName("model:" + i));
            }
            thread = new CardsThread(order.cardCpu(), this::play);
            for (int i = 0; i < 2; i++) {
                functions[i] = new TappedFunction(new ModelFunction("model:" + i, models[i]));
                devices[i] = Device.open(
                        functions[i],
                        DeviceOptions.DEFAULT.withRingSize(order.setup().ring()));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private Wire wire(boolean sends) {
        int size = order.setup().size();
        if (residence != null) {
            return new StampedWire(size, order.mpps(), sends, residence);
        }
        return sends ? new Generator(size, order.mpps(), 0, false) : new CheckingSink(-1, false);
    }

    private boolean play() {
        boolean worked = false;
        for (int i = 0; i < 2; i++) {
            if (wires[i] instanceof StampedWire stamped) {
                stamped.tick(System.nanoTime());
            }
            worked |= models[i].step();
        }
        return worked;
    }

    @Override
    public Device card(int index) {
        return devices[index];
    }

    @Override
    public Bar bar(int index) {
        return functions[index].tapped();
    }

    @Override
    public long forwarded() {
        return out(0) + out(1);
    }

    private long out(int index) {
        return switch (wires[index]) {
            case StampedWire stamped -> stamped.frames();
            case Generator generator -> generator.sink().frames();
            case CheckingSink sink -> sink.frames();
            default -> 0;
        };
    }

    @Override
    public String complaint() {
        if (thread.complaint() != null) {
            return thread.complaint();
        }
        for (int i = 0; i < 2; i++) {
            if (models[i].faults().count() > 0) {
                return "the driver made a mistake: "
                        + models[i].faults().messages().getFirst();
            }
            String wrong = switch (wires[i]) {
                case StampedWire stamped -> stamped.invalid() > 0 ? stamped.invalid() + " invalid" : null;
                case Generator generator -> wrong(generator.sink());
                case CheckingSink sink -> wrong(sink);
                default -> null;
            };
            if (wrong != null) {
                return "frames that came out of model:" + i + " were wrong: " + wrong;
            }
        }
        return null;
    }

    /** Lost frames are no fault where cards drop what a forwarder is too slow for. */
    private static String wrong(CheckingSink sink) {
        return sink.invalid() + sink.late() > 0 ? sink.toString() : null;
    }

    @Override
    public Residence residence() {
        return residence;
    }

    @Override
    public void close() {
        for (Device device : devices) {
            if (device != null) {
                device.close(); // its card has to play along
            }
        }
        if (thread != null) {
            thread.close();
        }
        for (Card model : models) {
            if (model != null) {
                model.close();
            }
        }
    }
}
