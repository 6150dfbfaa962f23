package ixy4j.bench.run;

import ixy4j.Device;
import ixy4j.DeviceOptions;
import ixy4j.spi.Bar;

/** Two cards of this process on a thread of their own that never sleeps. */
final class PlayedBed implements Bed {
    private final Wires wires;
    private final PlayedCard[] cards = new PlayedCard[2];
    private final Device[] devices = new Device[2];
    private CardsThread thread;
    private final Handover handover = new Handover();
    private volatile boolean begun;

    PlayedBed(Order order) {
        wires = new Wires(order);
        DeviceOptions options = DeviceOptions.DEFAULT.withRingSize(order.setup().ring());
        boolean waits = order.what() == Order.What.WAITING;
        try {
            for (int i = 0; i < 2; i++) {
                cards[i] = PlayedCard.of(order.setup().device(), i, wires.wire(i), waits);
            }
            thread = new CardsThread(order.cardCpu(), this::play);
            for (int i = 0; i < 2; i++) {
                devices[i] = cards[i].open(options);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public Handover handover() {
        return handover;
    }

    @Override
    public void begin() {
        begun = true;
    }

    private boolean play() {
        handover.answer();
        if (!begun) {
            for (PlayedCard card : cards) {
                card.rest();
            }
            return false;
        }
        boolean worked = false;
        for (int i = 0; i < 2; i++) {
            wires.tick(i);
            worked |= cards[i].play();
        }
        return worked;
    }

    @Override
    public Device card(int index) {
        return devices[index];
    }

    @Override
    public Bar bar(int index) {
        return cards[index].bar();
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
        for (PlayedCard card : cards) {
            if (card.complaint() != null) {
                return card.complaint();
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
        for (PlayedCard card : cards) {
            if (card != null) {
                card.close();
            }
        }
    }
}
