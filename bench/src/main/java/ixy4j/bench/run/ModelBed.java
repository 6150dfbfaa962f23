package ixy4j.bench.run;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.model.ModelFunction;
import ixy4j.model.i82599.Card;
import ixy4j.model.i82599.CardOptions;
import ixy4j.spi.Bar;

/** Two emulated 82599 on a thread of their own that never sleeps. */
final class ModelBed implements Bed {
    private final Wires wires;
    private final Card[] models = new Card[2];
    private final TappedFunction[] functions = new TappedFunction[2];
    private final Device[] devices = new Device[2];
    private CardsThread thread;

    ModelBed(Order order) {
        wires = new Wires(order);
        try {
            for (int i = 0; i < 2; i++) {
                models[i] = new Card(wires.wire(i), CardOptions.RUNNING.withName("model:" + i));
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

    private boolean play() {
        boolean worked = false;
        for (int i = 0; i < 2; i++) {
            wires.tick(i);
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
        return wires.frames();
    }

    @Override
    public String complaint() {
        if (thread.complaint() != null) {
            return thread.complaint();
        }
        for (int i = 0; i < 2; i++) {
            if (models[i].mistakes().count() > 0) {
                return "the driver made a mistake: "
                        + models[i].mistakes().messages().getFirst();
            }
        }
        return wires.complaint();
    }

    @Override
    public Residence residence() {
        return wires.residence();
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
